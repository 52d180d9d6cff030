"""The disclosure domain as Django sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor


class DisclosureConfig(AppConfig):
    """公示公开."""

    name = "dayu.disclosure"
    label = "disclosure"
    verbose_name = _("公示公开")

    def ready(self) -> None:
        """Make actions, handlers, jobs and the search kind known."""
        from dayu.core.search import SearchKind, register_kind
        from dayu.disclosure import doors, handlers, jobs, services  # noqa: F401 - registers what they hold

        register_kind(SearchKind("publication", _("公示"), visible_ids))


def visible_ids(actor: Actor, ids: Sequence[str]) -> Iterable[int]:
    """Which of the found publications an actor may see."""
    from dayu.disclosure.models import Publication

    return Publication.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)
