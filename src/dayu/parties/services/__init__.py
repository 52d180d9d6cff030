"""Writes of the parties domain."""

from dayu.parties.services.credit import record_credit_event, revoke_credit_event
from dayu.parties.services.exports import ask_for_export, grant_export, refuse_export, take_export
from dayu.parties.services.imports import import_parties
from dayu.parties.services.involvement import end_involvements_of, involve_party, name_officers
from dayu.parties.services.objects import register_object
from dayu.parties.services.parties import (
    add_identifier,
    change_party,
    decide_party_class,
    disclose_party,
    link_parties,
    name_representative,
    record_party_standing,
    register_party,
    rename_party,
    withdraw_identifier,
)

__all__ = [
    "add_identifier",
    "ask_for_export",
    "change_party",
    "decide_party_class",
    "disclose_party",
    "end_involvements_of",
    "grant_export",
    "import_parties",
    "involve_party",
    "link_parties",
    "name_officers",
    "name_representative",
    "record_credit_event",
    "record_party_standing",
    "refuse_export",
    "register_object",
    "register_party",
    "rename_party",
    "revoke_credit_event",
    "take_export",
    "withdraw_identifier",
]
