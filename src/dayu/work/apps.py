"""The application of the work domain."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Work."""

    name = "dayu.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register handlers and jobs."""
        from dayu.work import handlers, jobs  # noqa: F401 - they register themselves
