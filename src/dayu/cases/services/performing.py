"""What follows the decision: publication, payment, additional fine, demand, court, remedies. Higher domains call these."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.models import CaseParty, JournalEntry
from dayu.cases.policies import may_decide, may_note_exemption, may_note_publication, may_record_money, may_work_on
from dayu.cases.services.journal import perform
from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.law.course import decision, yuan


@action(label=_("登记公示"), policy=may_note_publication, doors={"office", "system"})
def publish_decision(party: CaseParty, *, actor: Actor, moment: datetime, source: str = "", url: str = "") -> JournalEntry:
    """The decision was published: noted by the release itself, with its address."""
    return _act(party, "publish_decision", actor, moment, source=source, params={"url": url})


@action(label=_("决定不公示"), policy=may_note_exemption, doors={"office", "system"})
def exempt_from_publication(
    party: CaseParty, *, actor: Actor, moment: datetime, reason: str, source: str = ""
) -> JournalEntry:
    """A secret, a minor, or no social effect where the profile asks for it."""
    return _act(party, "exempt_from_publication", actor, moment, source=source, given={"reason": reason})


@action(label=_("登记撤回公示"), policy=may_note_publication, doors={"office", "system"})
def withdraw_publication(
    party: CaseParty, *, actor: Actor, moment: datetime, reason: str, source: str = ""
) -> JournalEntry:
    """Within three working days after the decision was changed, with the reason in public."""
    return _act(party, "withdraw_publication", actor, moment, source=source, given={"reason": reason})


@action(label=_("登记缴款"), policy=may_record_money, doors={"office", "system"})
def record_payment(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    amount_yuan: Decimal,
    channel: str,
    receipt: str = "",
    ground: str = "",
    source: str = "",
    on: date | None = None,
) -> JournalEntry:
    """Money that came in. `complete` follows from the sum: the fine (not the additional fine) is covered."""
    if amount_yuan <= 0:
        refuse_now("cases.amount_not_positive")
    journal = facts.journal_of(party.case)
    before = journal.last("fine_paid", party.key)
    decided = next((e for e in [journal.last("decision_sealed", party.key)] if e), None)
    owed = yuan(decided.params, "amount_yuan") if decided else Decimal(0)
    total = amount_yuan + (yuan(before.params, "total_yuan") if before and decided and before.order > decided.order else 0)
    params: dict[str, Any] = {
        "amount_yuan": amount_yuan, "total_yuan": total, "complete": total >= owed, "channel": channel, "receipt": receipt,
        "paid_on": on,
    }
    return _act(
        party, "record_payment", actor, moment, source=source, given={"channel": channel, "ground": ground}, params=params
    )


@action(label=_("批准延期、分期缴纳"), policy=may_decide, doors={"office", "system"})
def approve_deferral(
    party: CaseParty, *, actor: Actor, moment: datetime, until: date, reason: str, instalments: int = 1
) -> JournalEntry:
    """On the party's application, for real hardship; the new date moves everything that depends on it."""
    given = {"applied": True, "until": until, "reason": reason}
    return _act(party, "approve_deferral", actor, moment, given=given, params={"instalments": instalments})


@action(label=_("决定是否加处罚款"), policy=may_decide, doors={"office", "system"})
def decide_additional_fine(
    party: CaseParty, *, actor: Actor, moment: datetime, impose: bool, reason: str = "", reduced_to_yuan: Decimal | None = None
) -> JournalEntry:
    """处罚法七十二条 says "may": the head chooses, and says why where he does not impose or reduces."""
    return _act(
        party, "decide_additional_fine", actor, moment, given={"impose": impose, "reason": reason},
        params={"reduced_to_yuan": reduced_to_yuan},
    )


@action(label=_("登记催告送达"), policy=may_work_on, doors={"office", "system"})
def demand_performance(party: CaseParty, *, actor: Actor, moment: datetime, source: str = "") -> JournalEntry:
    """The demand reached the party: ten working days run before the court may be asked."""
    return _act(party, "demand_performance", actor, moment, source=source)


@action(label=_("申请法院强制执行"), policy=may_decide, doors={"office", "system"})
def apply_court_enforcement(party: CaseParty, *, actor: Actor, moment: datetime, court: str) -> JournalEntry:
    """Within three months after the time to sue."""
    return _act(party, "apply_court_enforcement", actor, moment, params={"court": court})


@action(label=_("登记法院执行完毕"), policy=may_work_on, doors={"office", "system"})
def record_court_enforcement(party: CaseParty, *, actor: Actor, moment: datetime, ruling: str) -> JournalEntry:
    """The court has enforced the decision."""
    return _act(party, "record_court_enforcement", actor, moment, params={"ruling": ruling})


@action(label=_("登记法院不予执行"), policy=may_work_on, doors={"office", "system"})
def record_court_refusal(party: CaseParty, *, actor: Actor, moment: datetime, ruling: str) -> JournalEntry:
    """The court did not accept or enforce; the case can close on it."""
    return _act(party, "record_court_refusal", actor, moment, params={"ruling": ruling})


@action(label=_("终结执行"), policy=may_decide, doors={"office", "system"})
def terminate_enforcement(party: CaseParty, *, actor: Actor, moment: datetime, reason: str) -> JournalEntry:
    """强制法四十条: no estate and no successor, the object is gone, the decision was revoked."""
    return _act(party, "terminate_enforcement", actor, moment, given={"reason": reason})


@action(label=_("登记其他内容的履行"), policy=may_work_on, doors={"office", "system"})
def record_performance(party: CaseParty, *, actor: Actor, moment: datetime, manner: str) -> JournalEntry:
    """Goods handed over, permit revoked, business suspended."""
    return _act(party, "record_performance", actor, moment, params={"manner": manner})


@action(label=_("登记行政复议"), policy=may_work_on, doors={"office", "system"})
def record_reconsideration(
    party: CaseParty, *, actor: Actor, moment: datetime, body: str, source: str = ""
) -> JournalEntry:
    """The party asked for reconsideration: the additional fine stands still."""
    return _act(party, "record_reconsideration", actor, moment, source=source, params={"body": body})


@action(label=_("登记复议决定"), policy=may_work_on, doors={"office", "system"})
def record_reconsideration_decision(
    party: CaseParty, *, actor: Actor, moment: datetime, result: str, source: str = ""
) -> JournalEntry:
    """The reviewing body decided."""
    return _act(party, "record_reconsideration_decision", actor, moment, source=source, params={"result": result})


@action(label=_("登记行政诉讼"), policy=may_work_on, doors={"office", "system"})
def record_suit(party: CaseParty, *, actor: Actor, moment: datetime, court: str, source: str = "") -> JournalEntry:
    """The party sued."""
    return _act(party, "record_suit", actor, moment, source=source, params={"court": court})


@action(label=_("登记裁判结果"), policy=may_work_on, doors={"office", "system"})
def record_judgment(party: CaseParty, *, actor: Actor, moment: datetime, result: str, source: str = "") -> JournalEntry:
    """The judgment is final."""
    return _act(party, "record_judgment", actor, moment, source=source, params={"result": result})


def owed_by(party: CaseParty, *, today: date) -> Decimal:
    """What is still to be paid of the fine."""
    s = facts.situation_of(party.case, today=today)
    decided, paid = decision(s, party.key), s.last("fine_paid", party.key)
    owed = yuan(decided.params, "amount_yuan") if decided else Decimal(0)
    return max(Decimal(0), owed - (yuan(paid.params, "total_yuan") if paid else Decimal(0)))


def _act(
    party: CaseParty,
    act: str,
    actor: Actor,
    moment: datetime,
    *,
    given: dict[str, Any] | None = None,
    params: dict[str, Any] | None = None,
    source: str = "",
) -> JournalEntry:
    note(act=act)
    return perform(
        party.case, act, actor=actor, moment=moment, party=party, proposal=given, params={**(given or {}), **(params or {})},
        source=source,
    )
