"""Rows of a penalty case: the case, its parties, its journal, facts, drafts, and what parties and organ say."""

from dayu.cases.models.case import Case, CaseOfficer, CaseOrigin, CaseSource
from dayu.cases.models.deliberation import CaseApproval, CollectiveDiscussion, DiscussionOpinion
from dayu.cases.models.drafts import PenaltyDraft, PenaltyNotice
from dayu.cases.models.facts import CaseAnswer, CaseEvidence, CaseFact
from dayu.cases.models.hearing import Defence, DefencePoint, Hearing
from dayu.cases.models.journal import CaseKept, JournalEntry
from dayu.cases.models.parties import CaseParty, PartyCorrection

__all__ = [
    "Case",
    "CaseAnswer",
    "CaseApproval",
    "CaseEvidence",
    "CaseFact",
    "CaseKept",
    "CaseOfficer",
    "CaseOrigin",
    "CaseParty",
    "CaseSource",
    "CollectiveDiscussion",
    "Defence",
    "DefencePoint",
    "DiscussionOpinion",
    "Hearing",
    "JournalEntry",
    "PartyCorrection",
    "PenaltyDraft",
    "PenaltyNotice",
]
