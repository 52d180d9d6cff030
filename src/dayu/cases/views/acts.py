"""One page for each act: the law's conditions, a guided form, and one view that calls the action."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases import facts, services
from dayu.cases.authority import authority_extent
from dayu.cases.doors import act_name, act_of, door_of, stage_name
from dayu.cases.forms.acts import ACTS, FOR_APPROVAL, HEAD_NOTE, ActForm
from dayu.cases.forms.base import CaseForm
from dayu.cases.forms.deciding import AnnulForm
from dayu.cases.forms.past import PastForm
from dayu.cases.models import CaseParty, DiscussionOpinion, JournalEntry
from dayu.cases.policies import through_release
from dayu.cases.screen_reads import CasePage, PaperRow
from dayu.cases.views.case import HIDDEN, amounts_of
from dayu.cases.views.shared import chosen_party, head, open_page
from dayu.cases.views.steps import now_tasks, refusal_row, who_does
from dayu.core import clock
from dayu.core.audit import subject_key
from dayu.core.refused import Refused
from dayu.core.ui import parts
from dayu.documents.facts import definitions
from dayu.law.procedure import Step
from dayu.law.refusals import Refusal

WITH_RANGE = frozenset({"write_draft", "discretion_facts", "state_range", "hold_collective_discussion", "decide_penalty"})
WAIT_FOR_MEETING = frozenset({"give_discussion_opinion", "hold_collective_discussion"})
ASKED_OF_POWERS = frozenset({"request_filing", "file_case", "decide_penalty"})
RELEASED = frozenset({"publish_decision", "exempt_from_publication", "withdraw_publication"})
DISCUSSION = frozenset({"call_discussion", "give_discussion_opinion", "hold_collective_discussion"})


@login_required
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Show the form of an act, or do it and go back to the case."""
    spec = ACTS.get(act)
    if spec is None:
        raise Http404
    page = open_page(request, pk)
    party = _party(request, page) if spec.target == "party" else None
    if spec.target == "party" and party is None:
        messages.info(request, _("先登记当事人。"))
        return redirect(door_of("add_party", pk))
    asking = act in FOR_APPROVAL and not page.actor.holds("agency_head")
    form = spec.form(request.POST or None, request.FILES or None, page=page, party=party)
    refused: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, act, spec, page, party, form, asking=asking)
        except Refused as error:
            refused = list(error.refusals)
        else:
            return _done(request, act, spec, page, party, asking=asking)
    return _show(request, act, spec, page, party, form, refused, asking=asking)


def _do(
    request: HttpRequest, act: str, spec: ActForm, page: CasePage, party: CaseParty | None, form: CaseForm, *, asking: bool
) -> None:
    seen = request.POST.get("seen_version", "")
    common: dict[str, Any] = {
        "actor": page.actor,
        "moment": clock.now(),
        "idempotency_key": request.POST.get("once", "")[:80],
        "seen_version": int(seen) if seen.isdigit() else None,
    }
    if asking:
        common["seen_version"] = int(seen) if seen.isdigit() and party is None else None
        services.request_case_approval(page.case, act=act, party=party, **common, **form.arguments())
        return
    spec.run(party or page.case, form, **common)


def _done(
    request: HttpRequest, act: str, spec: ActForm, page: CasePage, party: CaseParty | None, *, asking: bool
) -> HttpResponse:
    title = title_of(act, spec)
    said = _("已报请批准：%(act)s") if asking else _("已办理：%(act)s")
    messages.success(request, said % {"act": title})
    query = f"?party={party.pk}" if party is not None and len(page.party_names) > 1 else ""
    if act in DISCUSSION and act != "hold_collective_discussion":
        return redirect(door_of("hold_collective_discussion", page.case.pk, party.key if party else None))
    return redirect(reverse("cases:case", args=[page.case.pk]) + query)


def _asked_of_subject_only(act: str, page: CasePage) -> str:
    """Where the organ keeps no list of powers, the check before filing and deciding is thinner, and the page says so."""
    if act not in ASKED_OF_POWERS or authority_extent(page.case) == "list":
        return ""
    return _("权限核对：没有可用的权责清单（或者案件未选违法行为），只核对执法主体是否适格，事项、地域、岗位没有核对。")


def _show(
    request: HttpRequest,
    act: str,
    spec: ActForm,
    page: CasePage,
    party: CaseParty | None,
    form: CaseForm,
    refused: list[Refusal],
    *,
    asking: bool,
) -> HttpResponse:
    procedure, key = facts.procedure_of(page.case), party.key if party else None
    step = procedure.by_act.get(act)
    standing = list(procedure.allowed(act, page.situation, key).refusals) if step is not None and not refused else []
    standing = [r for r in standing if act_of(r.remedy) != act]  # what this very form answers
    if act in RELEASED and party is not None and not refused:
        standing += through_release(party, actor=page.actor).refusals
    title = title_of(act, spec)
    target: Any = party or page.case
    context = {
        **head(request, page, "case"),
        "act": act,
        "act_title": title,
        "form": form,
        "refusal_rows": [refusal_row(r, case=page.case.pk, party=key) for r in refused],
        "standing_rows": [refusal_row(r, case=page.case.pk, party=key) for r in standing],
        "note": " ".join(str(words) for words in (spec.note, _asked_of_subject_only(act, page)) if words),
        "head_note": HEAD_NOTE if asking else "",
        "button": _("报请批准") if asking else spec.button or title,
        "once": secrets.token_urlsafe(16) if refused else request.POST.get("once", "") or secrets.token_urlsafe(16),
        "seen_version": request.POST.get("seen_version") or target.version,
        "act_party": party,
        "form_waits": act in WAIT_FOR_MEETING and not _meeting_is_open(page, party),
        "switch": _switch(request, page, key) if spec.target == "party" else [],
        "step": step,
        "who": who_does(step.roles, step.by_party) if step else "",
        "papers": _papers(page, party, step) if step else [],
        "is_past_possible": step is not None,
        **(amounts_of(page, party or _only(page)) if act in WITH_RANGE else {}),
        **(_discussion(page, party) if act in DISCUSSION and party is not None else {}),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/act.html", context, status=status)


def title_of(act: str, spec: ActForm) -> str:
    """The act in words."""
    return str(spec.title) if spec.title else act_name(act)


def _party(request: HttpRequest, page: CasePage) -> CaseParty | None:
    key = request.POST.get("party") or chosen_party(request, page)
    return page.party(key)


def _only(page: CasePage) -> CaseParty | None:
    return page.parties[0] if page.parties else None


def _switch(request: HttpRequest, page: CasePage, key: str | None) -> list[parts.Link]:
    present = [p for p in page.party_names if not p["left_on"]]
    if len(present) < 2:
        return []
    return [parts.Link(p["name"], f"{request.path}?party={p['id']}", current=str(p["id"]) == key) for p in present]


def _papers(page: CasePage, party: CaseParty | None, step: Step) -> list[dict[str, Any]]:
    """The kinds of papers of this act, with what was made of each."""
    if not step.documents:
        return []
    whose = ("", subject_key(party)) if party is not None else None
    made: dict[str, list[PaperRow]] = {}
    for document in reversed(page.papers):
        if document.key in step.documents and (whose is None or document.party in whose):
            made.setdefault(document.key, []).append(document)
    known = definitions()
    return [
        {"key": key, "title": known[key].title, "documents": made.get(key, [])} for key in step.documents if key in known
    ]


def _meeting_is_open(page: CasePage, party: CaseParty | None) -> bool:
    rows = page.case.meeting_rows  # type: ignore[attr-defined]  # annotated
    return party is not None and any(m["party"] == party.pk for m in rows)


def _discussion(page: CasePage, party: CaseParty) -> dict[str, Any]:
    """The open meeting, with the opinions given so far."""
    case: Any = page.case
    meetings = sorted((m for m in case.meeting_rows if m["party"] == party.pk), key=lambda m: -m["id"])
    found = meetings[0] if meetings else None
    rows = [o for o in case.opinion_rows if found is not None and o["meeting"] == found["id"]]
    votes = dict(DiscussionOpinion.VOTES)
    opinions = [{**o, "vote": votes[o["vote"]]} for o in sorted(rows, key=lambda o: o["id"])]
    return {
        "discussion": found,
        "opinions": opinions,
        "said_mine": any(o["member"] == page.actor.person_id for o in opinions),
        "quorum": page.situation.setting("discussion_quorum"),
    }


# -- everything that may be done now -----------------------------------------------------------------------------------


@login_required
def acts(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything: what is now, what else is allowed, and what is not with why, by stage."""
    page = open_page(request, pk)
    procedure, key = facts.procedure_of(page.case), chosen_party(request, page)
    first, others = now_tasks(
        procedure, page.situation, case=pk, actor=page.actor, waiting={}, deadline_of=lambda _limit: None
    )
    allowed = {t.act for t in (*first, *others) if t.allowed and t.party in (None, key)}
    groups: dict[str, list[dict[str, Any]]] = {}
    for step in procedure.steps:
        if step.act in HIDDEN:
            continue
        party = key if step.per_party else None
        refusals = [] if step.act in allowed else procedure.allowed(step.act, page.situation, party).refusals
        groups.setdefault(stage_name(step.stage), []).append(
            {
                "name": act_name(step.act),
                "url": door_of(step.act, pk, party),
                "allowed": step.act in allowed,
                "done": any(r.rule == "procedure.already_done" for r in refusals),
                "rows": [refusal_row(r, case=pk, party=party) for r in refusals],
                "who": who_does(step.roles, step.by_party),
            }
        )
    extra = [(title_of(name, ACTS[name]), door_of(name, pk, key)) for name in BESIDE if name in ACTS]
    context = {**head(request, page, "case"), "groups": list(groups.items()), "extra": extra}
    return render(request, "cases/acts.html", context)


BESIDE = (
    "add_party", "amend_party", "treat_party_as", "declare_interest", "add_fact", "discretion_facts", "state_range",
    "answer_leniency", "write_draft", "answer_scope", "answer_points", "call_discussion", "announce_decision",
)  # fmt: skip


# -- what already happened on paper ------------------------------------------------------------------------------------


@login_required
def past(request: HttpRequest, pk: int) -> HttpResponse:
    """补录: an act that already happened. Nothing of the past is refused; a defect asks for its explanation."""
    page = open_page(request, pk)
    form = PastForm(request.POST or None, page=page, party=page.party(chosen_party(request, page)),
                    wanted=request.GET.get("act", ""))  # fmt: skip
    refused: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.enter_past_step(
                page.case, actor=page.actor, moment=clock.now(), idempotency_key=request.POST.get("once", "")[:80],
                **form.arguments(),
            )  # fmt: skip
        except Refused as error:
            refused = list(error.refusals)
        else:
            messages.success(request, _("已补录。录入时间和情况说明一并留存。"))
            if "more" in request.POST:
                return redirect("cases:past", pk=pk)
            return redirect("cases:case", pk=pk)
    context = {
        **head(request, page, "case"),
        "act": "past",
        "act_title": _("补录已经发生的步骤"),
        "form": form,
        "refusal_rows": [refusal_row(r, case=pk, party=None) for r in refused],
        "refused_title": _("这一步有瑕疵，写明情况说明后可以补录"),
        "note": _("纸上已经办过的步骤按当时的日期录入。缺少的步骤仍会拦住后面的决定。"),
        "button": _("补录"),
        "more_button": _("补录并继续录下一步"),
        "once": secrets.token_urlsafe(16),
        "seen_version": "",
    }
    return render(request, "cases/act.html", context, status=422 if request.method == "POST" else 200)


@login_required
def annul(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """作废: a slip of recording is taken back; it stays readable."""
    page = open_page(request, pk)
    row = get_object_or_404(JournalEntry, case_id=pk, sequence=entry)
    form = AnnulForm(request.POST or None, page=page)
    refused: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.annul_entry(
                row, actor=page.actor, moment=clock.now(), idempotency_key=request.POST.get("once", "")[:80],
                **form.arguments(),
            )  # fmt: skip
        except Refused as error:
            refused = list(error.refusals)
        else:
            messages.success(request, _("已作废。原记录仍可查阅。"))
            return redirect("cases:timeline", pk=pk)
    context = {
        **head(request, page, "timeline"),
        "act": "annul_entry",
        "act_title": act_name("annul_entry"),
        "form": form,
        "refusal_rows": [refusal_row(r, case=pk, party=None) for r in refused],
        "note": f"{row.happened_on} {row}",
        "button": act_name("annul_entry"),
        "once": secrets.token_urlsafe(16),
        "seen_version": "",
    }
    return render(request, "cases/act.html", context, status=422 if request.method == "POST" else 200)
