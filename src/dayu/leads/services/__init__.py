"""Writes of the leads domain."""

from dayu.leads.services.disposing import (
    end_proposal,
    join_lead,
    mark_lead_declined,
    mark_lead_filed,
    propose_disposal,
    settle_proposal,
)
from dayu.leads.services.informants import disclose_informant, give_feedback
from dayu.leads.services.orders import record_order, record_order_result
from dayu.leads.services.registering import (
    add_material,
    add_note,
    amend_lead,
    decide_link,
    import_leads,
    register_lead,
)
from dayu.leads.services.tips import send_tip
from dayu.leads.services.verifying import assign_lead, extend_verification, verify_lead

__all__ = [
    "add_material",
    "add_note",
    "amend_lead",
    "assign_lead",
    "decide_link",
    "disclose_informant",
    "end_proposal",
    "extend_verification",
    "give_feedback",
    "import_leads",
    "join_lead",
    "mark_lead_declined",
    "mark_lead_filed",
    "propose_disposal",
    "record_order",
    "record_order_result",
    "register_lead",
    "send_tip",
    "settle_proposal",
    "verify_lead",
]
