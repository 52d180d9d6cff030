"""The application of dossiers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    """Dossiers."""

    name = "dayu.dossiers"
    label = "dossiers"
    verbose_name = _("案卷")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of closed cases, tell how cases are called, and where archiving is done."""
        from dayu.dossiers import doors, handlers  # noqa: F401 - registers what they hold
