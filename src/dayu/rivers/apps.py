"""The river register as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiversConfig(AppConfig):
    """河湖名录."""

    name = "dayu.rivers"
    label = "rivers"
    verbose_name = _("河湖名录")

    def ready(self) -> None:
        """Make actions and the search kind known."""
        from dayu.core.search import SearchKind, register_kind
        from dayu.rivers import services  # noqa: F401 - registers what it holds
        from dayu.rivers.models import River

        register_kind(
            SearchKind(
                "river",
                _("河湖"),
                lambda actor, ids: River.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True),
            )
        )
