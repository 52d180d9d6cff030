"""Setting letters in GB/T 9704 layout, forms and records: grid, determinism, marks, fonts."""

from __future__ import annotations

import dataclasses
import io
import re
import subprocess
from datetime import date

import cv2
import numpy as np
import pytest
from pypdf import PdfReader

from dayu.paper.compose import Letterhead, compose
from dayu.paper.marks import PageMark
from dayu.paper.scan import find_mark
from dayu.paper.typeset import MissingFont, SettingFailed, choose_faces

MM = 72 / 25.4


def lines_of(pdf: bytes) -> list[tuple[int, float, str]]:
    """(page, top in mm, text) of each line."""
    done = subprocess.run(["pdftotext", "-bbox-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    found, page = [], 0
    for part in re.split(r"(<page |<line )", done.stdout.decode()):
        page += part == "<page "
        if box := re.match(r'xMin="[\d.]+" yMin="([\d.]+)"', part):
            found.append((page, float(box[1]) / MM, "".join(re.findall(r">([^<\s][^<]*)</word>", part))))
    return found


def test_the_same_document_gives_the_same_bytes_and_they_are_pdf_a(setter, make_decision):
    first = setter.pdf(make_decision())
    assert first == setter.pdf(make_decision())
    assert b"pdfaid:part>2" in first and b"pdfaid:conformance>A" in first


def test_a_letter_has_28_characters_a_line_and_22_lines_a_page(setter, make_decision):
    pdf = setter.pdf(make_decision(facts="甲" * 2000, style="plain"))
    full = [(page, top, text) for page, top, text in lines_of(pdf) if set(text) == {"甲"}]
    assert max(len(text) for _p, _t, text in full) == 28
    assert sum(page == 2 for page, _t, _x in full) == 22
    tops = sorted(top for page, top, _x in full if page == 2)
    assert tops[0] == pytest.approx(37, abs=1.5) and tops[1] - tops[0] == pytest.approx(225 / 22, abs=0.02)


def test_page_numbers_stand_outside_and_each_page_carries_its_own_mark(setter, make_decision):
    document = make_decision()
    pages = setter.page_images(document)
    assert [find_mark(p) for p in pages] == [PageMark("3F9A2C71", "0A1B2C3D4E", n + 1) for n in range(len(pages))]
    texts = [p.extract_text() for p in PdfReader(io.BytesIO(setter.pdf(document))).pages]
    assert all(f"— {n} —" in text for n, text in enumerate(texts, start=1))


def test_the_head_is_red_the_text_is_black_and_a_draft_has_a_watermark(setter, make_decision):
    page = cv2.imdecode(np.frombuffer(setter.page_images(make_decision())[0], np.uint8), cv2.IMREAD_COLOR)
    blue, green, red = (page[:, :, n].astype(int) for n in range(3))
    rows = np.where(((red - green > 120) & (red - blue > 120)).any(axis=1))[0] / page.shape[0] * 297
    assert rows.min() == pytest.approx(37 + 35, abs=3)
    draft = setter.pdf(make_decision(watermark="送审稿"))
    assert "送审稿" in PdfReader(io.BytesIO(draft)).pages[0].extract_text()


def test_a_long_document_gets_as_many_marks_as_pages(setter, make_decision):
    document = make_decision(facts="\n".join("段" for _ in range(150)))
    assert [find_mark(p).page for p in setter.page_images(document)][-1] >= 8


def test_every_document_type_is_set_empty_and_the_seal_has_its_place(setter, definitions):
    for definition in definitions.values():
        version = definition.version_on(date(2026, 11, 20))
        blank = compose(definition, version, {}, letterhead=Letterhead("泽川县水利局"), document="A1", digest="0" * 10)
        assert setter.pdf(blank).startswith(b"%PDF"), definition.key
        kinds = {z.kind for z in setter.zones(blank)}
        assert "qr" in kinds and (definition.seal != "organ" or kinds & {"seal", "signature"}), definition.key


def test_records_tell_page_x_of_y_and_leave_room_for_signatures_on_each_page(setter, definitions):
    definition = definitions["interview_record"]
    record = compose(definition, definition.version_on(date(2026, 1, 1)),
                     {"qa": [{"q": "请说明经过。", "a": "我说明如下。" * 30}] * 12}, letterhead=Letterhead("泽川县水利局"),
                     document="B7", digest="0" * 10)
    pages = PdfReader(io.BytesIO(setter.pdf(record))).pages
    assert len(pages) > 1
    for n, page in enumerate(pages, start=1):
        assert f"第{n}页共{len(pages)}页" in re.sub(r"\s", "", page.extract_text())
    signed = [z.page for z in setter.zones(record) if z.kind == "signature"]
    assert set(signed) == set(range(1, len(pages) + 1))


def test_a_missing_font_is_an_error_and_rare_characters_of_rivers_are_set(setter, make_decision):
    with pytest.raises(MissingFont):
        choose_faces({"DejaVu Sans"})
    assert "堨洣淠" in PdfReader(io.BytesIO(setter.pdf(make_decision(party_name="堨洣淠")))).pages[0].extract_text()


def test_a_character_without_a_glyph_is_an_error_not_a_box(setter, make_decision):
    with pytest.raises(SettingFailed):
        setter.pdf(make_decision(party_name="ꀀ" + chr(0x1F3D4)))


def test_text_is_data_never_markup(setter, make_decision):
    wild = '#panic("x") *粗* $x$ <qr> \\ "引号" @引用'
    text = PdfReader(io.BytesIO(setter.pdf(make_decision(discretion=wild)))).pages[1].extract_text()
    assert '#panic("x")' in text and "*粗*" in text


def test_an_organ_supplies_its_own_faces_first():
    faces = choose_faces({"FangSong_GB2312", "Noto Serif CJK SC", "Noto Sans CJK SC"})
    assert faces.body[0] == "FangSong_GB2312" and faces.body[1] == "Noto Serif CJK SC"
    assert dataclasses.asdict(faces)["title_weight"] == 700
