"""Suspected crime (涉嫌犯罪): the fine is locked, everything else goes on; what police, prosecutor and court answer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case, CaseParty, JournalEntry
from dayu.cases.policies import may_decide, may_work_on
from dayu.cases.services.journal import perform
from dayu.core.actions import action
from dayu.core.actors import Actor


@action(label=_("登记涉嫌犯罪"), policy=may_work_on)
def suspect_crime(case: Case, *, actor: Actor, moment: datetime, crime: str, report: str = "") -> JournalEntry:
    """The written report reached the head: three days to decide."""
    return perform(case, "suspect_crime", actor=actor, moment=moment, params={"crime": crime, "report": report})


@action(label=_("批准移送公安机关"), policy=may_decide, doors={"office", "system"})
def approve_crime_transfer(case: Case, *, actor: Actor, moment: datetime, opinion: str = "") -> JournalEntry:
    """The head agrees: twenty-four hours to hand over."""
    return perform(
        case, "approve_crime_transfer", actor=actor, moment=moment, params={"head": actor.name, "opinion": opinion}
    )


@action(label=_("决定不移送"), policy=may_decide, doors={"office", "system"})
def rule_out_crime(case: Case, *, actor: Actor, moment: datetime, reason: str) -> JournalEntry:
    """The head does not agree; the reason is kept."""
    given = {"reason": reason}
    return perform(case, "rule_out_crime", actor=actor, moment=moment, proposal=given, params=given)


@action(label=_("移送公安机关"), policy=may_work_on)
def transfer_crime(case: Case, *, actor: Actor, moment: datetime, receiver: str, receipt: str = "") -> JournalEntry:
    """Letter, report, list of goods and appraisals were handed over."""
    return perform(
        case, "transfer_crime", actor=actor, moment=moment, params={"receiver": receiver, "receipt": receipt}
    )


@action(label=_("登记公安机关不予立案"), policy=may_work_on)
def record_police_refusal(case: Case, *, actor: Actor, moment: datetime, document: str) -> JournalEntry:
    """The police did not open a case: the penalty goes on, with their notice in the file."""
    return perform(case, "record_police_refusal", actor=actor, moment=moment, params={"document": document})


@action(label=_("登记不起诉及检察意见"), policy=may_work_on)
def record_prosecution_refusal(case: Case, *, actor: Actor, moment: datetime, document: str) -> JournalEntry:
    """The prosecutor did not charge and asks for a penalty."""
    return perform(case, "record_prosecution_refusal", actor=actor, moment=moment, params={"document": document})


@action(label=_("登记判处罚金"), policy=may_work_on)
def record_court_fine(party: CaseParty, *, actor: Actor, moment: datetime, judgment: str) -> JournalEntry:
    """The court fined: no further fine for the same act."""
    return perform(
        party.case, "record_court_fine", actor=actor, moment=moment, party=party, params={"judgment": judgment}
    )
