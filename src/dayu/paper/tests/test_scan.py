"""Photographed pages: found by their code, straightened, compared; a changed figure is flagged, a seal is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from dayu.paper import scan
from dayu.paper.tests.photographs import photograph

DPI = 150


@pytest.fixture(scope="module")
def issued(setter, definitions):
    """The issued decision: pages, blank areas, and a way to compare a photograph with it."""
    from datetime import date

    from dayu.paper.compose import Letterhead, compose
    from dayu.paper.tests.conftest import DECISION

    definition = definitions["penalty_decision"]

    def made(document: str = "3F9A2C71", digest: str = "0a1b2c3d4e", **changed):
        return compose(definition, definition.version_on(date(2026, 4, 20)), {**DECISION, **changed},
                       letterhead=Letterhead("泽川县水利局"), number="泽水罚决〔2026〕12号", document=document, digest=digest)

    class Issued:
        pages = dict(enumerate(setter.page_images(made(), dots_per_inch=DPI), start=1))
        zones = setter.zones(made())

        def other(self, page: int, **changed) -> bytes:
            return setter.page_images(made(**changed), dots_per_inch=DPI)[page - 1]

        def compare(self, photo: bytes) -> scan.Comparison:
            return scan.compare_page(photo, document="3F9A2C71", digest="0a1b2c3d4e", pages=self.pages, zones=self.zones)

    return Issued()


@pytest.mark.parametrize(("page", "how"), [
    (1, {}), (2, {"turn": 178.0}), (3, {"turn": -14.0, "skew": 0.12}), (1, {"noise": 14.0, "blur": 1.6}),
])
def test_an_unchanged_page_is_the_same_however_it_was_photographed(issued, page, how):
    found = issued.compare(photograph(issued.pages[page], seed=page, **how))
    assert (found.outcome, found.mark.page, found.changes) == (scan.SAME, page, ())


@pytest.mark.parametrize(("fine", "seed"), [("60000", 1), ("80000", 2), ("30000", 3), ("50080", 4), ("90000", 5)])
def test_one_changed_figure_of_the_fine_is_flagged_at_its_place(issued, fine, seed):
    found = issued.compare(photograph(issued.other(2, fine_yuan=fine), seed=seed))
    assert found.outcome == scan.DIFFERS and len(found.changes) == 1
    assert found.changes[0].w < 8 and 170 < found.changes[0].y < 215


def test_a_stroke_added_by_hand_is_flagged(issued):
    page = cv2.imdecode(np.frombuffer(issued.pages[2], np.uint8), cv2.IMREAD_GRAYSCALE)
    cv2.line(page, (700, 900), (730, 940), 30, 4)
    found = issued.compare(photograph(cv2.imencode(".png", page)[1].tobytes(), seed=8))
    assert [c.kind for c in found.changes] == ["added"]


def test_the_seal_and_the_signature_areas_are_not_looked_at(issued):
    zone = next(z for z in issued.zones if z.kind == "seal")
    page = cv2.imdecode(np.frombuffer(issued.pages[3], np.uint8), cv2.IMREAD_GRAYSCALE)
    points = DPI / 25.4
    cv2.circle(page, (int((zone.x + 25) * points), int((zone.y + 25) * points)), int(20 * points), 110, 8)
    assert issued.compare(photograph(cv2.imencode(".png", page)[1].tobytes(), seed=9)).outcome == scan.SAME


def test_a_page_of_another_text_or_another_document_is_a_swapped_page(issued):
    old = photograph(issued.other(2, digest="ffffffffff"))
    other = photograph(issued.other(2, document="00000001"))
    assert issued.compare(old).outcome == scan.OTHER_TEXT
    assert issued.compare(other).outcome == scan.OTHER_DOCUMENT


def test_a_photograph_without_a_code_says_so_and_a_broken_file_is_refused(issued):
    blank = cv2.imencode(".jpg", np.full((900, 700), 230, np.uint8))[1].tobytes()
    assert issued.compare(blank).outcome == scan.NO_CODE
    with pytest.raises(scan.UnreadablePhoto):
        issued.compare(b"not a picture")


def test_missing_and_doubled_pages_are_named(issued):
    seen = [scan.find_mark(photograph(issued.pages[n], seed=n)) for n in (1, 3, 3)]
    assert scan.page_set(seen, total=3) == scan.PageSet(missing=(2,), doubled=(3,))
