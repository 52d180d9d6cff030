"""case-10 of the published cases, through the browser: a power station built without a soil conservation plan.

The source tells: begun 2020-05, ordered 2021-07-21 by the organ that found it to submit the plan within thirty days, transferred
2021-09-07, filed 2021-09-26, a fine of 50,000. It does not tell when the transfer was verified (2021-09-24 here), reported
(2021-10-12), notified (2021-10-20), decided and served (2021-11-10), published (2021-11-15), paid (2021-11-22), closed
(2021-11-26) and archived (2021-12-10). The county's example benchmark begins in 2022, so none chooses a tier here.
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
BASIS = "中华人民共和国水土保持法第五十三条第一项"
VIOLATED = "中华人民共和国水土保持法第二十六条"
ORDERED, TRANSFERRED, VERIFIED, FILED = date(2021, 7, 21), date(2021, 9, 7), date(2021, 9, 24), date(2021, 9, 26)
REPORTED, NOTIFIED, DECIDED = date(2021, 10, 12), date(2021, 10, 20), date(2021, 11, 10)
PUBLISHED, PAID, CLOSED, ARCHIVED = date(2021, 11, 15), date(2021, 11, 22), date(2021, 11, 26), date(2021, 12, 10)
FINE = 50_000


@pytest.fixture
def journey(transactional_db: None, sign_in: Callable[..., Page]) -> Iterator[Journey]:
    make_county()
    yield Journey(sign_in)
    clock.move_to(None)


@pytest.fixture
def expected(shared_folder: Any) -> Mapping[str, Any]:
    file = yaml.safe_load((shared_folder / "acceptance" / "real-cases.yaml").read_text("utf-8"))
    return next(c for c in file["cases"] if c["id"] == "case-10")["expect"]


def test_case_10_from_lead_to_archive(journey: Journey, expected: Mapping[str, Any]) -> None:
    receive_the_transfer(journey)
    take_over_the_order(journey, expected)
    file_and_report(journey)
    assert_discretion(journey, expected)
    notify_without_hearing(journey)
    review_discuss_and_decide(journey)
    serve_publish_and_pay(journey)
    close_and_archive(journey)


def receive_the_transfer(j: Journey) -> None:
    j.on(TRANSFERRED)
    stages.lead_to_case(
        j, title="某水电公司水电站未批先建案", content="2020年5月开工，未编报水土保持方案，2021年9月7日移送", source="department"
    )
    stages.add_company(j, name="沧宁某水电开发有限公司", uscc="91990121MA0000009N")


def take_over_the_order(j: Journey, expected: Mapping[str, Any]) -> None:
    """The order was made and served by the organ that transferred the case; its days ran out before the transfer."""
    j.on(VERIFIED)
    why = "移送前由县综合行政执法局作出并送达，原件随案移送"
    j.act(
        "officer", "order_correction", content="三十日内编报水土保持方案", days="30", on=ORDERED,
        by_organ="泽川县综合行政执法局", explanation=why,
    )  # fmt: skip
    j.act("officer", "serve_correction_order", method="direct", proofs=["receipt"], on=ORDERED, explanation=why)
    page = j.page("officer")
    page.goto(f"/cases/{j.case_pk}/limits/")
    expect(page.locator("main")).to_contain_text(str(expected["order_deadline"]))
    j.act("officer", "verify_correction", result="not_corrected", findings="逾期未编报，电站已运行")


def file_and_report(j: Journey) -> None:
    j.on(FILED)
    stages.file(j)
    stages.describe(
        j, violation="soil-53-1-no-plan", acted_from="2020-05", acted_to="2021-09-24", discovered_on="2021-07-21"
    )
    stages.prove(j, fact="未编报水土保持方案即开工建设水电站", day=VERIFIED)
    j.on(REPORTED)
    stages.report_and_draft(j, fine=FINE, basis=BASIS, violated=VIOLATED, reasoning="逾期未编报水土保持方案")


def assert_discretion(j: Journey, expected: Mapping[str, Any]) -> None:
    """What the file expects, as the pages of the case say it."""
    low, high = expected["stat_range"]
    page = j.page("officer")
    page.goto(f"/cases/{j.case_pk}/discretion/")
    main = page.locator("main")
    expect(main).to_contain_text(f"法定幅度：有明确幅度，{low} 至 {high} 元")
    assert low <= FINE <= high and expected["in_range"]
    assert expected["order_first_satisfied"]
    expect(main).to_contain_text("先责令：须有「限期补办手续」且逾期，是否具备：是")
    assert (expected["hearing"], expected["collective"]) == ("not-required-old", "required")
    expect(main).to_contain_text("听证：门槛 50000 元，结论：否")
    assert stages.pair(j, "officer", "discretion/", "应当告知听证权利") == "否"
    assert stages.pair(j, "officer", "discretion/", "应当集体讨论") == "是"
    page.goto(f"/cases/{j.case_pk}/limits/")
    expect(main).to_contain_text(f"届满 {expected['decision_deadline']}")


def notify_without_hearing(j: Journey) -> None:
    j.on(NOTIFIED)
    j.act("officer", "give_penalty_notice")
    j.act("officer", "serve_penalty_notice", method="direct", proofs=["receipt"])
    j.act("officer", "waive_defence", document="不陈述、不申辩的书面声明")


def review_discuss_and_decide(j: Journey) -> None:
    j.on(DECIDED)
    stages.pass_review(j)
    assert "重大案件未经集体讨论" in j.try_act("head", "decide_penalty", opinion="同意")
    stages.discuss(j, conclusion=f"同意罚款{FINE}元")
    j.act("head", "decide_penalty", opinion="同意")
    assert j.party.decided_on == DECIDED


def serve_publish_and_pay(j: Journey) -> None:
    j.act("officer", "serve_decision", method="direct", proofs=["receipt"])
    j.on(PUBLISHED)
    stages.publish(j)
    j.on(PAID)
    j.act("fine_clerk", "record_payment", amount_yuan=str(FINE), channel="bank", receipt="沧财0054321")


def close_and_archive(j: Journey) -> None:
    j.on(CLOSED)
    stages.close(j, education="讲解水土保持方案审批的规定")
    j.on(ARCHIVED)
    stages.archive(j)
    page = j.page("archivist")
    page.goto(f"/cases/{j.case_pk}/")
    expect(page.locator("main")).to_contain_text("归档")
    assert (j.case.stage, j.case.closed_on, j.case.archived_on) == ("archived", CLOSED, ARCHIVED)
