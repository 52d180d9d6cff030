from datetime import date

import pytest

from dayu.powers.models import EnforcementItem
from dayu.powers.policies import item_for, may_act_on_violation, may_exercise

DAY = date(2026, 11, 20)


def ask(county, *, item=None, subject=None, territory="990121", post="handler", officer="officer", on=DAY):
    return may_exercise(
        item or item_for("water-69-2-not-per-permit", agency=county.agency, on=DAY),
        subject=subject or county.subject,
        territory=territory,
        post=post,
        officer=county.people[officer],
        on=on,
    )


def rules(verdict):
    return [r.rule for r in verdict.refusals]


def test_an_act_is_allowed_where_item_subject_territory_post_and_officer_match(county):
    assert ask(county).allowed
    assert ask(county, territory="990121102").allowed


@pytest.mark.parametrize(
    ("changes", "rule", "reason"),
    [
        ({"territory": "990122"}, "powers.territory_mismatch", "地域不符"),
        ({"post": "archivist"}, "powers.post_mismatch", "岗位不符"),
        ({"officer": "reviewer"}, "powers.post_mismatch", "岗位不符"),
        ({"on": date(2010, 1, 1)}, "powers.item_mismatch", "事项不符"),
    ],
)
def test_the_part_that_does_not_match_is_named(county, changes, rule, reason):
    verdict = ask(county, **changes)
    assert rule in rules(verdict)
    refusal = next(r for r in verdict.refusals if r.rule == rule).as_json()
    assert refusal["reason"].startswith(f"法无授权：{reason}")
    assert refusal["basis"]


def test_another_agency_as_subject_does_not_match(county):
    verdict = ask(county, subject=county.neighbour.subjects.get())
    assert "powers.subject_mismatch" in rules(verdict)


def test_a_sewage_breach_belongs_to_the_ecology_department_and_the_transfer_is_prefilled(county):
    sewage = EnforcementItem.objects.filter(department="ecology").first()
    verdict = may_act_on_violation(
        sewage.code, agency=county.agency, territory="990121", post="handler", officer=county.people["officer"], on=DAY
    )
    (refusal,) = verdict.refusals
    assert refusal.as_json()["reason"].startswith("法无授权：事项不符")
    assert refusal.remedy == "leads.propose_disposal"
    assert refusal.values["disposal"] == "transferred" and refusal.values["target_text"] == "生态环境主管部门"


def test_a_violation_of_the_list_is_found_by_its_key(county):
    def ask_for(key):
        return may_act_on_violation(
            key, agency=county.agency, territory="990121", post="handler", officer=county.people["officer"], on=DAY
        )

    assert ask_for("soil-53-1-no-plan").allowed
    assert rules(ask_for("no-such-violation")) == ["powers.item_mismatch"]


def test_an_officer_with_an_expired_certificate_may_not(county):
    certificate = county.people["officer"].certificates.get()
    certificate.valid_until = date(2026, 11, 19)
    certificate.save()
    assert rules(ask(county)) == ["org.certificate_invalid"]


def test_the_question_costs_a_bounded_number_of_statements(county, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        may_act_on_violation(
            "soil-53-1-no-plan",
            agency=county.agency.pk,
            territory="990121100",
            post="handler",
            officer=county.people["officer"].pk,
            on=DAY,
        )
