from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.territories import Territory
from dayu.org import services
from dayu.org.policies import check_officers, enough_officers

DAY = date(2026, 11, 20)


def rules(verdict):
    return [r.rule for r in verdict.refusals]


def test_two_officers_with_valid_certificates_may_act_and_their_numbers_are_kept(county):
    pair = [county.people["officer"], county.people["second_officer"].pk]
    check = check_officers(pair, on=DAY, matter="river", territory="990121100")
    assert check.verdict.allowed
    assert [(name, number) for _id, name, number in check.certificates] == [
        ("陆河清", "99012100001"),
        ("沈砚秋", "99012100002"),
    ]


def test_one_officer_is_too_few_and_the_same_one_twice_is_still_one(county):
    officer = county.people["officer"]
    for named in ([officer], [officer, officer]):
        verdict = enough_officers(named, on=DAY)
        assert rules(verdict) == ["org.too_few_officers"]
        assert verdict.refusals[0].as_json()["reason"].startswith("执法人员少于两名")
        assert verdict.refusals[0].as_json()["basis"] == ["行政处罚法第四十二条第一款"]


def test_one_valid_and_one_expired_certificate_is_refused_with_the_number(county):
    expired = county.people["second_officer"].certificates.get()
    expired.valid_until = date(2026, 11, 19)
    expired.save()
    pair = [county.people["officer"], county.people["second_officer"]]
    verdict = enough_officers(pair, on=DAY)
    assert rules(verdict) == ["org.certificate_invalid"]
    assert (
        verdict.refusals[0].as_json()["reason"] == "执法证件无效：沈砚秋，证号99012100002，已过期（按2026-11-20判断）"
    )
    assert enough_officers(pair, on=date(2026, 11, 19)).allowed


def test_somebody_without_a_certificate_does_not_count(county):
    verdict = enough_officers([county.people["officer"], county.people["fine_clerk"]], on=DAY)
    assert rules(verdict) == ["org.certificate_invalid"]


@pytest.mark.parametrize(("matter", "allowed"), [("river", True), ("soil", False)])
def test_a_certificate_for_some_matters_counts_for_those_only(county, matter, allowed):
    certificate = county.people["second_officer"].certificates.get()
    certificate.matters = ["river"]
    certificate.save()
    pair = [county.people["officer"], county.people["second_officer"]]
    assert enough_officers(pair, on=DAY, matter=matter).allowed is allowed


def test_a_certificate_does_not_reach_into_the_next_county(county):
    pair = [county.people["officer"], county.people["second_officer"]]
    assert enough_officers(pair, on=DAY, territory="990121101").allowed
    assert rules(enough_officers(pair, on=DAY, territory="990122")) == ["org.certificate_invalid"] * 2


def test_a_provincial_and_a_filed_national_certificate_count_one_of_another_province_does_not(county):
    nation = Territory.objects.get(code="000000")
    other = services.register_territory(
        nation, actor=county_admin(), moment=MOMENT, code="980000", name="别省", level="province"
    )
    person = county.people["deputy_head"]
    county_territory = county.agency.territory

    def issue(number, issued_in, filed_with=None):
        return services.issue_certificate(
            person,
            actor=county.administrator,
            moment=MOMENT,
            number=number,
            issuing_authority="某机关",
            issued_in=issued_in,
            filed_with=filed_with,
            region=county_territory,
            valid_from=date(2026, 1, 1),
            valid_until=date(2026, 12, 31),
        )

    def counts():
        return enough_officers([county.people["officer"], person], on=DAY, territory="990121").allowed

    issue("B1", other)
    assert not counts()
    issue("N1", nation)
    assert not counts()
    issue("N2", nation, Territory.objects.get(code="990000"))
    assert counts()


def county_admin():
    from dayu.core.actors import SYSTEM

    return SYSTEM


def test_the_question_costs_a_fixed_number_of_statements(county, django_assert_max_num_queries):
    pair = [county.people["officer"], county.people["second_officer"]]
    with django_assert_max_num_queries(5):
        enough_officers(pair, on=DAY, matter="river", territory="990121")
