"""The other tabs of a case: 经过, 文书, 裁量, 费用, 人员, 关联, 操作记录."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dayu.cases import facts, services
from dayu.cases.doors import act_name, door_of, entry_name
from dayu.cases.like_cases import shown_likeness
from dayu.cases.models import Case, CaseParty, JournalEntry, PartyCorrection, PenaltyDraft
from dayu.cases.panels import panels_of
from dayu.cases.screen_reads import CasePage, similar_cases
from dayu.cases.views.amounts import kinds_in_words, questions_of, range_view, side_of, trace_lines
from dayu.cases.views.people_words import kind_name, officer_words, party_pairs, shown_name
from dayu.cases.views.shared import chosen_party, open_page, show
from dayu.cases.views.steps import language
from dayu.core import clock
from dayu.core.actions import registered_actions
from dayu.core.audit import AuditEntry, RefusedAttempt
from dayu.core.proof_log import signing_key
from dayu.core.proof_models import Checkpoint
from dayu.core.ui import parts
from dayu.core.ui.words import amount, short_amount
from dayu.documents.facts import definitions
from dayu.documents.selectors import documents_of
from dayu.law import concurrence
from dayu.law.leniency import checklist
from dayu.law.like_cases import Likeness
from dayu.law.party_kinds import party_kind
from dayu.law.refusals import Refusal, worded, wordings
from dayu.law.violations import violation
from dayu.law.words import has_word, word

PAGE = 80


# -- 经过 --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of the course: what happened when, to whom, who entered it when, and what was wrong with it."""

    sequence: int
    on: date
    name: str
    party: str
    text: str
    who: str
    entered_at: datetime
    taken_over: bool
    late: bool
    defects: Sequence[str]
    explanation: str
    digest: str
    annulled: bool
    annul_url: str


@login_required
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """经过: the journal, newest first, by key."""
    page = open_page(request, pk)
    rows = page.case.journal.select_related("party").order_by("-sequence")
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(sequence__lt=int(before))
    found = list(rows[: PAGE + 1])
    lines = entry_lines(found[:PAGE], page)
    pager = parts.Pager(next_url=f"?before={found[PAGE - 1].sequence}" if len(found) > PAGE else "")
    return show(request, "cases/timeline.html", page, "timeline", lines=lines, pager=pager)


def entry_lines(rows: Sequence[JournalEntry], page: CasePage) -> list[EntryLine]:
    """Entries in words."""
    annulled = {int(r.params.get("sequence", 0)) for r in rows if r.kind == "annulled"}
    may_annul = page.actor.holds("agency_head") and page.actor.organ_id == page.case.organ_id
    return [_line(r, page, annulled, may_annul) for r in rows]


def _line(row: JournalEntry, page: CasePage, annulled: set[int], may_annul: bool) -> EntryLine:
    gone = row.sequence in annulled
    return EntryLine(
        sequence=row.sequence,
        on=row.happened_on,
        name=entry_name(row.kind),
        party=shown_name(row.party, is_open=page.handles) if row.party else "",
        text=params_in_words(row.params),
        who=row.entered_by,
        entered_at=row.entered_at,
        taken_over=row.taken_over,
        late=clock.legal_date(row.entered_at) != row.happened_on,
        defects=[_defect(rule) for rule in row.defect.split(",") if rule],
        explanation=row.explanation,
        digest=row.digest[:16],
        annulled=gone,
        annul_url="" if gone or not may_annul or row.kind == "annulled" else reverse(
            "cases:annul", args=[page.case.pk, row.sequence]
        ),
    )  # fmt: skip


def _defect(rule: str) -> str:
    """The rule that was broken, without its particulars."""
    if rule not in wordings():
        return rule
    params = {n.split("}")[0]: "…" for n in wordings()[rule]["zh"].split("{")[1:]}
    return worded(Refusal(rule, params), language()).reason


SHOWN_PARAMS: dict[str, Any] = {
    "amount_yuan": lambda v: _("罚款 %(amount)s 元") % {"amount": amount(str(v))} if str(v) not in ("", "0") else "",
    "kinds": lambda v: kinds_in_words(v),
    "method": lambda v: _word("serving_methods", v),
    "route": lambda v: _word("routes", v),
    "ground": lambda v: _word("pauses", v) or _word("decline_grounds", v) or str(v),
    "result": lambda v: {"corrected": _("已经改正"), "not_corrected": _("没有改正")}.get(str(v), str(v)),
    "days": lambda v: _("%(n)s 日") % {"n": v} if v else "",
    "opinion": str, "reason": str, "content": str, "findings": str, "conclusion": str, "manner": str, "text": str,
    "suggestion": str, "court": str, "receiver": str, "place": str, "source": str, "name": str, "detail": str,
    "held_on": lambda v: _("定于 %(day)s 举行") % {"day": v},
    "defence_until": lambda v: _("陈述申辩至 %(day)s") % {"day": v},
    "head": lambda v: _("负责人 %(name)s") % {"name": v},
}  # fmt: skip


def params_in_words(params: dict[str, Any]) -> str:
    """The particulars that a reader looks for, one after another."""
    said = []
    for name, words in SHOWN_PARAMS.items():
        value = params.get(name)
        if value not in (None, "", [], {}):
            said.append(words(value))
    return "；".join(w for w in said if w)


def _word(table: str, key: Any) -> str:
    return word(table, str(key), language()) if has_word(table, str(key)) else ""


# -- 文书 --------------------------------------------------------------------------------------------------------------


@login_required
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """文书: every paper of the case and of what it grew from; drafting one more."""
    page = open_page(request, pk)
    rows = documents_of(page.subjects, actor=page.actor)
    context = {
        "document_rows": rows,
        "party_labels": {f"cases.caseparty:{p['id']}": p["name"] for p in page.party_names},
        "kinds": sorted(((d.key, d.title) for d in definitions().values()), key=lambda pair: pair[1]),
        "panels": panels_of("documents", page.case, page.actor),
    }
    return show(request, "cases/documents.html", page, "documents", **context)


@login_required
@require_POST
def draft_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a paper, filled from the case, and go on writing it."""
    page = open_page(request, pk)
    key, party = request.POST.get("key", ""), page.party(request.POST.get("party") or None)
    if key not in definitions():
        messages.info(request, _("请选择文书种类。"))
        return redirect("cases:documents", pk=pk)
    document = services.draft_paper(
        page.case, actor=page.actor, moment=clock.now(), key=key, party=party,
        idempotency_key=request.POST.get("once", "")[:80],
    )  # fmt: skip
    return redirect("documents:edit", pk=document.pk)


# -- 裁量 --------------------------------------------------------------------------------------------------------------


@login_required
def discretion(request: HttpRequest, pk: int) -> HttpResponse:
    """裁量: range, tier and why, questions for a person, leniency, versions of the draft, similar cases one by one."""
    page = open_page(request, pk)
    party = page.party(chosen_party(request, page))
    if party is None:
        return show(request, "cases/discretion.html", page, "discretion", party_row=None)
    found = page.assessment(party)
    bounds = facts.bounds_of(party, found)
    similar = list(similar_cases(page.case, actor=page.actor).select_related("case", "draft")[:60]) if page.case.violation else []
    draft = party.draft
    amounts = sorted(p.fine_yuan for p in similar if p.fine_yuan is not None)
    shown = range_view(
        found, bounds, draft=facts.draft_view(draft, remedies="") if draft else None,
        draft_name=_("草案 v%(n)s") % {"n": draft.number} if draft else "", notified=None, similar=amounts,
        side=side_of(party.kind, {"treated_as": party.treated_as} if party.treated_as else {}),
    )  # fmt: skip
    context = {
        "party_row": party,
        "range": shown,
        "trace": trace_lines(found),
        "questions": questions_of(found),
        "thresholds": _thresholds(found),
        "concurrence": _concurrence(found),
        "leniency": _leniency(page, party),
        "drafts": _drafts(party),
        "similar": [_similar_row(p, page) for p in similar],
        "likeness": _likeness(shown_likeness(page.case, draft, similar)),
        "treated": party.get_treated_as_display() if party.treated_as else "",
        "must_decide_kind": party_kind(party.kind).ask and not party.treated_as,
        "doors": {n: door_of(n, pk, party.key) for n in (
            "discretion_facts", "answer_leniency", "write_draft", "state_range", "treat_party_as", "answer_scope")},
    }  # fmt: skip
    return show(request, "cases/discretion.html", page, "discretion", **context)


def _concurrence(found: Any) -> dict[str, Any] | None:
    """竞合: the same act under the provisions that often meet with this one, and which of them fines."""
    together = concurrence.beside(found) if found is not None else None
    if together is None:
        return None
    rows = []
    for one in (*together.rivals, *together.silent):
        low, high = one.bounds or (None, None)
        bounds = _("%(low)s 至 %(high)s") % {"low": short_amount(low), "high": short_amount(high)} if one.bounds else ""
        rows.append({
            "name": one.violation.name, "bounds": bounds, "chosen": one is together.chosen,
            "silent": one in together.silent, "basis": one.version.citations if one.version else (),
        })  # fmt: skip
    displaced = [violation(key).name for key in together.displaced]
    return {"rows": rows, "displaced": displaced, "basis": together.basis, "open": together.chosen is None and bool(together.rivals)}


def _thresholds(found: Any) -> list[parts.Pair]:
    """Hearing, discussion, review, summary procedure, crime: yes, no, or for a person to say."""
    if found is None:
        return []
    answers = [
        (_("应当告知听证权利"), found.hearing), (_("应当集体讨论"), found.discussion), (_("应当法制审核"), found.review),
        (_("可以适用简易程序"), found.summary),
    ]  # fmt: skip
    pairs = [parts.Pair(name, _answer(None if t is None else t.answer)) for name, t in answers]
    crime = found.suspicion.suspected if found.suspicion else None
    pairs.append(parts.Pair(_("涉嫌犯罪"), _answer(crime), tone="danger" if crime else ""))
    barred = found.limitation.barred if found.limitation else None
    pairs.append(parts.Pair(_("已过追责期限"), _answer(barred), tone="danger" if barred else ""))
    return pairs


def _answer(value: bool | None) -> str:
    return _("还不能确定") if value is None else _("是") if value else _("否")


def _leniency(page: CasePage, party: CaseParty) -> list[dict[str, Any]]:
    english = language().startswith("en")
    newest: dict[str, Any] = {}
    for row in sorted(page.case.answer_rows, key=lambda r: r["id"]):  # type: ignore[attr-defined]  # annotated
        if row["table"] == "leniency" and row["party"] == party.pk:
            newest[row["question"]] = row
    return [
        {
            "question": item.en if english else item.zh,
            "basis": (item.citation,),
            "answered": item.key in newest,
            "yes": bool(newest.get(item.key, {}).get("value")),
            "why": newest.get(item.key, {}).get("evidence") or newest.get(item.key, {}).get("reason") or "",
        }
        for item in checklist(natural_person=party.natural_person)
    ]


def _drafts(party: CaseParty) -> list[dict[str, Any]]:
    rows = PenaltyDraft.objects.filter(party=party).order_by("-number").defer("receipt", "substance")
    return [
        {
            "number": d.number, "words": kinds_in_words(d.kinds), "amount": short_amount(d.amount_yuan), "reason": d.reason,
            "by": d.written_by, "at": d.written_at, "digest": d.digest[:16], "present": d.pk == party.draft_id,
        }
        for d in rows
    ]  # fmt: skip


def _likeness(found: Likeness | None) -> str:
    """同档类案: how many, the median, the spread, and how far the draft is from the median."""
    if found is None or not found.count or found.gap is None:
        return ""
    return _("同档 %(count)s 件：中位 %(median)s 元，%(low)s 至 %(high)s 元；本案 %(amount)s 元，相差 %(gap)s") % {
        "count": found.count, "median": f"{found.median_yuan:,.0f}", "low": f"{found.low_yuan:,.0f}",
        "high": f"{found.high_yuan:,.0f}", "amount": f"{found.amount_yuan:,.0f}", "gap": f"{found.gap:+.0%}",
    }  # fmt: skip


def _similar_row(row: CaseParty, page: CasePage) -> dict[str, Any]:
    return {
        "url": reverse("cases:case", args=[row.case_id]), "no": row.case.case_no or row.case.title,
        "name": shown_name(row, is_open=False), "amount": row.fine_yuan, "on": row.decided_on,
    }  # fmt: skip


# -- 费用 --------------------------------------------------------------------------------------------------------------


@login_required
def costs(request: HttpRequest, pk: int) -> HttpResponse:
    """费用: what each party owes and paid; panels of the domain of payments."""
    page = open_page(request, pk)
    lines = [
        {
            "party": p,
            "name": shown_name(p, is_open=page.handles),
            "owed": (p.fine_yuan or Decimal(0)) - p.paid_yuan,
            "due": p.pay_due_on,
            "late": p.pay_due_on is not None and p.paid_on is None and p.pay_due_on < page.today,
            "doors": [(act_name(a), door_of(a, pk, p.key)) for a in _money_acts(p)],
        }
        for p in page.parties
        if p.left_on is None
    ]
    kinds = ("fine_paid", "deferral_approved", "additional_fine_decided", "demand_served", "court_applied", "court_enforced",
             "court_refused", "enforcement_terminated")  # fmt: skip
    rows = page.case.journal.filter(kind__in=kinds).select_related("party").order_by("-sequence")[:PAGE]
    return show(
        request, "cases/costs.html", page, "costs", lines=lines, money=entry_lines(list(rows), page),
        panels=panels_of("costs", page.case, page.actor),
    )  # fmt: skip


def _money_acts(party: CaseParty) -> list[str]:
    """The acts about money that make sense for this party; the gates are asked when they are done."""
    if party.decided_on is None or not party.fine_yuan or party.paid_on is not None:
        return []
    return ["record_payment", "approve_deferral", "decide_additional_fine", "demand_performance", "apply_court_enforcement"]


# -- 人员 --------------------------------------------------------------------------------------------------------------


@login_required
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """人员: officers with certificates and declarations, parties with everything known, corrections."""
    page = open_page(request, pk)
    fixes = PartyCorrection.objects.filter(party__case=page.case).select_related("party")
    context = {
        "officers": [(o, officer_words(o, page.today)) for o in page.officers],
        "party_cards": [
            {
                "party": p,
                "title": f"{shown_name(p, is_open=page.handles)}（{kind_name(p.kind)}）",
                "pairs": party_pairs(page, p),
                "doors": [
                    (_("修改联系方式"), door_of("amend_party", pk, p.key)),
                    (_("更正当事人"), door_of("correct_party", pk, p.key)),
                    (_("认定类型"), door_of("treat_party_as", pk, p.key)),
                    (_("分案"), door_of("split_party", pk, p.key)),
                ],
            }
            for p in page.parties
        ],
        "corrections": list(fixes),
        "remedies": facts.settings_of(page.case, page.today)["remedies_text"],
        "doors": {n: door_of(n, pk) for n in (
            "assign_officers", "declare_interest", "request_recusal", "decide_recusal", "add_party")},
        "panels": panels_of("people", page.case, page.actor),
    }  # fmt: skip
    return show(request, "cases/people.html", page, "people", **context)


# -- 关联 --------------------------------------------------------------------------------------------------------------


@login_required
def related(request: HttpRequest, pk: int) -> HttpResponse:
    """关联: what the case grew from, what it was split from or merged into, other cases of the same persons."""
    page = open_page(request, pk)
    numbers = [p.id_no for p in page.parties if p.id_no] + [p.uscc for p in page.parties if p.uscc]
    others = (
        CaseParty.objects.visible_to(page.actor).filter(Q(id_no__in=numbers) | Q(uscc__in=numbers)).exclude(case=page.case)
        if numbers else CaseParty.objects.none()
    )  # fmt: skip
    relatives = list(Case.objects.filter(Q(split_from=page.case) | Q(merged_into=page.case)))
    context = {
        "origins": page.origins,
        "parts": [c for c in relatives if c.split_from_id == page.case.pk],
        "absorbed": [c for c in relatives if c.merged_into_id == page.case.pk],
        "others": list(others.select_related("case").order_by("-case_id")[:30]),
        "panels": panels_of("related", page.case, page.actor),
        "doors": {n: door_of(n, pk) for n in ("merge_case", "transfer_case")},
    }
    return show(request, "cases/related.html", page, "related", **context)


# -- 操作记录 ----------------------------------------------------------------------------------------------------------


@login_required
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """操作记录: who did what, what was refused and why, and where each record stands in the proof log."""
    page = open_page(request, pk)
    covering = Checkpoint.objects.filter(size__gt=OuterRef("proof__index")).order_by("size").values("signed_at")[:1]
    rows = (
        AuditEntry.objects.filter(Q(subject=page.subject) | Q(related=page.subject))
        .annotate(place=F("proof__index"), sealed_at=Subquery(covering))
        .order_by("-id")
    )
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    keys = [f"cases.caseparty:{p['id']}" for p in page.party_names]
    refused = RefusedAttempt.objects.filter(subject__in=[page.subject, *keys]).order_by("-id")[:20]
    known = registered_actions()
    context = {
        "lines": [(e, str(known[e.action].label) if e.action in known else e.action) for e in found[:PAGE]],
        "pager": parts.Pager(next_url=f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""),
        "refused": [(r, str(known[r.action].label) if r.action in known else r.action) for r in refused],
        "log_key": signing_key().verifier.text(),
    }
    return show(request, "cases/log.html", page, "log", **context)
