"""Stages of a penalty case as users take them in the browser; what differs between cases comes as arguments."""

from __future__ import annotations

from datetime import date
from typing import Any

from dayu.cases.models import CaseFact
from dayu.core.audit import subject_key
from dayu.disclosure.models import Publication
from dayu.dossiers.models import Dossier
from dayu.dossiers.selectors import missing_of
from dayu.legal_review.definitions import points
from dayu.legal_review.models import LegalReview
from dayu.org.models import OrgUnit, Person
from dayu.records.models import EvidenceItem
from tests.journeys.driver import Journey

MET = ("condition_violation_suspected", "condition_penalty_due", "condition_own_jurisdiction", "condition_within_limitation")
FILING = ("q_violation_suspected", "q_penalty_due", "q_within_jurisdiction", "q_within_limitation")
MEMBERS = ("head", "unit_head", "review_head")


def key_of(username: str) -> str:
    """A person of the cast as a form names them."""
    return str(Person.objects.get(account__username=username).pk)


def lead_to_case(j: Journey, *, title: str, content: str, source: str) -> None:
    """A lead is registered, handed to two officers and verified; a case is opened from it."""
    page = j.form("registrar", "/leads/new/", {"source": source, "title": title, "content": content, "place": "泽川县白鹿镇"})
    number = page.url.rstrip("/").rsplit("/", 1)[-1]
    j.form("unit_head", f"/leads/{number}/assign/", {"officers": [key_of("officer"), key_of("second_officer")]})
    j.form("officer", f"/leads/{number}/verify/", {"finding": "现场核查属实", **dict.fromkeys(MET, "yes")})
    page = j.form("officer", f"/cases/new/?origin=leads.lead:{number}", {"title": title})
    j.case_pk = int(page.url.split("/cases/")[1].split("/")[0])


def add_company(j: Journey, *, name: str, uscc: str) -> None:
    """The party, an organisation."""
    j.form("officer", f"/cases/{j.case_pk}/acts/add_party/", {
        "kind": "organisation", "name": name, "uscc": uscc, "legal_representative": "梁承业",
        "address": "泽川县白鹿镇河滨路8号", "phone": "0000-7654321",
    })  # fmt: skip


def file(j: Journey) -> None:
    """Asked for with the four conditions answered, and approved by the head."""
    j.act("officer", "request_filing", opinion="建议立案", **dict.fromkeys(FILING, "yes"))
    j.act("head", "file_case", opinion="同意立案")


def describe(j: Journey, *, facts: dict[str, str] | None = None, **known: str) -> None:
    """What was done, when and where; then what the discretion asks for."""
    j.form("officer", f"/cases/{j.case_pk}/amend/", {**known, "place": "白鹿镇"})
    if facts:
        j.act("officer", "discretion_facts", **facts)


def prove(j: Journey, *, fact: str, day: date) -> None:
    """One fact, and one piece of evidence for it that a second officer checked."""
    j.act("officer", "add_fact", text=fact)
    j.form("officer", f"/records/evidence/new/?subject={subject_key(j.case)}", {
        "kind": "scene_record", "name": "现场勘验笔录", "source": "执法人员制作", "place": "白鹿镇",
        "taken_at": f"{day}T08:30", "taken_by": key_of("officer"), "second_taker": key_of("second_officer"),
    })  # fmt: skip
    item = EvidenceItem.objects.latest("pk").pk
    checked = {"is_true": True, "is_lawful": True, "is_relevant": True}
    j.form("second_officer", f"/records/evidence/{item}/check/", checked)
    row = CaseFact.objects.get(case_id=j.case_pk)
    j.form("officer", f"/cases/{j.case_pk}/evidence/link/?fact={row.pk}&item={item}", {"proves": fact})


def report_and_draft(j: Journey, *, fine: int, basis: str, violated: str, reasoning: str) -> None:
    """Report, examination, leniency, and a draft of this amount."""
    j.act("officer", "report_investigation", suggestion=f"建议罚款{fine}元")
    j.act("head", "examine_report", route="penalise", opinion="同意")
    j.act("officer", "answer_leniency", **dict.fromkeys(questions(j, "answer_leniency"), "no"))
    j.act(
        "officer", "write_draft", kinds=["fine"], amount_yuan=str(fine), basis=basis, law_violated=violated,
        manner="自收到决定书之日起十五日内缴至指定银行", reasoning=reasoning,
    )  # fmt: skip


def questions(j: Journey, act: str) -> list[str]:
    """The fields of the questions that an act's page asks."""
    page = j.page("officer")
    page.goto(f"/cases/{j.case_pk}/acts/{act}/?party={j.party.pk}")
    names = page.locator("main form [name^='q_']").evaluate_all("es => [...new Set(es.map(e => e.name))]")
    assert names, act
    return list(names)


def pass_review(j: Journey) -> None:
    """Scope answered, submitted, judged point by point, passed."""
    j.act("officer", "answer_scope", **dict.fromkeys(questions(j, "answer_scope"), "yes"))
    unit = OrgUnit.objects.get(name="政策法规股", agency__sign="泽水")
    j.form("head", "/legal-review/body/", {"unit": str(unit.pk), "basis": "三定规定", "valid_from": "2020-01-01"})
    j.act("officer", "submit_legal_review", truth_signed=True)
    review = LegalReview.objects.latest("pk")
    if review.reviewer_id is None:
        j.form("review_head", f"/legal-review/{review.pk}/assign/", {"reviewer": key_of("reviewer")})
    for point in points():
        j.press("reviewer", f"/legal-review/{review.pk}/", "符合", f"/points/{point}/")
    j.form("reviewer", f"/legal-review/{review.pk}/", {"conclusion": "pass", "opinion": "同意"}, to="/conclude/")


def discuss(j: Journey, *, conclusion: str) -> None:
    """The heads are called together, each speaks from an account of their own, the chair concludes."""
    j.act("unit_head", "call_discussion", chair=key_of("head"), place="二楼会议室")
    for who in MEMBERS:
        j.act(who, "give_discussion_opinion", vote="agree", opinion="同意")
    j.act("head", "hold_collective_discussion", conclusion=conclusion)


def publish(j: Journey) -> None:
    """The decision goes to the portal."""
    publication = Publication.objects.latest("pk")
    j.form("disclosure_officer", f"/disclosure/{publication.pk}/publish/", {})


def close(j: Journey, *, education: str) -> None:
    """Corrected, taught, closed."""
    j.act("officer", "verify_correction", result="corrected", findings="已补办手续")
    j.act("officer", "record_education", manner="当面说理", text=education)
    j.act("head", "close_case", ground="performed", opinion="同意结案")


def archive(j: Journey) -> None:
    """The dossier is compiled, what is missing explained, bound and frozen."""
    j.form("archivist", f"/dossiers/of-case/{j.case_pk}/", {}, to="/compile/")
    dossier = Dossier.objects.get(case_id=j.case_pk)
    for row in missing_of(dossier):
        j.form("archivist", f"/dossiers/{dossier.pk}/explain/", {"key": row.key, "reason": "原件存于纸质卷宗"})
    j.form("archivist", f"/dossiers/{dossier.pk}/", {}, to="/archive/")


def pair(j: Journey, who: str, tab: str, words: str) -> str:
    """The line that follows a label on a tab of the case, e.g. what the page says on 应当集体讨论."""
    page: Any = j.page(who)
    page.goto(f"/cases/{j.case_pk}/{tab}")
    lines = [line.strip() for line in page.locator("main").inner_text().splitlines() if line.strip()]
    return lines[lines.index(words) + 1]
