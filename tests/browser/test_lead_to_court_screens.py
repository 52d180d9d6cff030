"""Screens of parties, leads, checks and remedies at 1280 and 360 pixels; a check goes through on a phone with one thumb."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.looking import BOTH_WIDTHS, too_wide, violations
from tests.cast import PASSWORD

from dayu.cases.tests.situations import make_case
from dayu.core import clock
from dayu.core.files import store_bytes
from dayu.inspections.services import arrive, confirm_presence, open_check, show_certificates, tell_rights
from dayu.leads.grounds import conditions
from dayu.leads.services import (
    add_material,
    assign_lead,
    decide_link,
    record_order,
    register_lead,
    verify_lead,
)
from dayu.leads.services.registering import GivenMaterial, Sender
from dayu.parties.services import involve_party, record_credit_event, register_object, register_party
from dayu.remedies.services import register_suit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 11, 20)
NOW = clock.legal_moment(TODAY, 9)

# name of the picture, who looks, address
SCREENS = [
    ("leads-pool", "officer", "/leads/"),
    ("lead", "officer", "/leads/{lead}/"),
    ("lead-fresh", "unit_head", "/leads/{fresh}/"),
    ("lead-assign", "unit_head", "/leads/{fresh}/assign/"),
    ("lead-verify", "officer", "/leads/{lead}/verify/"),
    ("lead-dispose", "officer", "/leads/{lead}/dispose/"),
    ("lead-order", "officer", "/leads/{lead}/order/"),
    ("lead-informant", "registrar", "/leads/{fresh}/informant/"),
    ("leads-import", "registrar", "/leads/import/"),
    ("parties-list", "officer", "/parties/"),
    ("party", "officer", "/parties/{party}/"),
    ("party-covered", "third_officer", "/parties/{party}/"),
    ("party-class", "officer", "/parties/{trader}/"),
    ("parties-import", "officer", "/parties/import/"),
    ("parties-export", "officer", "/parties/export/"),
    ("checks", "officer", "/inspections/"),
    ("check", "officer", "/inspections/{check}/"),
    ("check-new", "officer", "/inspections/new/"),
    ("check-past", "officer", "/inspections/past/"),
    ("check-step-look", "officer", "/inspections/{check}/step/"),
    ("check-step-show", "officer", "/inspections/{arrived}/step/"),
    ("check-confirm", "officer", "/inspections/{arrived}/confirm/"),
    ("check-finding", "officer", "/inspections/{check}/finding/"),
    ("remedies", "reviewer", "/remedies/"),
    ("suit", "reviewer", "/remedies/suits/{suit}/"),
    ("suit-hearing", "reviewer", "/remedies/suits/{suit}/hearing/"),
    ("court-bundle", "reviewer", "/remedies/parties/{fined}/bundle/"),
]


@pytest.fixture
def scene(transactional_db: None, county: Any) -> Iterator[dict[str, int]]:
    """Leads at several stages with what hangs on them, a check under way, a suit."""
    played = make_case(county, at="served", moment=clock.legal_moment(date(2026, 10, 12), 9))
    played.wait(20)
    suit = register_suit(
        played.party, court="泽川县人民法院", filed_on=played.today, copy_received_on=played.today,
        handler=county.people["reviewer"], claim="撤销处罚决定", number="（2026）泽行初7号", **played.by("reviewer"),
    )  # fmt: skip
    clock.move_to(NOW)
    by = {"actor": county.officer, "moment": NOW}
    party = register_party(
        None, kind="citizen", name="马河生", phone="13912345678", address="泽川县白鹿镇河东村3组12号", **by
    )
    trader = register_party(None, kind="individual_business", name="白鹿镇老张砂石经营部", **by)
    involve_party(
        party, "cases.case:1", title="无证采砂", url="/cases/1/", organ_id=county.agency.pk,
        officers=[county.officer.person_id], moment=NOW, matter_no="泽水罚立〔2024〕5号",
    )  # fmt: skip
    record_credit_event(
        party, kind="penalty", happened_on=date(2024, 6, 3), subject="cases.case:1", text="无证采砂，罚款 5,000 元", moment=NOW
    )
    register_object(None, kind="sand_site", name="白鹿河二号堆场", party=party, **by)
    lead, fresh = _leads(county, party)
    check = _check(county, lead)
    arrived = _begin(county, "北坝取水口")
    arrive(arrived, present_name="冯某", present_role="管护员", **by)
    yield {
        "lead": lead.pk, "fresh": fresh.pk, "party": party.pk, "trader": trader.pk, "check": check.pk,
        "arrived": arrived.pk, "suit": suit.pk, "fined": played.party.pk,
    }  # fmt: skip
    clock.move_to(None)


def _leads(county: Any, party: Any) -> tuple[Any, Any]:
    place = {"latitude": 34.512, "longitude": 112.47, "place": "白鹿镇河东村白鹿河左岸"}
    lead = register_lead(
        None, actor=county.registrar, moment=NOW, source="hotline_12345", source_no="SZ20261112-0031",
        title="白鹿河左岸夜间倾倒渣土", content="来电反映：连续三晚有货车在河东村桥下游倾倒渣土，约五车。",
        received_at=NOW - timedelta(days=6), happened_at=NOW - timedelta(days=6, hours=10), party=party,
        violation="flood-dump-or-affect-river", sender=Sender("12345热线", "12345"), **place,
    )  # fmt: skip
    fresh = register_lead(
        None, actor=county.registrar, moment=NOW, source="visit", title="河东村桥下倒渣土", content="村民来访反映",
        received_at=NOW - timedelta(days=6), sender=Sender("刘某", "13700000000", keep_secret=True), **place,
    )  # fmt: skip
    officers = [county.people["officer"], county.people["second_officer"]]
    assign_lead(lead, actor=county.unit_head, moment=NOW, officers=officers)
    by = {"actor": county.officer, "moment": NOW}
    photo = store_bytes(b"\x89PNG photo", media_type="image/png")
    add_material(lead, materials=[GivenMaterial(photo, "桥下渣土.png")], **by)
    record_order(
        lead, kind="correct", text="三日内清除河道内渣土", ordered_on=TODAY, served_on=TODAY, days=3, **by
    )
    decide_link(lead, other=fresh, finding="same", **by)
    verify_lead(lead, finding="现场见渣土约五车，经核为马某组织倾倒。", answers=dict.fromkeys(conditions(), True), **by)
    return lead, fresh


def _begin(county: Any, what: str, lead: Any = None) -> Any:
    officers = [county.people["officer"], county.people["second_officer"]]
    return open_check(
        None, actor=county.officer, moment=NOW, object_text=what, place="白鹿镇河东村", purpose="核查群众反映的问题",
        officers=officers, lead=lead,
    )  # fmt: skip


def _check(county: Any, lead: Any) -> Any:
    check = _begin(county, "河东村桥下游河段", lead)
    by = {"actor": county.officer, "moment": NOW}
    arrive(check, present_name="马某", present_role="货车驾驶人", **by)
    confirm_presence(check, officer=county.people["second_officer"], secret=PASSWORD, **by)
    show_certificates(check, **by)
    tell_rights(check, answer="听清了，不申请回避。", **by)
    return check


@pytest.mark.parametrize("phone", BOTH_WIDTHS)
def test_the_screens_are_accessible_and_fit(
    scene: dict[str, int], sign_in: Callable[..., Page], phone: bool, screens_folder: Path | None
) -> None:
    pages: dict[str, Page] = {}
    wrong: list[str] = []
    for name, who, pattern in SCREENS:
        page = pages.get(who) or pages.setdefault(who, sign_in(who, phone=phone))
        answer = page.goto(pattern.format(**scene))
        assert answer is not None and answer.status == 200, name
        wrong += [f"{name}: {v}" for v in violations(page)]
        if too_wide(page):
            wrong.append(f"{name}: {too_wide(page)} px too wide")
        if screens_folder is not None:
            page.screenshot(path=screens_folder / f"{name}-{360 if phone else 1280}.png", full_page=True)
    assert wrong == []


def test_a_check_goes_through_on_a_phone(scene: dict[str, int], sign_in: Callable[..., Page], county: Any) -> None:
    page = sign_in("officer", phone=True)
    page.goto(f"/inspections/{scene['arrived']}/step/")
    page.click("text=请同事输入密码确认")
    page.fill("input[name=secret]", PASSWORD)
    page.click("button:has-text('确认在场')")
    page.click("text=已亮证并说明来意")
    page.click("text=已念给对方听")
    page.click("text=记录一处发现")
    page.fill("textarea[name=text]", "取水口未安装计量设施")
    page.select_option("select[name=violation]", "permit-53-1-no-meter")
    page.click("button:has-text('记录发现')")
    clock.move_to(NOW + timedelta(minutes=30))
    page.click("text=检查完毕")
    assert "取水口未安装计量设施" in page.input_value("textarea[name=text]")
    page.check("input[name=officers_signed]")
    page.click("text=笔录已签名")
    page.check("input[name=result][value=corrected]")
    page.fill("textarea[name=words]", "当场说明")
    page.click("text=确定检查结果")
    assert "以整改代替处罚" in page.inner_text("main")
    page.check("input[name=result][value=lead]")
    page.click("text=确定检查结果")
    page.wait_for_url(lambda url: url.endswith(f"/inspections/{scene['arrived']}/"))
    assert "转为线索" in page.inner_text("main")
