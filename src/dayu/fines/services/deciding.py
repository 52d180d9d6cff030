"""What the head decides about money: additional fine, deferral and installments; and the paper that demands performance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.cases import services as cases
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.documents.models import Document
from dayu.fines.facts import owed_on
from dayu.fines.models import Deferral, FineDue, Installment
from dayu.fines.policies import may_choose, may_demand
from dayu.fines.services.following import renew
from dayu.law.citations import cite

ADDITIONAL = cite("penalty-law", 72, 1, 1, anchor="按罚款数额的百分之三加处罚款")
DEFERRAL = cite("penalty-law", 66, 2, anchor="可以暂缓或者分期缴纳")
DEMAND = cite("compulsion-law", 54, anchor="应当催告当事人履行义务")


@action(label=_("决定加处罚款"), policy=may_choose)
def choose_additional_fine(
    due: FineDue, *, actor: Actor, moment: datetime, impose: bool, reason: str = "", reduced_to_yuan: Decimal | None = None
) -> FineDue:
    """"可以": the head imposes, reduces or does not impose. Reducing and not imposing are reasoned; nobody raises the figure."""
    computed = owed_on(due, clock.legal_date(moment)).computed_yuan
    if reduced_to_yuan is not None:
        if not impose or reduced_to_yuan > computed:
            refuse_now("fines.not_a_reduction", ADDITIONAL, amount=reduced_to_yuan, computed=computed)
        if not reason.strip():
            refuse_now("fines.reduction_without_reason", ADDITIONAL)
    cases.decide_additional_fine(
        due.party, actor=actor, moment=moment, impose=impose, reason=reason.strip(), reduced_to_yuan=reduced_to_yuan
    )
    note(impose=impose, reduced_to=reduced_to_yuan, computed=computed, reason=reason)
    return renew(due)


@action(label=_("批准暂缓、分期缴纳"), policy=may_choose)
def grant_deferral(
    due: FineDue,
    *,
    actor: Actor,
    moment: datetime,
    applied_on: date,
    until: date,
    reason: str,
    installments: Sequence[tuple[date, Decimal]] = (),
) -> Deferral:
    """On the party's application: one new day, or installments that together make what is unpaid and end on that day."""
    today = clock.legal_date(moment)
    if not due.served_on <= applied_on <= today:
        refuse_now("fines.day_impossible", day=applied_on, first=due.served_on, last=today)
    _check_installments(due, until, list(installments), today)
    entry = cases.approve_deferral(
        due.party, actor=actor, moment=moment, until=until, reason=reason.strip(), instalments=max(1, len(installments))
    )
    deferral = Deferral.objects.create(
        due=due, entry=entry, applied_on=applied_on, granted_on=today, until=until, reason=reason.strip(),
        granted_by=actor.name,
    )  # fmt: skip
    for number, (day, amount) in enumerate(installments, start=1):
        Installment.objects.create(deferral=deferral, number=number, due_on=day, amount_yuan=amount)
    renew(due)
    note_subject(deferral, related=due.case)
    note(until=until, installments=len(installments), reason=reason)
    return deferral


def _check_installments(due: FineDue, until: date, rows: list[tuple[date, Decimal]], today: date) -> None:
    if not rows:
        return
    days = [day for day, _amount in rows]
    if days != sorted(set(days)) or days[0] < today or days[-1] != until:
        refuse_now("fines.installments_out_of_order", DEFERRAL, until=until)
    total = sum((amount for _day, amount in rows), Decimal(0))
    if total != due.unpaid_yuan or any(amount <= 0 for _day, amount in rows):
        refuse_now("fines.installments_do_not_add_up", DEFERRAL, total=total, unpaid=due.unpaid_yuan)


@action(label=_("起草催告书"), policy=may_demand)
def draft_demand(due: FineDue, *, actor: Actor, moment: datetime) -> Document:
    """The demand with what is owed today. It is sealed and served like every paper; its service is then told to the case."""
    today = clock.legal_date(moment)
    if not due.is_open:
        refuse_now("fines.nothing_to_demand", DEMAND)
    if today <= due.due_on:
        refuse_now("fines.not_overdue", DEMAND, until=due.due_on)
    owed = owed_on(due, today)
    fields = {
        "decision_no": due.decision_no, "decision_served_on": due.served_on.isoformat(),
        "duty": _text("缴纳罚款{amount}元").format(amount=f"{owed.fine_yuan:,.2f}"), "due_days": 10,
        "manner": _text("到指定银行或者通过电子支付系统缴纳"), "amount_yuan": f"{owed.fine_yuan.normalize():f}",
        "account": _account(due, today),
        "defence_right": _text("收到本催告书后，你（单位）有权向本机关陈述和申辩。"),
    }  # fmt: skip
    if owed.additional_yuan:
        fields["additional_yuan"] = f"{owed.additional_yuan.normalize():f}"
    document: Document = cases.draft_paper(
        due.case, actor=actor, moment=moment, key="demand_notice", party=due.party, **fields
    )
    note(amount=owed.fine_yuan, additional=owed.additional_yuan)
    return document


def _account(due: FineDue, today: date) -> str:
    """The bank of the territory, where the profile names it."""
    from dayu.cases.facts import settings_of

    return str(settings_of(due.case, today)["collecting_bank"]) or _text("见处罚决定书载明的代收机构")
