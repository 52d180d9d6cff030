"""What goes to the reviewer: the parts of the package, who was involved, and what the system already knows to be wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.cases import facts
from dayu.cases.doors import entry_name
from dayu.cases.models import Case, CaseParty
from dayu.cases.selectors import case_url, subjects_of
from dayu.core import clock
from dayu.core.audit import canonical, subject_key
from dayu.documents.models import Document
from dayu.law.refusals import worded
from dayu.law.situation import Situation
from dayu.legal_review.facts import GivenMaterial, Premark
from dayu.org.models import Person
from dayu.records.models import RecordOfProceedings

# Which document carries which part of the package.
PART_OF = {"investigation_report": "investigation_report", "penalty_notice": "notice", "defence_record": "defence",
           "defence_review": "defence", "hearing_record": "hearing_record"}  # fmt: skip
# Which of the nine points a refusal belongs to.
POINT_OF = {
    "one_officer": "subject", "certificate_expired": "subject", "officer_recused": "subject", "recusal_undecided": "subject",
    "limitation_barred": "authority", "notice_missing": "procedure", "notice_unserved": "procedure",
    "hearing_not_offered": "procedure", "hearing_not_held": "procedure", "defence_point_unanswered": "procedure",
    "decision_overdue": "procedure", "fact_without_evidence": "evidence", "evidence_unchecked": "evidence",
    "heavier_after_defence": "discretion", "heavier_needs_new_notice": "discretion", "deviation_unreasoned": "discretion",
    "above_range": "discretion", "below_range": "discretion", "leniency_unanswered": "discretion",
    "crime_instead_of_fine": "transfer", "remedies_missing": "documents", "order_still_running": "law",
    "order_not_served": "law", "fine_without_order": "law", "certificate_invalid": "subject", "too_few_officers": "subject",
}
# Faults of steps that were recorded all the same, as the reviewer reads them.
FLAWS: Mapping[str, str | Promise] = {
    "certificate_expired": gettext_lazy("执法证件不在有效期内"),
    "one_officer": gettext_lazy("执法人员不足两人"),
    "hearing_notice_late": gettext_lazy("听证通知不足七个工作日"),
    "notice_missing": gettext_lazy("没有事先告知"),
    "decision_overdue": gettext_lazy("办理超时限"),
    "served_late": gettext_lazy("超过期限送达"),
    "leave_unproved": gettext_lazy("留置送达没有见证人或者影像"),
}


def package_of(party: CaseParty, paper: Document) -> list[GivenMaterial]:
    """The parts of the package that exist, each with the digest that the handler signs for."""
    case, draft = party.case, party.draft
    assert draft is not None
    given = [GivenMaterial("draft_decision", paper.title, paper.digest, document=subject_key(paper), url=case_url(case))]
    items = facts.supporting_evidence(case, draft.facts)
    listed = [[i.pk, i.kind, i.name] for i in items]
    given.append(GivenMaterial("evidence_list", _("证据目录（%d件）") % len(items), _digest(listed), url=case_url(case)))
    reasoning = {"reasoning": draft.reasoning, "deviation": draft.deviation_reason, "receipt": draft.receipt}
    if draft.reasoning or draft.receipt:
        given.append(GivenMaterial("discretion_reasoning", _("裁量说明"), _digest(reasoning), url=case_url(case)))
    given += _documents(party)
    return given + _entries(party, {g.key for g in given})


def _documents(party: CaseParty) -> list[GivenMaterial]:
    papers = Document.objects.of(*subjects_of(party.case)).for_party(subject_key(party)).current().filter(key__in=PART_OF)
    return [
        GivenMaterial(PART_OF[p.key], str(p), p.digest, document=subject_key(p), stored=p.pdf, url=case_url(party.case))
        for p in papers.order_by("id")
    ]


def _entries(party: CaseParty, have: set[str]) -> list[GivenMaterial]:
    """Parts that exist on paper only: the entry of the journal that names them stands for them."""
    journal, found = facts.journal_of(party.case), []
    wanted = {
        "investigation_report": ("investigation_reported", None), "notice": ("penalty_notice_served", party.key),
        "defence": ("defence_reexamined", party.key), "hearing_record": ("hearing_held", party.key),
    }
    for key, (kind, who) in wanted.items():
        entry = journal.last(kind, who)
        if key not in have and entry is not None:
            content = {"kind": entry.kind, "on": entry.on, "params": dict(entry.params), "sequence": entry.sequence}
            found.append(GivenMaterial(key, _("案件经过第%d项") % entry.sequence, _digest(content), url=case_url(party.case)))
    return found


def involved_in(case: Case) -> list[tuple[Person, str]]:
    """Who handled the case; none of them reviews it."""
    return [(row.person, row.get_role_display()) for row in case.officers.select_related("person")]


def premarks_of(party: CaseParty, moment: datetime) -> list[Premark]:
    """Faults and delays that the system knows of, by point: what a decision would be refused for today, and marks."""
    case, today = party.case, clock.legal_date(moment)
    situation = facts.situation_of(case, today=today)
    procedure = facts.procedure_of(case)
    refusals = procedure.allowed("decide_penalty", situation, party.key).refusals
    refusals += procedure.marks("decide_penalty", situation, party.key)
    found = []
    for refusal in refusals:
        point = POINT_OF.get(refusal.rule.split(".", 1)[1])
        if point is not None:
            basis = "；".join(c.text() for c in refusal.basis)
            found.append(Premark(point, "bad", worded(refusal).reason, case_url(case), basis))
    return found + list(_flaws_of_the_course(party, situation)) + list(_flaws_of_records(case))


def _flaws_of_the_course(party: CaseParty, situation: Situation) -> Iterator[Premark]:
    """What went wrong in a step that was recorded all the same is red until somebody weighed it as harmless."""
    weighed = {e.subject for e in situation.journal.all("defect_weighed") if not e.params.get("fatal")}
    for entry in situation.journal.defective:
        if entry.party not in (None, party.key):
            continue
        state = "soon" if str(entry.sequence) in weighed else "bad"
        for rule in entry.defect.split(","):
            what = {"on": entry.on, "what": entry_name(entry.kind), "why": _flaw(rule, entry.explanation)}
            text = _("%(on)s %(what)s存在瑕疵：%(why)s") % what
            yield Premark(POINT_OF.get(rule.rpartition(".")[2], "procedure"), state, text, case_url(party.case))


def _flaws_of_records(case: Case) -> Iterator[Premark]:
    """Records of inquiry and inspection that were accepted with a fault: a certificate that had run out on that day, and the like."""
    rows = RecordOfProceedings.objects.filter(subject__in=subjects_of(case)).exclude(defects=[]).order_by("id")
    for record in rows:
        for defect in record.defects:
            text = _("%(on)s %(what)s存在瑕疵：%(why)s") % {
                "on": clock.legal_date(record.started_at), "what": record.get_kind_display(), "why": defect["reason"],
            }  # fmt: skip
            point = POINT_OF.get(str(defect["rule"]).rpartition(".")[2], "procedure")
            yield Premark(point, "bad", text, case_url(case), "；".join(defect.get("basis", ())))


def _flaw(rule: str, explanation: str) -> str:
    """A kept fault in words, with what was said to explain it."""
    name = str(FLAWS.get(rule.rpartition(".")[2], ""))
    return "，".join(part for part in (name, explanation) if part)


def _digest(content: object) -> str:
    return hashlib.sha256(canonical({"content": content})).hexdigest()
