"""The application of the leads domain."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """Leads."""

    name = "dayu.leads"
    label = "leads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register handlers and what can be searched for."""
        from dayu.core.search import register_kind
        from dayu.leads import handlers, matters  # noqa: F401 - they register themselves
        from dayu.leads.selectors import LEAD_KIND

        register_kind(LEAD_KIND)
