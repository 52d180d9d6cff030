"""case-01 of the published cases, through the browser: a road project changed its soil conservation plan without approval.

The source tells: found 2022-11, ordered 2023-10-09, filed 2023-10-18, notified 2023-10-31 with the decision on the same day after
written waivers, paid 2023-11-08, closed 2023-11-13; a fine of 355,000; not yet put right on 2023-08-23. It does not tell the day
of finding in November 2022 (the 15th here), the length of the order (fifteen days here), the day of the report (2023-10-25 here),
of publication (2023-11-03 here) and of archiving (2023-11-20 here), nor the area that chose the tier (55 hectares here).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from dayu.core import clock
from tests.cast import make_county
from tests.journeys import stages
from tests.journeys.driver import Journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASIS = "中华人民共和国水土保持法第五十三条第二项"
VIOLATED = "中华人民共和国水土保持法第二十五条第三款"
FOUND, ORDERED, FILED, REPORTED = date(2022, 11, 15), date(2023, 10, 9), date(2023, 10, 18), date(2023, 10, 25)
NOTIFIED, PUBLISHED, PAID = date(2023, 10, 31), date(2023, 11, 3), date(2023, 11, 8)
CLOSED, ARCHIVED = date(2023, 11, 13), date(2023, 11, 20)
FINE = 355_000


@pytest.fixture
def journey(transactional_db: None, sign_in: Callable[..., Page]) -> Iterator[Journey]:
    make_county()
    yield Journey(sign_in)
    clock.move_to(None)


@pytest.fixture
def expected(shared_folder: Any) -> Mapping[str, Any]:
    file = yaml.safe_load((shared_folder / "acceptance" / "real-cases.yaml").read_text("utf-8"))
    return next(c for c in file["cases"] if c["id"] == "case-01")["expect"]


def test_case_01_from_lead_to_archive(journey: Journey, expected: Mapping[str, Any]) -> None:
    find_order_and_file(journey)
    investigate(journey, order_first=expected["order_first"])
    assert_discretion(journey, expected)
    notify(journey)
    waive_in_writing_only(journey)
    review_discuss_and_decide(journey)
    serve_publish_and_pay(journey)
    close_and_archive(journey)


def find_order_and_file(j: Journey) -> None:
    j.on(FOUND)
    stages.lead_to_case(
        j, title="某公路公司水土保持方案未批先变案", content="征占地面积、弃土场位置较批复方案重大变化", source="superior"
    )
    stages.add_company(j, name="沧宁某公路建设有限公司", uscc="91990121MA0000009N")
    j.on(ORDERED)
    j.act("officer", "order_correction", content="停止违法行为，十五日内补办水土保持方案变更手续", days="15")
    j.act("officer", "serve_correction_order", method="direct", proofs=["receipt"])
    j.on(FILED)
    stages.file(j)


def investigate(j: Journey, *, order_first: bool) -> None:
    """While the order still runs, and until it was found unmet, the law knows no fine for this act."""
    stages.describe(
        j, violation="soil-53-2-major-change", acted_from="2022-11", acted_to="2023-08-23", discovered_on="2022-11"
    )
    j.act("officer", "discretion_facts", occupied_area_ha="55")
    stages.prove(j, fact="弃土场位置重大变化未办理方案变更审批", day=FILED)
    page = j.page("officer")
    page.goto(f"/cases/{j.case_pk}/discretion/")
    assert order_first
    expect(page.locator("main")).to_contain_text("先责令：须有「限期补办手续」且逾期")
    j.on(REPORTED)
    j.act("officer", "verify_correction", result="not_corrected", findings="逾期未补办变更手续")
    page.goto(f"/cases/{j.case_pk}/discretion/")
    expect(page.locator("main")).to_contain_text("且逾期，是否具备：是")
    stages.report_and_draft(j, fine=FINE, basis=BASIS, violated=VIOLATED, reasoning="征占地面积较大，逾期未办，后果严重")


def assert_discretion(j: Journey, expected: Mapping[str, Any]) -> None:
    """What the file expects, as the pages of the case say it."""
    low, high = expected["stat_range"]
    page = j.page("officer")
    page.goto(f"/cases/{j.case_pk}/discretion/")
    main = page.locator("main")
    expect(main).to_contain_text(f"法定幅度：有明确幅度，{low} 至 {high} 元")
    assert low <= FINE <= high and expected["in_range"]
    assert expected["hearing"] == expected["collective"] == "required"
    assert stages.pair(j, "officer", "discretion/", "应当告知听证权利") == "是"
    assert stages.pair(j, "officer", "discretion/", "应当集体讨论") == "是"
    page.goto(f"/cases/{j.case_pk}/limits/")
    expect(main).to_contain_text(f"届满 {expected['decision_deadline']}")


def notify(j: Journey) -> None:
    """Without a notice no decision. The notice is in range: it is given and served."""
    j.on(NOTIFIED)
    assert "未经事先告知，不得作出处罚决定" in j.try_act("head", "decide_penalty", opinion="同意")
    j.act("officer", "give_penalty_notice", hearing_offered=True)
    j.act("officer", "serve_penalty_notice", method="direct", proofs=["receipt"])


def waive_in_writing_only(j: Journey) -> None:
    """Notice and decision on one day: the time to plead and to ask for a hearing runs unless both are given up in writing."""
    said = j.try_act("head", "decide_penalty", opinion="同意")
    assert "陈述" in said and "听证" in said
    assert "书面" in j.try_act("officer", "waive_hearing", document="")
    j.act("officer", "waive_defence", document="自愿放弃陈述、申辩的书面声明")
    j.act("officer", "waive_hearing", document="自愿放弃听证的书面声明")
    left = standing(j)
    assert "陈述" not in left and "听证" not in left and "法制审核" in left


def standing(j: Journey) -> str:
    """What still stands against the decision, as its page lists it."""
    page = j.page("head")
    page.goto(f"/cases/{j.case_pk}/acts/decide_penalty/?party={j.party.pk}")
    return page.locator("main [class*=refus]").first.inner_text()


def review_discuss_and_decide(j: Journey) -> None:
    assert "未经法制审核或者审核未通过，不得作出决定" in j.try_act("head", "decide_penalty", opinion="同意")
    stages.pass_review(j)
    assert "重大案件未经集体讨论" in j.try_act("head", "decide_penalty", opinion="同意")
    stages.discuss(j, conclusion=f"同意罚款{FINE}元")
    j.act("head", "decide_penalty", opinion="同意")
    page = j.page("head")
    page.goto(f"/cases/{j.case_pk}/documents/")
    expect(page.locator("main")).to_contain_text("泽水罚决〔2023〕1号")
    assert j.party.decided_on == NOTIFIED


def serve_publish_and_pay(j: Journey) -> None:
    j.act("officer", "serve_decision", method="direct", proofs=["receipt"])
    j.on(PUBLISHED)
    stages.publish(j)
    j.on(PAID)
    j.act("fine_clerk", "record_payment", amount_yuan=str(FINE), channel="bank", receipt="沧财0012345")


def close_and_archive(j: Journey) -> None:
    j.on(CLOSED)
    stages.close(j, education="讲解水土保持方案变更的规定")
    j.on(ARCHIVED)
    stages.archive(j)
    page = j.page("archivist")
    page.goto(f"/cases/{j.case_pk}/")
    expect(page.locator("main")).to_contain_text("归档")
    assert (j.case.stage, j.case.closed_on, j.case.archived_on) == ("archived", CLOSED, ARCHIVED)
