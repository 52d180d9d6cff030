"""The application of the machinery: connection settings and checks are hooked in here."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core."""

    name = "dayu.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hook in the deployment checks."""
        from dayu.core import checks, proof_log  # noqa: F401 - registers the deployment checks and the periodic job
