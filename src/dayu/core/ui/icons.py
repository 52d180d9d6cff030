"""The names of the house's own stroke icons. They are drawn in `templates/ui/sprite.html`, on a grid of 16."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).parent.parent / "templates" / "ui" / "sprite.html"


@cache
def icon_names() -> frozenset[str]:
    """Every icon that a template may name."""
    return frozenset(re.findall(r'id="i-([a-z]+)"', SPRITE.read_text("utf-8")))
