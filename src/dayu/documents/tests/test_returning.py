"""What comes back: edited Word files accepted field by field, photographed pages, papers taken over, signatures."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from dayu.core.files import StoredFile, store_bytes
from dayu.core.refused import Refused
from dayu.documents import facts, services
from dayu.documents.models import Document, DocumentLife, ScanOutcome
from dayu.documents.selectors import documents_of
from dayu.documents.tests.papers import MOMENT, SUBJECT, draft, release_all, sealed
from dayu.paper.tests.photographs import photograph
from dayu.paper.tests.test_word import edited

pytestmark = pytest.mark.django_db


def returned(document, actor, change):
    run = services.print_draft(document, actor=actor, moment=MOMENT, form="docx")
    back = store_bytes(edited(run.stored.read(), change))
    return services.receive_docx(document, actor=actor, moment=MOMENT, stored=back)


def test_an_edited_word_file_is_shown_as_differences_and_accepted_field_by_field(county):
    decision = draft(county.officer)
    release_all(decision)
    back = returned(decision, county.officer, {"period": "自收到本决定书之日起十日内", "evidence.2": "测绘报告两份",
                                               "issued_on": "2026年11月17日"})
    changes = {c.path: c for c in back.differences.all()}
    assert set(changes) == {"period", "evidence.2", "issued_on"}
    services.reject_returned_field(changes["period"], actor=county.officer, moment=MOMENT)
    services.accept_returned_field(changes["evidence.2"], actor=county.officer, moment=MOMENT)
    services.accept_returned_field(changes["issued_on"], actor=county.officer, moment=MOMENT)
    decision = Document.objects.get(pk=decision.pk)
    assert decision.fields["evidence"][2] == "测绘报告两份" and decision.fields["issued_on"] == "2026-11-17"
    assert decision.fields["period"] == "自收到本决定书之日起十五日内" and decision.dated == date(2026, 11, 17)
    assert "legal_review" in {h.kind for h in facts.open_holds(decision)}


def test_a_change_is_decided_once(county):
    change = returned(draft(county.officer), county.officer, {"period": "十日内"}).differences.get()
    services.reject_returned_field(change, actor=county.officer, moment=MOMENT)
    with pytest.raises(Refused):
        services.accept_returned_field(change, actor=county.officer, moment=MOMENT)


def test_a_word_file_of_an_older_text_is_refused(county):
    decision = draft(county.officer)
    run = services.print_draft(decision, actor=county.officer, moment=MOMENT, form="docx")
    decision = services.revise_document(decision, actor=county.officer, moment=MOMENT, fields={"period": "十日内"})
    with pytest.raises(Refused) as refused:
        services.receive_docx(decision, actor=county.officer, moment=MOMENT, stored=run.stored)
    assert refused.value.refusals[0].rule == "documents.not_our_docx"


def test_a_photographed_page_is_matched_and_a_changed_figure_is_flagged(county):
    decision = sealed(county.officer)
    run = services.issue_document(decision, actor=county.officer, moment=MOMENT)
    assert run.stored.read().startswith(b"%PDF")
    pages = [StoredFile.objects.get(pk=p).read() for p in decision.page_images]
    good = services.match_scan(decision, actor=county.officer, moment=MOMENT, stored=store_bytes(photograph(pages[1])))
    assert (good.outcome, good.page, good.marks) == (ScanOutcome.SAME, 2, [])
    forged = _with_another_fine(decision)
    bad = services.match_scan(decision, actor=county.officer, moment=MOMENT, stored=store_bytes(photograph(forged)))
    assert bad.outcome == ScanOutcome.DIFFERS and len(bad.marks) == 1 and bad.aligned is not None


def _with_another_fine(decision) -> bytes:
    composed = facts.composed(Document(**{f.attname: getattr(decision, f.attname) for f in decision._meta.concrete_fields
                                          if f.attname != "fields"}, fields={**decision.fields, "fine_yuan": "80000"}))
    images = facts.typesetter().page_images(composed, dots_per_inch=150)
    genuine = facts.typesetter().page_images(facts.composed(decision), dots_per_inch=150)
    return next(a for a, b in zip(images, genuine, strict=True) if a != b)


def test_a_draft_prints_with_a_watermark_and_cannot_be_issued(county):
    decision = draft(county.officer)
    assert services.print_draft(decision, actor=county.officer, moment=MOMENT).kind == "draft"
    with pytest.raises(Refused):
        services.issue_document(decision, actor=county.officer, moment=MOMENT)


def test_a_paper_of_the_past_is_taken_over_with_its_scan_and_its_gaps(county):
    paper = services.enter_document(
        None, actor=county.officer, moment=MOMENT, key="penalty_notice", subject=SUBJECT, dated=date(2024, 5, 6),
        number="泽水罚告〔2024〕3号", fields={"party_name": "泽川县恒达砂石有限公司", "fine_yuan": "50000"},
        scans=[(store_bytes(b"scan"), "告知书扫描件")], explanation="纸质案卷接续",
    )
    assert paper.life == DocumentLife.ISSUED and paper.attachments.get().name == "告知书扫描件"
    with pytest.raises(Refused):
        services.enter_document(
            None, actor=county.officer, moment=MOMENT, key="penalty_notice", subject=SUBJECT, dated=date(2024, 5, 6),
            number="泽水罚告〔2024〕3号", fields={}, explanation="再录一次",
        )


def test_signing_scanning_and_entering_are_three_times(county):
    record = draft(county.officer, "law_education_record", party="")
    signed = datetime(2026, 11, 10, 2, tzinfo=UTC)
    kept = services.record_signature(record, actor=county.officer, moment=signed, role="当事人", name="陈立本",
                                     scanned_at=datetime(2026, 11, 12, tzinfo=UTC))
    assert kept.signed_at < kept.scanned_at < kept.entered_at
    with pytest.raises(Refused):
        services.record_signature(record, actor=county.officer, moment=signed, role="当事人", name="陈立本",
                                  manner="refused")


def test_the_database_itself_refuses_a_refusal_to_sign_without_reason(county):
    record = draft(county.officer, "law_education_record", party="")
    with pytest.raises(IntegrityError), transaction.atomic():
        record.signatures.create(role="当事人", name="甲", manner="refused", signed_at=MOMENT, entered_at=MOMENT)


def test_the_panel_of_a_matter_takes_four_queries(county, django_assert_num_queries):
    for n in range(6):
        sealed(county.officer, party=f"parties.party:{n}")
    draft(county.officer, party="parties.party:9")
    with django_assert_num_queries(4):
        rows = documents_of([SUBJECT], actor=county.officer)
        states = [(r.state, len(r.open_holds), r.must_be_served) for r in rows]
    assert states == [("sealed", 0, True)] * 6 + [("on_hold", 4, False)]
    assert documents_of([SUBJECT], actor=county.stranger) == []
