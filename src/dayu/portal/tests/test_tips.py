"""Tips: sent without signing in, followed by a code that only the sender has."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import AuditEntry
from dayu.leads.models import Informant, Lead, SenderFeedback
from dayu.leads.services import join_lead, mark_lead_filed
from dayu.portal.forms import LARGEST, media_type_of
from dayu.work.models import Task

CODE = re.compile(r"data-code>([0-9A-Z-]+)<")


def photo(name="河边.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#0b5fa5").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture
def tip(county):
    return {
        "content": "两条船夜里在采砂", "place": "白鹿河青石桥下游", "organ": str(county.agency.pk), "anonymous": "on",
        "keep_secret": "on", "name": "", "phone": "", "once": "a-long-random-key-of-the-form",
    }  # fmt: skip


def text(answer):
    return answer.content.decode()


def send(client, tip, **changes):
    return client.post("/public/tips/", {**tip, **changes})


def code_in(answer):
    return CODE.search(text(answer)).group(1)


def test_a_tip_becomes_a_lead_with_its_photographs_and_answers_with_a_code(county, client, tip):
    answer = send(client, tip, pictures=[photo(), photo("船.jpg")], longitude="112.5", latitude="30.25")
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    lead = Lead.objects.get()
    assert (lead.content, lead.source, lead.longitude, lead.latitude) == ("两条船夜里在采砂", "public", 112.5, 30.25)
    assert [m.name for m in lead.materials.all()] == ["河边.jpg", "船.jpg"] or lead.materials.count() == 2
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code_in(answer))
    assert lead.number not in text(answer)


def test_the_code_shows_how_far_it_is_and_nothing_inside(county, client, tip):
    code = code_in(send(client, tip))
    answer = client.post("/public/tips/follow/", {"code": code.lower().replace("-", " ")})
    page = text(answer)
    assert answer.status_code == 200 and "已收到" in page and "白鹿河青石桥下游" in page
    assert Lead.objects.get().number not in page and "陆河清" not in page


def test_a_wrong_code_reveals_nothing_and_stays_out_of_the_address(county, client, tip):
    send(client, tip)
    answer = client.post("/public/tips/follow/", {"code": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 404 and "没有这个查询码" in text(answer)
    page = text(client.get("/public/tips/follow/?code=AAAABBBBCCCC"))
    assert 'method="post"' in page and "没有这个查询码" not in page


def test_codes_cannot_be_tried_without_end(county, client):
    answers = [client.post("/public/tips/follow/", {"code": f"AAAA{n}"}).status_code for n in range(25)]
    assert answers[0] == 404 and answers[-1] == 429


def test_who_stays_anonymous_leaves_no_name(county, client, tip):
    send(client, tip, name="李四", phone="13900000000")
    informant = Informant.objects.get()
    assert (informant.anonymous, informant.name, informant.phone) == (True, "", "")
    assert "李四" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_a_name_is_kept_apart_when_it_is_given(county, client, tip):
    tip.pop("anonymous")
    send(client, tip, name="李四", phone="13900000000")
    informant = Informant.objects.get()
    assert (informant.name, informant.phone, informant.keep_secret) == ("李四", "13900000000", True)


def test_sending_twice_registers_once(county, client, tip):
    first, second = send(client, tip), send(client, tip)
    assert Lead.objects.count() == 1
    assert "data-code" in text(first) and "没有重复登记" in text(second)


def test_what_was_typed_stays_when_something_is_missing(county, client, tip):
    answer = send(client, tip, place="")
    page = text(answer)
    assert answer.status_code == 422 and "两条船夜里在采砂" in page and 'aria-invalid="true"' in page
    assert Lead.objects.count() == 0


@pytest.mark.parametrize("content", [b"MZ\x90\x00 a program", b"<html><script>", b"PK\x03\x04"])
def test_a_file_is_judged_by_its_content_not_by_its_name(county, client, tip, content):
    answer = send(client, tip, pictures=[SimpleUploadedFile("照片.jpg", content, "image/jpeg")])
    assert answer.status_code == 422 and "不是照片、视频或者 PDF" in text(answer)


def test_films_and_pdfs_are_taken_and_the_largest_is_bounded():
    assert media_type_of(b"\x00\x00\x00\x20ftypisom") == "video/mp4"
    assert media_type_of(b"%PDF-1.7") == "application/pdf"
    assert media_type_of(b"RIFF\x00\x00\x00\x00WEBPVP8 ") == "image/webp"
    assert media_type_of(b"RIFF\x00\x00\x00\x00AVI ") == ""
    assert LARGEST == 20 * 1024 * 1024


def test_more_than_nine_files_are_refused(county, client, tip):
    answer = send(client, tip, pictures=[photo(f"{n}.jpg") for n in range(10)])
    assert answer.status_code == 422 and "最多 9 个文件" in text(answer)


def test_a_flood_from_one_address_is_held_back(county, client, tip):
    answers = [send(client, tip, once=f"a-long-random-key-number-{n:03}").status_code for n in range(11)]
    assert answers[:10] == [200] * 10 and answers[10] == 422


@pytest.mark.parametrize(
    "wrong", [{"longitude": "nan"}, {"latitude": "91"}, {"organ": "999999"}, {"happened_at": "2999-01-01T10:00"}]
)
def test_impossible_values_are_refused(county, client, tip, wrong):
    assert send(client, tip, **wrong).status_code == 422


def test_half_a_position_is_none(county, client, tip):
    assert send(client, tip, longitude="112.5").status_code == 200
    assert Lead.objects.get().longitude is None


@pytest.mark.requirement("CLU-01")
def test_the_same_dumping_by_12345_and_by_the_portal_is_two_linked_leads_and_both_senders_get_the_outcome(
    county, client, tip, move_clock
):
    begin = clock.legal_moment(date(2026, 11, 20), 9)
    move_clock(begin)
    desk = Client()
    desk.force_login(county.people["registrar"].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    given = {
        "source": "hotline_12345", "source_no": "SZ20261120-0007", "title": "倾倒渣土", "content": "热线转办：两车渣土倒入河道",
        "place": "河东村", "received_at": "2026-11-20T09:00", "happened_at": "2026-11-20T08:00", "latitude": "34.5",
        "longitude": "112.5", "object_text": "渣土车", "sender_name": "12345热线", "sender_phone": "12345",
    }  # fmt: skip
    answer = desk.post("/leads/new/", given)
    assert answer.status_code == 302, answer.content.decode()
    hotline = Lead.objects.get()
    assert (hotline.source, hotline.source_no, hotline.object_text) == ("hotline_12345", "SZ20261120-0007", "渣土车")

    move_clock(begin + timedelta(hours=1))
    two_hundred_metres_north = str(34.5 + 200 / 111_320)
    code = code_in(send(
        client, tip, content="有人往河里倒渣土", place="河东村桥下", latitude=two_hundred_metres_north, longitude="112.5",
        pictures=[photo()],
    ))  # fmt: skip
    portal = Lead.objects.get(source="public")
    assert Lead.objects.count() == 2 and portal.materials.count() == 1
    assert f'href="/leads/{hotline.pk}/"' in desk.get(f"/leads/{portal.pk}/").content.decode()
    assert f'href="/leads/{portal.pk}/"' in desk.get(f"/leads/{hotline.pk}/").content.decode()

    later = begin + timedelta(days=3)
    move_clock(later)
    join_lead(portal, actor=county.unit_head, moment=later, into=hotline, reason="同一地点同一时间")
    assert Lead.objects.count() == 2  # linked and joined, never merged away
    mark_lead_filed(
        hotline, actor=SYSTEM, moment=later, target="cases.case:1", target_text="1号", target_url="/cases/1/"
    )
    assert "经核查，已依法立案。" in text(client.post("/public/tips/follow/", {"code": code}))
    asked = Task.objects.open().get(act="leads.give_feedback", related=f"leads.lead:{hotline.pk}")
    assert asked.why == "经核查，已依法立案。"
    told = desk.post(f"/leads/{hotline.pk}/feedback/", {"text": asked.why, "channel": "system"})
    assert told.status_code == 302 and SenderFeedback.objects.get(lead=hotline).text == "经核查，已依法立案。"
    assert not Task.objects.open().filter(act="leads.give_feedback").exists()
