"""One fine: what is owed with its arithmetic, payments and receipts, the next step, and a form for each act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases.models import CaseParty
from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.refused import refuse_now, require
from dayu.core.ui.parts import Link, Pair
from dayu.fines import facts, forms, services
from dayu.fines.models import FineDue
from dayu.fines.policies import may_choose, may_demand, may_take_payment
from dayu.fines.views.shared import state_of
from dayu.work.deadline_view import answered_deadline


@login_required
def fine_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Amount, due, paid, additional fine with its arithmetic, pauses, receipts, and what comes next."""
    actor, today = actor_of(request), clock.today()
    due = _due(actor, pk)
    note_access([due.case], purpose=_("办理罚款缴纳"))
    slips = list(due.slips.select_related("receipt"))  # type: ignore[attr-defined]
    owed = facts.owed_on(due, today, slips=slips)
    state, tone = state_of(due, today)
    acts = _acts(due, actor, today, any(not hasattr(s, "receipt") and s.voided_on is None for s in slips))
    context = {
        "due": due,
        "owed": owed,
        "slips": slips,
        "state": state,
        "tone": tone,
        "pairs": _pairs(due),
        "deferrals": _deferrals(due),
        "limits": _limits(due, today),
        "main_act": acts[0] if acts else None,
        "acts": acts[1:],
        "next": _next(due, today),
        "overdue": (due.settled_on is None and due.due_on < today) or bool(due.settled_on and due.settled_on > due.due_on),
    }
    return render(request, "fines/fine.html", context)


def _due(actor: Actor, pk: int) -> FineDue:
    rows = FineDue.objects.visible_to(actor).select_related("party__case__organ__territory", "case__organ__territory")
    return get_object_or_404(rows, pk=pk)


def _deferrals(due: FineDue) -> list[Any]:
    """Those that were granted: each moved the last day to pay."""
    if due.due_on == due.first_due_on:
        return []
    return list(due.deferrals.prefetch_related("installments"))


def _pairs(due: FineDue) -> list[Pair]:
    pairs = [
        Pair(_("案件"), due.case.title, url=reverse("cases:costs", args=[due.case_id])),
        Pair(_("当事人"), due.party.name),
        Pair(_("决定书文号"), due.decision_no or "—"),
        Pair(_("送达日期"), due.served_on.isoformat()),
        Pair(_("缴款期限"), due.due_on.isoformat()),
    ]
    if due.due_on != due.first_due_on:
        pairs.append(Pair(_("原缴款期限"), due.first_due_on.isoformat()))
    if due.choice:
        words = due.get_choice_display()
        if due.reduced_to_yuan is not None:
            words = _("{words}，减为 {amount} 元").format(words=words, amount=f"{due.reduced_to_yuan:,.2f}")
        pairs.append(Pair(_("加处罚款的决定"), f"{due.choice_on} {words}　{due.choice_reason}".strip()))
    if due.demanded_on:
        pairs.append(Pair(_("催告书送达"), due.demanded_on.isoformat()))
    if due.applied_on:
        pairs.append(Pair(_("申请法院强制执行"), due.applied_on.isoformat()))
    return pairs


def _limits(due: FineDue, today: date) -> list[Any]:
    """The clocks that run: to pay, the demand, the window of the court."""
    now, shown = clock.now(), []
    if due.is_open and due.due_on >= today and due.due_on == due.first_due_on:
        shown.append(answered_deadline(
            facts.pay_limit(due), now=now, name=_("缴款期限"), why=_("决定书送达次日起"),
            after=_("逾期可以每日按罚款数额的百分之三加处"),
            id=f"pay-{due.pk}",
        ))  # fmt: skip
    demand = facts.demand_limit(due)
    if due.is_open and demand is not None and not due.applied_on:
        shown.append(answered_deadline(
            demand, now=now, name=_("催告期"), why=_("催告书送达次日起"), after=_("期满仍不履行的，可以申请法院强制执行"),
            waiting=demand.due_on >= today, id=f"demand-{due.pk}",
        ))  # fmt: skip
    if due.is_open and due.due_on < today and not due.applied_on:
        window = facts.court_window(due)
        opens = facts.window_opens(due, window)
        shown.append(answered_deadline(
            window, now=now, name=_("申请法院强制执行的最后一日"), with_days=False, id=f"court-{due.pk}",
            why=_("{day} 起可以申请，三个月内提出").format(day=opens), after=_("逾期法院不予受理"),
        ))  # fmt: skip
    return shown


def _next(due: FineDue, today: date) -> str:
    """The next step in one sentence."""
    if not due.is_open:
        late = due.settled_on is not None and due.settled_on > due.due_on
        return _("请负责人决定是否加处罚款，决定后才能结案。") if late and not due.choice and not due.revoked_on else ""
    if due.due_on >= today:
        return _("等待当事人在 {day} 前缴款。").format(day=due.due_on)
    if not due.choice:
        return _("已经逾期：请负责人决定是否加处罚款，然后催告。")
    if due.demanded_on is None:
        return _("起草催告书并送达；送达后十个工作日仍不履行的，可以申请法院强制执行。")
    if due.applied_on is None:
        opens = facts.window_opens(due, facts.court_window(due))
        demand = facts.demand_limit(due)
        first = max(opens, demand.related.get("first_apply_day", opens) if demand else opens)
        return _("仍不履行的，自 {day} 起可以申请法院强制执行。").format(day=first)
    return _("等待法院裁定。")


@dataclass(frozen=True, slots=True)
class ActForm:
    """An act on a fine with its form."""

    title: str
    action: Any
    form: Any
    policy: Any
    note: str = ""


def _known() -> dict[str, ActForm]:
    return {
        "pay": ActForm(_("登记缴款"), services.take_payment, forms.PaymentForm, may_take_payment,
                       _("罚缴分离：罚款由当事人到银行或者通过电子支付缴纳，执法人员不收现金。")),
        "receipt": ActForm(_("补登收据"), services.register_receipt, forms.ReceiptForm, may_take_payment),
        "additional": ActForm(_("决定是否加处罚款"), services.choose_additional_fine, forms.AdditionalFineForm, may_choose),
        "defer": ActForm(_("批准暂缓、分期"), services.grant_deferral, forms.DeferralForm, may_choose,
                         _("当事人确有经济困难，经其申请和负责人批准，可以暂缓或者分期缴纳。")),
        "demand": ActForm(_("起草催告书"), services.draft_demand, forms.ConfirmForm, may_demand,
                          _("按今天的欠款生成催告书草稿，核对、用印后送达，再登记送达日期。")),
    }  # fmt: skip


def _acts(due: FineDue, actor: Actor, today: date, unreceipted: bool) -> list[Link]:
    """The acts that make sense now and that the actor may do, the most urgent first."""
    wanted: list[str] = []
    late = due.due_on < today if due.is_open else bool(due.settled_on and due.settled_on > due.due_on)
    if due.revoked_on is None and due.ended_on is None:
        if late and not due.choice:
            wanted.append("additional")
        if due.is_open and late and due.choice and due.demanded_on is None:
            wanted.append("demand")
        if due.is_open or due.choice in (FineDue.IMPOSED, FineDue.REDUCED):
            wanted.append("pay")
        if due.is_open:
            wanted.append("defer")
    if unreceipted:
        wanted.append("receipt")
    known = _known()
    links = [
        Link(known[a].title, reverse("fines:act", args=[due.pk, a]))
        for a in wanted if known[a].policy(due, actor=actor).allowed
    ]  # fmt: skip
    if due.is_open and late and may_demand(due, actor=actor).allowed:
        links += [
            Link(label, f"{reverse('cases:act', args=[due.case_id, act])}?party={due.party_id}")
            for act, label in (("demand_performance", _("登记催告送达")), ("apply_court_enforcement", _("申请法院强制执行")))
            if act == "demand_performance" or due.demanded_on
        ]
    return links


@login_required
def fine_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A form for one act."""
    known = _known().get(act)
    if known is None:
        raise Http404
    actor = actor_of(request)
    due = _due(actor, pk)
    require(known.policy(due, actor=actor))
    note_access([due.case], purpose=known.title)
    today = clock.today()
    owed = facts.owed_on(due, today)
    initial: dict[str, Any] = {}
    if act == "pay":
        initial["amount_yuan"] = owed.total_yuan
    return act_page(
        request, action=known.action, target=due, form_class=known.form, title=known.title,
        note=f"{due}　{known.note}", back=due.get_absolute_url(), initial=initial, template="fines/act.html",
        form_options={"due": due} if act == "receipt" else {},
        context={"due": due, "owed": owed, "with_working": act in ("additional", "demand")},
    )  # fmt: skip


@login_required
def of_party(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """The act on the line of a party: where the buttons of the case lead."""
    if act not in _known():
        raise Http404
    party = get_object_or_404(CaseParty.objects.visible_to(actor_of(request)), pk=pk)
    due = FineDue.objects.filter(party=party, revoked_on=None).order_by("-pk").first()
    if due is None:
        refuse_now("fines.no_line_yet", party=party.name)
    return redirect(due) if act == "demand" else redirect("fines:act", due.pk, act)
