"""Binding: what becomes pages, and where the numbers stand."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from dayu.dossiers.binding import Sheet, Unbindable, as_pdf, bound, joined, page_count, picture_pdf, sheet_pdf


def picture(width, height, **more):
    out = BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "JPEG", **more)
    return out.getvalue()


def box(pdf):
    page = PdfReader(BytesIO(pdf)).pages[0].mediabox
    return round(float(page.width)), round(float(page.height))


def test_a_sheet_holds_rare_characters_of_river_names():
    pdf = sheet_pdf(Sheet("证据材料", [("名称", "堨洣淠河采砂")], ["正文"], "按记录生成"))
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "堨洣淠河采砂" in text and "按记录生成" in text


def test_pictures_become_upright_or_wide_a4_pages():
    assert box(picture_pdf(picture(600, 900))) == (595, 842)
    assert box(picture_pdf(picture(900, 600))) == (842, 595)


def test_a_picture_taken_with_a_turned_phone_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    assert box(picture_pdf(picture(900, 600, exif=exif))) == (595, 842)


def test_what_has_no_pages_is_said_to_have_none():
    for content, media in (
        (b"\x00\x00\x00 ftypmp42", "video/mp4"),
        (b"broken", "image/jpeg"),
        (b"%PDF-broken", "application/pdf"),
    ):
        with pytest.raises(Unbindable):
            as_pdf(content, media_type=media)


def test_pages_of_any_size_and_turn_get_their_number_at_the_bottom_right():
    writer = PdfWriter()
    writer.add_blank_page(width=420, height=595)
    page = writer.add_blank_page(width=842, height=595)
    page.rotate(90)
    out = BytesIO()
    writer.write(out)
    made = bound(
        [sheet_pdf(Sheet("封面"))], [out.getvalue(), picture_pdf(picture(600, 900))], [sheet_pdf(Sheet("备考表"))]
    )
    pages = PdfReader(BytesIO(made)).pages
    assert [p.extract_text().strip() for p in pages[1:4]] == ["1", "2", "3"]
    assert "1" not in pages[0].extract_text() and "4" not in pages[4].extract_text()


def test_an_empty_volume_has_only_its_front_and_back():
    assert page_count(bound([sheet_pdf(Sheet("封面"))], [], [sheet_pdf(Sheet("备考表"))])) == 2


def test_joining_keeps_the_order():
    made = joined([sheet_pdf(Sheet("甲")), sheet_pdf(Sheet("乙"))])
    assert [p.extract_text().strip() for p in PdfReader(BytesIO(made)).pages] == ["甲", "乙"]
