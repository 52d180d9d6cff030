"""Who may see records: people of the organs within their scopes. Administrators of the installation see no content."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from dayu.core.actors import Actor
from dayu.core.records import VisibleQuerySet
from dayu.core.territories import in_scopes

M = TypeVar("M", bound=models.Model)


class RecordQuerySet(VisibleQuerySet[M]):
    """Rows that belong to an organ; `organ_path` leads from a row to it."""

    organ_path = "organ"

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the actor's scopes; a post that only administers gives no right to content."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        path = self.organ_path
        return self.filter(in_scopes(actor, territory_path=f"{path}__territory__path", organ=f"{path}_id"))

    def of(self, *subjects: str) -> Self:
        """Rows of one or several matters: a case also carries what hung on its lead."""
        return self.filter(subject__in=subjects)
