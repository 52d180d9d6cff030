"""Acts of the fines domain, by what they are about."""

from dayu.fines.services.deciding import choose_additional_fine, draft_demand, grant_deferral
from dayu.fines.services.following import follow_entry, renew
from dayu.fines.services.goods import dispose_forfeited_item, register_forfeited_item
from dayu.fines.services.paying import register_receipt, take_payment
from dayu.fines.services.receipts import import_receipt_book, match_receipt

__all__ = [
    "choose_additional_fine",
    "dispose_forfeited_item",
    "draft_demand",
    "follow_entry",
    "grant_deferral",
    "import_receipt_book",
    "match_receipt",
    "register_forfeited_item",
    "register_receipt",
    "renew",
    "take_payment",
]
