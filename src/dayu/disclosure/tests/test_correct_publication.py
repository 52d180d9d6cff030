import pytest

from dayu.core.refused import Refused
from dayu.disclosure import public, services
from dayu.disclosure.tests.situations import make_publication


def correct(told, who="disclosure_officer", **changes):
    publication = told.publication
    wanted = {
        "category": publication.category,
        "facts_text": "在白鹿河龙尾段无证采砂45立方米",
        "basis": publication.basis,
        "conclusion": publication.conclusion,
        "public_note": "采砂量更正为45立方米",
    }
    return services.correct_publication(publication, **told.by(who), **{**wanted, **changes})


def test_the_public_reads_what_was_corrected_and_when(county):
    told = make_publication(county, at="published")
    before = public.decision(told.publication.code)
    correct(told)
    after = public.decision(told.publication.code)
    assert after.facts.endswith("45立方米")
    assert [c.text for c in after.corrections] == ["采砂量更正为45立方米"]
    assert after.verification_code != before.verification_code
    assert public.genuine_decision(before.verification_code) is None
    assert public.genuine_decision(after.verification_code).code == after.code


def test_an_officer_corrects_nothing(county):
    told = make_publication(county, at="published")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        correct(told, who="officer")


def test_a_correction_without_a_note_with_a_name_in_it_or_before_release_is_refused(county):
    told = make_publication(county, at="served")
    with pytest.raises(Refused, match=r"disclosure\.not_released"):
        correct(told)
    told.publish()
    with pytest.raises(Refused, match=r"disclosure\.correction_without_note"):
        correct(told, public_note=" ")
    with pytest.raises(Refused, match=r"disclosure\.private_left"):
        correct(told, public_note="张三丰的采砂量更正")
