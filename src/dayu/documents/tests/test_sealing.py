"""Sealing: holds, findings, numbers, voiding."""

from __future__ import annotations

import pytest

from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.documents import facts, services
from dayu.documents.models import Document, DocumentLife, SealUse
from dayu.documents.tests.papers import MOMENT, draft, release_all, sealed

pytestmark = pytest.mark.django_db


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.rule for r in refused.value.refusals]


def test_a_decision_with_all_holds_released_gets_the_next_number_a_seal_entry_and_a_pdf(county):
    first, second = sealed(county.officer), sealed(county.officer, subject="cases.case:8")
    assert (first.number, second.number) == ("泽水罚决〔2026〕1号", "泽水罚决〔2026〕2号")
    assert first.life == DocumentLife.SEALED and first.pdf.read().startswith(b"%PDF")
    assert list(SealUse.objects.values_list("number", "seal")) == [(second.number, "泽川县水利局"),
                                                                  (first.number, "泽川县水利局")]


def test_sealing_without_review_is_refused_with_the_words_of_the_law(county):
    decision = draft(county.officer)
    release_all(decision, but=("legal_review",))
    with pytest.raises(Refused) as refused:
        services.seal_document(decision, actor=county.officer, moment=MOMENT)
    assert rules(refused) == ["documents.review_not_passed"]
    assert "未经法制审核或者审核未通过，不得作出决定" in refused.value.refusals[0].as_json()["reason"]


def test_one_digit_of_the_fine_reopens_every_hold_and_a_phone_number_reopens_none(county):
    decision = draft(county.officer)
    release_all(decision)
    decision = services.revise_document(decision, actor=county.officer, moment=MOMENT, fields={"party_phone": "0000-1"})
    assert facts.open_holds(decision) == []
    decision = services.revise_document(
        decision, actor=county.officer, moment=MOMENT, fields={"fine_yuan": "50001", "fine_capitals": "伍万零壹元整"}
    )
    assert {h.kind for h in facts.open_holds(decision)} == {"notice", "legal_review", "collective_discussion", "approval"}
    with pytest.raises(Refused):
        services.seal_document(decision, actor=county.officer, moment=MOMENT)


def test_a_release_for_another_text_is_refused(county):
    decision = draft(county.officer)
    with pytest.raises(Refused) as refused:
        services.release_hold(decision, actor=SYSTEM, moment=MOMENT, kind="legal_review", digest="0" * 64)
    assert rules(refused) == ["documents.hold_digest_stale"]


def test_a_withdrawn_release_closes_the_hold_again(county):
    decision = draft(county.officer)
    release_all(decision)
    services.withdraw_release(decision, actor=SYSTEM, moment=MOMENT, kind="legal_review", reason="审核意见撤回")
    assert [h.kind for h in facts.open_holds(decision)] == ["legal_review"]


def test_a_handler_cannot_release_a_hold_by_hand_but_the_head_may_approve(county):
    decision = draft(county.officer)
    with pytest.raises(Refused) as refused:
        services.release_hold(
            decision, actor=county.officer, moment=MOMENT, kind="legal_review", digest=decision.substance_digest
        )
    assert rules(refused) == ["core.not_permitted"]
    services.release_hold(
        decision, actor=county.head, moment=MOMENT, kind="approval", digest=decision.substance_digest
    )
    assert "approval" not in {h.kind for h in facts.open_holds(decision)}


@pytest.mark.requirement("CAS-06")
def test_a_decision_without_remedy_paragraph_is_refused(county):
    decision = draft(county.officer, fields={"court_name": "", "suit_period": ""})
    release_all(decision)
    with pytest.raises(Refused) as refused:
        services.seal_document(decision, actor=county.officer, moment=MOMENT)
    assert "缺少救济途径" in refused.value.refusals[0].as_json()["reason"]
    assert Document.objects.get(pk=decision.pk).number == ""


@pytest.mark.requirement("CAS-05")
def test_amount_name_and_article_that_contradict_the_case_are_all_listed_and_block_sealing(county, library):
    sealed(county.officer, "penalty_notice", {"fine_yuan": "20000", "fine_capitals": "贰万元整",
                                               "law_violated": "《中华人民共和国水法》第三十九条"})
    decision = draft(county.officer, fields={
        "fine_yuan": "30000", "fine_capitals": "叁万元整", "party_name": "泽川县恒大砂石有限公司",
        "law_violated": "《中华人民共和国水法》第三百条",
    })
    release_all(decision)
    with pytest.raises(Refused) as refused:
        services.seal_document(decision, actor=county.officer, moment=MOMENT)
    assert set(rules(refused)) == {
        "documents.heavier_than_notified", "documents.name_one_character_off", "documents.no_such_article",
    }


def test_a_refused_sealing_leaves_no_gap_in_the_numbers(county):
    bad = draft(county.officer, fields={"fine_capitals": "陆万元整"})
    release_all(bad)
    with pytest.raises(Refused) as refused:
        services.seal_document(bad, actor=county.officer, moment=MOMENT)
    assert "documents.amount_words_differ" in rules(refused)
    assert sealed(county.officer, subject="cases.case:9").number == "泽水罚决〔2026〕1号"


def test_a_voided_number_stays_visible_with_its_reason_and_is_not_given_out_again(county):
    first = sealed(county.officer)
    services.void_document(first, actor=county.head, moment=MOMENT, reason="当事人名称有误，未送达")
    assert sealed(county.officer, replaces=first).number == "泽水罚决〔2026〕2号"
    first.refresh_from_db()
    assert first.number == "泽水罚决〔2026〕1号"
    assert first.taken_number.void_reason == first.void_reason == "当事人名称有误，未送达"


def test_a_number_of_the_paper_register_is_kept_and_skipped_later(county):
    decision = draft(county.officer)
    release_all(decision)
    assert services.seal_document(
        decision, actor=county.officer, moment=MOMENT, given_number=2
    ).number == "泽水罚决〔2026〕2号"
    assert [sealed(county.officer, subject=f"cases.case:{n}").number for n in (20, 21)] == [
        "泽水罚决〔2026〕1号", "泽水罚决〔2026〕3号",
    ]


def test_a_stranger_of_another_organ_neither_sees_nor_seals(county):
    decision = draft(county.officer)
    release_all(decision)
    assert not Document.objects.visible_to(county.stranger).exists()
    assert not Document.objects.visible_to(county.administrator).exists()
    with pytest.raises(Refused) as refused:
        services.seal_document(decision, actor=county.stranger, moment=MOMENT)
    assert rules(refused) == ["documents.other_organ"]


def test_a_sealed_document_does_not_change(county):
    decision = sealed(county.officer)
    with pytest.raises(Refused) as refused:
        services.revise_document(decision, actor=county.officer, moment=MOMENT, fields={"period": "三十日内"})
    assert rules(refused) == ["documents.wrong_life"]


def test_an_organ_forms_its_numbers_its_own_way_and_has_its_own_paper(county):
    forms = {"penalty_decision": {"code": "罚字", "pattern": "{organ}{code}〔{year}〕第{seq}号"}}
    services.set_organ_paper(
        county.agency, actor=county.administrator, moment=MOMENT, letterhead="preprinted", offset_y_mm=4.0, number_forms=forms
    )
    decision = sealed(county.officer)
    assert decision.number == "泽水罚字〔2026〕第1号"
    assert facts.composed(decision).letterhead.style == "preprinted"


@pytest.mark.parametrize("form", [{"pattern": "{organ}{seq}号"}, {"pattern": "{nobody}"}, {"colour": "red"}])
def test_a_number_form_that_loses_year_or_number_is_refused(county, form):
    with pytest.raises(Refused) as refused:
        services.set_organ_paper(
            county.agency, actor=county.administrator, moment=MOMENT, number_forms={"penalty_decision": form}
        )
    assert rules(refused) == ["documents.bad_number_form"]
    assert "{year}" in refused.value.refusals[0].as_json()["fix"]


def test_the_paper_of_an_organ_is_not_for_officers_or_strangers(county):
    for actor in (county.officer, county.stranger):
        with pytest.raises(Refused):
            services.set_organ_paper(county.agency, actor=actor, moment=MOMENT)
