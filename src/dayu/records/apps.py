"""The application of evidence and records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Records."""

    name = "dayu.records"
    label = "records"
    verbose_name = _("全过程记录")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the periodic job."""
        from dayu.records import jobs  # noqa: F401 - registers the job that finds lapsed preservations
