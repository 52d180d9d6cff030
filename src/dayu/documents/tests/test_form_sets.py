"""Unified sets of forms: whose form is used, what may be issued, and drafts that change over at midnight."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.core.territories import Territory
from dayu.documents import facts, services
from dayu.documents.jobs import move_drafts_to_forms_in_force
from dayu.documents.models import Document, FormSet
from dayu.documents.tests.papers import DECISION, MOMENT, SUBJECT, draft, release_all
from dayu.org import services as org
from dayu.org.actors import actor_of_person
from dayu.org.models import Agency
from dayu.paper.word import read_docx
from dayu.work.models import Notification

pytestmark = pytest.mark.django_db

LAST_MINUTE = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)  # 23:59 in Beijing
MIDNIGHT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)

FORMS = """
name = "{name}"
issuer = "{issuer}"
issued_by = "{by}"
document = "示例〔2026〕1号"
territory = "{territory}"
edition = "{edition}"
valid_from = {valid_from}

[[forms]]
key = "assistance_letter"
extends = "2021-1"
heading = "{heading}"
{more}
"""
CITY_FIELDS = """
more_fields = [{ id = "urgency", label = "缓急程度", type = "enum", choices = ["平急", "特急"] }]
body = [
  { to = "{to_organ}：" },
  { p = "缓急程度：{urgency}" },
  { p = "{case_brief}" },
  { p = "请你单位协助：{matter}" },
  { p = "[请于{reply_by_on}前函复。]" },
  { include = "contact" },
  { include = "seal" },
]
"""
LETTER = {
    "case_name": DECISION["case_name"], "to_organ": "云泽县水利局", "case_brief": "我局正在办理一起擅自采砂案。",
    "matter": "提供船舶登记资料。", "contact_phone": "0000-1234567", "contact_address": "河滨路1号",
    "issued_on": "2026-11-20",
}


def forms(**given: str) -> str:
    base = {"name": "统一格式", "issuer": "city", "by": "司法局", "territory": "990100", "edition": "2026-1",
            "valid_from": "2026-01-01", "heading": "协助调查函（市统一）", "more": ""}
    return FORMS.format(**{**base, **given})


def bring(text: str, *, actor=SYSTEM, moment=MOMENT) -> FormSet:
    return services.import_form_set(None, actor=actor, moment=moment, text=text)


def bureau(name: str, *places: tuple[str, str, str]) -> Agency:
    """An organ with the territories above it, from the province down."""
    parent = Territory.objects.filter(code="000000").first() or org.register_territory(
        None, actor=SYSTEM, moment=MOMENT, code="000000", name="全国", level="nation")
    for code, place, level in places:
        parent = org.register_territory(parent, actor=SYSTEM, moment=MOMENT, code=code, name=place, level=level)
    return org.register_agency(None, actor=SYSTEM, moment=MOMENT, name=name, kind="water_authority", territory=parent,
                               sign=name[:2], valid_from=date(2014, 1, 1))


def letter_of(organ: Agency, *, actor=SYSTEM, moment=MOMENT, **given) -> Document:
    return services.draft_document(
        None, actor=actor, moment=moment, key="assistance_letter", subject=SUBJECT, organ=organ,
        fields={**LETTER, "organ_name": organ.name}, **given,
    )


def printed(document: Document) -> str:
    pdf = facts.typesetter().pdf(facts.composed(Document.objects.select_related("organ").get(pk=document.pk)))
    return "".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.requirement("CAS-04")
def test_each_unit_gets_its_set_and_at_midnight_drafts_are_moved_with_a_difference_shown(client, move_clock):
    linxiang = bureau("临湘市水利局", ("430000", "湖南省", "province"), ("430600", "岳阳市", "city"), ("430682", "临湘市", "county"))
    steppe = bureau("达拉特旗水利局", ("150000", "内蒙古自治区", "province"), ("150600", "鄂尔多斯市", "city"),
                    ("150621", "达拉特旗", "county"))
    bring(forms(issuer="ministry", territory="000000", heading="协助调查函（部统一）", by="国务院部门"))
    bring(forms(issuer="province", territory="150000", heading="协助调查函（自治区统一）", by="自治区司法厅"))
    bring(forms(issuer="city", territory="430682", heading="协助调查函（市统一）", by="临湘市"))
    person = org.register_person(linxiang, actor=SYSTEM, moment=MOMENT, name="江一平", username="linxiang",
                                 password="clear-river-2026", joined_on=date(2014, 1, 1))
    org.appoint_to_post(person, actor=SYSTEM, moment=MOMENT, key="handler", valid_from=date(2014, 1, 1))
    officer = actor_of_person(person, on=date(2026, 11, 20))

    ours, theirs = letter_of(linxiang, actor=officer), letter_of(steppe)
    assert (ours.form_version, theirs.form_version) == ("430682-2026-1", "150000-2026-1")
    assert "协助调查函（市统一）" in printed(ours) and "协助调查函（自治区统一）" in printed(theirs)
    docx = services.print_draft(ours, actor=officer, moment=MOMENT, form="docx").stored.read()
    assert read_docx(docx).fields["matter"] == ("提供船舶登记资料。",)
    services.revise_document(ours, actor=officer, moment=MOMENT, fields={"reply_by_on": "2026-12-01"})

    bring(forms(issuer="city", territory="430682", edition="2026-2", valid_from="2026-11-21", by="临湘市",
                heading="协助调查函（市统一第二版）", more=CITY_FIELDS))
    move_drafts_to_forms_in_force(now=LAST_MINUTE)
    assert Document.objects.get(pk=ours.pk).form_version == "430682-2026-1"
    move_drafts_to_forms_in_force(now=MIDNIGHT)
    moved = Document.objects.get(pk=ours.pk)
    assert moved.form_version == "430682-2026-2" and Document.objects.get(pk=theirs.pk).form_version == "150000-2026-1"
    assert moved.fields["matter"] == "提供船舶登记资料。" and moved.revisions.count() == 3
    assert "协助调查函（市统一第二版）" in printed(moved)

    move_clock(MIDNIGHT)
    client.force_login(person.account)
    page = client.get(f"/documents/{ours.pk}/").content.decode()
    assert "已换用现行格式" in page
    difference = client.get(f"/documents/{ours.pk}/form/").content.decode()
    assert "430682-2026-1 → 430682-2026-2" in difference and "缓急程度" in difference
    assert "<ins>第二版</ins>" in difference and "<del>" in difference
    assert Notification.objects.get(person_id=person.pk).url == f"/documents/{ours.pk}/form/"

    for old in ("430682-2026-1", "临湘自制"):
        with pytest.raises(Refused) as refused:
            letter_of(linxiang, moment=MIDNIGHT, form_version=old)
        assert "非统一格式文本" in refused.value.refusals[0].as_json()["reason"]


def test_a_draft_on_a_former_form_is_not_sealed_until_it_is_moved(county):
    document = letter_of(county.agency, actor=county.officer)
    bring(forms(valid_from="2026-11-16", more=CITY_FIELDS))
    with pytest.raises(Refused, match="not_unified_form"):
        services.seal_document(document, actor=county.officer, moment=MOMENT)
    services.move_draft(document, actor=county.officer, moment=MOMENT)
    with pytest.raises(Refused, match="missing_field"):
        services.seal_document(document, actor=county.officer, moment=MOMENT)
    services.revise_document(document, actor=county.officer, moment=MOMENT, fields={"urgency": "平急"})
    sealed = services.seal_document(document, actor=county.officer, moment=MOMENT)
    assert sealed.form_version == "990100-2026-1"
    services.end_form_set(FormSet.objects.get(), actor=SYSTEM, moment=MOMENT, last_day=date(2026, 11, 17), reason="废止")
    assert facts.version_of(Document.objects.get(pk=sealed.pk)).heading == "协助调查函（市统一）"
    assert letter_of(county.agency, moment=datetime(2026, 11, 18, 2, tzinfo=UTC)).form_version == "2021-1"


def test_a_changed_form_without_a_changed_substance_keeps_what_was_released(county):
    document = draft(county.officer)
    release_all(document)
    text = forms(valid_from="2026-11-16").replace('key = "assistance_letter"', 'key = "penalty_decision"')
    bring(text)
    moved = services.move_draft(document, actor=county.officer, moment=MOMENT)
    assert moved.form_version == "990100-2026-1" and facts.open_holds(moved) == []


def test_the_set_that_the_handbook_shows_is_accepted(county):
    text = (Path(__file__).resolve().parents[4] / "docs" / "howto" / "unified-forms.toml").read_text("utf-8")
    made = bring(text, actor=county.administrator)
    assert made.territory_id == "990100" and made.variants.count() == 2
    new_year = datetime(2027, 1, 1, 2, tzinfo=UTC)
    assert letter_of(county.agency, actor=county.officer, moment=new_year).form_version == "990100-2027-1"


@pytest.mark.parametrize(("given", "rule"), [
    ({"territory": "990121", "by": "泽川县水利局"}, "documents.not_unified_form"),
    ({"issuer": "ministry"}, "documents.not_unified_form"),
    ({"issuer": "bureau"}, "documents.form_set_unreadable"),
    ({"territory": "880100"}, "documents.form_set_elsewhere"),
    ({"edition": "一"}, "documents.form_set_unreadable"),
    ({"valid_from": '"明天"'}, "documents.form_set_unreadable"),
    ({"more": 'fields = [{ id = "matter", label = "事项" }]\nbody = [{ p = "{matter}" }]'}, "documents.form_lacks_fields"),
    ({"more": 'body = [{ p = "{matter}" }]'}, "documents.form_hides_fields"),
    ({"more": 'body = [{ p = "{weather}" }]'}, "documents.form_set_unreadable"),
    ({"more": 'body = [{ sing = "甲" }]'}, "documents.form_set_unreadable"),
    ({"more": 'colour = "red"'}, "documents.form_set_unreadable"),
])
def test_home_made_broken_and_thinner_forms_are_refused(county, given, rule):
    with pytest.raises(Refused) as refused:
        bring(forms(**given), actor=county.administrator)
    assert refused.value.refusals[0].rule == rule
    assert not FormSet.objects.exists()


def test_a_lower_set_may_not_leave_out_what_the_higher_set_added(county):
    bring(forms(issuer="province", territory="990000", more=CITY_FIELDS))
    with pytest.raises(Refused) as refused:
        bring(forms(issuer="city", territory="990100"))
    assert refused.value.refusals[0].rule == "documents.form_lacks_fields"
    assert "缓急程度" in refused.value.refusals[0].as_json()["reason"]
    bring(forms(issuer="city", territory="990100", more=CITY_FIELDS))
    with pytest.raises(Refused, match="form_set_exists"):
        bring(forms(issuer="city", territory="990100", more=CITY_FIELDS))


def test_officers_bring_no_sets_in_and_a_set_has_a_page(county, client):
    with pytest.raises(Refused, match="not_permitted"):
        bring(forms(), actor=county.officer)
    client.force_login(county.people["administrator"].account)
    page = client.post("/documents/forms/import/", {"text": forms(valid_from="2030-01-01")})
    assert page.status_code == 302
    kept = FormSet.objects.get()
    assert "协助调查函" in client.get(page["Location"]).content.decode()
    assert "尚未启用" in client.get("/documents/forms/").content.decode()
    refused = client.post("/documents/forms/import/", {"text": forms(territory="990121")})
    assert refused.status_code == 422 and "非统一格式文本" in refused.content.decode()
    ended = client.post(f"/documents/forms/{kept.pk}/end/", {"last_day": "2030-06-30", "reason": "新格式发布"})
    assert ended.status_code == 302 and FormSet.objects.get().valid_until == date(2030, 6, 30)
