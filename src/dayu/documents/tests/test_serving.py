"""Recording service: the day that counts, defects with explanation, what counts as service at all."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dayu.core.events import EventRow
from dayu.core.files import store_bytes
from dayu.core.refused import Refused
from dayu.documents import services
from dayu.documents.models import DocumentLife, ProofOfService
from dayu.documents.tests.papers import draft, sealed

pytestmark = pytest.mark.django_db
SERVED = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)


def serve(document, actor, method, *, moment=SERVED, **given):
    options = {"recipient": "泽川县恒达砂石有限公司", "place": "白鹿镇江边路18号", "servers": ["陆河清", "沈砚秋"], **given}
    return services.record_service(document, actor=actor, moment=moment, method=method, **options)


def refused_rules(document, actor, method, **given):
    with pytest.raises(Refused) as refused:
        serve(document, actor, method, **given)
    return [r.rule for r in refused.value.refusals]


def test_direct_service_counts_from_its_day_and_is_told_to_others(county):
    decision = sealed(county.officer)
    proof = serve(decision, county.officer, "direct", receiver="陈立本")
    decision.refresh_from_db()
    assert (decision.life, decision.served_on, proof.effective) == (DocumentLife.SERVED, date(2026, 11, 18), True)
    event = EventRow.objects.get(name="documents.DocumentServed")
    assert event.content["served_on"] == "2026-11-18" and event.content["subject"] == decision.subject


def test_a_draft_cannot_have_been_served(county):
    assert refused_rules(draft(county.officer), county.officer, "direct") == ["documents.not_sealed_yet"]


def test_electronic_service_without_signed_consent_is_refused(county):
    decision = sealed(county.officer)
    assert refused_rules(decision, county.officer, "electronic") == ["documents.electronic_without_consent"]
    agreed = confirm_address(county, True)
    proof = serve(decision, county.officer, "electronic", channel="电子邮件")
    assert proof.effective and proof.consent == f"documents.document:{agreed.pk}"


def confirm_address(county, agrees):
    """The party's signed confirmation of address."""
    return sealed(county.officer, "service_address", {
        "case_name": "泽川县恒达砂石有限公司未经批准擅自采砂案", "recipient": "泽川县恒达砂石有限公司", "address": "江边路18号",
        "phone": "0000-7654321", "electronic_consent": agrees, "electronic_channel": "a@example.invalid",
        "statement": "已了解告知事项", "signed_on": "2026-11-01",
    })


def test_a_confirmation_that_does_not_agree_or_of_another_party_is_no_consent(county):
    confirm_address(county, False)
    decision = sealed(county.officer)
    assert refused_rules(decision, county.officer, "electronic") == ["documents.electronic_without_consent"]
    other = sealed(county.officer, party="parties.party:99")
    confirm_address(county, True)
    assert refused_rules(other, county.officer, "electronic") == ["documents.electronic_without_consent"]
    assert refused_rules(decision, county.officer, "electronic", consent="documents.document:99999") == [
        "documents.electronic_without_consent"
    ]


def test_what_happened_is_recorded_with_its_defect_but_does_not_count(county):
    decision = sealed(county.officer)
    proof = serve(decision, county.officer, "electronic", explanation="当日误以为已签同意书")
    decision.refresh_from_db()
    assert not proof.effective and decision.served_on is None
    assert proof.defects == ["documents.electronic_without_consent"]


def test_leaving_without_video_and_without_witness_is_refused(county):
    decision = sealed(county.officer)
    assert refused_rules(decision, county.officer, "leave", refusal="拒收") == ["documents.left_without_witness"]


def test_leaving_with_a_witness_and_no_video_is_valid_once_it_is_explained(county):
    decision = sealed(county.officer)
    assert refused_rules(decision, county.officer, "leave", witness="村委会 李某某") == ["documents.left_without_recording"]
    proof = serve(decision, county.officer, "leave", witness="村委会主任", explanation="记录仪电量耗尽")
    assert proof.effective and proof.defects == ["documents.left_without_recording"]


def test_leaving_with_video_needs_nothing_else(county):
    video = services.GivenMedia("recording", store_bytes(b"video", media_type="video/mp4"), "留置送达录像")
    proof = serve(sealed(county.officer), county.officer, "leave", refusal="拒收", media=[video])
    assert proof.effective and proof.defects == [] and proof.media.get().name == "留置送达录像"


def test_public_notice_counts_thirty_days_later_and_shows_its_working(county):
    decision = sealed(county.officer)
    assert refused_rules(decision, county.officer, "public_notice") == ["documents.public_notice_without_ground"]
    proof = serve(decision, county.officer, "public_notice", ground="直接、邮寄送达均无法送达，当事人下落不明")
    assert proof.served_on == date(2026, 12, 18) and "30" in proof.working[0]["text"]


def test_a_service_before_the_paper_was_made_does_not_count(county):
    decision = sealed(county.officer)
    early = datetime(2026, 11, 1, 2, tzinfo=UTC)
    assert refused_rules(decision, county.officer, "direct", moment=early) == ["documents.served_before_made"]


def test_the_first_service_that_counts_starts_the_periods_and_a_second_stays_beside_it(county):
    decision = sealed(county.officer)
    serve(decision, county.officer, "mail", tracking_no="1234567890")
    serve(decision, county.officer, "direct", moment=datetime(2026, 11, 19, 2, tzinfo=UTC))
    decision.refresh_from_db()
    assert decision.served_on == date(2026, 11, 18) and ProofOfService.objects.count() == 2


def test_another_organ_records_nothing(county):
    assert refused_rules(sealed(county.officer), county.stranger, "direct") == ["documents.other_organ"]
