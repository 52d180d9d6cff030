"""All tables of the records domain."""

from dayu.records.models.evidence import EvidenceCheck, EvidenceFile, EvidenceItem, EvidenceKind, EvidenceSupplement
from dayu.records.models.preservation import EvidencePreservation, PreservedItem
from dayu.records.models.proceedings import (
    ProceedingsFile,
    ProceedingsOfficer,
    ProceedingsSupplement,
    RecordOfProceedings,
)
from dayu.records.models.timeline import TimelineEvent

__all__ = [
    "EvidenceCheck",
    "EvidenceFile",
    "EvidenceItem",
    "EvidenceKind",
    "EvidencePreservation",
    "EvidenceSupplement",
    "PreservedItem",
    "ProceedingsFile",
    "ProceedingsOfficer",
    "ProceedingsSupplement",
    "RecordOfProceedings",
    "TimelineEvent",
]
