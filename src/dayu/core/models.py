"""The tables of the machinery. Each model of the core is listed here so that Django finds it."""

from dayu.core.access import AccessEntry
from dayu.core.accounts import Account
from dayu.core.audit import AuditEntry, IdempotencyKey, RefusedAttempt
from dayu.core.events import EventDelivery, EventRow
from dayu.core.files import StoredFile
from dayu.core.jobs import JobProgress, ScheduledJob
from dayu.core.numbering import NumberSeries, TakenNumber
from dayu.core.proof_models import Checkpoint, ProofEntry
from dayu.core.search import SearchEntry
from dayu.core.territories import Territory

__all__ = [
    "AccessEntry",
    "Account",
    "AuditEntry",
    "Checkpoint",
    "EventDelivery",
    "EventRow",
    "IdempotencyKey",
    "JobProgress",
    "NumberSeries",
    "ProofEntry",
    "RefusedAttempt",
    "ScheduledJob",
    "SearchEntry",
    "StoredFile",
    "TakenNumber",
    "Territory",
]
