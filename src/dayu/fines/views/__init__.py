"""Pages of fines: the ledger, one fine, receipts, forfeited goods."""

from dayu.fines.views.fine import fine_act, fine_page, of_party
from dayu.fines.views.goods import dispose_item, forfeited, register_item
from dayu.fines.views.ledger import fines
from dayu.fines.views.receipts import book_page, import_book, match, reconciliation

__all__ = [
    "book_page",
    "dispose_item",
    "fine_act",
    "fine_page",
    "fines",
    "forfeited",
    "import_book",
    "match",
    "of_party",
    "reconciliation",
    "register_item",
]
