"""Acts on records of proceedings: entering one, and adding to it later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject, present_act
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.refused import Refused, refuse_now
from dayu.law.refusals import Verdict
from dayu.org.models import Person
from dayu.org.policies import check_officers
from dayu.records.events import ProceedingsRecorded
from dayu.records.facts import Proceedings, proceedings_defects
from dayu.records.models import (
    ProceedingsFile,
    ProceedingsOfficer,
    ProceedingsSupplement,
    RecordOfProceedings,
)
from dayu.records.models.proceedings import ProceedingsKind, SignatureState
from dayu.records.policies import may_record
from dayu.records.services.timeline import record_event

COPIED = (
    "kind", "place", "started_at", "ended_at", "examined_name", "examined_role", "examined_identity", "examined_phone",
    "is_minor", "guardian_name", "interpreter_name", "interpreter_signed", "witness_name", "certificates_shown",
    "rights_told", "text", "pages", "corrections", "corrections_signed", "signature", "signature_note", "officers_signed",
)  # fmt: skip


@action(label=_("录入笔录"), policy=may_record, doors={"office", "field"})
def record_proceedings(
    subject: str, *, actor: Actor, moment: datetime, written: Proceedings, explanation: str = "", matter: str = ""
) -> RecordOfProceedings:
    """Enter a record of an interview, an on-site check or a scene examination.

    A record with defects (an officer in two places at once, no certificate shown …) is refused, unless somebody explains
    in writing what happened: the past cannot be undone, and the gate before the decision weighs the defect.
    """
    _require_possible(written, moment)
    people = [person for person, _role in written.officers]
    list(Person.objects.select_for_update().filter(pk__in=[p.pk for p in people]))  # two uploads at once see each other
    defects = proceedings_defects(written, territory=actor.territory, matter=matter)
    if not defects.allowed and not explanation.strip():
        raise Refused(defects)
    record = _store(subject, actor, written, explanation.strip(), defects)
    _store_officers(record, written, matter)
    for position, file in enumerate(written.files, 1):
        ProceedingsFile.objects.create(
            record=record,
            stored=file.stored,
            name=file.name,
            position=position,
            recorded_from=file.recorded_from,
            recorded_until=file.recorded_until,
        )
    rules = tuple(r.rule for r in defects.refusals)
    note_subject(record, related=subject)
    note(kind=written.kind, officers=[p.name for p in people], defects=list(rules), explanation=explanation.strip())
    _tell(subject, record, actor, written, rules)
    return record


@action(label=_("补充笔录"), policy=may_record)
def supplement_proceedings(
    record: RecordOfProceedings, *, actor: Actor, moment: datetime, text: str, reason: str
) -> ProceedingsSupplement:
    """Add to a record what was found wrong or missing later; the signed record stays as it is."""
    if not text.strip() or not reason.strip():
        refuse_now("records.words_missing")
    added = ProceedingsSupplement.objects.create(
        record=record, text=text.strip(), reason=reason.strip(), added_by=actor.name, added_at=moment
    )
    note_subject(record, related=record.subject)
    note(text=text.strip(), reason=reason.strip())
    return added


def _require_possible(written: Proceedings, moment: datetime) -> None:
    """What cannot have happened is refused whatever the explanation."""
    if written.kind not in ProceedingsKind.values:
        refuse_now("records.unknown_record_kind", kind=written.kind)
    if written.signature not in SignatureState.values:
        refuse_now("records.unknown_signature", signature=written.signature)
    if written.ended_at <= written.started_at:
        refuse_now("records.ends_before_it_begins")
    if written.ended_at > moment:
        refuse_now("records.time_to_come", at=f"{written.ended_at.astimezone(clock.LEGAL_ZONE):%Y-%m-%d %H:%M}")
    if written.kind == ProceedingsKind.INTERVIEW and not written.examined_name.strip():
        refuse_now("records.interviewee_missing")
    if not written.officers:
        refuse_now("records.no_officers")


def _store(subject: str, actor: Actor, written: Proceedings, explanation: str, defects: Verdict) -> RecordOfProceedings:
    act = present_act()
    assert act is not None
    fields: dict[str, Any] = {name: getattr(written, name) for name in COPIED}
    record = RecordOfProceedings(
        subject=subject,
        organ_id=actor.organ_id,
        passages=[dict(p) for p in written.passages],
        defects=[{"rule": r.rule, "reason": r.as_json(get_language() or "zh")["reason"]} for r in defects.refusals],
        explanation=explanation,
        entered_at=act.entered_at,
        entered_by=actor.name,
        **fields,
    )
    record.save()
    return record


def _store_officers(record: RecordOfProceedings, written: Proceedings, matter: str) -> None:
    people = [person for person, _role in written.officers]
    found = check_officers(people, on=clock.legal_date(written.started_at), matter=matter)
    numbers = {person_id: number for person_id, _name, number in found.certificates}
    ProceedingsOfficer.objects.bulk_create(
        ProceedingsOfficer(record=record, person=person, role=role, certificate_no=numbers.get(person.pk, ""))
        for person, role in written.officers
    )


def _tell(
    subject: str, record: RecordOfProceedings, actor: Actor, written: Proceedings, rules: tuple[str, ...]
) -> None:
    record_event(
        subject,
        stage="investigation",
        kind=written.kind,
        title=str(record),
        actor=actor,
        happened_at=written.started_at,
        ended_at=written.ended_at,
        place=written.place,
        source=record,
        media=[f.stored.sha256 for f in written.files],
        note=record.explanation[:300],
    )
    publish(
        ProceedingsRecorded(record.pk, subject, written.kind, written.started_at, written.ended_at, rules),
        moment=written.ended_at,
    )
