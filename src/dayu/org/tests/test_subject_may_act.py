from datetime import date

from tests.cast import MOMENT

from dayu.org import services
from dayu.org.policies import subject_may_act


def test_a_subject_acts_from_its_first_day_within_its_matters_and_under_its_name(county):
    subject = county.subject
    assert subject_may_act(subject, on=date(2026, 11, 20), printed_name="泽川县水利局").allowed
    assert not subject_may_act(subject, on=date(2001, 1, 1)).allowed
    assert not subject_may_act(subject, on=date(2026, 11, 20), printed_name="泽川县环境局").allowed
    subject.matters = ["river"]
    assert not subject_may_act(subject, on=date(2026, 11, 20), matter="soil").allowed


def test_when_the_organ_that_entrusts_ends_so_does_the_entrusted_body(county):
    body = services.register_subject(
        county.agency,
        actor=county.administrator,
        moment=MOMENT,
        kind="entrusted",
        basis="委托书第1号",
        entrusted_by=county.subject,
        valid_from=date(2024, 1, 1),
    )
    assert subject_may_act(body, on=date(2026, 11, 20)).allowed
    county.subject.valid_until = date(2026, 6, 30)
    assert not subject_may_act(body, on=date(2026, 11, 20)).allowed
