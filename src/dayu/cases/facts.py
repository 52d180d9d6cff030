"""The one bridge from rows to the pure law: a case becomes a `Situation`, a draft becomes a `Substance`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from dayu.basis.selectors import county_of, profiles
from dayu.cases.models import (
    Case,
    CaseAnswer,
    CaseEvidence,
    CaseFact,
    CaseKept,
    CaseOfficer,
    CaseParty,
    DefencePoint,
    PenaltyDraft,
)
from dayu.core import clock
from dayu.core.audit import plain, subject_key
from dayu.discretion.selectors import KnownBenchmarks, known_benchmarks
from dayu.law.assess import Assessment, assess
from dayu.law.assess_input import InputError, read_input
from dayu.law.calendar import NotComputable
from dayu.law.journal import Entry, Journal
from dayu.law.lazily import LazyMapping, LazySequence
from dayu.law.leniency import LeniencyAnswer
from dayu.law.procedure import Procedure
from dayu.law.procedure_deadlines import answering
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.situation import (
    Answer,
    Bounds,
    Deadline,
    Draft,
    FactView,
    LimitRequest,
    OfficerView,
    PartyView,
    Situation,
)
from dayu.law.situation import (
    DefencePoint as PointView,
)
from dayu.law.substance import Substance, substance_digest
from dayu.law.territories import resolve
from dayu.legal_review.models import ScopeAnswer
from dayu.org.models import EnforcementCertificate
from dayu.org.models.certificates import CertificateCheck, CertificateSuspension
from dayu.records.facts import evidence_standing
from dayu.records.models import EvidenceCheck, EvidenceItem
from dayu.work.calendars import calendar_for

PROCEDURES: Mapping[str, Procedure] = {ORDINARY_PENALTY.key: ORDINARY_PENALTY}
HEARD_KINDS = frozenset({
    "revoke_permit", "lower_qualification", "suspension_order", "closure_order", "restrict_practice",
})  # fmt: skip


def procedure_of(case: Case) -> Procedure:
    """The procedure that the case follows."""
    return PROCEDURES[case.procedure]


def party_rows(case: Case) -> list[CaseParty]:
    """The parties with their drafts, in one statement."""
    return list(case.parties.select_related("draft").order_by("position", "id"))


def situation_of(
    case: Case, *, today: date, strict: bool = False, rows: Sequence[CaseParty] | None = None, journal: Journal | None = None
) -> Situation:
    """The case as the procedure sees it today, in a bounded number of statements whatever its age.

    `strict` compares every piece of evidence with the content that was checked; pages look at the last check only. Parties,
    officers, facts, answers and the values of the territory are read when a condition first looks at them. `rows` are the
    parties and `journal` the essential entries, where they were read already.
    """
    known = journal if journal is not None else journal_of(case)
    parties = rows if rows is not None else LazySequence(lambda: party_rows(case))
    asked = LazyMapping(lambda: _answers(case))
    scope = LazyMapping(lambda: _scope_answers(case))
    points = LazyMapping(lambda: _points(case) if known.has("defence_submitted") else {})
    values: LazyMapping[str, Any] = LazyMapping(lambda: settings_of(case, today))
    return Situation(
        today=today,
        journal=known,
        parties=LazySequence(
            lambda: _party_views(parties, lambda p, b: party_view(case, p, known, asked, scope, points, values, today, b))
        ),
        officers=LazySequence(lambda: officers_of(case, today)),
        facts=LazySequence(lambda: fact_views(case, strict=strict)),
        answers=LazyMapping(lambda: {q: a for (p, table, q), a in asked.items() if table == "filing" and p is None}),
        settings=values,
        deadline=_when_asked(lambda: deadline_of(case)),
    )


def _party_views(
    parties: Sequence[CaseParty], view: Callable[[CaseParty, KnownBenchmarks], PartyView]
) -> tuple[PartyView, ...]:
    """All parties, with the benchmarks read once."""
    benchmarks = known_benchmarks() if parties else None
    return tuple(view(p, benchmarks) for p in parties) if benchmarks is not None else ()


def _when_asked(make: Callable[[], Deadline]) -> Deadline:
    """A deadline engine that reads its calendar on the first question, once."""
    made: list[Deadline] = []

    def answer(request: LimitRequest) -> date:
        if not made:
            made.append(make())
        return made[0](request)

    return answer


def deadline_of(case: Case) -> Deadline:
    """Answers limits by the calendar of the case's territory."""
    return answering(calendar_for(case.territory_code), county_of(case.territory_code), profiles)


# -- journal -----------------------------------------------------------------------------------------------------------


def journal_of(case: Case) -> Journal:
    """The essential entries, in one statement whatever the age of the case."""
    return journal_from(CaseKept.objects.filter(pk=case.pk).values_list("essence", flat=True).first() or ())


def journal_from(essence: Iterable[Sequence[Any]]) -> Journal:
    """A journal from its kept form (`kept_form`)."""
    return Journal(
        Entry(
            kind, date.fromisoformat(on), datetime.fromisoformat(at) if at else None, party, subject, digest, params, None,
            taken_over, defect, explanation, sequence,
        )
        for sequence, kind, on, at, party, subject, digest, params, taken_over, defect, explanation in essence
    )


def kept_form(entries: Iterable[Entry]) -> list[list[Any]]:
    """Entries as they are kept: positional, so that a case of any age stays small."""
    return [
        [
            e.sequence, e.kind, e.on.isoformat(), e.at.isoformat() if e.at else None, e.party, e.subject, e.digest,
            dict(e.params), e.taken_over, e.defect, e.explanation,
        ]
        for e in entries
    ]


def entry_of(row: Any) -> Entry:
    """A row of the journal as the law sees it."""
    return Entry(
        row.kind, row.happened_on, row.happened_at, str(row.party_id) if row.party_id else None, row.subject, row.digest,
        row.params, None, row.taken_over, row.defect, row.explanation, row.sequence,
    )


# -- people and evidence -----------------------------------------------------------------------------------------------


def officers_of(case: Case, today: date) -> tuple[OfficerView, ...]:
    """The present officers with the end of their certificate, in two statements."""
    rows = list(CaseOfficer.objects.filter(case=case, until_on=None).select_related("person"))
    if not rows:
        return ()
    suspended = CertificateSuspension.objects.filter(
        Q(until_on=None) | Q(until_on__gte=today), certificate=OuterRef("pk"), from_on__lte=today
    )
    checked = CertificateCheck.objects.filter(certificate=OuterRef("pk"), checked_on__lte=today).order_by("-checked_on", "-pk")
    found = (
        EnforcementCertificate.objects.filter(person__in=[r.person_id for r in rows])
        .filter(Q(revoked_on=None) | Q(revoked_on__gt=today))
        .annotate(is_suspended=Exists(suspended), last_check=Subquery(checked.values("passed")[:1]))
        .order_by("valid_until", "pk")
    )
    best: dict[int, Any] = {}
    for certificate in found:
        if not certificate.is_suspended and certificate.last_check is not False:
            best[certificate.person_id] = certificate
    return tuple(
        OfficerView(
            str(row.person_id), row.person.name, getattr(best.get(row.person_id), "valid_from", None),
            getattr(best.get(row.person_id), "valid_until", None), row.recused_on is not None,
        )
        for row in rows
    )


def fact_views(case: Case, *, strict: bool = False) -> tuple[FactView, ...]:
    """The facts with how many pieces support each: one statement, or (strict) every piece compared with its check."""
    rows = CaseFact.objects.filter(case=case, dropped_on=None).order_by("position", "id")
    if strict:
        return tuple(_strictly(row) for row in rows.prefetch_related(_links()))
    latest = EvidenceCheck.objects.filter(item=OuterRef("links__item")).order_by("-id").values("passed")[:1]
    present = Q(links__unlinked_at=None, links__item__isnull=False, links__item__withdrawn_at=None)
    counted = rows.annotate(link_passed=Subquery(latest)).values("pk", "text", "link_passed").annotate(
        number=Count("links", filter=present)
    )
    found: dict[int, tuple[str, int, int]] = {}
    for row in counted.order_by("position", "pk"):
        text, checked, unchecked = found.get(row["pk"], (row["text"], 0, 0))
        good = row["number"] if row["link_passed"] else 0
        found[row["pk"]] = (text, checked + good, unchecked + row["number"] - good)
    return tuple(FactView(f"F{pk}", text, checked, unchecked) for pk, (text, checked, unchecked) in found.items())


def _links() -> Prefetch:
    items = EvidenceItem.objects.prefetch_related("checks", "files")
    links = CaseEvidence.objects.filter(unlinked_at=None).prefetch_related(Prefetch("item", queryset=items))
    return Prefetch("links", queryset=links, to_attr="present_links")


def _strictly(row: CaseFact) -> FactView:
    standings = [evidence_standing(link.item) for link in row.present_links]  # type: ignore[attr-defined]  # prefetched
    good = standings.count("passed")
    return FactView(row.key, row.text, good, sum(1 for s in standings if s not in ("passed", "withdrawn")))


# -- answers -----------------------------------------------------------------------------------------------------------

Asked = Mapping[tuple[int | None, str, str], Answer]


def _answers(case: Case) -> dict[tuple[int | None, str, str], Answer]:
    found: dict[tuple[int | None, str, str], Answer] = {}
    for row in CaseAnswer.objects.filter(case=case).order_by("id"):
        evidence = (row.evidence,) if row.evidence else ()
        found[(row.party_id, row.table, row.question)] = Answer(row.value, row.reason, evidence, str(row.answered_by_id or ""))
    return found


def _scope_answers(case: Case) -> dict[str, dict[str, Answer]]:
    found: dict[str, dict[str, Answer]] = {}
    for row in ScopeAnswer.objects.filter(subject=subject_key(case)).order_by("id"):
        found.setdefault(row.party, {})[row.question] = Answer(row.value, row.reason, (), str(row.answered_by_id))
    return found


def _points(case: Case) -> dict[int, tuple[PointView, ...]]:
    found: dict[int, list[PointView]] = {}
    for row in DefencePoint.objects.filter(defence__party__case=case).select_related("defence").order_by("id"):
        answered = row.adopted is not None
        view = PointView(str(row.pk), row.text, answered, bool(row.adopted))
        found.setdefault(row.defence.party_id, []).append(view)
    return {party: tuple(views) for party, views in found.items()}


# -- parties and drafts ------------------------------------------------------------------------------------------------


def party_view(
    case: Case, party: CaseParty, journal: Journal, asked: Asked, scope: Mapping[str, Mapping[str, Answer]],
    points: Mapping[int, tuple[PointView, ...]], values: Mapping[str, Any], today: date,
    benchmarks: KnownBenchmarks | None = None,
) -> PartyView:
    """One party as the procedure sees it, from rows that were read already."""
    found = assessment_of(case, party, draft=party.draft, journal=journal, on=today, benchmarks=benchmarks)
    kinds = frozenset(party.draft.kinds) if party.draft else frozenset()
    hearing = True if kinds & HEARD_KINDS else _answer_of(found, "hearing")
    return PartyView(
        key=party.key,
        name=party.name,
        draft=draft_view(party.draft, remedies=values["remedies_text"]) if party.draft else None,
        bounds=bounds_of(party, found),
        order_first=bool(found and found.gate and found.gate.required),
        hearing_required=hearing,
        discussion_required=_answer_of(found, "discussion"),
        limitation_barred=found.limitation.barred if found and found.limitation else None,
        natural_person=party.natural_person,
        leniency=LazySequence(lambda: _leniency(asked, party)),
        review_answers=LazyMapping(lambda: scope.get(subject_key(party), {})),
        points=points.get(party.pk, ()),
        electronic_consent=bool(party.electronic_consent),
    )


def _leniency(asked: Asked, party: CaseParty) -> tuple[LeniencyAnswer, ...]:
    return tuple(
        LeniencyAnswer(question, bool(answer.value), "；".join(answer.evidence))
        for (key, table, question), answer in asked.items()
        if table == "leniency" and key == party.pk
    )


def _answer_of(found: Assessment | None, name: str) -> bool | None:
    trigger = getattr(found, name) if found is not None else None
    return None if trigger is None else trigger.answer


def draft_view(draft: PenaltyDraft, *, remedies: str) -> Draft:
    """A draft as the procedure sees it."""
    return Draft(
        amount_yuan=draft.amount_yuan,
        kinds=frozenset(draft.kinds),
        confiscated_yuan=draft.confiscated_yuan,
        facts=frozenset(draft.facts),
        basis=frozenset(draft.basis),
        digest=draft.digest,
        remedies_text=remedies,
        deviation_reason=draft.deviation_reason,
        includes_order=bool(draft.orders),
        missing=missing_content(draft),
    )


def missing_content(draft: PenaltyDraft) -> tuple[str, ...]:
    """What a decision must state and this draft does not (处罚法五十九条)."""
    wanted = {"违法事实": draft.facts, "处罚种类": draft.kinds, "处罚依据": draft.basis, "履行方式和期限": draft.manner.strip()}
    return tuple(name for name, value in wanted.items() if not value)


def bounds_of(party: CaseParty, found: Assessment | None) -> Bounds:
    """The range: what a person stated (local law, several ranges), else what the rules say."""
    stated = party.stated_range
    low, high = (found.bounds if found and found.bounds else (None, None))
    if stated:
        low, high = Decimal(str(stated.get("min_yuan") or 0)), _yuan(stated.get("max_yuan"))
    tier = found.tier if found else None
    return Bounds(
        known=bool(stated) or low is not None or high is not None,
        min_yuan=low,
        max_yuan=high,
        optional=bool(found and found.optional),
        tier_min_yuan=tier.min_yuan if tier else None,
        tier_max_yuan=tier.max_yuan if tier else None,
        basis=str(stated.get("basis", "")),
        tier_open=tier.open if tier else (False, False),
    )


def _yuan(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def assessment_of(
    case: Case, party: CaseParty, *, draft: PenaltyDraft | None, journal: Journal, on: date,
    benchmarks: KnownBenchmarks | None = None,
) -> Assessment | None:
    """What the rules say about this violation by this party on a day; None where no violation is named yet.

    `benchmarks` are those that hold, where they were read already.
    """
    if not case.violation:
        return None
    told = assess_input(case, party, draft=draft, journal=journal, on=on)
    return _assessed(json.dumps(plain(told), ensure_ascii=False, sort_keys=True), benchmarks or known_benchmarks())


def assess_input(
    case: Case, party: CaseParty, *, draft: PenaltyDraft | None, journal: Journal, on: date
) -> dict[str, Any]:
    """The facts of the case in the form that `dayu law assess` reads."""
    facts = {**case.facts, **party.facts}
    if party.treated_as:
        facts["treated_as"] = party.treated_as
    if draft is not None and "revoke_permit" in draft.kinds:
        facts["revoke_permit"] = True
    told: dict[str, Any] = {
        "violation": case.violation, "party": party.kind, "facts": facts, "as_of": on.isoformat(),
        "territory": county_of(case.territory_code), "acted_from": case.acted_from or None, "acted_to": case.acted_to or None,
        "discovered_on": case.discovered_on or None,
    }
    if draft is not None and draft.amount_yuan is not None:
        told["fine_yuan"] = plain(draft.amount_yuan)
    served = journal.first("correction_order_served", party.key)
    checked = journal.last("correction_verified", party.key)
    if served is not None:
        told["ordered_on"] = served.on.isoformat()
        if checked is not None:
            told["order_met"] = checked.params.get("result") == "corrected"
    return told


@lru_cache(maxsize=4096)
def _assessed(told: str, known: KnownBenchmarks) -> Assessment | None:
    try:
        return assess(read_input(json.loads(told)), known=known)
    except (InputError, NotComputable):
        return None


# -- the values of the territory ---------------------------------------------------------------------------------------


def settings_of(case: Case, on: date) -> dict[str, Any]:
    """What the territory's profile sets for the procedure, and the text about remedies."""
    known, place = profiles(), county_of(case.territory_code)

    def value(key: str, fallback: Any) -> Any:
        try:
            return resolve(key, place, on, profiles=known).value
        except NotComputable:
            return fallback

    body, court = value("reconsideration_body", ""), value("court", "")
    return {
        "discussion_quorum": int(value("collective_discussion_quorum", 3)),
        "defence_working_days": int(value("defence_days", 5)),
        "education_required": bool(value("education_before_closing", True)),
        "publication_required": True,
        "extension_days_total": 60,
        "reconsideration_body": body,
        "court": court,
        "collecting_bank": str(value("collecting_bank", "")),
        "remedies_text": remedies_text(str(body), str(court)),
    }


def remedies_text(body: str, court: str) -> str:
    """Where and until when a decision can be challenged; empty while the profile names no body or no court."""
    if not body or not court:
        return ""
    return f"自收到本决定书之日起六十日内向{body}申请行政复议，或者六个月内向{court}提起行政诉讼。"


# -- substance ---------------------------------------------------------------------------------------------------------


def substance_for(party: CaseParty, values: Mapping[str, Any], *, facts: Iterable[str], evidence: Iterable[str]) -> Substance:
    """The substance of a draft with these values; `facts` and `evidence` are their texts."""
    amount = values.get("amount_yuan")
    return Substance(
        party=(party.name, party.id_no or party.uscc),
        facts=tuple(facts),
        evidence=tuple(evidence),
        basis=tuple(values.get("basis", ())),
        kinds=tuple(values.get("kinds", ())),
        amount_yuan=None if amount is None else Decimal(str(amount)),
        confiscated_yuan=Decimal(str(values.get("confiscated_yuan") or 0)),
        orders=tuple(values.get("orders", ())),
        manner=str(values.get("manner", "")),
    )


def digest_of(substance: Substance) -> str:
    """The digest that notice, review and discussion bind to."""
    return substance_digest(substance)


def fact_texts(case: Case, keys: Iterable[str]) -> list[str]:
    """The texts of facts by key, in their order."""
    wanted = {int(k[1:]) for k in keys if k[1:].isdigit()}
    return list(CaseFact.objects.filter(case=case, pk__in=wanted).order_by("position", "id").values_list("text", flat=True))


def supporting_evidence(case: Case, keys: Iterable[str]) -> list[EvidenceItem]:
    """The pieces that support these facts, each once."""
    wanted = {int(k[1:]) for k in keys if k[1:].isdigit()}
    links = CaseEvidence.objects.filter(fact__case=case, fact_id__in=wanted, unlinked_at=None, item__withdrawn_at=None)
    return list(EvidenceItem.objects.filter(pk__in=links.values("item_id")).order_by("id"))


def legal_day(moment: datetime) -> date:
    """The legal date of an act."""
    return clock.legal_date(moment)
