"""Cases for tests, named by where they stand: `make_case(county, at="notified")`. Each is made by the acts of a user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dayu.cases import services
from dayu.cases.models import Case, CaseParty
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.events import deliver_due
from dayu.law.conditions.filing import FILING_QUESTIONS
from dayu.law.conditions.review import REVIEW_QUESTIONS
from dayu.law.leniency import checklist
from dayu.legal_review import services as review
from dayu.legal_review.definitions import points
from dayu.legal_review.models import LegalReview
from dayu.records import services as records

MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
VIOLATION = "river-reg-44-4"
BASIS = ("中华人民共和国河道管理条例第四十四条第四项",)
STAGES = (
    "open", "verified", "requested", "filed", "proved", "ordered", "reported", "examined", "drafted", "notified", "heard",
    "reviewed", "decided", "served", "published", "paid", "corrected", "educated", "closed", "archived",
)  # fmt: skip


@dataclass
class Played:
    """A case in a test: it moves with the calendar of the test, and acts in the names of the cast."""

    county: Any
    case: Case
    moment: datetime
    parties: list[CaseParty]

    @property
    def party(self) -> CaseParty:
        """The first party, as it stands now."""
        return CaseParty.objects.select_related("case__organ", "draft").get(pk=self.parties[0].pk)

    def other(self, position: int) -> CaseParty:
        """Another party, as it stands now."""
        return CaseParty.objects.select_related("case__organ", "draft").get(pk=self.parties[position].pk)

    def now(self) -> Case:
        """The case as it stands now."""
        self.case = Case.objects.select_related("organ", "unit").get(pk=self.case.pk)
        return self.case

    def wait(self, days: int) -> Played:
        """Let days pass, the test's clock included."""
        self.moment += timedelta(days=days)
        clock.move_to(self.moment)
        deliver_due(self.moment)
        return self

    @property
    def today(self) -> date:
        """The legal date."""
        return clock.legal_date(self.moment)

    def by(self, who: str) -> dict[str, Any]:
        """`actor` and `moment` of an act."""
        return {"actor": getattr(self.county, who), "moment": self.moment}

    def deliver(self) -> Played:
        """Let the worker deliver events."""
        deliver_due(clock.now() + timedelta(seconds=1))
        return self


def make_case(
    county: Any, *, at: str = "open", parties: int = 1, fine: int = 20_000, moment: datetime = MONDAY, kind: str = "citizen"
) -> Played:
    """A case of unlicensed sand mining that stands where `at` says."""
    clock.move_to(moment)
    case = services.open_case(
        None, actor=county.officer, moment=moment, title="张某在白鹿河龙尾段无证采砂案", unit=county.units["brigade"],
        officers=[county.people["officer"], county.people["second_officer"]], violation=VIOLATION, source_type="巡查",
        summary="夜间无证采砂46立方米", place="白鹿河龙尾段", facts={"volume_m3": 46, "value_yuan": 4600},
        acted_from="2026-02-20", acted_to="2026-02-20", discovered_on="2026-02-21",
    )
    played = Played(county, case, moment, [])
    names = ["张某", "李某", "王某"]
    for number in range(parties):
        played.parties.append(services.add_party(
            case, name=names[number], kind=kind, id_no=identity_number(number), address="白鹿镇河滨路1号",
            phone="0000-1234567", id_type="居民身份证", gender="男", born_on=date(1980, 1, 1), **played.by("officer"),
        ))  # fmt: skip
    for stage in STAGES[1 : STAGES.index(at) + 1]:
        _STEPS[stage](played, fine)
    played.now()
    return played


def identity_number(number: int) -> str:
    """An invented number of a resident identity card with its right check digit (GB 11643)."""
    body = f"99012119800101{number + 1:03}"
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def _verified(p: Played, fine: int) -> None:
    services.register_lead(p.case, source="巡查", **p.by("officer"))
    services.verify_lead(p.case, result="属实", **p.by("officer"))


def _requested(p: Played, fine: int) -> None:
    services.answer_filing(p.case, answers=dict.fromkeys(FILING_QUESTIONS, (True, "经核查属实")), **p.by("officer"))
    services.request_filing(p.case, opinion="建议立案", **p.by("officer"))


def _filed(p: Played, fine: int) -> None:
    services.file_case(p.case, opinion="同意立案", **p.by("head"))


def _proved(p: Played, fine: int) -> None:
    fact = services.add_fact(p.case, text="2026年2月20日夜间在白鹿河龙尾段无证采砂46立方米", **p.by("officer"))
    item = records.add_evidence(
        f"cases.case:{p.case.pk}", kind="scene_record", name="现场笔录", source="执法人员制作", taken_at=p.moment,
        takers=[p.county.people["officer"], p.county.people["second_officer"]], place="白鹿河龙尾段", **p.by("officer"),
    )
    records.check_evidence(item, is_true=True, is_lawful=True, is_relevant=True, **p.by("second_officer"))
    services.link_evidence(fact, item=item, proves="无证采砂", **p.by("officer"))


def _ordered(p: Played, fine: int) -> None:
    for party in p.parties:
        services.order_correction(party, content="停止采砂，平整河道", days=10, **p.by("officer"))
        services.serve_correction_order(party, method="direct", proofs=("receipt",), **p.by("officer"))


def _reported(p: Played, fine: int) -> None:
    services.report_investigation(p.case, suggestion="给予行政处罚", **p.by("officer"))


def _examined(p: Played, fine: int) -> None:
    services.examine_report(p.case, route="penalise", opinion="同意", **p.by("head"))


def _drafted(p: Played, fine: int) -> None:
    for number in range(len(p.parties)):
        draft_for(p, number, fine)


def draft_for(p: Played, number: int, fine: int, **changes: Any) -> None:
    """Everything asked of a person answered, and a draft of this amount."""
    party = p.other(number)
    services.state_range(
        party, min_yuan="10000", max_yuan="100000", basis="沧宁省河道采砂管理条例（示例）第二十六条", reason="地方性法规规定数额",
        **p.by("officer"),
    )
    answers = {i.key: (False, "") for i in checklist(natural_person=party.natural_person)}
    services.answer_leniency(party, answers=answers, **p.by("officer"))
    services.answer_review_scope(party, answers=dict.fromkeys(REVIEW_QUESTIONS, (False, "不涉及")), **p.by("officer"))
    services.write_draft(p.other(number), **draft_values(fine, **changes), **p.by("officer"))


def draft_values(fine: int, **changes: Any) -> dict[str, Any]:
    """A complete draft."""
    return {
        "kinds": ["fine"], "amount_yuan": Decimal(fine), "basis": BASIS, "law_violated": BASIS,
        "manner": "自收到决定书之日起十五日内缴至银行", "reasoning": "采砂量较小", **changes,
    }


def _notified(p: Played, fine: int) -> None:
    for number in range(len(p.parties)):
        notify_party(p, number)


def notify_party(p: Played, number: int = 0, *, hearing: bool | None = None) -> None:
    """A notice, given and served."""
    offered = fine_needs_hearing(p, number) if hearing is None else hearing
    services.give_penalty_notice(p.other(number), hearing_offered=offered, **p.by("officer"))
    services.serve_penalty_notice(p.other(number), method="direct", proofs=("receipt",), **p.by("officer"))


def fine_needs_hearing(p: Played, number: int) -> bool:
    """Whether the present draft crosses the threshold."""
    from dayu.cases.facts import situation_of

    view = situation_of(p.now(), today=p.today).party(p.other(number).key)
    return view is None or view.hearing_required is not False


def _heard(p: Played, fine: int) -> None:
    for number in range(len(p.parties)):
        hear_party(p, number)


def hear_party(p: Played, number: int = 0) -> None:
    """The party gives up defence and hearing in writing."""
    services.waive_defence(p.other(number), document="放弃陈述申辩声明", **p.by("officer"))
    notice = p.other(number).notices.order_by("-number").first()
    if notice is not None and notice.hearing_offered:
        services.waive_hearing(p.other(number), document="放弃听证声明", **p.by("officer"))


def _reviewed(p: Played, fine: int) -> None:
    for number in range(len(p.parties)):
        view = services_needed(p, number)
        if "review_missing" in view or "discussion_missing" in view:
            review_party(p, number)
            if "discussion_missing" in services_needed(p, number):
                discuss_party(p, number)


def services_needed(p: Played, number: int) -> set[str]:
    """The rules that refuse the decision for a party now."""
    from dayu.cases.services.journal import verdict_of

    verdict = verdict_of(p.now(), "decide_penalty", today=p.today, party=p.other(number))
    return {r.rule.split(".", 1)[1] for r in verdict.refusals}


def review_party(p: Played, number: int = 0) -> LegalReview:
    """Submitted, judged and passed."""
    body = p.county.agency.review_bodies.first()
    if body is None:
        review.name_review_body(
            p.county.agency, basis="三定规定", valid_from=date(2020, 1, 1), unit=p.county.units["legal"], **p.by("head")
        )
    found = services.submit_legal_review(p.other(number), truth_signed=True, **p.by("officer"))
    if found.reviewer_id is None:
        review.assign_reviewer(found, reviewer=p.county.people["reviewer"], **p.by("review_head"))
    for key in points():
        review.judge_point(found, point=key, answer="fine", ground="已核实", **p.by("reviewer"))
    review.conclude_review(found, conclusion="pass", opinion="同意", **p.by("reviewer"))
    p.deliver()
    return found


def discuss_party(p: Played, number: int = 0, *, amount: int | None = None, members: int = 3) -> None:
    """Called together, each with an opinion of their own, concluded."""
    people = ["head", "deputy_head", "unit_head", "review_head"][:members]
    discussion = services.call_discussion(p.other(number), chair=p.county.people["head"], place="会议室", **p.by("unit_head"))
    for who in people:
        services.give_discussion_opinion(
            discussion, member=p.county.people[who], vote="agree", opinion="同意承办意见", **p.by(who)
        )
    services.hold_collective_discussion(
        p.other(number), conclusion="同意处罚", amount_yuan=None if amount is None else Decimal(amount), **p.by("head")
    )


def _decided(p: Played, fine: int) -> None:
    for number in range(len(p.parties)):
        services.decide_penalty(p.other(number), opinion="同意", **p.by("head"))


def _served(p: Played, fine: int) -> None:
    for number in range(len(p.parties)):
        services.serve_decision(p.other(number), method="direct", proofs=("receipt",), **p.by("officer"))


def _published(p: Played, fine: int) -> None:
    for number in range(len(p.parties)):
        services.publish_decision(p.other(number), actor=SYSTEM, moment=p.moment)  # as its release does


def _paid(p: Played, fine: int) -> None:
    for number in range(len(p.parties)):
        services.record_payment(p.other(number), amount_yuan=Decimal(fine), channel="bank", **p.by("fine_clerk"))


def _corrected(p: Played, fine: int) -> None:
    for number in range(len(p.parties)):
        services.verify_correction(p.other(number), result="corrected", findings="已平整", **p.by("officer"))


def _educated(p: Played, fine: int) -> None:
    services.record_education(p.case, manner="当面说理", text="讲解采砂许可制度", **p.by("officer"))


def _closed(p: Played, fine: int) -> None:
    services.close_case(p.case, ground="履行完毕", opinion="同意结案", **p.by("head"))


def _archived(p: Played, fine: int) -> None:
    services.archive_dossier(p.case, digest="0" * 64, **p.by("archivist"))


_STEPS = {name[1:]: value for name, value in dict(globals()).items() if name.startswith("_") and name[1:] in STAGES}
