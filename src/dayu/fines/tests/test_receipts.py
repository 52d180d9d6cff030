import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dayu.core.refused import Refused
from dayu.fines import services
from dayu.fines.models import FineReceipt, ReceiptBook
from dayu.fines.selectors import receipts, slips_without_receipt
from dayu.fines.tests.situations import make_due

HEAD = ["票据号", "开票日期", "金额", "缴款人", "决定书文号"]


def sheet(*rows, head=HEAD):
    book = openpyxl.Workbook()
    book.active.append(head)
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("book.xlsx", file.getvalue())


def take_in(owing, *rows, who="fine_clerk", **changes):
    return services.import_receipt_book(
        None, file=sheet(*rows, **changes), source_note="2017年纸质存根", **owing.by(who)
    )


def numbers(owing, show):
    return {r.number for r in receipts(owing.played.county.fine_clerk, show=show)}


def test_good_rows_go_in_and_each_failed_row_is_named(county):
    owing = make_due(county)
    book = take_in(
        owing, ["0001", date(2017, 6, 1), 3000, "赵某", ""], ["0001", date(2017, 6, 2), 100, "", ""],
        ["", date(2017, 6, 1), 100, "", ""], ["0003", "看不清", 100, "", ""], ["0004", date(2017, 6, 1), -5, "", ""],
        ["0005", date(2099, 1, 1), 5, "", ""],
    )  # fmt: skip
    assert book.taken == 1 and [f["row"] for f in book.failures] == [3, 4, 5, 6, 7]
    assert all(f["reason"] for f in book.failures) and FineReceipt.objects.get().book == book
    assert numbers(owing, "unmatched") == {"0001"} and book.file.size > 0


def test_an_imported_receipt_finds_the_line_of_the_same_decision_and_amount_only(county):
    owing = make_due(county)
    owing.pay(20_000, receipt_no="", reference="B1")
    number = owing.due.decision_no
    take_in(owing, ["0001", owing.today, 19_999, "张某", number], ["0002", owing.today, 20_000, "张某", number])
    assert numbers(owing, "matched") == {"0002"} and numbers(owing, "unmatched") == {"0001"}


@pytest.mark.parametrize("who", ["officer", "archivist"])
def test_only_who_keeps_receipts_imports_them(county, who):
    owing = make_due(county)
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        take_in(owing, ["0001", date(2017, 6, 1), 3000, "", ""], who=who)
    assert not ReceiptBook.objects.exists()


def test_a_file_without_the_columns_is_refused(county):
    owing = make_due(county)
    with pytest.raises(Refused, match=r"fines\.unreadable_sheet"):
        take_in(owing, ["x", "y"], head=["甲", "乙"])


def test_a_receipt_that_came_later_takes_its_amount_from_the_slip(county):
    owing = make_due(county)
    slip = owing.pay(20_000, receipt_no="", reference="B1")
    assert slips_without_receipt(county.fine_clerk).get() == slip
    receipt = services.register_receipt(
        owing.due, slip=slip, receipt_no="0009", issued_on=owing.today, **owing.by("fine_clerk")
    )
    assert receipt.amount_yuan == 20_000 and not slips_without_receipt(county.fine_clerk).exists()
    with pytest.raises(Refused, match=r"fines\.slip_has_receipt"):
        services.register_receipt(owing.due, slip=slip, receipt_no="0010", issued_on=owing.today, **owing.by("fine_clerk"))


def test_a_late_receipt_is_refused_to_strangers_and_before_the_money_came(county):
    owing = make_due(county)
    slip = owing.pay(20_000, receipt_no="", reference="B1")
    with pytest.raises(Refused):
        services.register_receipt(owing.due, slip=slip, receipt_no="1", issued_on=owing.today, **owing.by("stranger"))
    with pytest.raises(Refused, match=r"fines\.day_impossible"):
        services.register_receipt(
            owing.due, slip=slip, receipt_no="1", issued_on=owing.today - timedelta(days=1), **owing.by("fine_clerk")
        )


def test_matching_by_hand_needs_equal_amounts_and_happens_once(county):
    owing = make_due(county)
    slip = owing.pay(5_000, receipt_no="", reference="B1")
    take_in(owing, ["0001", owing.today, 5_000, "", ""], ["0002", owing.today, 4_000, "", ""])
    equal, other = FineReceipt.objects.get(number="0001"), FineReceipt.objects.get(number="0002")
    with pytest.raises(Refused, match=r"fines\.amounts_differ"):
        services.match_receipt(other, slip=slip, **owing.by("fine_clerk"))
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.match_receipt(equal, slip=slip, **owing.by("officer"))
    services.match_receipt(equal, slip=slip, **owing.by("fine_clerk"))
    assert numbers(owing, "matched") == {"0001"}
    with pytest.raises(Refused, match=r"fines\.receipt_matched"):
        services.match_receipt(equal, slip=slip, **owing.by("fine_clerk"))
