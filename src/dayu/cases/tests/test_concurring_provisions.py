"""The page of discretion shows the provisions that the same act often violates as well, and which of them fines."""

from __future__ import annotations

import pytest

from dayu.cases import services
from dayu.cases.tests.situations import MONDAY, identity_number
from dayu.core import clock


@pytest.fixture
def page(county, client, move_clock):
    """The page of a case of one violation, with these facts of the case."""
    client.force_login(county.people["officer"].account)

    def show(violation: str, **facts) -> str:
        clock.move_to(MONDAY)
        case = services.open_case(
            None, actor=county.officer, moment=MONDAY, title="张某建房阻水案", unit=county.units["brigade"],
            officers=[county.people["officer"], county.people["second_officer"]], violation=violation, source_type="巡查",
            summary="河道内建房", place="白鹿河龙尾段", facts=facts, acted_from="2026-02-20", acted_to="2026-02-20",
            discovered_on="2026-02-21",
        )  # fmt: skip
        services.add_party(
            case, name="张某", kind="citizen", id_no=identity_number(0), address="白鹿镇河滨路1号", actor=county.officer,
            moment=MONDAY,
        )  # fmt: skip
        answer = client.get(f"/cases/{case.pk}/discretion/")
        assert answer.status_code == 200
        return answer.content.decode()

    return show


def test_both_provisions_stand_there_and_what_is_missing_to_choose(page) -> None:
    shown = page("flood-obstruct-building", basin="other")
    assert "同一行为常同时违反的规定" in shown and "（水法）" in shown
    assert "同时违反的只罚款一次，按罚款数额高的规定。" in shown and "事实还不全，不能比较。" in shown


def test_in_a_basin_with_a_law_of_its_own_the_others_give_way(page) -> None:
    shown = page("flood-obstruct-building", basin="yellow-river")
    card = shown.split("同一行为常同时违反的规定")[1].split("</section>")[0]
    assert "按此罚款" in card and "另有规定优先" in card and "黄河" in card


def test_a_violation_that_meets_with_no_other_has_no_such_card(page) -> None:
    assert "同一行为常同时违反的规定" not in page("river-reg-44-4", volume_m3=46)
