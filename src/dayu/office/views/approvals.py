"""审批: what waits for a signature, and the page of one request. On a phone a light page that needs no script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.ui import parts
from dayu.office import approval_cards as cards
from dayu.office.phones import is_phone
from dayu.work import services
from dayu.work.calendars import calendar_for
from dayu.work.models import ApprovalRequest
from dayu.work.people import colleagues_of
from dayu.work.policies import may_answer_for_request, may_note_phone, may_sign_step
from dayu.work.selectors import approvals_asked_by, approvals_inbox

SHOWN = 40


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for the actor's signature, each with the two facts that decide it."""
    actor = actor_of(request)
    now = clock.now()
    calendar = calendar_for(actor.territory)
    rows = approvals_inbox(actor, now=now, limit=SHOWN + 1)
    asked = [cards.inbox_card(r, now=now, calendar=calendar) for r in rows[:SHOWN]]
    mine = [r for r in approvals_asked_by(actor, limit=SHOWN) if not r.finished]
    template = "office/approvals_phone.html" if is_phone(request) else "office/approvals.html"
    return render(request, template, {"cards": asked, "more": len(rows) > SHOWN, "mine": mine})


@login_required
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: the paper, who has signed, and every lawful answer to it."""
    actor = actor_of(request)
    if request.method == "POST":
        found = get_object_or_404(ApprovalRequest.objects.visible_to(actor), pk=pk)
        return _answer(request, found, actor)
    rows = ApprovalRequest.objects.visible_to(actor).select_related("file").prefetch_related("steps", "marks")
    found = get_object_or_404(rows, pk=pk)
    now = clock.now()
    waiting = cards.my_place(cards.waiting_steps(found), actor, now)
    unconfirmed = cards.my_place(cards.unconfirmed_steps(found), actor, now)
    context = {
        "found": found,
        "card": cards.request_card(found, decisions=_decisions(waiting, unconfirmed), in_place=True),
        "steps": cards.step_column(found),
        "marks": [cards.mark_entry(m) for m in reversed(found.marks.all())],
        "waiting": waiting,
        "earlier": [s for s in found.steps.all() if waiting and s.stage < waiting.stage and s.answer],
        "colleagues": colleagues_of(found.organ_id) if waiting else [],
        "may_withdraw": found.standing == found.OPEN and may_answer_for_request(found, actor=actor).allowed,
        "phone_places": _phone_places(found, actor, now),
        "paper": cards.paper_view(found),
        "back_url": "/approvals/",
    }
    template = "office/approval_phone.html" if is_phone(request) else "office/approval.html"
    return render(request, template, context)


@login_required
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """The paper that is asked for, as it was when it was asked."""
    found = get_object_or_404(ApprovalRequest.objects.visible_to(actor_of(request)).select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return FileResponse(found.file.open(), filename=found.file_name, content_type=found.file.media_type)


def _decisions(waiting: Any, unconfirmed: Any) -> tuple[parts.Decision, ...]:
    if waiting is not None:
        return cards.sign_decisions()
    return cards.confirm_decisions() if unconfirmed is not None else ()


def _phone_places(found: ApprovalRequest, actor: Actor, now: datetime) -> list[Any]:
    """Places whose signer may agree by telephone, for the colleague who took the call."""
    if not may_note_phone(found, actor=actor).allowed:
        return []
    asked = cards.waiting_steps(found)
    return [s for s in asked if s.by_phone_allowed and not may_sign_step(s, actor=actor, moment=now)]


Answer = Callable[..., ApprovalRequest]
PLAIN: dict[str, tuple[Answer, str | Promise]] = {
    "refuse": (services.refuse_request, gettext_lazy("已记为不同意。")),
    "confirm_phone": (services.confirm_phone_approval, gettext_lazy("已补签。")),
    "disown_phone": (services.disown_phone_approval, gettext_lazy("已记下您没有同意过。")),
    "withdraw": (services.withdraw_request, gettext_lazy("已撤回，修改后可以重新提交。")),
}


def _answer(request: HttpRequest, found: ApprovalRequest, actor: Actor) -> HttpResponse:
    """One answer, by the action that it is. Refusals come back as a page that keeps what was typed."""
    decision, words = request.POST.get("decision", ""), request.POST.get("opinion", "").strip()
    act: dict[str, Any] = {"actor": actor, "moment": clock.now(), "words": words}
    person_ids = [int(p) for p in request.POST.getlist("person") if p.isdigit()]
    person_id = person_ids[0] if person_ids else 0
    if decision == "agree":
        services.agree_to_request(found, digest=request.POST.get("digest", ""), **act)
        said = _("已同意。")
    elif decision == "return":
        to = request.POST.get("to_position", "")
        services.return_request(found, to_position=int(to) if to.isdigit() else None, **act)
        said = _("已退回。")
    elif decision == "delegate":
        services.delegate_signature(found, person_id=person_id, **act)
        said = _("已委托他人签批。")
    elif decision == "countersign":
        services.countersign_request(found, person_ids=person_ids, **act)
        said = _("已请人会签。")
    elif decision in {"add_before", "add_after"}:
        services.add_signer(found, person_id=person_id, before=decision == "add_before", **act)
        said = _("已加签。")
    elif decision == "note_phone":
        services.note_phone_approval(found, position=int(request.POST.get("position") or -1), **act)
        said = _("已登记电话批准，等本人补签。")
    elif decision in PLAIN:
        function, told = PLAIN[decision]
        function(found, **act)
        said = str(told)
    else:
        raise Http404
    messages.success(request, f"{found.title}：{said}")
    return redirect("office:approvals" if decision != "withdraw" else found.url)
