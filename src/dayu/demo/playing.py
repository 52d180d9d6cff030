"""Plays an invented case through the acts that users take, stage by stage, on working days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dayu.cases import facts, services
from dayu.cases.models import Case, CaseParty
from dayu.cases.services.journal import verdict_of
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.events import deliver_due
from dayu.demo.leads import LEAD_SOURCES, verified_lead
from dayu.demo.stories import KINDS, STAGES, Kind, Story
from dayu.disclosure import services as disclosure
from dayu.disclosure.models import Publication
from dayu.dossiers import services as dossiers
from dayu.dossiers.selectors import missing_of
from dayu.law.calendar import national_calendar
from dayu.law.conditions.filing import FILING_QUESTIONS
from dayu.law.conditions.review import REVIEW_QUESTIONS
from dayu.law.leniency import checklist
from dayu.legal_review import services as review
from dayu.legal_review.definitions import points
from dayu.org.actors import actor_of_person
from dayu.org.models import Agency, Person
from dayu.records import services as records

# Days that pass before a stage begins.
PAUSES = {
    "verified": 1, "requested": 1, "proved": 3, "ordered": 1, "reported": 5, "examined": 1, "drafted": 2, "notified": 2,
    "heard": 2, "reviewed": 4, "decided": 2, "served": 1, "published": 3, "paid": 5, "corrected": 2, "educated": 1,
    "closed": 2, "archived": 5,
}  # fmt: skip



class Company:
    """The people of the bureau as actors, by user name."""

    def __init__(self, agency: Agency, today: date):
        self.agency = agency
        self.people = {
            p.account.username: p
            for p in Person.objects.filter(agency=agency).select_related("agency__territory", "unit", "account")
            if p.account is not None
        }
        self._actors = {name: actor_of_person(person, on=today) for name, person in self.people.items()}

    def actor(self, name: str) -> Actor:
        """The actor of a user name."""
        return self._actors[name]


@dataclass
class Play:
    """One case on its way."""

    company: Company
    story: Story
    day: date
    latest: date
    case: Case | None = None
    parties: list[int] = field(default_factory=list)
    hour: int = 9

    @property
    def kind(self) -> Kind:
        """What was done."""
        return KINDS[self.story.kind]

    def by(self, name: str) -> dict[str, Any]:
        """Actor and moment; each act a few minutes after the one before, within the working day."""
        self.hour = min(self.hour + 1, 60 * 8)
        moment = clock.legal_moment(self.day, 9) + timedelta(minutes=self.hour)
        return {"actor": self.company.actor(name), "moment": min(moment, clock.now())}

    def wait(self, days: int) -> None:
        """Let days pass; the next act falls on a working day, never after the day of installation."""
        self.day = min(national_calendar().on_or_after(self.day + timedelta(days=days)), self.latest)
        self.hour = 0

    def present(self) -> Case:
        """The case as it stands."""
        assert self.case is not None
        return Case.objects.select_related("organ", "unit").get(pk=self.case.pk)

    def party(self, position: int) -> CaseParty:
        """A party as it stands."""
        return CaseParty.objects.select_related("case__organ", "draft").get(pk=self.parties[position])

    def each(self) -> list[CaseParty]:
        """All parties as they stand."""
        return [self.party(i) for i in range(len(self.parties))]

    def refused(self, act: str, party: CaseParty) -> set[str]:
        """The rules that stand against an act now."""
        return {r.rule for r in verdict_of(self.present(), act, today=self.day, party=party).refusals}


def play(company: Company, story: Story, *, today: date) -> Case:
    """Play a story as far as it goes; its last act lies `rests` days before today."""
    p = Play(company, story, _start(story, today), today)
    for stage in STAGES[: STAGES.index(story.at) + 1]:
        p.wait(PAUSES.get(stage, 0))
        _STEPS[stage](p)
        deliver_due(clock.now())
    return p.present()


def _start(story: Story, today: date) -> date:
    """The first day, found by going through the pauses on the calendar from an early enough day."""
    calendar, stages = national_calendar(), STAGES[: STAGES.index(story.at) + 1]
    start = today - timedelta(days=story.rests)
    while True:
        day = calendar.on_or_after(start)
        for stage in stages:
            day = calendar.on_or_after(day + timedelta(days=PAUSES.get(stage, 0)))
            if stage == "verified" and KINDS[story.kind].order_first:
                day = calendar.on_or_after(day + timedelta(days=KINDS[story.kind].order_days + 4))
        if day <= today - timedelta(days=story.rests):
            return calendar.on_or_after(start)
        start -= timedelta(days=1)


def _open(p: Play) -> None:
    officers = [p.company.people["officer"], p.company.people["second_officer"]]
    known = {
        "violation": p.kind.violation, "summary": f"{p.story.parties[0][0]}在{p.story.place}{p.kind.act}",
        "facts": {**p.kind.facts, **p.story.facts}, "acted_from": p.day.isoformat(), "acted_to": p.day.isoformat(),
        "discovered_on": p.day.isoformat(), "place": p.story.place,
    }  # fmt: skip
    if p.story.source in LEAD_SOURCES:
        lead = verified_lead(p.company, p.story.source, p.story.title.removesuffix("案"), p.story.place, p.by)
        p.case = services.open_case_from_lead(lead, title=p.story.title, officers=officers, **p.by("officer"))
        services.amend_case(p.case, **known, **p.by("officer"))
    else:
        p.case = services.open_case(
            None, title=p.story.title, unit=officers[0].unit, officers=officers, source_type=p.story.source, **known,
            **p.by("officer"),
        )  # fmt: skip
    for number, (name, kind) in enumerate(p.story.parties):
        known = _citizen(p, number) if kind == "citizen" else _organisation(p, number)
        party = services.add_party(p.case, name=name, kind=kind, phone="0000-1234567", **known, **p.by("officer"))
        p.parties.append(party.pk)


def _citizen(p: Play, number: int) -> dict[str, Any]:
    return {
        "id_no": _identity_number(p.case.pk if p.case else 0, number), "id_type": "居民身份证", "gender": "男",
        "born_on": date(1980, 1, 1), "address": "泽川县白鹿镇河滨路1号",
    }  # fmt: skip


def _organisation(p: Play, number: int) -> dict[str, Any]:
    return {
        "uscc": _credit_code(p.case.pk if p.case else 0, number), "legal_representative": "梁承业",
        "representative_duty": "负责人", "address": "泽川县青石镇工业园",
    }  # fmt: skip


def _identity_number(case: int, number: int) -> str:
    """An invented number with its right check digit (GB 11643)."""
    body = f"99012119800101{case * 7 % 990 + number:03}"
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def _credit_code(case: int, number: int) -> str:
    """An invented unified social credit code with its right check character (GB 32100)."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91990121MA{case % 10000:04}{number % 10:01}Q0"
    total = sum(letters.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + letters[(31 - total % 31) % 31]


def _verified(p: Play) -> None:
    if p.story.source not in LEAD_SOURCES:  # a case of the years before leads were kept in one pool
        services.register_lead(p.present(), source=p.story.source, **p.by("officer"))
        services.verify_lead(p.present(), result="经现场核查属实", **p.by("officer"))
    if p.kind.order_first:  # the order comes first; only an unmet order founds the fine
        _order(p)
        p.wait(p.kind.order_days + 4)
        for party in p.each():
            services.verify_correction(
                party, result="not_corrected", findings="逾期未补办，工程仍在施工", **p.by("officer")
            )


def _order(p: Play) -> None:
    for party in p.each():
        services.order_correction(party, content=p.kind.order, days=p.kind.order_days, **p.by("officer"))
        services.serve_correction_order(party, method="direct", proofs=("receipt",), **p.by("officer"))


def _requested(p: Play) -> None:
    answers = dict.fromkeys(FILING_QUESTIONS, (True, "经核查属实"))
    services.answer_filing(p.present(), answers=answers, **p.by("officer"))
    services.request_filing(p.present(), opinion="建议立案", **p.by("officer"))


def _filed(p: Play) -> None:
    services.file_case(p.present(), opinion="同意立案", **p.by("head"))


def _proved(p: Play) -> None:
    texts = [f"{p.story.parties[0][0]}在{p.story.place}{p.kind.act}", "现场测量的数量和位置"]
    people = [p.company.people["officer"], p.company.people["second_officer"]]
    for number, text in enumerate(texts):
        fact = services.add_fact(p.present(), text=text, **p.by("officer"))
        item = records.add_evidence(
            f"cases.case:{p.present().pk}", kind="scene_record", name=f"现场勘验笔录（{number + 1}）", source="执法人员制作",
            taken_at=p.by("officer")["moment"], takers=people, place=p.story.place, **p.by("officer"),
        )  # fmt: skip
        if number and p.story.at == "proved":
            continue  # somebody still has to check this piece
        records.check_evidence(item, is_true=True, is_lawful=True, is_relevant=True, **p.by("second_officer"))
        services.link_evidence(fact, item=item, proves=text, **p.by("officer"))


def _ordered(p: Play) -> None:
    if not p.kind.order_first:
        _order(p)


def _reported(p: Play) -> None:
    services.report_investigation(p.present(), suggestion="建议给予行政处罚", **p.by("officer"))


def _examined(p: Play) -> None:
    services.examine_report(p.present(), route="penalise", opinion="同意", **p.by("head"))


def _recheck(p: Play) -> None:
    """Look again on the day the order names."""
    if p.kind.order_first:
        return
    for party in p.each():
        services.verify_correction(party, result="corrected", findings="已按要求改正", **p.by("officer"))


def _drafted(p: Play) -> None:
    for party in p.each():
        if p.kind.local_range is not None:
            low, high = p.kind.local_range
            services.state_range(
                party, min_yuan=str(low), max_yuan=str(high), basis=p.kind.basis, reason="数额由地方性法规规定",
                **p.by("officer"),
            )  # fmt: skip
        answers = {i.key: (False, "") for i in checklist(natural_person=party.natural_person)}
        services.answer_leniency(party, answers=answers, **p.by("officer"))
        scope = dict.fromkeys(REVIEW_QUESTIONS, (False, "不涉及"))
        services.answer_review_scope(party, answers=scope, **p.by("officer"))
        services.write_draft(
            CaseParty.objects.select_related("case__organ", "draft").get(pk=party.pk), kinds=["fine"],
            amount_yuan=Decimal(p.story.fine), basis=(p.kind.basis,), law_violated=(p.kind.violated,),
            manner="自收到决定书之日起十五日内缴至指定银行", reasoning="结合违法事实、情节和改正情况", **p.by("officer"),
        )  # fmt: skip


def _notified(p: Play) -> None:
    if p.story.corrected:
        _recheck(p)
    for party in p.each():
        view = facts.situation_of(p.present(), today=p.day).party(party.key)
        offered = view is None or view.hearing_required is not False
        services.give_penalty_notice(party, hearing_offered=offered, **p.by("officer"))
        services.serve_penalty_notice(party, method="direct", proofs=("receipt",), **p.by("officer"))


def _heard(p: Play) -> None:
    for number, party in enumerate(p.each()):
        if p.story.defence and number == 0:
            services.submit_defence(party, points=p.story.defence, text="；".join(p.story.defence), **p.by("officer"))
            _answer_points(p, party, all_of_them=p.story.at != "heard")
        else:
            services.waive_defence(party, document="放弃陈述申辩声明", **p.by("officer"))
        notice = party.notices.order_by("-number").first()
        if notice is not None and notice.hearing_offered and not p.story.defence:
            services.waive_hearing(party, document="放弃听证声明", **p.by("officer"))


def _answer_points(p: Play, party: CaseParty, *, all_of_them: bool) -> None:
    open_points = [point for defence in party.defences.all() for point in defence.points.all()]
    for point in open_points if all_of_them else open_points[:-1]:
        services.answer_defence_point(point, adopted=False, answer="经复核，与查明的事实不符", **p.by("officer"))
    if all_of_them:
        services.reexamine_defence(party, opinion="申辩理由不成立，维持拟处罚意见", **p.by("officer"))


def _reviewed(p: Play) -> None:
    for party in p.each():
        needed = p.refused("decide_penalty", party)
        if needed & {"procedure.review_missing", "procedure.discussion_missing"}:
            _review(p, party)
        if "procedure.discussion_missing" in p.refused("decide_penalty", party):
            _discuss(p, party)


def _review(p: Play, party: CaseParty) -> None:
    if not p.company.agency.review_bodies.exists():
        review.name_review_body(
            p.company.agency, basis="三定规定", valid_from=date(2020, 1, 1),
            unit=p.company.people["reviewer"].unit, **p.by("head"),
        )  # fmt: skip
    found = services.submit_legal_review(party, truth_signed=True, **p.by("officer"))
    found.refresh_from_db()
    if found.reviewer_id is None:
        review.assign_reviewer(found, reviewer=p.company.people["reviewer"], **p.by("review_head"))
    for key in points():
        review.judge_point(found, point=key, answer="fine", ground="已核实", **p.by("reviewer"))
    review.conclude_review(found, conclusion="pass", opinion="事实清楚，证据确凿，同意", **p.by("reviewer"))
    deliver_due(clock.now())


def _discuss(p: Play, party: CaseParty) -> None:
    people = p.company.people
    discussion = services.call_discussion(
        CaseParty.objects.select_related("case__organ", "draft").get(pk=party.pk), chair=people["head"],
        place="二楼会议室", **p.by("unit_head"),
    )  # fmt: skip
    for name in ("head", "deputy_head", "unit_head"):
        services.give_discussion_opinion(
            discussion, member=people[name], vote="agree", opinion="同意承办机构意见", **p.by(name)
        )
    services.hold_collective_discussion(
        CaseParty.objects.select_related("case__organ", "draft").get(pk=party.pk), conclusion="同意处罚", **p.by("head")
    )


def _decided(p: Play) -> None:
    for party in p.each():
        services.decide_penalty(party, opinion="同意", **p.by("head"))


def _served(p: Play) -> None:
    for party in p.each():
        services.serve_decision(party, method="direct", proofs=("receipt",), **p.by("officer"))


def _published(p: Play) -> None:
    for party in p.each():
        for publication in Publication.objects.filter(party_id=party.pk, withdrawn_on=None):
            disclosure.publish_decision(publication, **p.by("disclosure_officer"))


def _paid(p: Play) -> None:
    for party in p.each():
        services.record_payment(
            party, amount_yuan=Decimal(p.story.fine), channel="bank", receipt=f"收据{party.pk:06}", **p.by("fine_clerk")
        )


def _corrected(p: Play) -> None:
    if p.story.corrected and not p.kind.order_first:
        return
    for party in p.each():
        services.verify_correction(party, result="corrected", findings="已按要求改正", **p.by("officer"))


def _educated(p: Play) -> None:
    services.record_education(p.present(), manner="当面说理", text="讲解相关水法律规定", **p.by("officer"))


def _closed(p: Play) -> None:
    services.close_case(p.present(), ground="履行完毕", opinion="同意结案", **p.by("head"))


def _archived(p: Play) -> None:
    """The newer ones are bound here; older ones were archived on paper."""
    if p.story.source not in LEAD_SOURCES:
        services.archive_dossier(p.present(), digest="0" * 64, **p.by("archivist"))
        return
    dossier = dossiers.compile_dossier(p.present(), **p.by("archivist"))
    for row in missing_of(dossier):
        dossiers.explain_missing(dossier, key=row.key, reason="纸质原件存档案室", **p.by("archivist"))
    dossiers.archive_dossier(dossier, **p.by("archivist"))


_STEPS = {name[1:]: step for name, step in dict(globals()).items() if name.startswith("_") and name[1:] in STAGES}
