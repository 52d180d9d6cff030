"""The portal in a real browser, as a stranger uses it: nothing against accessibility, a thumb hits everything, it prints."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from dayu.core import clock
from dayu.disclosure.models import Publication
from dayu.disclosure.services import correct_publication, withdraw_publication
from dayu.disclosure.tests.situations import make_publication
from dayu.leads.models import Lead
from dayu.org.services import suspend_certificate
from dayu.paper.marks import PageMark
from dayu.rivers.services import add_reach, register_river

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, .btn, .ent')]
  .filter(e => e.offsetParent && !e.closest('.vh') && !(e.type === 'checkbox' || e.type === 'radio'))
  .map(e => [e.outerHTML.slice(0, 90), Math.round(e.getBoundingClientRect().height)])
  .filter(([html, height]) => height < 44 && !html.includes('class="link"'))"""
PARTIES = [
    ("泽川晨光砂石有限公司", "organisation", (3, 2)),
    ("郑怀远", "citizen", (4, 7)),
    ("泽川县顺达置业有限公司", "organisation", (6, 1)),
    ("吕清平", "citizen", (8, 3)),
]


@pytest.fixture
def one(transactional_db: None, county: Any) -> Iterator[Publication]:
    """One published decision of a company, and a river."""
    name, kind, day = PARTIES[2]
    found = make_publication(county, at="published", name=name, kind=kind, moment=clock.legal_moment(date(2026, *day)))
    now = clock.legal_moment(date(2026, 11, 20), 10)
    clock.move_to(now)
    register_river(
        None, actor=county.registrar, moment=now, code="FA001", name="白鹿河", kind="river", level="county",
        territory=county.agency.territory,
    )  # fmt: skip
    yield found.publication
    clock.move_to(None)


@pytest.fixture
def published(transactional_db: None, county: Any) -> Iterator[list[Publication]]:
    """Four decisions: two of companies, two of citizens; one corrected, one withdrawn; a river; a suspended certificate."""
    found = [
        make_publication(
            county, at="published", name=name, kind=kind, moment=clock.legal_moment(date(2026, *day))
        ).publication
        for name, kind, day in PARTIES
    ]
    now = clock.legal_moment(date(2026, 11, 20), 10)
    clock.move_to(now)
    officer = county.disclosure_officer
    correct_publication(
        found[0], actor=officer, moment=now, category=found[0].category, facts_text=found[0].facts, basis=found[0].basis,
        conclusion=found[0].conclusion, public_note="采砂数量由“46方”更正为“46立方米”",
    )  # fmt: skip
    withdraw_publication(found[1], actor=officer, moment=now, reason="行政复议决定撤销原处罚决定")
    river = register_river(
        None, actor=county.registrar, moment=now, code="FA001", name="白鹿河", kind="river", level="county",
        territory=county.agency.territory, source_place="白鹿山", mouth_place="青石桥", basin="苍水",
    )  # fmt: skip
    for name in ("源头至白鹿镇段", "白鹿镇至龙尾乡段", "龙尾乡至青石桥段"):
        add_reach(river, actor=county.registrar, moment=now, name=name, territory=county.agency.territory)
    certificate = county.people["third_officer"].certificates.get()
    suspend_certificate(
        certificate, actor=county.administrator, moment=now, from_on=date(2026, 11, 1), reason="调查期间暂扣"
    )
    yield [Publication.objects.select_related("document").get(pk=p.pk) for p in found]
    clock.move_to(None)


def addresses(published: list[Publication]) -> dict[str, str]:
    """Every page, by the name of its picture."""
    shown, withdrawn = published[2], published[1]
    mark = PageMark(shown.document.mark, shown.document.digest, 1).payload()
    return {
        "home": "/public/",
        "search": "/public/search/?q=白鹿河",
        "decisions": "/public/decisions/",
        "decisions-empty": "/public/decisions/?q=月球",
        "decision": f"/public/decisions/{shown.code}/",
        "decision-corrected": f"/public/decisions/{published[0].code}/",
        "decision-withdrawn": f"/public/decisions/{withdrawn.code}/",
        "decision-print": f"/public/decisions/{shown.code}/print/",
        "verify": "/public/verify/",
        "verify-genuine": f"/public/verify/{mark}/",
        "verify-slip": "/public/verify/?code=7F3A-91C4-0B2",
        "verify-forged": "/public/verify/?code=7F3A-91C4-0B2D",
        "officers": "/public/officers/?q=陆河清",
        "officers-suspended": "/public/officers/?q={number}",
        "officers-unknown": "/public/officers/?q=无此人",
        "powers": "/public/powers/?q=采砂",
        "rivers": "/public/rivers/",
        "river": "/public/rivers/FA001/",
        "tip": "/public/tips/",
        "follow": "/public/tips/follow/",
        "guide": "/public/guide/",
        "not-found": "/public/decisions/nothing/",
    }


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    return [f"{v['id']}: {node['html'][:160]}" for v in found["violations"] for node in v["nodes"]]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_axe_finds_nothing_nothing_is_too_wide_and_targets_are_large(
    new_page: Callable[..., Page], published: list[Publication], county: Any, screens_folder: Path | None, phone: bool
) -> None:
    page = new_page(phone=phone)
    number = county.people["third_officer"].certificates.get().number
    problems: list[str] = []
    for name, address in addresses(published).items():
        page.goto(address.replace("{number}", number))
        problems += [f"{name}: {v}" for v in violations(page)]
        if page.evaluate(TOO_WIDE) > 0:
            problems.append(f"{name}: too wide by {page.evaluate(TOO_WIDE)}")
        if name not in ("not-found", "decision-print"):
            problems += [f"{name}: {html} is {height} high" for html, height in page.evaluate(SMALL_TARGETS)]
        if screens_folder is not None:
            page.screenshot(path=screens_folder / f"portal-{name}-{360 if phone else 1280}.png", full_page=True)
    assert problems == []


def test_at_twice_the_size_nothing_is_cut(new_page: Callable[..., Page], published: list[Publication]) -> None:
    """200 % zoom of a 1280 screen leaves 640 pixels for the layout."""
    page = new_page()
    page.set_viewport_size({"width": 640, "height": 450})
    for name, address in addresses(published).items():
        page.goto(address)
        assert page.evaluate(TOO_WIDE) <= 0, name


def test_a_keyboard_alone_reaches_a_decision(new_page: Callable[..., Page], one: Publication) -> None:
    page = new_page()
    page.goto("/public/decisions/")
    wanted = f"/public/decisions/{one.code}/"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == wanted:
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")
    expect(page.get_by_role("heading", level=1)).to_have_text(one.decision_no)


def test_every_page_works_without_a_script(new_page: Callable[..., Page], one: Publication) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/public/")
    page.get_by_role("textbox", name="搜索").fill("采砂")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name="泽川县顺达置业有限公司").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(one.decision_no)
    page.get_by_role("link", name="打开核验结果").click()
    expect(page.get_by_role("status")).to_contain_text("核验通过")
    page.goto("/public/verify/")
    expect(page.locator("[data-digest-form]")).to_be_hidden()


def test_a_tip_goes_from_the_phone_to_its_answer(
    new_page: Callable[..., Page], one: Publication, tmp_path: Path, screens_folder: Path | None
) -> None:
    picture = tmp_path / "河边.png"
    Image.new("RGB", (60, 40), "#0b5fa5").save(picture)
    page = new_page(phone=True, permissions=["geolocation"], geolocation={"longitude": 112.512345, "latitude": 30.25})
    page.goto("/public/rivers/FA001/")
    page.get_by_role("link", name="我要举报").first.click()
    page.get_by_label("看到了什么").fill("两条船夜里在采砂")
    expect(page.get_by_label("在哪里")).to_have_value("白鹿河")
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("[data-locate-told]")).to_contain_text("已附上位置")
    page.get_by_label("照片、视频").set_input_files(picture)
    page.get_by_role("button", name="提交举报").click()
    code = page.locator("[data-code]").inner_text()
    assert violations(page) == []
    if screens_folder is not None:
        page.screenshot(path=screens_folder / "portal-tip-sent-360.png", full_page=True)
    lead = Lead.objects.latest("pk")
    assert (lead.longitude, lead.materials.count()) == (112.512345, 1)
    page.get_by_role("link", name="查举报进度").click()
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("status")).to_contain_text("已收到")
    assert violations(page) == []
    if screens_folder is not None:
        page.screenshot(path=screens_folder / "portal-follow-answer-360.png", full_page=True)


def test_what_was_typed_stays_when_a_tip_lacks_something(new_page: Callable[..., Page], one: Publication) -> None:
    page = new_page(phone=True)
    page.goto("/public/tips/")
    page.get_by_label("看到了什么").fill("有人在河堤上挖土")
    page.get_by_role("button", name="提交举报").click()
    expect(page.get_by_label("看到了什么")).to_have_value("有人在河堤上挖土")
    assert violations(page) == []


def test_a_chosen_file_is_compared_in_the_browser_and_never_sent(
    new_page: Callable[..., Page], one: Publication, tmp_path: Path
) -> None:
    paper = one.document
    file = tmp_path / "决定书.pdf"
    file.write_bytes(paper.pdf.read())
    assert hashlib.sha256(file.read_bytes()).hexdigest() == paper.pdf_id
    page = new_page()
    sent: list[int] = []
    page.on("request", lambda request: sent.append(len(request.post_data_buffer or b"")))
    page.goto("/public/verify/")
    page.get_by_label("PDF 文件").set_input_files(file)
    page.wait_for_url("**/verify/?file=*")
    expect(page.get_by_role("status").first).to_contain_text("核验通过")
    assert sum(sent) == 0


def test_larger_letters_stay_while_walking_on(new_page: Callable[..., Page], one: Publication) -> None:
    page = new_page()
    page.goto("/public/")
    page.get_by_role("button", name="字号放大").click()
    page.goto("/public/decisions/")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"
    assert page.evaluate(TOO_WIDE) <= 0 and violations(page) == []


def test_the_printed_decision_shows_no_controls(new_page: Callable[..., Page], one: Publication) -> None:
    page = new_page()
    page.goto(f"/public/decisions/{one.code}/print/")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
    expect(page.get_by_text(one.decision_no).first).to_be_visible()
    assert len(page.pdf(format="A4")) > 5_000


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_in_english_the_pages_fit_and_speak_english(
    new_page: Callable[..., Page], one: Publication, live_server: Any, screens_folder: Path | None, phone: bool
) -> None:
    page = new_page(phone=phone)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    for name in ("", "decisions/", "verify/", "officers/", "tips/", "tips/follow/", "guide/"):
        page.goto(f"/public/{name}")
        assert page.evaluate(TOO_WIDE) <= 0, name
        assert violations(page) == [], name
        heading = page.get_by_role("heading", level=1).inner_text()
        assert heading.isascii(), heading
        if screens_folder is not None and not name:
            page.screenshot(path=screens_folder / f"portal-english-{360 if phone else 1280}.png", full_page=True)
