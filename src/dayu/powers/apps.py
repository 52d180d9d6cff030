"""The powers domain as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PowersConfig(AppConfig):
    """权责清单."""

    name = "dayu.powers"
    label = "powers"
    verbose_name = _("权责清单")

    def ready(self) -> None:
        """Make actions and subscriptions known."""
        from dayu.powers import handlers, services  # noqa: F401 - register what they hold
