"""The ledgers (台账): which cases and penalties a reader asked for, in which order, and their lines on screen and in Excel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from dayu.cases.doors import stage_name
from dayu.cases.json_rows import rows_of
from dayu.cases.models import Case, CaseOfficer, CaseParty, CaseSource
from dayu.cases.selectors import SEARCH
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.search import find
from dayu.law.procedures.ordinary_penalty import STAGES
from dayu.law.violations import violation, violation_keys

FOUND = 200  # hits of the words that a ledger looks through
EXPORTED = 20_000
LAST = date(9999, 12, 31)
SORTS: Mapping[str, Sequence[str]] = {
    "new": ("-id",),
    "due": ("due_key", "id"),
    "filed": ("-filed_key", "-id"),
}
ALL_STAGES = (*STAGES, "ended", "archived")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of an address. Whatever cannot be read is left out."""

    words: str = ""
    state: str = ""  # open | over
    stage: str = ""
    due: str = ""  # overdue | soon | month
    year: int | None = None
    officer: int | None = None
    violation: str = ""
    organ: int | None = None
    source: str = ""
    sort: str = "new"

    @property
    def is_plain(self) -> bool:
        """Whether nothing is filtered."""
        return self == Wanted(sort=self.sort)


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """Read the address."""
    stage, source, key = query.get("stage", ""), query.get("source", ""), query.get("violation", "")
    return Wanted(
        words=query.get("q", "").strip()[:80],
        state=query.get("state", "") if query.get("state") in ("open", "over") else "",
        stage=stage if stage in ALL_STAGES else "",
        due=query.get("due", "") if query.get("due") in ("overdue", "soon", "month") else "",
        year=_number(query.get("year", ""), 1990, 2200),
        officer=_number(query.get("officer", "")),
        violation=key if key in violation_keys() else "",
        organ=_number(query.get("organ", "")),
        source=source if source in CaseSource.values else "",
        sort=query.get("sort", "new") if query.get("sort") in SORTS else "new",
    )


def _number(text: str, least: int = 1, most: int = 2**31) -> int | None:
    return int(text) if text.isdigit() and least <= int(text) <= most else None


def cases_wanted(actor: Actor, wanted: Wanted, *, today: date) -> QuerySet[Case]:
    """The cases that the actor may see and asked for."""
    rows = Case.objects.visible_to(actor)
    if wanted.state == "open" or wanted.due:
        rows = rows.open()
    if wanted.state == "over":
        rows = rows.exclude(closed_on=None, ended_on=None)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.due:
        rows = _by_due(rows, wanted.due, today)
    if wanted.year:
        first, after = date(wanted.year, 1, 1), date(wanted.year + 1, 1, 1)
        rows = rows.filter(filed_on__gte=first, filed_on__lt=after)
    if wanted.officer:
        rows = rows.filter(pk__in=CaseOfficer.objects.filter(person_id=wanted.officer, until_on=None).values("case_id"))
    if wanted.violation:
        rows = rows.filter(violation=wanted.violation)
    if wanted.organ:
        rows = rows.filter(organ_id=wanted.organ)
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    return _by_words(rows, wanted.words, actor) if wanted.words else rows


def _by_due(rows: QuerySet[Case], due: str, today: date) -> QuerySet[Case]:
    if due == "overdue":
        return rows.filter(decision_due_on__lt=today)
    reach = today + timedelta(days=3 if due == "soon" else 30)
    return rows.filter(decision_due_on__gte=today, decision_due_on__lte=reach)


def _by_words(rows: QuerySet[Case], words: str, actor: Actor) -> QuerySet[Case]:
    """Words are looked up in the index of the search; numbers of persons exactly."""
    hits = [int(e.object_id) for e in find(words, actor=actor, kinds=[SEARCH], limit=FOUND)]
    numbered = CaseParty.objects.filter(Q(id_no=words) | Q(uscc=words)).values("case_id")
    return rows.filter(Q(pk__in=hits) | Q(pk__in=numbered))


def with_lines(rows: QuerySet[Case]) -> QuerySet[Case]:
    """With everything a line says, in one statement."""
    return rows.select_related("organ").annotate(
        party_rows=rows_of(
            CaseParty.objects.filter(case=OuterRef("pk"), left_on=None), id="id", position="position", name="name",
            kind="kind", fine="fine_yuan", decided="decided_on", paid="paid_on",
        ),
        officer_rows=rows_of(
            CaseOfficer.objects.filter(case=OuterRef("pk"), until_on=None), id="id", name="person__name",
        ),
        due_key=Coalesce("decision_due_on", Value(LAST), output_field=DateField()),
        filed_key=Coalesce("filed_on", Value(date(1900, 1, 1)), output_field=DateField()),
    )  # fmt: skip


def open_counts(actor: Actor) -> dict[str, int]:
    """Open cases by stage: bounded, because what is closed is not counted."""
    rows = Case.objects.visible_to(actor).open().order_by().values("stage").annotate(n=Count("pk"))
    return {row["stage"]: row["n"] for row in rows}


def violation_name(key: str) -> str:
    """A violation in words; one that the catalogue no longer has stays a key."""
    return violation(key).name if key in violation_keys() else key


def officers_of(case: Any) -> list[str]:
    """The names of the officers of a line."""
    return [r["name"] for r in sorted(case.officer_rows, key=lambda r: r["id"])]


def parties_of(case: Any) -> list[Mapping[str, Any]]:
    """The parties of a line, in order."""
    return sorted(case.party_rows, key=lambda r: (r["position"], r["id"]))


def organ_of(case: Case) -> str:
    """The organ under the name that it bore when the case was filed: a merged bureau keeps its old cases under the old one."""
    return case.organ.name_on(case.filed_on or clock.legal_date(case.opened_at))


# -- Excel -------------------------------------------------------------------------------------------------------------


def sheet_columns() -> list[str]:
    """The heads of the sheet."""
    return [
        _("案号"), _("案由"), _("当事人"), _("违法行为"), _("承办机关"), _("承办人"), _("来源"), _("地点"), _("立案日期"),
        _("办案期限"), _("阶段"), _("决定日期"), _("罚款（元）"), _("结案日期"), _("归档日期"), _("台账来源"), _("来源说明"),
    ]  # fmt: skip


def sheet_rows(rows: QuerySet[Case]) -> Iterator[Sequence[Any]]:
    """The lines, read in portions."""
    for case in with_lines(rows).prefetch_related("organ__names")[:EXPORTED].iterator(chunk_size=500):
        found = parties_of(case)
        fines = [f for p in found if (f := p["fine"]) not in (None, "")]
        yield [
            case.case_no, case.title, "、".join(p["name"] for p in found), violation_name(case.violation), organ_of(case),
            "、".join(officers_of(case)), case.source_type, case.place, case.filed_on, case.decision_due_on,
            stage_name(case.stage), case.decided_on, float(sum(float(f) for f in fines)) if fines else None,
            case.closed_on, case.archived_on, case.get_source_display(), case.source_note,
        ]  # fmt: skip


# -- the penalty ledger ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PenaltyWanted:
    """The filters of the penalty ledger."""

    words: str = ""
    year: int | None = None
    paid: str = ""  # paid | owing | late
    source: str = ""


def penalties_wanted_of(query: Mapping[str, str], *, today: date) -> PenaltyWanted:
    """Read the address; without a year the present one, `year=all` for all."""
    source = query.get("source", "")
    asked = query.get("year", "")
    return PenaltyWanted(
        words=query.get("q", "").strip()[:80],
        year=None if asked == "all" else _number(asked, 1990, 2200) or today.year,
        paid=query.get("paid", "") if query.get("paid") in ("paid", "owing", "late") else "",
        source=source if source in CaseSource.values else "",
    )


def penalties(actor: Actor, wanted: PenaltyWanted, *, today: date) -> QuerySet[CaseParty]:
    """One line for each party that was decided, from the acts themselves: nobody adds a line by hand."""
    rows = CaseParty.objects.in_sight_of(actor).filter(decided_on__isnull=False)
    if wanted.year:
        rows = rows.filter(decided_on__gte=date(wanted.year, 1, 1), decided_on__lt=date(wanted.year + 1, 1, 1))
    if wanted.paid == "paid":
        rows = rows.filter(paid_on__isnull=False)
    if wanted.paid == "owing":
        rows = rows.filter(fine_yuan__gt=0, paid_on=None)
    if wanted.paid == "late":
        rows = rows.filter(fine_yuan__gt=0, paid_on=None, pay_due_on__lt=today)
    if wanted.source:
        rows = rows.filter(case__source=wanted.source)
    if wanted.words:
        hits = [int(e.object_id) for e in find(wanted.words, actor=actor, kinds=[SEARCH], limit=FOUND)]
        same = Q(id_no=wanted.words) | Q(uscc=wanted.words) | Q(decision_no=wanted.words)
        rows = rows.filter(Q(case_id__in=hits) | same)
    return rows.select_related("case__organ", "draft")


def penalty_totals(rows: QuerySet[CaseParty]) -> dict[str, Any]:
    """How many, how much, how much of it came in: of one year, so that the count has a bound."""
    return rows.order_by().aggregate(n=Count("pk"), fined=Sum("fine_yuan"), paid=Sum("paid_yuan"))


def penalty_columns() -> list[str]:
    """The heads of the sheet."""
    return [
        _("决定书文号"), _("案号"), _("当事人"), _("案由"), _("罚款（元）"), _("没收（元）"), _("决定日期"), _("送达日期"),
        _("缴款期限"), _("已缴（元）"), _("缴清日期"), _("结案日期"), _("承办机关"), _("台账来源"), _("来源说明"),
    ]  # fmt: skip


def penalty_rows(rows: QuerySet[CaseParty]) -> Iterator[Sequence[Any]]:
    """The lines of the sheet."""
    named = rows.prefetch_related("case__organ__names").order_by("-decided_on", "-id")
    for p in named[:EXPORTED].iterator(chunk_size=500):
        taken = p.draft.confiscated_yuan if p.draft else None
        yield [
            p.decision_no, p.case.case_no, p.name, p.case.title, p.fine_yuan, taken or None, p.decided_on, p.served_on,
            p.pay_due_on, p.paid_yuan, p.paid_on, p.case.closed_on, organ_of(p.case), p.case.get_source_display(),
            p.case.source_note,
        ]  # fmt: skip
