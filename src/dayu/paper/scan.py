"""A photographed page beside the approved one: which page it is, and where something was changed by hand.

The code on the page says which document, text and page it is. The photograph is aligned with the rendered page, each glyph
is looked for where it must stand, and ink that has no place there is pointed out. Areas that the layout leaves to
seals, signatures and handwriting are not looked at. The answer is a pointer for a person, never a judgement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from dayu.paper.marks import PageMark, read_mark
from dayu.paper.typeset import Zone

Image = NDArray[np.uint8]

SAME, DIFFERS, OTHER_TEXT, OTHER_DOCUMENT = "same", "differs", "other_text", "other_document"
NO_CODE, UNREADABLE = "no_code", "unreadable"

_QR: Any = zxingcpp.BarcodeFormat.QRCode  # a single format is accepted where a set is asked for
_LARGEST_BYTES, _LARGEST_SIDE = 30_000_000, 6000
_SEARCH_PX = 7  # how far from its place a glyph is looked for: paper bends
_GLYPH_FLOOR = 0.62  # below this likeness a glyph is another one, however bad the photograph
_GLYPH_DROP = 0.24  # or this much below what most glyphs of the page reach
_STRAY_MM2 = 0.55  # ink without a place on the page, as an area
_INLIERS = 60
_ZONE_MARGIN_MM = 1.5


@dataclass(frozen=True, slots=True)
class Change:
    """A place that differs, in millimetres from the top left of the page. `kind`: `changed` print or `added` ink."""

    kind: str
    x: float
    y: float
    w: float
    h: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found on one photograph. `aligned` is the straightened page as PNG."""

    outcome: str
    mark: PageMark | None = None
    similarity: float = 0.0
    changes: tuple[Change, ...] = ()
    aligned: bytes = b""


@dataclass(frozen=True, slots=True)
class PageSet:
    """All photographs of a document together: which pages are missing, and which appear more than once."""

    missing: tuple[int, ...]
    doubled: tuple[int, ...]


class UnreadablePhoto(ValueError):
    """The bytes are no picture, or a picture that is too large."""


def find_mark(photo: bytes) -> PageMark | None:
    """The mark of the page in a photograph, or None when no code of ours can be read."""
    found = _codes(_gray(photo))
    return found[0][0] if found else None


def compare_page(
    photo: bytes,
    *,
    document: str,
    digest: str,
    pages: Mapping[int, bytes],
    zones: Sequence[Zone] = (),
    dots_per_inch: int = 150,
) -> Comparison:
    """Compare a photograph with the page of `document` that its code names.

    `pages` are the rendered pages (number from 1 -> PNG at `dots_per_inch`), `zones` the areas to leave out. A code of
    another text or document is an outcome of its own: that is a swapped page.
    """
    gray = _gray(photo)
    found = _codes(gray)
    if not found:
        return Comparison(NO_CODE)
    mark, corners = found[0]
    if mark.document != document.upper():
        return Comparison(OTHER_DOCUMENT, mark)
    if mark.digest != digest[:10].upper() or mark.page not in pages:
        return Comparison(OTHER_TEXT, mark)
    reference = _decoded(pages[mark.page])
    scale = dots_per_inch / 25.4
    here = [z for z in zones if z.page == mark.page]
    aligned = _align(gray, reference, corners, _code_place(here, scale))
    if aligned is None:
        return Comparison(UNREADABLE, mark)
    return _compare(mark, reference, aligned, here, scale)


def page_set(seen: Sequence[PageMark], *, total: int) -> PageSet:
    """Which pages of `total` are not among the photographs, and which are there twice."""
    numbers = [m.page for m in seen]
    return PageSet(
        tuple(n for n in range(1, total + 1) if n not in numbers),
        tuple(n for n in range(1, total + 1) if numbers.count(n) > 1),
    )


def _decoded(content: bytes) -> Image:
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise UnreadablePhoto("the file is not a picture")
    return np.asarray(image, np.uint8)


def _gray(photo: bytes) -> Image:
    if len(photo) > _LARGEST_BYTES:
        raise UnreadablePhoto("the picture is larger than 30 MB")
    image = _decoded(photo)
    side = max(image.shape)
    if side > _LARGEST_SIDE:
        image = np.asarray(cv2.resize(image, None, fx=_LARGEST_SIDE / side, fy=_LARGEST_SIDE / side,
                                      interpolation=cv2.INTER_AREA), np.uint8)
    return image


def _codes(gray: Image) -> list[tuple[PageMark, NDArray[np.float32]]]:
    """The codes of ours and their corners (top left, top right, bottom right, bottom left); a blurred one is tried larger."""
    for factor in (1.0, 2.0, 0.5):
        view = gray if factor == 1.0 else cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        found = []
        for code in zxingcpp.read_barcodes(view, formats=_QR):
            if mark := read_mark(code.text):
                p = code.position
                corners = [(c.x, c.y) for c in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)]
                found.append((mark, np.asarray(corners, np.float32) / np.float32(factor)))
        if found:
            return found
    return []


def _code_place(zones: Sequence[Zone], scale: float) -> NDArray[np.float32] | None:
    code = next((z for z in zones if z.kind == "qr"), None)
    if code is None:
        return None
    x, y, w, h = (v * scale for v in (code.x, code.y, code.w, code.h))
    return np.asarray([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], np.float32)


def _align(gray: Image, reference: Image, corners: NDArray[np.float32], place: NDArray[np.float32] | None) -> Image | None:
    """The photograph as the page would lie: first by the code alone, then by the print of the whole page."""
    height, width = reference.shape
    start = gray
    if place is not None:
        rough = cv2.estimateAffinePartial2D(corners, place)[0]
        if rough is not None:  # size and turn are right after this; perspective is left to the features
            start = np.asarray(cv2.warpAffine(gray, rough, (width, height), flags=cv2.INTER_AREA, borderValue=255),
                               np.uint8)
    matrix = _homography(start, reference) if place is not None else None
    if matrix is None:
        start = gray
        matrix = _homography(start, reference)
    if matrix is None:
        return None
    straight = cv2.warpPerspective(start, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    return _refined(np.asarray(straight, np.uint8), reference)


def _homography(image: Image, reference: Image) -> NDArray[np.float64] | None:
    sift = cv2.SIFT_create(nfeatures=6000)  # type: ignore[attr-defined]  # not in the stubs
    their_points, theirs = sift.detectAndCompute(_even(image), None)
    our_points, ours = sift.detectAndCompute(reference, None)
    if theirs is None or ours is None or len(our_points) < _INLIERS:
        return None
    pairs = cv2.FlannBasedMatcher({"algorithm": 1, "trees": 4}, {"checks": 48}).knnMatch(theirs, ours, k=2)
    good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < 0.8 * p[1].distance]
    if len(good) < _INLIERS:
        return None
    source = np.asarray([their_points[m.queryIdx].pt for m in good], np.float32)
    target = np.asarray([our_points[m.trainIdx].pt for m in good], np.float32)
    matrix, inside = cv2.findHomography(source, target, cv2.USAC_MAGSAC, 3.0, maxIters=5000, confidence=0.999)
    if matrix is None or int(inside.sum()) < _INLIERS:
        return None
    return np.asarray(matrix, np.float64)


def _refined(straight: Image, reference: Image) -> Image:
    """A second look after the first straightening: small errors of the first are seen better on the straight page."""
    matrix = _homography(straight, reference)
    if matrix is None:
        return straight
    height, width = reference.shape
    return np.asarray(cv2.warpPerspective(straight, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255),
                      np.uint8)


def _even(image: Image) -> Image:
    """Shadows and uneven light divided out, so that paper is white everywhere."""
    paper = cv2.medianBlur(cv2.dilate(image, np.ones((15, 15), np.uint8)), 41)
    return np.asarray(cv2.divide(image, paper, scale=255), np.uint8)


def _compare(mark: PageMark, reference: Image, aligned: Image, zones: Sequence[Zone], scale: float) -> Comparison:
    page = _even(aligned)
    ours, theirs = _ink(reference), _ink(page)
    hidden = _hidden(reference.shape, zones, scale)
    boxes = [b for b in _glyphs(reference) if not hidden[b[1]:b[1] + b[3], b[0]:b[0] + b[2]].any()]
    likeness = [_likeness(ours, theirs, box) for box in boxes]
    usual = float(np.median(likeness)) if likeness else 0.0
    if usual < 0.5:
        return Comparison(UNREADABLE, mark, usual)
    floor = max(min(_GLYPH_FLOOR, usual - 0.1), usual - _GLYPH_DROP)
    changes = [_change("changed", box, scale, like) for box, like in zip(boxes, likeness, strict=True) if like < floor]
    changes += [_change("added", box, scale, 0.0) for box in _strays(reference, page, hidden, scale)]
    merged = _merged(changes)
    ok, png = cv2.imencode(".png", aligned)
    return Comparison(DIFFERS if merged else SAME, mark, round(usual, 3), merged, png.tobytes() if ok else b"")


def _ink(gray: Image) -> NDArray[np.float32]:
    """How black each point is, softened so that a hair's breadth does not count."""
    return np.asarray(cv2.GaussianBlur(255 - gray, (0, 0), 1.6), np.float32)


def _hidden(shape: tuple[int, ...], zones: Sequence[Zone], scale: float) -> NDArray[np.bool_]:
    hidden = np.zeros(shape, np.bool_)
    for z in zones:
        x1, y1 = int((z.x - _ZONE_MARGIN_MM) * scale), int((z.y - _ZONE_MARGIN_MM) * scale)
        x2, y2 = int((z.x + z.w + _ZONE_MARGIN_MM) * scale), int((z.y + z.h + _ZONE_MARGIN_MM) * scale)
        hidden[max(y1, 0):y2, max(x1, 0):x2] = True
    return hidden


def _glyphs(reference: Image) -> list[tuple[int, int, int, int]]:
    """Boxes of the printed signs: strokes that nearly touch belong together, digits stay apart."""
    black = (reference < 140).astype(np.uint8)
    joined = cv2.morphologyEx(black, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (1, 5)))
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    height, width = reference.shape
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, area in stats[1:]
            if area >= 12 and h >= 5 and w < width // 3 and h < height // 3]


def _likeness(ours: NDArray[np.float32], theirs: NDArray[np.float32], box: tuple[int, int, int, int]) -> float:
    """How well a sign is found within a few points of its place: 1 is the same, 0 is nothing alike."""
    x, y, w, h = box
    pad, reach = 3, _SEARCH_PX
    top, left = y - pad - reach, x - pad - reach
    bottom, right = y + h + pad + reach, x + w + pad + reach
    if top < 0 or left < 0 or bottom > ours.shape[0] or right > ours.shape[1]:
        return 1.0  # at the very edge of the paper nothing is printed that matters
    wanted = ours[y - pad:y + h + pad, x - pad:x + w + pad]
    there = theirs[top:bottom, left:right]
    score: Any = cv2.matchTemplate(there, wanted, cv2.TM_CCOEFF_NORMED)
    return float(score.max())


def _strays(reference: Image, page: Image, hidden: NDArray[np.bool_], scale: float) -> list[tuple[int, int, int, int]]:
    """Ink where the approved page has none within reach."""
    near = cv2.dilate((reference < 190).astype(np.uint8), np.ones((2 * _SEARCH_PX - 1, 2 * _SEARCH_PX - 1), np.uint8))
    stray = ((page < 120) & (near == 0) & ~hidden).astype(np.uint8)
    margin = int(4 * scale)
    stray[:margin], stray[-margin:], stray[:, :margin], stray[:, -margin:] = 0, 0, 0, 0
    joined = cv2.morphologyEx(stray, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = _STRAY_MM2 * scale * scale
    return [(int(x), int(y), int(w), int(h)) for n, (x, y, w, h, area) in enumerate(stats) if n and area >= least]


def _change(kind: str, box: tuple[int, int, int, int], scale: float, likeness: float) -> Change:
    x, y, w, h = (round(v / scale, 1) for v in box)
    return Change(kind, x, y, w, h, round(likeness, 2))


def _merged(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Neighbours within two millimetres are one place: a person looks at places, not at strokes."""
    found: list[Change] = []
    for change in sorted(changes, key=lambda c: (round(c.y / 4), c.x)):
        for i, other in enumerate(found):
            if _near(other, change):
                found[i] = _joined(other, change)
                break
        else:
            found.append(change)
    return tuple(found)


def _near(a: Change, b: Change) -> bool:
    gap = 2.0
    return (a.x - gap < b.x + b.w and b.x - gap < a.x + a.w) and (a.y - gap < b.y + b.h and b.y - gap < a.y + a.h)


def _joined(a: Change, b: Change) -> Change:
    x, y = min(a.x, b.x), min(a.y, b.y)
    w, h = max(a.x + a.w, b.x + b.w) - x, max(a.y + a.h, b.y + b.h) - y
    kind = a.kind if a.kind == b.kind else "changed"
    return Change(kind, x, y, round(w, 1), round(h, 1), min(a.likeness, b.likeness))
