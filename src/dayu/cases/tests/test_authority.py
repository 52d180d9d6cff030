"""法无授权不可为: the list of powers and the enforcement subject are asked before filing and before deciding."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dayu.cases import services
from dayu.cases.models import Case
from dayu.cases.tests.situations import make_case
from dayu.core.audit import AuditEntry, RefusedAttempt
from dayu.core.refused import Refused
from dayu.org import services as org
from dayu.powers import services as powers
from dayu.powers.models import EnforcementItem
from dayu.powers.policies import item_for

pytestmark = pytest.mark.django_db


def rules(error: Refused) -> list[str]:
    return [r.rule for r in error.refusals]


def test_a_breach_that_belongs_to_the_ecology_department_is_refused_and_the_attempt_is_kept(county, move_clock) -> None:
    sewage = EnforcementItem.objects.filter(department="ecology").first()
    played = make_case(county, at="verified")
    Case.objects.filter(pk=played.case.pk).update(violation=sewage.code)
    with pytest.raises(Refused) as refused:
        services.request_filing(played.now(), **played.by("officer"))
    (refusal,) = refused.value.refusals
    assert refusal.as_json()["reason"].startswith("法无授权：事项不符")
    assert refusal.remedy == "leads.propose_disposal" and refusal.values["target_text"] == "生态环境主管部门"
    assert RefusedAttempt.objects.filter(action="cases.request_filing").count() == 1


def test_an_item_that_ended_cannot_be_filed_any_more(county, move_clock) -> None:
    played = make_case(county, at="requested")
    item = item_for(played.case.violation, agency=county.agency, on=played.today)
    powers.end_item(item, valid_until=played.today - timedelta(days=1), reason="划转", **played.by("review_head"))
    with pytest.raises(Refused) as refused:
        services.file_case(played.case, **played.by("head"))
    assert rules(refused.value) == ["powers.item_mismatch"]


def test_a_decision_on_the_day_after_the_subjects_authority_ended_is_refused(county, move_clock) -> None:
    played = make_case(county, at="reviewed")
    org.end_subject(county.subject, valid_until=played.today, reason="机构改革", **played.by("administrator"))
    played.wait(1)
    with pytest.raises(Refused) as refused:
        services.decide_penalty(played.party, opinion="同意", **played.by("head"))
    assert rules(refused.value) == ["org.subject_unfit"]
    assert refused.value.refusals[0].as_json()["reason"].startswith("执法主体不适格")


def test_on_the_last_day_of_the_authority_the_decision_is_made(county, move_clock) -> None:
    played = make_case(county, at="reviewed")
    org.end_subject(county.subject, valid_until=played.today, reason="机构改革", **played.by("administrator"))
    services.decide_penalty(played.party, opinion="同意", **played.by("head"))
    assert played.party.decision_no


def test_an_organ_without_a_list_is_asked_for_its_subject_only(county, move_clock) -> None:
    played = make_case(county, at="requested")
    for item in EnforcementItem.objects.filter(agency=county.agency):
        item.assignments.all().delete()
        item.violations.all().delete()
    EnforcementItem.objects.filter(agency=county.agency).delete()
    services.file_case(played.case, **played.by("head"))
    assert played.now().case_no


def test_where_no_list_is_kept_page_and_audit_entry_say_that_only_the_subject_was_asked_for(county, client, move_clock) -> None:
    played = make_case(county, at="requested")
    client.force_login(county.people["head"].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = f"/cases/{played.case.pk}/acts/file_case/"
    assert "只核对执法主体" not in client.get(page).content.decode()
    for item in EnforcementItem.objects.filter(agency=county.agency):
        item.assignments.all().delete()
        item.violations.all().delete()
    EnforcementItem.objects.filter(agency=county.agency).delete()
    assert "只核对执法主体是否适格" in client.get(page).content.decode()
    services.file_case(played.now(), **played.by("head"))
    assert AuditEntry.objects.get(action="cases.file_case").detail["authority"] == "subject_only"


def test_an_organ_that_registered_no_subject_files_nothing(county, move_clock) -> None:
    played = make_case(county, at="requested")
    EnforcementItem.objects.filter(agency=county.agency).update(agency=None)
    county.agency.subjects.all().delete()
    with pytest.raises(Refused) as refused:
        services.file_case(played.now(), **played.by("head"))
    assert rules(refused.value) == ["org.subject_unfit"]
