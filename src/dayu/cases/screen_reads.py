"""What the pages of a case read: the case with everything short about it in one statement, and the situation built from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404

from dayu.cases import facts
from dayu.cases.json_rows import count_of, first_of, rows_of
from dayu.cases.models import (
    Case,
    CaseAnswer,
    CaseApproval,
    CaseEvidence,
    CaseFact,
    CaseOfficer,
    CaseOrigin,
    CaseParty,
    CollectiveDiscussion,
    DefencePoint,
    DiscussionOpinion,
)
from dayu.core.actors import Actor
from dayu.core.audit import AuditEntry, subject_key
from dayu.core.proof_models import Checkpoint
from dayu.core.statements import finished_columns
from dayu.discretion.models import DiscretionBenchmark
from dayu.discretion.selectors import KnownBenchmarks, known_benchmarks, stamp_columns, stamp_of
from dayu.documents.models import Document, DocumentLife
from dayu.law.assess import Assessment
from dayu.law.calendar import Calendar
from dayu.law.journal import Journal
from dayu.law.procedure_deadlines import answering
from dayu.law.situation import Answer, FactView, OfficerView, Situation
from dayu.law.situation import DefencePoint as PointView
from dayu.legal_review.models import ScopeAnswer
from dayu.org.models import EnforcementCertificate, Person, PostHolding
from dayu.org.models.certificates import CertificateCheck, CertificateSuspension
from dayu.org.models.organisations import valid_on
from dayu.records.models import EvidenceCheck, EvidenceItem
from dayu.work.calendars import calendar_for

SIMILAR = 60  # decided cases that the dots are drawn from


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer of the case as the page names it."""

    id: int
    person: int
    name: str
    role: str
    from_on: date
    until_on: date | None
    recused_on: date | None
    interest: str
    declared: bool
    certificate_from: date | None
    certificate_until: date | None

    @property
    def present(self) -> bool:
        """Whether he handles the case now."""
        return self.until_on is None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact, and how many pieces of evidence support it."""

    id: int
    position: int
    text: str
    checked: int
    unchecked: int

    @property
    def proven(self) -> bool:
        """Whether a checked piece stands behind it."""
        return self.checked > 0


@dataclass(frozen=True, slots=True)
class WaitingApproval:
    """A request for the head's agreement that is on its way."""

    act: str
    party: str | None
    requested_by: str
    requested_at: str
    request: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of the case as forms and side columns name it."""

    pk: int
    key: str
    title: str
    number: str
    life: str
    party: str

    @property
    def sealed(self) -> bool:
        """Whether its text is final."""
        return self.life != DocumentLife.DRAFT

    @property
    def life_name(self) -> str:
        """Where it stands, in words."""
        return str(DocumentLife(self.life).label)


@dataclass(slots=True)
class CasePage:
    """A case as its pages need it: one statement; parties, journal and situation are read when a page asks for them."""

    case: Case
    actor: Actor
    today: date
    officers: list[OfficerRow] = field(default_factory=list)
    party_names: list[Mapping[str, Any]] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)
    waiting: list[WaitingApproval] = field(default_factory=list)
    origins: list[Mapping[str, Any]] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)
    sealed_at: Any = None
    similar: list[Decimal] = field(default_factory=list)
    _people: list[Person] | None = None
    _parties: list[CaseParty] | None = None
    _journal: Journal | None = None
    _situation: Situation | None = None
    _calendar: Calendar | None = None

    @property
    def subject(self) -> str:
        """The case in documents, evidence and logs."""
        return subject_key(self.case)

    @property
    def subjects(self) -> tuple[str, ...]:
        """The case and the matters it grew from."""
        return (self.subject, *(o["subject"] for o in self.origins))

    @property
    def parties(self) -> list[CaseParty]:
        """The parties with their drafts."""
        if self._parties is None:
            rows = CaseParty.objects.filter(case=self.case).select_related("draft").order_by("position", "id")
            self._parties = list(rows)
            for row in self._parties:
                row.case = self.case
        return self._parties

    @property
    def journal(self) -> Journal:
        """The essential entries."""
        if self._journal is None:
            self._journal = facts.journal_from(self.case.essence or ())  # type: ignore[attr-defined]  # annotated
        return self._journal

    @property
    def people(self) -> list[Person]:
        """Who works for the organ, with `certified`, `presides` and `heads`: may each be chosen for an act?"""
        if self._people is None:
            self._people = list(people_of(self.case.organ_id, self.today))
        return self._people

    @property
    def papers(self) -> list[PaperRow]:
        """The papers of the case and of what it grew from, voided ones left out, the newest first."""
        rows = sorted(self.case.paper_rows, key=lambda r: -r["id"])  # type: ignore[attr-defined]  # annotated
        found = [PaperRow(r["id"], r["key"], r["title"], r["number"], r["life"], r["party"]) for r in rows]
        return [p for p in found if p.life != DocumentLife.VOIDED]

    @property
    def calendar(self) -> Calendar:
        """The working days of the case's territory."""
        if self._calendar is None:
            self._calendar = calendar_for(self.case.territory_code)
        return self._calendar

    @property
    def county(self) -> str:
        """The territory whose profile counts."""
        return facts.county_of(self.case.territory_code)

    @property
    def situation(self) -> Situation:
        """The case as the procedure sees it: the same that `facts.situation_of` answers, from what was read already."""
        if self._situation is None:
            self._situation = _situation(self)
        return self._situation

    @property
    def benchmarks(self) -> KnownBenchmarks:
        """The benchmarks that hold; read again only where the case's own statement says that they changed."""
        rows: Any = self.case
        return known_benchmarks(stamp_of(rows.benchmark_rows))

    @property
    def handles(self) -> bool:
        """Whether the reader is an officer of this case or leads those who are."""
        if self.actor.organ_id != self.case.organ_id:
            return False
        mine = any(o.present and o.person == self.actor.person_id for o in self.officers)
        return mine or self.actor.holds("unit_head", "agency_head")

    def party(self, key: str | None) -> CaseParty | None:
        """The party with this key."""
        return next((p for p in self.parties if p.key == key), None)

    def assessment(self, party: CaseParty) -> Assessment | None:
        """What the rules say about this party."""
        return facts.assessment_of(
            self.case, party, draft=party.draft, journal=self.journal, on=self.today, benchmarks=self.benchmarks
        )


def case_page(pk: int, *, actor: Actor, today: date) -> CasePage:
    """The case for its pages, or 404 where the actor may not see it. One statement."""
    rows = Case.objects.visible_to(actor).filter(pk=pk).select_related("organ__territory", "unit", "merged_into", "split_from")
    case = rows.annotate(essence=F("kept__essence"), **_finished(connection.vendor, today, actor)).first()
    if case is None:
        raise Http404
    page = CasePage(case=case, actor=actor, today=today)
    page.officers = sorted((_officer(r) for r in case.officer_rows), key=lambda o: (o.until_on is not None, o.id))
    page.party_names = sorted(case.party_rows, key=lambda r: (r["position"], r["id"]))
    page.facts = _facts(case.fact_rows, case.link_rows)
    page.waiting = [_waiting(r) for r in case.approval_rows]
    page.origins = sorted(case.origin_rows, key=lambda r: r["id"])
    page.counts = {
        "documents": len(case.paper_rows), "evidence": case.evidence_count, "audit": case.audit_count,
        "proved": case.proved_count, "origins": len(page.origins),
    }  # fmt: skip
    page.sealed_at = case.sealed_at
    page.similar = sorted(Decimal(str(r["fine"])) for r in case.similar_rows)
    return page


def _key() -> Concat:
    return Concat(Value("cases.case:"), Cast(OuterRef("pk"), CharField()))


def _of_case(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows that hang on the case, or on a matter it grew from."""
    origins = CaseOrigin.objects.filter(case=OuterRef(OuterRef("pk"))).values("subject")
    return rows.filter(Q(subject=_key()) | Q(subject__in=Subquery(origins)))


@lru_cache(maxsize=512)
def _finished(vendor: str, today: date, actor: Actor) -> dict[str, Any]:
    """The columns as finished text, made once for each actor and day."""
    return finished_columns(Case.objects.all(), _columns(today, actor))


def _columns(today: date, actor: Actor) -> dict[str, Any]:
    of_case = {"case": OuterRef("pk")}
    logged = AuditEntry.objects.filter(Q(subject=_key()) | Q(related=_key()))
    latest = EvidenceCheck.objects.filter(item=OuterRef("item_id")).order_by("-id")
    links = CaseEvidence.objects.filter(fact__case=OuterRef("pk"), unlinked_at=None, item__withdrawn_at=None)
    approvals = CaseApproval.objects.filter(**of_case, outcome="")
    meetings = CollectiveDiscussion.objects.filter(party__case=OuterRef("pk"), concluded_on=None)
    opinions = DiscussionOpinion.objects.filter(
        discussion__party__case=OuterRef("pk"), discussion__concluded_on=None
    )
    return {
        "officer_rows": rows_of(
            with_certificate(CaseOfficer.objects.filter(**of_case), today),
            id="id", person="person_id", name="person__name", role="role", from_on="from_on", until_on="until_on",
            recused_on="recused_on", interest="interest", declared="interest_declared_at",
            certificate_from="certificate_from", certificate_until="certificate_until",
        ),
        "party_rows": rows_of(
            CaseParty.objects.filter(**of_case).annotate(earlier=_earlier(today)), id="id", position="position", name="name",
            stage="stage", left_on="left_on", kind="kind", earlier="earlier",
        ),
        "fact_rows": rows_of(CaseFact.objects.filter(**of_case, dropped_on=None), id="id", position="position", text="text"),
        "link_rows": rows_of(
            links.annotate(check_passed=first_of(latest, "passed")), id="id", fact="fact_id", item="item_id",
            passed="check_passed",
        ),
        "approval_rows": rows_of(
            approvals, act="act", party="party_id", by="requested_by__name", at="requested_at", request="request"
        ),
        "origin_rows": rows_of(
            CaseOrigin.objects.filter(**of_case), id="id", subject="subject", title="title", url="url"
        ),
        "answer_rows": rows_of(
            CaseAnswer.objects.filter(**of_case), id="id", party="party_id", table="table", question="question",
            value="value", reason="reason", evidence="evidence", by="answered_by_id",
        ),
        "scope_rows": rows_of(
            ScopeAnswer.objects.filter(subject=_key()), id="id", party="party", question="question", value="value",
            reason="reason", by="answered_by_id",
        ),
        "point_rows": rows_of(
            DefencePoint.objects.filter(defence__party__case=OuterRef("pk")), id="id", party="defence__party_id",
            text="text", adopted="adopted",
        ),
        "meeting_rows": rows_of(
            meetings, id="id", party="party_id", called_on="called_on", chair="chair__name", question="question", place="place"
        ),
        "opinion_rows": rows_of(
            opinions, id="id", meeting="discussion_id", member="member_id", name="member__name", vote="vote", opinion="opinion"
        ),
        "similar_rows": rows_of(_similar_rows(actor), fine="fine_yuan"),
        "benchmark_rows": rows_of(DiscretionBenchmark.objects.all(), **stamp_columns()),
        "paper_rows": rows_of(
            _of_case(Document.objects.all()), id="id", key="key", title="title", number="number", life="life", party="party"
        ),
        "evidence_count": count_of(_of_case(EvidenceItem.objects.filter(withdrawn_at=None))),
        "audit_count": count_of(logged),
        "proved_count": count_of(logged.filter(proof__isnull=False)),
        "sealed_at": Subquery(Checkpoint.objects.order_by("-size").values("signed_at")[:1]),
    }  # fmt: skip


def _earlier(today: date) -> Any:
    """How many penalties the same person had within two years, by number: a fact for discretion."""
    same = (Q(id_no=OuterRef("id_no")) & ~Q(id_no="")) | (Q(uscc=OuterRef("uscc")) & ~Q(uscc=""))
    since = today.replace(year=today.year - 2, day=min(today.day, 28))
    rows = CaseParty.objects.filter(same, decided_on__gte=since, fine_yuan__gt=0).exclude(case=OuterRef("case_id"))
    return count_of(rows)


def with_certificate(rows: QuerySet[CaseOfficer], today: date) -> QuerySet[CaseOfficer]:
    """With the certificate that lasts longest among those that count on the day."""
    suspended = CertificateSuspension.objects.filter(
        Q(until_on=None) | Q(until_on__gte=today), certificate=OuterRef("pk"), from_on__lte=today
    )
    checked = CertificateCheck.objects.filter(certificate=OuterRef("pk"), checked_on__lte=today).order_by("-checked_on", "-pk")
    best = (
        EnforcementCertificate.objects.filter(Q(revoked_on=None) | Q(revoked_on__gt=today), person=OuterRef("person_id"))
        .annotate(is_suspended=Exists(suspended), last_check=Subquery(checked.values("passed")[:1]))
        .filter(Q(last_check=None) | Q(last_check=True), is_suspended=False)
        .order_by("-valid_until", "-pk")
    )
    return rows.annotate(certificate_from=first_of(best, "valid_from"), certificate_until=first_of(best, "valid_until"))


def _officer(row: Mapping[str, Any]) -> OfficerRow:
    return OfficerRow(
        row["id"], row["person"], row["name"], row["role"], _day(row["from_on"]) or date.min, _day(row["until_on"]),
        _day(row["recused_on"]), row["interest"] or "", bool(row["declared"]), _day(row["certificate_from"]),
        _day(row["certificate_until"]),
    )  # fmt: skip


def _moment(value: Any) -> datetime | None:
    """A moment out of JSON: with its zone from PostgreSQL, without from SQLite, where it is UTC."""
    if not value:
        return None
    found = datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _day(value: Any) -> date | None:
    return None if not value else date.fromisoformat(str(value)[:10])


def _facts(rows: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]]) -> list[FactRow]:
    good: dict[int, int] = {}
    open_: dict[int, int] = {}
    for link in links:
        counted = good if link["passed"] in (True, 1) else open_
        counted[link["fact"]] = counted.get(link["fact"], 0) + 1
    ordered = sorted(rows, key=lambda r: (r["position"], r["id"]))
    return [FactRow(r["id"], r["position"], r["text"], good.get(r["id"], 0), open_.get(r["id"], 0)) for r in ordered]


def _waiting(row: Mapping[str, Any]) -> WaitingApproval:
    party = str(row["party"]) if row["party"] else None
    return WaitingApproval(row["act"], party, row["by"] or "", str(row["at"])[:10], row["request"] or "")


# -- the situation, from what was read ---------------------------------------------------------------------------------


def _situation(page: CasePage) -> Situation:
    case: Any = page.case
    asked = {
        (r["party"], r["table"], r["question"]): Answer(
            bool(r["value"]), r["reason"] or "", (r["evidence"],) if r["evidence"] else (), str(r["by"] or "")
        )
        for r in sorted(case.answer_rows, key=lambda r: r["id"])
    }
    scope: dict[str, dict[str, Answer]] = {}
    for r in sorted(case.scope_rows, key=lambda r: r["id"]):
        scope.setdefault(r["party"], {})[r["question"]] = Answer(bool(r["value"]), r["reason"] or "", (), str(r["by"]))
    values = facts.settings_of(case, page.today)
    points = _points(case.point_rows)
    journal = page.journal
    return Situation(
        today=page.today,
        journal=journal,
        parties=tuple(
            facts.party_view(case, p, journal, asked, scope, points, values, page.today, page.benchmarks)
            for p in page.parties
        ),
        officers=tuple(
            OfficerView(str(o.person), o.name, o.certificate_from, o.certificate_until, o.recused_on is not None)
            for o in page.officers
            if o.present
        ),
        facts=tuple(FactView(f"F{f.id}", f.text, f.checked, f.unchecked) for f in page.facts),
        answers={q: a for (party, table, q), a in asked.items() if table == "filing" and party is None},
        settings=values,
        deadline=answering(page.calendar, page.county),
    )


def _points(rows: Sequence[Mapping[str, Any]]) -> dict[int, tuple[PointView, ...]]:
    found: dict[int, list[PointView]] = {}
    for r in sorted(rows, key=lambda r: r["id"]):
        view = PointView(str(r["id"]), r["text"], r["adopted"] is not None, bool(r["adopted"]))
        found.setdefault(r["party"], []).append(view)
    return {party: tuple(views) for party, views in found.items()}


# -- people who may be chosen ------------------------------------------------------------------------------------------


def people_of(organ_id: int, day: date) -> QuerySet[Person]:
    """Who works for the organ on a day, and what each may be chosen for, in one statement."""
    held = PostHolding.objects.filter(valid_on(day), person=OuterRef("pk"))
    certified = EnforcementCertificate.objects.filter(
        Q(revoked_on=None) | Q(revoked_on__gt=day), person=OuterRef("pk"), valid_from__lte=day, valid_until__gte=day
    )
    return (
        Person.objects.filter(agency_id=organ_id)
        .exclude(left_on__lte=day)
        .select_related("unit")
        .annotate(
            certified=Exists(certified),
            presides=Exists(held.filter(post__key="hearing_presider")),
            heads=Exists(held.filter(post__key="agency_head")),
        )
        .order_by("unit_id", "id")
    )


# -- similar cases -----------------------------------------------------------------------------------------------------


def _similar_rows(actor: Actor) -> QuerySet[CaseParty]:
    """What the newest decided cases of the same violation came to, among those the actor may see."""
    fined = CaseParty.objects.filter(case=OuterRef("pk"), fine_yuan__gt=0)
    newest = (
        Case.objects.in_sight_of(actor)
        .filter(Exists(fined), violation=OuterRef(OuterRef("violation")))
        .exclude(violation="")
        .exclude(pk=OuterRef(OuterRef("pk")))
        .order_by("-id")
    )
    return CaseParty.objects.filter(case__in=Subquery(newest.values("pk")[:SIMILAR]), fine_yuan__gt=0)


def similar_cases(case: Case, *, actor: Actor) -> QuerySet[CaseParty]:
    """Parties fined for the same violation in other cases, newest first."""
    return (
        CaseParty.objects.visible_to(actor)
        .filter(case__violation=case.violation, fine_yuan__gt=0)
        .exclude(case=case)
        .annotate(matter_no=F("case__case_no"))
        .order_by("-case_id", "-id")
    )
