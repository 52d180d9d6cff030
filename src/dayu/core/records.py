"""Base classes of rows: versioned records, rows that are only appended, and querysets that know who may see them."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor

M = TypeVar("M", bound=models.Model)


class VisibleQuerySet(models.QuerySet[M]):
    """A queryset of records that not everybody may see. Lists, counts, search and exports start from `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows that `actor` may see. Each domain says so itself; there is no default."""
        raise TypeError(f"{type(self).__name__} does not say who may see its rows")


class VersionedModel(models.Model):
    """A record that several people may edit. `version` grows with each `save`; writers name the one they saw."""

    version = models.PositiveIntegerField(_("版本"), default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save as the next version."""
        self.version += 1
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        super().save(*args, **kwargs)


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a row that the law wants kept."""


class AppendOnlyModel(models.Model):
    """A row that is written once. Corrections are further rows."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is an error."""
        if self.pk is not None and not self._state.adding:
            raise AppendOnlyError(f"{self._meta.label} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise AppendOnlyError(f"{self._meta.label} is append-only")


_kept: set[str] = set()


def keep_forever(label: str) -> None:
    """Say that no role deletes records of this kind (`leads.lead`): the integrity check then looks for each of them."""
    _kept.add(label)


def kept_kinds() -> list[str]:
    """The kinds that are kept forever."""
    return sorted(_kept)
