"""The organisation domain as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgConfig(AppConfig):
    """机构与人员."""

    name = "dayu.org"
    label = "org"
    verbose_name = _("机构与人员")

    def ready(self) -> None:
        """Make actions and periodic jobs known."""
        from dayu.org import jobs, services  # noqa: F401 - registers what they hold
