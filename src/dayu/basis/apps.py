"""The basis library as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BasisConfig(AppConfig):
    """依据库."""

    name = "dayu.basis"
    label = "basis"
    verbose_name = _("依据库")

    def ready(self) -> None:
        """Make actions known."""
        from dayu.basis import changes, services  # noqa: F401 - register what they hold
