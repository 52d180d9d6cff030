import pytest
from django.test import RequestFactory

from dayu.core.file_pages import file_response
from dayu.core.files import store_bytes

pytestmark = pytest.mark.django_db


def ask(stored, *, part=None, **more):
    headers = {"Range": part} if part else {}
    return file_response(RequestFactory().get("/", headers=headers), stored, name="视频.mp4", **more)


def body(response):
    return b"".join(response.streaming_content)


def test_a_picture_is_shown_and_a_web_page_is_only_downloaded():
    picture, page = store_bytes(b"png", media_type="image/png"), store_bytes(b"<p>", media_type="text/html")
    assert ask(picture).headers["Content-Disposition"].startswith("inline")
    assert ask(page).headers["Content-Disposition"].startswith("attachment")
    assert ask(picture, download=True).headers["Content-Disposition"].startswith("attachment")


def test_a_player_gets_the_part_it_asks_for():
    stored = store_bytes(b"0123456789", media_type="video/mp4")
    for part, wanted, told in (
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ):
        response = ask(stored, part=part)
        assert (response.status_code, body(response), response.headers["Content-Range"]) == (206, wanted, told)


def test_a_part_beyond_the_end_is_refused_and_nonsense_gives_the_whole():
    stored = store_bytes(b"0123456789", media_type="video/mp4")
    assert ask(stored, part="bytes=20-").status_code == 416
    assert body(ask(stored, part="bytes=-")) == b"0123456789"
