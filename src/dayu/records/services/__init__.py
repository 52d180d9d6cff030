"""Writes of the records domain."""

from dayu.records.services.evidence import (
    add_evidence,
    add_evidence_file,
    amend_evidence,
    check_evidence,
    supplement_evidence,
    withdraw_evidence,
)
from dayu.records.services.preservation import (
    approve_preservation,
    decide_preserved_items,
    find_lapsed_preservations,
    preserve_evidence,
    propose_preservation,
    release_lapsed_items,
)
from dayu.records.services.proceedings import record_proceedings, supplement_proceedings
from dayu.records.services.timeline import record_event

__all__ = [
    "add_evidence",
    "add_evidence_file",
    "amend_evidence",
    "approve_preservation",
    "check_evidence",
    "decide_preserved_items",
    "find_lapsed_preservations",
    "preserve_evidence",
    "propose_preservation",
    "record_event",
    "record_proceedings",
    "release_lapsed_items",
    "supplement_evidence",
    "supplement_proceedings",
    "withdraw_evidence",
]
