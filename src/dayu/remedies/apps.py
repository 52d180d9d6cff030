"""The application of the remedies domain."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Remedies."""

    name = "dayu.remedies"
    label = "remedies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the panel on the case page, where its acts lead, and what can be searched for."""
        from dayu.cases.panels import add_panel
        from dayu.core.search import register_kind
        from dayu.remedies import doors  # noqa: F401 - tells the case where its acts lead
        from dayu.remedies.panel import remedies_panel
        from dayu.remedies.selectors import SUIT_KIND

        add_panel("related", remedies_panel)
        register_kind(SUIT_KIND)
