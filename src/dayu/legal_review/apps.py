"""The application of legal review."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalReviewConfig(AppConfig):
    """Legal review."""

    name = "dayu.legal_review"
    label = "legal_review"
    verbose_name = _("法制审核")
    default_auto_field = "django.db.models.BigAutoField"
