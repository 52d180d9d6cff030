"""The fines domain as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinesConfig(AppConfig):
    """罚缴."""

    name = "dayu.fines"
    label = "fines"
    verbose_name = _("罚款")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make actions known, follow cases, and tell them where money is entered."""
        from dayu.fines import doors, handlers, services  # noqa: F401 - registers what they hold
