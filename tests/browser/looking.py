"""What every browser test of a page looks for: nothing against accessibility, nothing wider than the screen."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Screens are looked at on a phone in `make test`, on a desk in `make soak` too; the main ones always on both.
BOTH_WIDTHS = [pytest.param(False, id="1280", marks=pytest.mark.soak), pytest.param(True, id="360")]


def violations(page: Page) -> list[str]:
    """What axe finds, one line for each node. The screen is made as high as the page: bars that stay at its edge then cover
    nothing that a person could scroll free."""
    size = page.viewport_size
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    if size is not None and size["height"] < height:
        page.set_viewport_size({"width": size["width"], "height": min(height, 16000)})
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    if size is not None:
        page.set_viewport_size(size)
    return [f"{v['id']}: {node['html'][:160]}" for v in found["violations"] for node in v["nodes"]]


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return max(0, int(page.evaluate(TOO_WIDE)))


HIGHEST = 2600  # a picture for the documentation need not show the two-hundredth row


def draw(page: Page, path: Path) -> None:
    """A picture of the page for the documentation: the whole of it, within reason, in few colours so that it stays small."""
    size = page.viewport_size
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    if size is not None:
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height, HIGHEST))})
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(colors=96, dither=Image.Dither.NONE).save(path, optimize=True)
    if size is not None:
        page.set_viewport_size(size)
