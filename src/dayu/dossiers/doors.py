"""What dossiers tell lower domains: how a case is called and what its timeline must show, and where archiving is done."""

from __future__ import annotations

from django.urls import reverse

from dayu.cases import facts
from dayu.cases.doors import entry_name, lead_act_to, stage_name
from dayu.cases.models import Case, JournalEntry
from dayu.cases.selectors import case_url, subjects_of
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.records.matters import Matter, describes
from dayu.records.selectors import Happening, RequiredStage

# What a complete record of a decided case shows once it is closed (行政处罚法第四十七条: 启动、调查取证、审核、决定、送达、执行).
OF_A_DECISION = ("filing", "investigation", "notice", "decision", "service", "performance", "closing")
OF_ANY_CASE = ("filing", "closing")


@describes("cases.case")
def describe_case(pk: int, actor: Actor) -> Matter | None:
    """A case for the pages of evidence and records: its journal is part of its timeline."""
    case = Case.objects.visible_to(actor).filter(pk=pk).first()
    if case is None:
        return None
    subjects = subjects_of(case)
    return Matter(
        subject_key(case),
        case.title,
        case.case_no,
        case_url(case),
        tuple(subjects[1:]),
        required_of(case),
        happenings_of(case),
    )


def required_of(case: Case) -> list[RequiredStage]:
    """The stages that the record of a closed case must show; of an open one, those it has passed."""
    wanted: tuple[str, ...] = OF_A_DECISION if case.decided_on is not None else OF_ANY_CASE
    if case.closed_on is None:
        happened = {e.kind for e in facts.journal_of(case)}
        passed = {s.stage for s in facts.procedure_of(case).steps if s.records in happened}
        wanted = tuple(s for s in wanted if s in passed)
    if facts.journal_of(case).has("legal_review_passed"):
        wanted = (*wanted, "legal_review")
    return [RequiredStage(stage, stage_name(stage)) for stage in dict.fromkeys(wanted)]


def happenings_of(case: Case) -> list[Happening]:
    """The journal of a case as events of its timeline. An entry that knows only its day stands at noon of it."""
    stages = {s.records: s.stage for s in facts.procedure_of(case).steps}
    rows = JournalEntry.objects.filter(case=case).select_related("party").order_by("sequence")
    return [
        Happening(
            stage=stages.get(row.kind, ""),
            title=entry_name(row.kind) + (f"（{row.party.name}）" if row.party else ""),
            happened_at=row.happened_at or clock.legal_moment(row.happened_on, 12),
            entered_at=row.entered_at,
            actor_name=row.entered_by,
            note=row.explanation,
        )
        for row in rows
    ]


lead_act_to("archive_dossier", lambda case, party: reverse("dossiers:of_case", args=[case]))
