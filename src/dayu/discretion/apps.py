"""The discretion domain as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscretionConfig(AppConfig):
    """裁量基准."""

    name = "dayu.discretion"
    label = "discretion"
    verbose_name = _("裁量基准")

    def ready(self) -> None:
        """Make actions known."""
        from dayu.discretion import services  # noqa: F401 - register what it holds
