"""The application of the public portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """公示平台."""

    name = "dayu.portal"
    label = "portal"
    verbose_name = _("公示平台")
