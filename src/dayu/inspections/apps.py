"""The application of the inspections domain."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Inspections."""

    name = "dayu.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register how checks are called and found."""
        from dayu.core.search import register_kind
        from dayu.inspections import matters  # noqa: F401 - registers itself
        from dayu.inspections.selectors import CHECK_KIND

        register_kind(CHECK_KIND)
