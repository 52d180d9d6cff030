"""我的工作: the right act in the right group, its reason and its days, and nothing of other people."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dayu.office.tests.conftest import Day, at, limited_task, signed_in
from dayu.work import holders
from dayu.work.services import delegate_work, open_task

pytestmark = pytest.mark.django_db


def groups_of(html: str) -> dict[str, str]:
    """The text of each group by its heading."""
    found = {}
    for piece in re.split(r'<section class="group|<details class="fold later', html)[1:]:
        text = re.sub(r"<[^>]+>", " ", piece.split("</section>")[0])
        words = " ".join(text.split())
        found[words.split(">", 1)[-1].strip()[:12]] = words
    return found


def test_each_act_stands_in_its_group(day: Day) -> None:
    html = signed_in(day.county.officer).get("/").content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    order = [text.index(w) for w in ("逾期 1", "公开处罚决定", "三天内 3", "送达处罚决定书", "处理登记保存的物品",
                                     "尽快办 1", "答复申辩第 3 点", "七天内 1", "作出决定", "以后 1 件")]  # fmt: skip
    assert order == sorted(order)
    assert "11月20日 周五" in text and "下一个工作日 11-23 周一" in text


def test_days_left_are_in_the_laws_own_unit_and_a_waiting_period_is_blocked(day: Day) -> None:
    html = signed_in(day.county.officer).get("/").content.decode()
    assert "逾期 <b>2</b> 个工作日" in html
    assert "<b>今天</b>到期" in html
    assert "再等 <b>2</b> 个工作日" in html and 'data-state="blocked"' in html
    assert "剩 <b>6</b> 日" in html
    assert "已等 2 个工作日" in html


def test_one_button_is_filled_and_it_is_the_most_urgent_lawful_act(day: Day) -> None:
    html = signed_in(day.county.officer).get("/").content.decode()
    main = html[html.index('id="main"') :]
    assert main.count("btn--primary") == 1
    assert main.index("btn--primary") < main.index("送达处罚决定书")


def test_what_others_must_do_names_whom_and_since_when(day: Day) -> None:
    html = signed_in(day.county.officer).get("/").content.decode()
    side = " ".join(re.sub(r"<[^>]+>", " ", html[html.index('id="awaited"') :]).split())
    assert "宋知衡" in side and "已 3 个工作日" in side and "11-17 起" in side
    assert "承办机构负责人" in side, "a post is named where no person is"


def test_a_colleague_sees_the_organs_work_but_not_as_his_own(day: Day) -> None:
    client = signed_in(day.county.soil_officer)
    assert "公开处罚决定" not in client.get("/").content.decode()
    everything = client.get("/?scope=agency").content.decode()
    assert "公开处罚决定" in everything and "陆河清" in everything


def test_another_organ_sees_nothing(day: Day) -> None:
    html = signed_in(day.county.stranger).get("/?scope=agency").content.decode()
    assert "公开处罚决定" not in html and "这个范围里没有待办" in html


def test_the_unit_sees_its_own(day: Day) -> None:
    assert "公开处罚决定" in signed_in(day.county.second_officer).get("/?scope=unit").content.decode()
    assert "公开处罚决定" not in signed_in(day.county.soil_officer).get("/?scope=unit").content.decode()


def test_delegated_work_appears_with_the_delegate(day: Day) -> None:
    delegate_work(
        None, actor=day.county.officer, moment=at(11, 20), delegate_id=day.county.third_officer.person_id,
        valid_from=at(11, 20).date(), valid_until=at(11, 30).date(), reason="出差",
    )  # fmt: skip
    assert "公开处罚决定" in signed_in(day.county.third_officer).get("/").content.decode()


def test_an_empty_list_says_what_to_do_next(county: Any) -> None:
    html = signed_in(county.officer).get("/").content.decode()
    assert "现在没有要您办的事" in html and "看本科室" in html


def test_the_arithmetic_of_a_limit_opens_beside_the_list_and_alone(day: Day) -> None:
    client = signed_in(day.county.officer)
    address = f"/deadlines/{day.tasks['soon'].deadline_id}/"
    assert f'href="{address}"' in client.get("/").content.decode()
    alone = client.get(address).content.decode()
    assert "11-23 周一" in alone and "期限届满" in alone and "行政处罚法" in alone and "<html" in alone
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "期限届满" in fragment and "<html" not in fragment
    assert signed_in(day.county.stranger).get(address).status_code == 404


def test_one_group_is_paged_by_key(day: Day) -> None:
    for n in range(60):
        limited_task(day.county, "publish", number=100 + n, start=at(11, 9), title=f"公开第 {n} 件")
    client = signed_in(day.county.officer)
    front = client.get("/").content.decode()
    assert "全部 61 件" in front
    first = client.get("/?group=overdue").content.decode()
    link = re.search(r'rel="next" href="([^"]+)"', first)
    assert link is not None
    second = client.get("/" + link.group(1).replace("&amp;", "&")).content.decode()
    acts = re.findall(r'id="task-(\d+)"', first) + re.findall(r'id="task-(\d+)"', second)
    assert len(acts) == len(set(acts)) == 61


def test_the_list_leaves_as_excel(day: Day) -> None:
    response = signed_in(day.county.officer).get("/my-work.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=2)]
    assert [rows[0][0], rows[0][2]] == ["逾期 2 个工作日", "公开处罚决定"]
    assert len(rows) == 7


def test_the_page_costs_at_most_twelve_statements_however_much_there_is(day: Day) -> None:
    for n in range(70):
        limited_task(day.county, "publish", number=200 + n, start=at(11, 18), title=f"公开第 {n} 件")
        open_task(
            f"cases.case:{400 + n}", "x.y", title="办", holder=holders.person(day.county.officer.person_id),
            organ_id=day.county.agency.pk, url="/", moment=at(11, 18),
        )  # fmt: skip
    client = signed_in(day.county.officer)
    for address in ("/", "/?scope=unit", "/?scope=agency", "/?group=soon"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 12, "\n".join(q["sql"][:150] for q in queries)


def test_a_stranger_is_sent_to_the_sign_in_page_and_from_the_front_door_to_the_portal(client: Any, db: None) -> None:
    assert client.get("/")["Location"] == "/public/"
    for address in ("/approvals/", "/notifications/", "/search/", "/settings/", "/my-work.xlsx", "/deadlines/1/"):
        response = client.get(address)
        assert response.status_code == 302 and "/accounts/login/" in response["Location"]
