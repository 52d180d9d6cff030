"""The application of the machinery: connection settings and checks are hooked in here."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core."""

    name = "dayu.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dayu.core import checks  # noqa: F401 - registers the deployment checks
