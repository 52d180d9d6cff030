"""What records say of themselves: digests of evidence, and the defects of a record of proceedings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dayu.core import clock
from dayu.core.audit import canonical
from dayu.core.files import StoredFile
from dayu.law.citations import cite
from dayu.law.refusals import Refusal, Verdict, all_of, refuse
from dayu.org.models import Person
from dayu.org.policies import enough_officers
from dayu.records.models import EvidenceItem, ProceedingsOfficer
from dayu.records.models.proceedings import ProceedingsKind, SignatureState

# What a person looked at when checking a piece; a change of any of it makes the check void.
CHECKED_FIELDS = (
    "kind", "name", "description", "form", "original_kept_at", "source", "provided_by", "taken_by_id", "second_taker_id",
    "taken_at", "device_time", "place", "device", "extraction", "quantity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file handed to an action: stored already, with the name a person gave it."""

    stored: StoredFile
    name: str
    pages: int = 0
    recorded_from: datetime | None = None
    recorded_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PreservedThing:
    """One thing on the list of an advance registration."""

    name: str
    quantity: str
    specification: str = ""
    condition: str = ""
    photo: StoredFile | None = None


@dataclass(frozen=True, slots=True)
class Proceedings:
    """A record of proceedings as it was written: who examined whom, when, and how it was confirmed."""

    kind: str
    place: str
    started_at: datetime
    ended_at: datetime
    officers: Sequence[tuple[Person, str]]  # (person, role "asks" or "writes")
    examined_name: str = ""
    examined_role: str = ""
    examined_identity: str = ""
    examined_phone: str = ""
    is_minor: bool = False
    guardian_name: str = ""
    interpreter_name: str = ""
    interpreter_signed: bool = False
    witness_name: str = ""
    certificates_shown: bool = False
    rights_told: bool = False
    text: str = ""
    passages: Sequence[dict[str, str]] = ()
    pages: int = 1
    corrections: int = 0
    corrections_signed: bool = False
    signature: str = SignatureState.SIGNED
    signature_note: str = ""
    officers_signed: bool = False
    files: Sequence[GivenFile] = field(default_factory=tuple)


def evidence_digest(item: EvidenceItem) -> str:
    """SHA-256 over what a checker looked at: the description and every file, in order."""
    content = {name: getattr(item, name) for name in CHECKED_FIELDS}
    content["taken_at"] = item.taken_at.astimezone(clock.LEGAL_ZONE)
    content["device_time"] = item.device_time.astimezone(clock.LEGAL_ZONE) if item.device_time else None
    content["files"] = [f.stored_id for f in sorted(item.files.all(), key=lambda f: f.position)]
    return hashlib.sha256(canonical(content)).hexdigest()


def evidence_standing(item: EvidenceItem) -> str:
    """`withdrawn`, `unchecked`, `changed` (altered since its check), `passed` or `failed`."""
    if item.withdrawn_at is not None:
        return "withdrawn"
    checks = sorted(item.checks.all(), key=lambda c: c.pk)
    if not checks:
        return "unchecked"
    if checks[-1].digest != evidence_digest(item):
        return "changed"
    return "passed" if checks[-1].passed else "failed"


def may_support(item: EvidenceItem) -> Verdict:
    """Whether a piece may support a fact: only what was found true, lawful and relevant (行政处罚法第四十六条)."""
    standing = evidence_standing(item)
    if standing == "passed":
        return Verdict()
    basis = cite("penalty-law", 46, 2, anchor="证据必须经查证属实")
    return refuse(f"records.evidence_{standing}", basis, remedy="records.check_evidence", evidence=item.name)


def proceedings_defects(written: Proceedings, *, territory: str, matter: str = "") -> Verdict:
    """Everything that is wrong with a record, each with its article: accepted only with a written explanation."""
    people = [person for person, _role in written.officers]
    day = clock.legal_date(written.started_at)
    verdicts = [enough_officers(people, on=day, territory=territory, matter=matter)]
    verdicts += [v for v in (_unshown(written), _untold(written), _unconfirmed(written), _unassisted(written)) if v]
    conflicts = overlapping(people, written.started_at, written.ended_at)
    verdicts += [_conflict(row) for row in conflicts]
    return all_of(verdicts)


def overlapping(
    people: Sequence[Person], started_at: datetime, ended_at: datetime, *, besides: int | None = None
) -> list[ProceedingsOfficer]:
    """Records of any organ in which one of these people was at an overlapping time. Touching times do not overlap."""
    rows = ProceedingsOfficer.objects.filter(
        person__in=people, record__started_at__lt=ended_at, record__ended_at__gt=started_at
    ).exclude(record_id=besides)
    return list(rows.select_related("record__organ", "person").order_by("record__started_at", "id"))


def _conflict(row: ProceedingsOfficer) -> Verdict:
    record = row.record
    return refuse(
        "records.officer_time_conflict",
        cite("penalty-law", 42, 1, anchor="不得少于两人"),
        officer=row.person.name,
        record=record.get_kind_display(),
        organ=record.organ.name,
        begin=f"{record.started_at.astimezone(clock.LEGAL_ZONE):%Y-%m-%d %H:%M}",
        end=f"{record.ended_at.astimezone(clock.LEGAL_ZONE):%H:%M}",
    )


def _unshown(written: Proceedings) -> Verdict | None:
    if written.certificates_shown:
        return None
    return refuse("records.certificates_not_shown", cite("penalty-law", 55, 1, anchor="出示执法证件"))


def _untold(written: Proceedings) -> Verdict | None:
    if written.rights_told or written.kind != ProceedingsKind.INTERVIEW:
        return None
    return refuse("records.rights_not_told", cite("water-penalty-measures", confirmation="U"))


def _unconfirmed(written: Proceedings) -> Verdict | None:
    found: list[Refusal] = []
    if not written.officers_signed:
        found += refuse("records.officers_not_signed").refusals
    if written.corrections and not written.corrections_signed:
        found += refuse("records.corrections_not_signed", number=written.corrections).refusals
    if written.signature != SignatureState.SIGNED and not (written.signature_note or written.witness_name):
        found += refuse("records.refusal_not_noted").refusals
    return Verdict(tuple(found)) if found else None


def _unassisted(written: Proceedings) -> Verdict | None:
    found: list[Refusal] = []
    if written.is_minor and not written.guardian_name:
        found += refuse("records.guardian_missing").refusals
    if written.interpreter_name and not written.interpreter_signed:
        found += refuse("records.interpreter_not_signed", interpreter=written.interpreter_name).refusals
    return Verdict(tuple(found)) if found else None
