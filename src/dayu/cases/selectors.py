"""Reads of cases that several screens and doors share: the page of a case, its timeline, the ledger, like cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from dayu.basis.selectors import county_of, profiles
from dayu.cases import facts
from dayu.cases.models import Case, CaseEvidence, CaseFact, CaseParty, JournalEntry
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.search import SearchKind
from dayu.documents.models import Document
from dayu.law.deadlines import Deadline
from dayu.law.procedure import NextAct, RunningLimit, StepState
from dayu.law.procedure_deadlines import full_deadline
from dayu.law.refusals import Verdict
from dayu.law.situation import Situation
from dayu.records.facts import evidence_standing
from dayu.records.models import EvidenceItem
from dayu.work.calendars import calendar_for

SEARCH = "case"


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A time limit of the case as a screen shows it: the limit with its working, for whom, and what met it."""

    running: RunningLimit
    deadline: Deadline | None
    party: CaseParty | None

    @property
    def open(self) -> bool:
        """Whether it still runs."""
        return self.running.met_by is None

    @property
    def due_on(self) -> date:
        """The last day."""
        fixed = self.running.request.fixed
        if fixed is not None or self.deadline is None:
            return fixed or self.running.request.start
        return self.deadline.due_on


@dataclass(frozen=True, slots=True)
class CaseState:
    """All that the page of a case shows from the law: where it stands, what is next, what blocks it, what runs."""

    case: Case
    situation: Situation
    parties: Mapping[str, CaseParty]
    progress: tuple[StepState, ...]
    next_acts: tuple[NextAct, ...]
    limits: tuple[LimitLine, ...]

    def verdict(self, act: str, party: str | None = None, **proposal: Any) -> Verdict:
        """Whether an act is lawful now, with every reason against it."""
        return facts.procedure_of(self.case).allowed(act, self.situation, party, **proposal)


def state_of(case: Case, *, today: date) -> CaseState:
    """Everything derived for one case today, in a bounded number of statements."""
    situation = facts.situation_of(case, today=today)
    procedure = facts.procedure_of(case)
    parties = {p.key: p for p in case.parties.select_related("draft")}
    calendar = calendar_for(case.territory_code)
    lines = []
    for running in procedure.limits(situation):
        deadline = None
        if running.request.fixed is None:
            deadline = full_deadline(running.request, calendar=calendar, territory=county_of(case.territory_code), profiles=profiles)
        lines.append(LimitLine(running, deadline, parties.get(running.party or "")))
    lines.sort(key=lambda line: (not line.open, line.due_on))
    return CaseState(
        case, situation, parties, procedure.progress(situation), procedure.next_acts(situation), tuple(lines)
    )


def find_case(pk: int, *, actor: Actor) -> Case:
    """One case that the actor may see, with organ and unit; raises `Case.DoesNotExist`."""
    return Case.objects.visible_to(actor).select_related("organ", "unit").get(pk=pk)


def subjects_of(case: Case) -> list[str]:
    """The keys whose papers and evidence belong to the case: its own, and those of its leads and inspections."""
    return [subject_key(case), *case.origins.values_list("subject", flat=True)]


def cases_of_subject(subject: str) -> list[Case]:
    """The cases to which a matter belongs: itself where it is a case, else those that grew from it."""
    if subject.startswith("cases.case:"):
        return list(Case.objects.filter(pk=int(subject.rpartition(":")[2])).select_related("organ"))
    return list(Case.objects.filter(origins__subject=subject).select_related("organ"))


def timeline(case: Case, *, before: int | None = None, limit: int = 100) -> list[JournalEntry]:
    """The journal, newest first, paged by sequence."""
    rows = case.journal.select_related("party").order_by("-sequence")
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    return list(rows[:limit])


def documents_of(case: Case) -> QuerySet[Document]:
    """All papers of the case and of what it grew from."""
    return Document.objects.of(*subjects_of(case)).order_by("id")


def papers_of_party(party: CaseParty) -> list[Document]:
    """Every paper that carries the party: addressed to it, or naming it in its text."""
    found = []
    for document in documents_of(party.case).current():
        named = party.name and party.name in str(document.fields)
        if document.party == subject_key(party) or named:
            found.append(document)
    return found


# -- facts and evidence ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How one piece of evidence stands to one fact: linked or not, and whether it may support it."""

    link: CaseEvidence | None
    standing: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Facts across, evidence down; a fact without a checked piece is a gap."""

    facts: tuple[CaseFact, ...]
    items: tuple[EvidenceItem, ...]
    cells: Mapping[tuple[int, int], MatrixCell]
    gaps: frozenset[int]


def matrix_of(case: Case) -> Matrix:
    """The evidence matrix of the case."""
    rows = tuple(case.case_facts.filter(dropped_on=None).order_by("position", "id"))
    items = tuple(
        EvidenceItem.objects.filter(subject__in=subjects_of(case), withdrawn_at=None)
        .prefetch_related("checks", "files").order_by("id")
    )
    standings = {item.pk: evidence_standing(item) for item in items}
    links = CaseEvidence.objects.filter(fact__in=rows, unlinked_at=None, item__in=items)
    cells = {(link.fact_id, link.item_id): MatrixCell(link, standings[link.item_id]) for link in links}
    proved = {fact for (fact, _item), cell in cells.items() if cell.standing == "passed"}
    return Matrix(rows, items, cells, frozenset(f.pk for f in rows if f.pk not in proved))


# -- lists -------------------------------------------------------------------------------------------------------------


def ledger(actor: Actor, **wanted: Any) -> QuerySet[CaseParty]:
    """The penalty ledger (处罚台账): one line for each party, from the acts themselves. Filters are field look-ups.

    Nobody adds a line by hand; imported lines carry the case's source mark.
    """
    rows = CaseParty.objects.visible_to(actor).select_related("case__organ", "case__unit", "draft")
    return rows.filter(**wanted).order_by("-case_id", "position")


def open_cases_of(person_id: int) -> QuerySet[Case]:
    """The cases that a person handles and that are not over."""
    return Case.objects.open().handled_by(person_id).order_by(F("decision_due_on").asc(nulls_last=True), "id")


@dataclass(frozen=True, slots=True)
class LikeCase:
    """A decided party of the same violation: for the dots beside the range."""

    party_id: int
    case_no: str
    amount_yuan: Decimal
    decided_on: date | None


def like_cases(party: CaseParty, *, limit: int = 50) -> list[LikeCase]:
    """Decided fines for the same violation in the same province, newest first, this case left out."""
    case = party.case
    if not case.violation:
        return []
    rows = (
        CaseParty.objects.filter(case__violation=case.violation, fine_yuan__gt=0)
        .filter(case__organ__territory__code__startswith=case.territory_code[:2])
        .exclude(case=case)
        .order_by("-decided_on", "-id")
        .values_list("pk", "case__case_no", "fine_yuan", "decided_on")[:limit]
    )
    return [LikeCase(*row) for row in rows]


def median(amounts: Iterable[Decimal]) -> Decimal | None:
    """The middle of the amounts; of an even number the mean of the two in the middle."""
    ordered = sorted(amounts)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def defences_of(party: CaseParty) -> Sequence[Any]:
    """What the party said, with its points."""
    return list(party.defences.prefetch_related(Prefetch("points")).order_by("-id"))


# -- addresses and search ----------------------------------------------------------------------------------------------


def case_url(case: Case) -> str:
    """The page of the case."""
    try:
        return reverse("cases:case", args=[case.pk])
    except NoReverseMatch:
        return f"/cases/{case.pk}/"


def search_kind() -> SearchKind:
    """Cases in the search over everything one may see."""
    return SearchKind(SEARCH, _("案件"), _visible)


def _visible(actor: Actor, ids: Sequence[str]) -> Iterable[int]:
    return Case.objects.visible_to(actor).filter(pk__in=[int(i) for i in ids]).values_list("pk", flat=True)
