"""Acts on evidence: taking, describing, checking, supplementing and withdrawing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note, note_subject, present_act
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.law.citations import cite
from dayu.org.models import Person
from dayu.records.events import EvidenceChecked, EvidenceWithdrawn
from dayu.records.facts import GivenFile, evidence_digest
from dayu.records.models import EvidenceCheck, EvidenceFile, EvidenceItem, EvidenceKind, EvidenceSupplement
from dayu.records.models.evidence import EvidenceForm
from dayu.records.policies import may_check_evidence, may_take_evidence
from dayu.records.services.timeline import record_event

NEEDS_FILE = frozenset({EvidenceKind.AUDIOVISUAL, EvidenceKind.ELECTRONIC})
DESCRIBED = (
    "name", "description", "proves", "form", "original_kept_at", "source", "provided_by", "place", "device", "extraction",
    "quantity", "pages", "is_sample", "business_secret", "latitude", "longitude", "device_time",
)  # fmt: skip


@action(label=_("登记证据"), policy=may_take_evidence, doors={"office", "field"})
def add_evidence(
    subject: str,
    *,
    actor: Actor,
    moment: datetime,
    kind: str,
    name: str,
    source: str,
    taken_at: datetime,
    takers: Sequence[Person] = (),
    files: Sequence[GivenFile] = (),
    **description: Any,
) -> EvidenceItem:
    """Register one piece of evidence for a matter. `description` may name any of `DESCRIBED`."""
    unknown = set(description) - set(DESCRIBED)
    if unknown:
        raise TypeError(f"evidence has no {sorted(unknown)}")
    _require_sound(kind, taken_at, moment, files, description)
    officers = [*takers, None, None]
    item = EvidenceItem(
        subject=subject,
        organ_id=actor.organ_id,
        kind=kind,
        name=name,
        source=source,
        taken_at=taken_at,
        taken_by=officers[0],
        second_taker=officers[1],
        entered_at=_entered_at(),
        entered_by=actor.name,
        **description,
    )
    item.save()
    _keep_files(item, files)
    note_subject(item, related=subject)
    note(kind=kind, name=name, files=[f.stored.sha256 for f in files], digest=evidence_digest(item))
    record_event(
        subject,
        stage="investigation",
        kind="evidence_taken",
        title=_text("取得证据：%(name)s") % {"name": name},
        actor=actor,
        happened_at=taken_at,
        device_time=item.device_time,
        device=item.device,
        place=item.place,
        position=(item.latitude, item.longitude) if item.latitude is not None and item.longitude is not None else None,
        source=item,
        media=[f.stored.sha256 for f in files],
    )
    return item


@action(label=_("补充证据文件"), policy=may_take_evidence, doors={"office", "field"})
def add_evidence_file(item: EvidenceItem, *, actor: Actor, moment: datetime, file: GivenFile) -> EvidenceFile:
    """Add a file to a piece of evidence. A check made before no longer covers the piece."""
    _require_present(item)
    _keep_files(item, [file])
    item.save(update_fields=[])
    note(name=file.name, file=file.stored.sha256, digest=evidence_digest(item))
    return item.files.latest("position")


@action(label=_("修改证据说明"), policy=may_take_evidence)
def amend_evidence(item: EvidenceItem, *, actor: Actor, moment: datetime, **description: Any) -> EvidenceItem:
    """Correct what is said about a piece; what was said before stays in the audit entry."""
    _require_present(item)
    unknown = set(description) - set(DESCRIBED)
    if unknown:
        raise TypeError(f"evidence has no {sorted(unknown)}")
    before = {field: getattr(item, field) for field in description}
    for field, value in description.items():
        setattr(item, field, value)
    _require_sound(item.kind, item.taken_at, moment, list(item.files.all()), {f: getattr(item, f) for f in DESCRIBED})
    item.save()
    changed = {f: [before[f], description[f]] for f in description if before[f] != description[f]}
    note(changed=changed, digest=evidence_digest(item))
    return item


@action(label=_("查证证据"), policy=may_check_evidence)
def check_evidence(
    item: EvidenceItem,
    *,
    actor: Actor,
    moment: datetime,
    is_true: bool,
    is_lawful: bool,
    is_relevant: bool,
    remark: str = "",
) -> EvidenceCheck:
    """Record whether a piece is true, lawful and relevant. A finding against it needs a reason."""
    _require_present(item)
    passed = is_true and is_lawful and is_relevant
    if not passed and not remark.strip():
        refuse_now("records.check_needs_reason", evidence=item.name)
    check = EvidenceCheck.objects.create(
        item=item,
        is_true=is_true,
        is_lawful=is_lawful,
        is_relevant=is_relevant,
        passed=passed,
        remark=remark.strip(),
        checked_by_id=actor.person_id,
        checked_at=moment,
        digest=evidence_digest(item),
    )
    note_subject(item, related=item.subject)
    note(passed=passed, true=is_true, lawful=is_lawful, relevant=is_relevant, digest=check.digest)
    publish(EvidenceChecked(item.pk, item.subject, passed), moment=moment)
    return check


@action(label=_("补充说明证据"), policy=may_take_evidence)
def supplement_evidence(item: EvidenceItem, *, actor: Actor, moment: datetime, text: str) -> EvidenceSupplement:
    """Add a note (补正、当事人异议、重新鉴定) to a piece."""
    _require_present(item)
    if not text.strip():
        refuse_now("records.words_missing")
    added = EvidenceSupplement.objects.create(item=item, text=text.strip(), added_by=actor.name, added_at=moment)
    note_subject(item, related=item.subject)
    note(text=text.strip())
    return added


@action(label=_("撤回证据"), policy=may_take_evidence)
def withdraw_evidence(item: EvidenceItem, *, actor: Actor, moment: datetime, reason: str) -> EvidenceItem:
    """Take a piece out of use. It stays where it is, with the reason."""
    _require_present(item)
    if not reason.strip():
        refuse_now("records.words_missing")
    item.withdrawn_at, item.withdrawn_reason = moment, reason.strip()
    item.save()
    note(reason=reason.strip())
    publish(EvidenceWithdrawn(item.pk, item.subject, reason.strip()), moment=moment)
    return item


def _require_present(item: EvidenceItem) -> None:
    if item.withdrawn_at is not None:
        refuse_now("records.evidence_withdrawn", evidence=item.name)


def _require_sound(
    kind: str, taken_at: datetime, moment: datetime, files: Sequence[Any], description: dict[str, Any]
) -> None:
    """What no explanation can heal: an unknown kind, a time to come, a recording without its file."""
    if kind not in EvidenceKind.values:
        refuse_now("records.unknown_kind", cite("penalty-law", 46, 1, anchor="证据包括"), kind=kind)
    if taken_at > moment:
        refuse_now("records.time_to_come", at=f"{taken_at:%Y-%m-%d %H:%M}")
    if kind in NEEDS_FILE and not files:
        refuse_now("records.file_missing", kind=EvidenceKind(kind).label)
    form = description.get("form", EvidenceForm.ORIGINAL)
    if form not in (EvidenceForm.ORIGINAL, EvidenceForm.PHOTO) and not description.get("original_kept_at"):
        refuse_now("records.original_place_missing", form=EvidenceForm(form).label)


def _keep_files(item: EvidenceItem, files: Sequence[GivenFile]) -> None:
    begin = item.files.count()
    for position, file in enumerate(files, begin + 1):
        EvidenceFile.objects.create(
            item=item,
            stored=file.stored,
            name=file.name,
            position=position,
            pages=file.pages,
            recorded_from=file.recorded_from,
            recorded_until=file.recorded_until,
        )


def _entered_at() -> datetime:
    act = present_act()
    assert act is not None
    return act.entered_at
