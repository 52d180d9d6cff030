from datetime import timedelta
from decimal import Decimal

import pytest

from dayu.cases.tests.situations import make_case
from dayu.core.refused import Refused
from dayu.fines import services
from dayu.fines.tests.situations import make_due


def register(owing, who="fine_clerk", **changes):
    wanted = {"name": "吸砂泵", "quantity": "1台", "received_on": owing.today, "place": "执法仓库", "keeper": "保管员甲"}
    return services.register_forfeited_item(owing.played.party, **owing.by(who), **{**wanted, **changes})


def dispose(item, owing, who="fine_clerk", **changes):
    wanted = {"manner": "auctioned", "disposed_on": owing.today, "voucher": "缴库书3号", "proceeds_yuan": Decimal(800)}
    return services.dispose_forfeited_item(item, **owing.by(who), **{**wanted, **changes})


def test_goods_come_in_and_leave_with_their_paper(county):
    owing = make_due(county)
    item = dispose(register(owing), owing)
    assert (item.manner, item.voucher, item.proceeds_yuan) == ("auctioned", "缴库书3号", 800)


@pytest.mark.parametrize("who", ["stranger", "archivist"])
def test_strangers_neither_register_nor_dispose(county, who):
    owing = make_due(county)
    with pytest.raises(Refused):
        register(owing, who=who)
    item = register(owing)
    with pytest.raises(Refused):
        dispose(item, owing, who=who)


def test_without_decision_voucher_proceeds_or_in_the_wrong_order_it_is_refused(county):
    owing = make_due(county)
    item = register(owing)
    for changes, rule in (
        ({"voucher": " "}, r"disposal_without_voucher"), ({"proceeds_yuan": None}, r"auction_without_proceeds"),
        ({"disposed_on": owing.today - timedelta(days=1)}, r"day_impossible"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=rule):
            dispose(item, owing, **changes)
    dispose(item, owing)
    with pytest.raises(Refused, match=r"fines\.item_disposed"):
        dispose(item, owing)
    with pytest.raises(Refused, match=r"fines\.day_impossible"):
        register(owing, received_on=owing.today + timedelta(days=1))


def test_before_the_decision_nothing_is_forfeited(county):
    played = make_case(county, at="notified")
    with pytest.raises(Refused, match=r"fines\.no_decision"):
        services.register_forfeited_item(
            played.party, name="泵", quantity="1", received_on=played.today, place="库", keeper="甲", **played.by("fine_clerk")
        )
