"""The application of the leads domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    """Leads."""

    name = "dayu.leads"
    label = "leads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register handlers and what can be searched for."""
        from dayu.core.records import keep_forever
        from dayu.core.remedies import offer_remedy
        from dayu.core.search import register_kind
        from dayu.leads import handlers, matters  # noqa: F401 - they register themselves
        from dayu.leads.selectors import LEAD_KIND

        register_kind(LEAD_KIND)
        keep_forever("leads.lead")  # CLU-03: no delete for any role
        offer_remedy("leads.register_lead", label=_("登记线索"), address="leads:new")
        offer_remedy("leads.propose_disposal", label=_("移送有管辖权的机关"), address="leads:transfer")
