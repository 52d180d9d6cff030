"""What a case knows, under the names that document definitions use: one thing is entered once and appears everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from dayu.cases import facts
from dayu.cases.models import Case, CaseParty
from dayu.documents.facts import version_for
from dayu.documents.models import Document
from dayu.law.journal import Journal
from dayu.law.words import has_word, word
from dayu.org.policies import name_on_paper
from dayu.paper.chinese import capitals

_PARTY_TYPES = {"citizen": "自然人", "minor": "自然人", "individual_business": "个体工商户", "organisation": "法人"}


def fields_for(case: Case, key: str, *, party: CaseParty | None, on: date) -> dict[str, Any]:
    """The values of every field of this kind of document that the case can answer."""
    version = version_for(key, on=on, territory=case.territory_code)
    wanted = {field.id: field for field in version.fields}
    known = _of_the_case(case, on) | _of_the_party(case, party, on)
    found: dict[str, Any] = {}
    for name, field in wanted.items():
        value = known.get(name)
        if value in (None, "", []):
            continue
        if field.choices and isinstance(value, str) and value not in field.choices:
            continue
        found[name] = value
    return found


def _of_the_case(case: Case, on: date) -> dict[str, Any]:
    values = facts.settings_of(case, on)
    journal = facts.journal_of(case)
    officers = [o for o in facts.officers_of(case, on) if not o.recused]
    certificates = _certificates(case)
    known: dict[str, Any] = {
        "case_name": case.title, "case_no": case.case_no, "place": case.place, "organ_name": name_on_paper(case.organ, on=on),
        "issued_on": on.isoformat(), "contact_name": officers[0].name if officers else "", "contact_phone": case.organ.phone,
        "contact_address": case.organ.address, "review_organ": values["reconsideration_body"], "court_name": values["court"],
        "review_days": 60, "suit_period": "六个月", "source_type": case.source_type, "act": case.summary or case.title,
        "facts_and_reason": case.summary or case.title, "filed_on": _day(journal, "filed"),
        "assigned_officers": [o.name for o in officers], "started_on": _day(journal, "filed"), "ended_on": on.isoformat(),
        "source": case.source_note or case.source_type or case.title,
    }
    for number, officer in enumerate(officers[:2], 1):
        known[f"officer{number}_name"] = officer.name
        known[f"officer{number}_certificate"] = certificates.get(int(officer.key), "")
    known |= _facts_and_evidence(case)
    return known


def _certificates(case: Case) -> dict[int, str]:
    rows = case.officers.filter(until_on=None).values_list("person_id", "person__certificates__number")
    return {person: number for person, number in rows if number}


def _facts_and_evidence(case: Case) -> dict[str, Any]:
    rows = list(case.case_facts.filter(dropped_on=None).order_by("position", "id"))
    items = facts.supporting_evidence(case, [r.key for r in rows])
    return {
        "facts": "；".join(r.text for r in rows) + ("。" if rows else ""),
        "evidence": [f"{item.name}（{item.get_kind_display()}）" for item in items],
    }


def _of_the_party(case: Case, party: CaseParty | None, on: date) -> dict[str, Any]:
    if party is None:
        only = list(case.parties.filter(left_on=None)[:2])
        if len(only) != 1:
            return {"party_name": "、".join(p.name for p in case.parties.filter(left_on=None))}
        party = only[0]
    person = party.natural_person
    known: dict[str, Any] = {
        "party_type": _PARTY_TYPES.get(party.kind, "其他组织"), "party_name": party.name, "party_address": party.address,
        "party_phone": party.phone, "recipient": party.name,
    }
    if person:
        known |= {
            "person_gender": party.gender, "person_birth_on": party.born_on.isoformat() if party.born_on else "",
            "person_id_type": party.id_type or "居民身份证", "person_id_no": party.id_no,
        }
    if party.uscc or not person:
        known |= {
            "org_uscc": party.uscc, "org_legal_rep": party.legal_representative,
            "org_legal_rep_duty": party.representative_duty,
        }
    known["discretion"] = discretion_in_words(case, party, on)
    return known | _of_the_draft(case, party, on) | _of_the_course(case, party)


def discretion_in_words(case: Case, party: CaseParty, on: date) -> str:
    """Version of the benchmark, factors and tier as the draft was assessed (for a report: as they are now), then the reasons."""
    draft = party.draft
    if draft is not None and draft.receipt:
        told = draft.receipt.get("result") or {}
    else:
        found = facts.assessment_of(case, party, draft=draft, journal=facts.journal_of(case), on=on)
        told = found.answer() if found is not None else {}
    benchmark = told.get("benchmark") or {}
    lines = list(benchmark.get("text", ())) if benchmark.get("why") == "found" else []
    if draft is not None:
        lines += [draft.reasoning, f"偏离裁量基准的理由：{draft.deviation_reason}" if draft.deviation_reason else ""]
    return "。".join(line.strip("。 ") for line in lines if line.strip())


def _of_the_draft(case: Case, party: CaseParty, on: date) -> dict[str, Any]:
    draft = party.draft
    if draft is None:
        return {}
    names = [word("penalty_kinds", k) for k in draft.kinds if has_word("penalty_kinds", k)]
    known: dict[str, Any] = {
        "law_violated": "、".join(draft.law_violated), "penalty_basis": "、".join(draft.basis), "penalty_kinds": names,
        "suspected_law": "、".join(draft.law_violated), "order_basis": "、".join(draft.basis),
        "manner": draft.manner, "proposed_penalty": draft_in_words(draft),
        "correction": "；".join(draft.orders), "conclusion": draft_in_words(draft),
        "penalties": [line for line in draft.other_content.splitlines() if line.strip()],
    }
    if draft.facts:
        known["facts"] = "；".join(facts.fact_texts(case, draft.facts)) + "。"
    if draft.amount_yuan:
        known |= {
            "fine_yuan": f"{draft.amount_yuan.normalize():f}", "fine_capitals": capitals(draft.amount_yuan),
            "period": "自收到本决定书之日起十五日内", "collecting_bank": facts.settings_of(case, on)["collecting_bank"],
            "additional_fine": "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额",
        }
    if draft.confiscated_yuan:
        known["gains_yuan"] = f"{draft.confiscated_yuan.normalize():f}"
    days = int(facts.settings_of(case, on)["defence_working_days"])
    known |= {
        "defence_days": days,
        "defence_right": f"可以自收到本告知书之日起{days}个工作日内向本机关陈述、申辩；逾期未提出的，视为没有意见。",
    }
    return known


def draft_in_words(draft: Any) -> str:
    """The content of a draft as papers and screens write it."""
    parts = []
    for kind in draft.kinds:
        name = word("penalty_kinds", kind) if has_word("penalty_kinds", kind) else kind
        parts.append(f"{name}{draft.amount_yuan:,.2f}元" if kind == "fine" and draft.amount_yuan else name)
    if draft.confiscated_yuan:
        parts.append(f"没收{draft.confiscated_yuan:,.2f}元")
    return "；".join([*parts, *(line for line in draft.other_content.splitlines() if line.strip())])


def _of_the_course(case: Case, party: CaseParty) -> dict[str, Any]:
    journal = facts.journal_of(case)
    notice = party.notices.order_by("-number").first()
    defence = party.defences.order_by("-id").first()
    checked = journal.last("correction_verified", party.key)
    return {
        "notice_no": _document_number(notice.document) if notice else "",
        "notice_served_on": notice.served_on.isoformat() if notice and notice.served_on else "",
        "defence": _defence_in_words(defence, journal, party),
        "decision_no": party.decision_no,
        "corrected": "已改正" if checked and checked.params.get("result") == "corrected" else "",
    }


def _defence_in_words(defence: Any, journal: Journal, party: CaseParty) -> str:
    if defence is None:
        return "当事人在规定期限内没有提出陈述、申辩。" if not journal.has("defence_waived", party.key) else (
            "当事人书面放弃陈述、申辩。"
        )
    points = list(defence.points.order_by("position"))
    lines = [f"{p.position}．{p.text}：{'采纳' if p.adopted else '不采纳'}，{p.answer}" for p in points if p.adopted is not None]
    return f"当事人于{defence.submitted_on:%Y年%m月%d日}提出陈述、申辩。" + "；".join(lines)


def _document_number(key: str) -> str:
    pk = key.rpartition(":")[2]
    return Document.objects.filter(pk=int(pk)).values_list("number", flat=True).first() or "" if pk.isdigit() else ""


def _day(journal: Journal, kind: str) -> str:
    found = journal.last(kind)
    return found.on.isoformat() if found else ""


