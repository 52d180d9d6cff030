"""case-01 of the published cases, through the browser: a road project changed its soil conservation plan without approval.

The source tells: found 2022-11, ordered 2023-10-09, filed 2023-10-18, notified 2023-10-31 with the decision on the same day after
written waivers, paid 2023-11-08, closed 2023-11-13; a fine of 355,000. It does not tell the day of finding in November 2022 (the
15th here), the length of the order (fifteen days here), the days of review, discussion and archiving, nor the area.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import yaml
from playwright.sync_api import Page, expect

from dayu.cases.models import Case
from dayu.core import clock
from dayu.legal_review.definitions import points
from dayu.legal_review.models import LegalReview
from tests.cast import make_county
from tests.journeys.driver import Journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASIS = "中华人民共和国水土保持法第五十三条第二项"
FOUND, ORDERED, FILED = date(2022, 11, 15), date(2023, 10, 9), date(2023, 10, 18)
NOTIFIED, PAID, CLOSED, ARCHIVED = date(2023, 10, 31), date(2023, 11, 8), date(2023, 11, 13), date(2023, 11, 20)


@pytest.fixture
def journey(transactional_db: None, sign_in: Callable[..., Page]) -> Iterator[Journey]:
    make_county()
    yield Journey(sign_in)
    clock.move_to(None)


def test_case_01_from_lead_to_archive(journey: Journey, shared_folder) -> None:
    file = yaml.safe_load((shared_folder / "acceptance" / "real-cases.yaml").read_text("utf-8"))
    expect_ = next(c for c in file["cases"] if c["id"] == "case-01")["expect"]
    find(journey)
    order_and_file(journey)
    investigate_and_draft(journey)
    page = journey.page("officer")
    page.goto(f"/cases/{journey.case_pk}/discretion/")
    low, high = (f"{n // 10_000} 万" for n in expect_["stat_range"])
    expect(page.locator("main")).to_contain_text(low)
    expect(page.locator("main")).to_contain_text(high)
    assert journey.case.decision_due_on == date.fromisoformat(expect_["decision_deadline"])
    notify_and_waive(journey, hearing_required=expect_["hearing"] == "required")
    review(journey)
    refusal = journey.try_act("head", "decide_penalty", opinion="同意")
    assert ("集体讨论" in refusal) == (expect_["collective"] == "required")
    discuss_and_decide(journey)
    serve_publish_pay_close_archive(journey)
    assert journey.case.stage == "archived"


def find(j: Journey) -> None:
    j.on(FOUND)
    lead = j.form("registrar", "/leads/new/", {
        "source": "superior", "title": "某二级公路弃土场位置重大变化未办变更", "content": "征占地面积、弃土场位置较批复方案重大变化",
        "place": "泽川县白鹿镇",
    })  # fmt: skip
    number = lead.url.rstrip("/").rsplit("/", 1)[-1]
    officers = lead_officers()
    j.form("unit_head", f"/leads/{number}/assign/", {"officers": officers})
    j.form("officer", f"/leads/{number}/verify/", {
        "finding": "现场核查属实，仍未办理变更", "condition_violation_suspected": "yes", "condition_penalty_due": "yes",
        "condition_own_jurisdiction": "yes", "condition_within_limitation": "yes",
    })  # fmt: skip
    page = j.form("officer", f"/cases/new/?lead={number}", {"title": "某公路公司水土保持方案未批先变案"})
    j.case_pk = int(page.url.split("/cases/")[1].split("/")[0])


def lead_officers() -> list[str]:
    from dayu.org.models import Person

    people = Person.objects.filter(account__username__in=["officer", "second_officer"]).order_by("pk")
    return [str(p.pk) for p in people]


def order_and_file(j: Journey) -> None:
    if j.party is None:
        j.form("officer", f"/cases/{j.case_pk}/acts/add_party/", {
            "kind": "organisation", "name": "沧宁某公路建设有限公司", "uscc": "91990121MA0000009N",
            "legal_representative": "梁承业", "address": "泽川县白鹿镇河滨路8号", "phone": "0000-7654321",
        })  # fmt: skip
    j.on(ORDERED)
    j.act("officer", "order_correction", content="停止违法行为，十五日内补办水土保持方案变更手续", days="15")
    j.act("officer", "serve_correction_order", method="direct", proofs=["receipt"])
    j.on(FILED)
    answers = {f"q_{q}": "yes" for q in ("violation_suspected", "penalty_due", "within_jurisdiction", "within_limitation")}
    j.act("officer", "request_filing", opinion="建议立案", **answers)
    j.act("head", "file_case", opinion="同意立案")
    assert j.case.filed_on == FILED


def investigate_and_draft(j: Journey) -> None:
    j.on(date(2023, 10, 25))
    j.act("officer", "verify_correction", result="not_corrected", findings="逾期未补办变更手续")
    j.form("officer", f"/cases/{j.case_pk}/acts/discretion_facts/", {
        "violation": "soil-53-2-major-change", "acted_from": "2022-11", "discovered_on": "2022-11", "place": "白鹿镇",
    })  # fmt: skip
    j.form("officer", f"/cases/{j.case_pk}/acts/discretion_facts/", {"fact_occupied_area_ha": "55"})
    j.form("officer", f"/cases/{j.case_pk}/acts/add_fact/", {"text": "弃土场位置重大变化未办理方案变更审批"})
    evidence(j)
    j.act("officer", "report_investigation", suggestion="建议罚款355000元")
    j.act("head", "examine_report", route="penalise", opinion="同意")
    leniency = dict.fromkeys(question_names(j, "answer_leniency"), "no")
    j.act("officer", "answer_leniency", **leniency)
    j.act(
        "officer", "write_draft", kinds=["fine"], amount_yuan="355000", basis=BASIS,
        law_violated="中华人民共和国水土保持法第二十五条第三款", manner="自收到决定书之日起十五日内缴至指定银行",
        reasoning="征占地面积较大，逾期未办，后果严重",
    )  # fmt: skip


def question_names(j: Journey, act: str) -> list[str]:
    page = j.page("officer")
    page.goto(f"/cases/{j.case_pk}/acts/{act}/?party={j.party.pk}")
    names = page.locator("main form [name^='q_']").evaluate_all("es => [...new Set(es.map(e => e.name))]")
    assert names
    return names


def evidence(j: Journey) -> None:
    subject = f"cases.case:{j.case_pk}"
    page = j.form("officer", f"/records/evidence/new/?subject={subject}", {
        "kind": "scene_record", "name": "现场勘验笔录", "source": "执法人员制作", "place": "白鹿镇弃土场",
        "taken_at": "2023-10-25T10:00", "takers": lead_officers(),
    })  # fmt: skip
    number = page.url.split("/evidence/")[1].split("/")[0]
    if not number.isdigit():
        from dayu.records.models import EvidenceItem

        number = str(EvidenceItem.objects.latest("pk").pk)
    j.form("second_officer", f"/records/evidence/{number}/check/", {
        "is_true": "yes", "is_lawful": "yes", "is_relevant": "yes",
    })  # fmt: skip
    fact = j.case.case_facts.get() if hasattr(j.case, "case_facts") else None
    from dayu.cases.models import CaseFact

    fact = fact or CaseFact.objects.get(case_id=j.case_pk)
    j.form("officer", f"/cases/{j.case_pk}/evidence/link/?fact={fact.pk}&item={number}", {"proves": "弃土场位置变化"})


def notify_and_waive(j: Journey, *, hearing_required: bool) -> None:
    j.on(NOTIFIED)
    given = {"hearing_offered": True} if hearing_required else {}
    j.act("officer", "give_penalty_notice", **given)
    refusal = j.try_act("head", "decide_penalty", opinion="同意")
    assert "告知" in refusal
    j.act("officer", "serve_penalty_notice", method="direct", proofs=["receipt"])
    j.act("officer", "waive_defence", document="自愿放弃陈述、申辩的书面声明")
    j.act("officer", "waive_hearing", document="自愿放弃听证的书面声明")


def review(j: Journey) -> None:
    scope = dict.fromkeys(question_names(j, "answer_review_scope"), "yes")
    j.act("officer", "answer_review_scope", **scope)
    refusal = j.try_act("head", "decide_penalty", opinion="同意")
    assert "法制审核" in refusal
    name_body(j)
    j.act("officer", "submit_legal_review", truth_signed=True)
    found = LegalReview.objects.latest("pk")
    if found.reviewer_id is None:
        from dayu.org.models import Person

        reviewer = Person.objects.get(account__username="reviewer")
        j.form("review_head", f"/legal-review/{found.pk}/assign/", {"reviewer": str(reviewer.pk)})
    for point in points():
        j.form("reviewer", f"/legal-review/{found.pk}/points/{point}/", {"answer": "fine", "ground": "已核实"})
    j.form("reviewer", f"/legal-review/{found.pk}/conclude/", {"conclusion": "pass", "opinion": "同意"})


def name_body(j: Journey) -> None:
    from dayu.org.models import OrgUnit

    unit = OrgUnit.objects.get(name="政策法规股", agency__sign="泽水")
    j.form("head", "/legal-review/body/", {"unit": str(unit.pk), "basis": "三定规定", "valid_from": "2020-01-01"})


def discuss_and_decide(j: Journey) -> None:
    from dayu.org.models import Person

    head = Person.objects.get(account__username="head")
    j.act("unit_head", "call_discussion", chair=str(head.pk), place="二楼会议室")
    for who in ("head", "deputy_head", "unit_head"):
        j.act(who, "give_discussion_opinion", vote="agree", opinion="同意")
    j.act("head", "hold_collective_discussion", conclusion="同意罚款355000元")
    j.act("head", "decide_penalty", opinion="同意")
    assert j.party.decision_no
    assert j.party.decided_on == NOTIFIED


def serve_publish_pay_close_archive(j: Journey) -> None:
    j.act("officer", "serve_decision", method="direct", proofs=["receipt"])
    from dayu.disclosure.models import Publication

    publication = Publication.objects.latest("pk")
    j.on(date(2023, 11, 3))
    j.form("disclosure_officer", f"/disclosure/{publication.pk}/publish/", {})
    j.on(PAID)
    j.act("fine_clerk", "record_payment", amount_yuan="355000", channel="bank", receipt="沧财0012345")
    j.on(CLOSED)
    j.act("officer", "verify_correction", result="corrected", findings="已补办变更手续")
    j.act("officer", "record_education", manner="face_to_face", text="讲解水土保持方案变更的规定")
    j.act("head", "close_case", ground="performed", opinion="同意结案")
    j.on(ARCHIVED)
    archive(j)


def archive(j: Journey) -> None:
    from dayu.dossiers.models import Dossier
    from dayu.dossiers.selectors import missing_of

    j.form("archivist", f"/dossiers/of-case/{j.case_pk}/", {})
    dossier = Dossier.objects.get(case_id=j.case_pk)
    for row in missing_of(dossier):
        j.form("archivist", f"/dossiers/{dossier.pk}/explain/", {"key": row.key, "reason": "原件存于纸质卷宗"})
    j.form("archivist", f"/dossiers/{dossier.pk}/archive/", {})
    assert Case.objects.get(pk=j.case_pk).archived_on == ARCHIVED
