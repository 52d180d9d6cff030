"""Forfeited goods: they come in, and they leave in a lawful way."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from dayu.cases.models import CaseParty
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.fines.models import ForfeitedItem
from dayu.fines.policies import may_keep_goods
from dayu.law.citations import cite

DISPOSAL = cite("penalty-law", 74, 1, anchor="公开拍卖")


@action(label=_("登记没收财物"), policy=may_keep_goods)
def register_forfeited_item(
    party: CaseParty, *, actor: Actor, moment: datetime, name: str, quantity: str, received_on: date, place: str, keeper: str
) -> ForfeitedItem:
    """Goods that a decision took."""
    if party.decided_on is None:
        refuse_now("fines.no_decision", party=party.name)
    today = clock.legal_date(moment)
    if not party.decided_on <= received_on <= today:
        refuse_now("fines.day_impossible", day=received_on, first=party.decided_on, last=today)
    item = ForfeitedItem.objects.create(
        party=party, case=party.case, name=name, quantity=quantity, received_on=received_on, place=place, keeper=keeper,
        registered_by=actor.name, registered_at=moment,
    )  # fmt: skip
    note_subject(item, related=party.case)
    note(name=name, quantity=quantity)
    return item


@action(label=_("登记没收财物的处理"), policy=may_keep_goods)
def dispose_forfeited_item(
    item: ForfeitedItem, *, actor: Actor, moment: datetime, manner: str, disposed_on: date, voucher: str,
    proceeds_yuan: Decimal | None = None,
) -> ForfeitedItem:  # fmt: skip
    """Auctioned with the proceeds paid to the treasury, destroyed, or handed over: each with its paper."""
    if item.disposed_on is not None:
        refuse_now("fines.item_disposed", on=item.disposed_on)
    today = clock.legal_date(moment)
    if not item.received_on <= disposed_on <= today:
        refuse_now("fines.day_impossible", day=disposed_on, first=item.received_on, last=today)
    if not voucher.strip():
        refuse_now("fines.disposal_without_voucher", DISPOSAL)
    if manner == "auctioned" and not proceeds_yuan:
        refuse_now("fines.auction_without_proceeds", DISPOSAL)
    item.manner, item.disposed_on, item.voucher, item.proceeds_yuan = manner, disposed_on, voucher.strip(), proceeds_yuan
    item.save()
    note(manner=manner, voucher=voucher, proceeds=proceeds_yuan)
    return item
