"""The application of the parties domain."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties."""

    name = "dayu.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register handlers and what can be searched for."""
        from dayu.core.search import register_kind
        from dayu.parties import handlers  # noqa: F401 - registers itself
        from dayu.parties.selectors import PARTY_KIND

        register_kind(PARTY_KIND)
