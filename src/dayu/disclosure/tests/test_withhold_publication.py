from datetime import date

import pytest

from dayu.cases.models import JournalEntry
from dayu.core.refused import Refused
from dayu.disclosure import public, services
from dayu.disclosure.models import LatePublication, Publication
from dayu.disclosure.tests.situations import make_publication


def withhold(told, who="head", **changes):
    wanted = {"ground": "privacy", "reason": "案情细节可识别未公开身份的被害人", "review_on": date(2027, 3, 1)}
    return services.withhold_publication(told.publication, **told.by(who), **{**wanted, **changes})


def test_the_head_withholds_on_a_listed_ground_until_a_review_day(county):
    told = make_publication(county, at="served")
    publication = withhold(told)
    assert publication.state == Publication.WITHHELD and publication.withheld_by == "韩立言"
    assert JournalEntry.objects.filter(case=publication.case, kind="publication_exempted").exists()
    assert public.decision(publication.code) is None


def test_without_a_listed_ground_it_is_refused(county):
    told = make_publication(county, at="served")
    for ground in ("", "inconvenient"):
        with pytest.raises(Refused) as refused:
            withhold(told, ground=ground)
        assert refused.value.refusals[0].as_json()["reason"].startswith("不予公开须有法定依据")


def test_no_social_effect_is_a_ground_only_where_the_territory_says_so(county):
    from dayu.basis.services import set_parameter

    told = make_publication(county, at="served")
    with pytest.raises(Refused, match=r"disclosure\.no_legal_ground"):
        withhold(told, ground="no_social_effect")
    set_parameter(
        county.agency.territory,
        actor=county.administrator,
        moment=told.played.moment,
        key="publication_asks_social_effect",
        value=True,
        clause="县公示办法第五条",
        valid_from=date(2026, 1, 1),
    )
    assert withhold(told, ground="no_social_effect").state == Publication.WITHHELD


@pytest.mark.parametrize("who", ["disclosure_officer", "officer", "stranger"])
def test_only_the_head_withholds(county, who):
    told = make_publication(county, at="served")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        withhold(told, who=who)


def test_reason_review_day_and_the_right_moment_are_asked_for(county):
    told = make_publication(county, at="served")
    with pytest.raises(Refused, match=r"disclosure\.withholding_without_reason"):
        withhold(told, reason=" ")
    with pytest.raises(Refused, match=r"disclosure\.review_in_the_past"):
        withhold(told, review_on=date(2026, 3, 2))
    told.publish()
    with pytest.raises(Refused, match=r"disclosure\.not_open"):
        withhold(told)


def test_withholding_after_the_limit_is_on_the_late_list(county):
    told = make_publication(county, at="served").on(date(2026, 3, 16))
    withhold(told)
    assert LatePublication.objects.get().manner == "withheld"
