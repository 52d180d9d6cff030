"""Statute texts for tests: what an article, a paragraph or an item of a law says, read from Markdown files.

The texts are not part of this project. They lie in `../shared/corpus/laws`, or where DAYU_SHARED points to.
`article_text("行政处罚法(2021-01-22)", 64)` is the whole article, `None` where the file has no such article.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ARTICLE = re.compile(r"^第([零〇一二三四五六七八九十百千]+)条(?:之[一二三四五六七八九十]+)?(?=[\s\u3000]|$)[\s\u3000]*(.*)$")
_ITEM = re.compile(r"^[（(]([零〇一二三四五六七八九十百]+)[）)](.*)$")
_CLUTTER = dict.fromkeys(map(ord, "\u200b\ufeff\u00a0"), "")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (款): its lead text and its items (项) in order."""

    text: str
    items: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The lead text and all items."""
        return "\n".join((self.text, *self.items))


@dataclass(frozen=True, slots=True)
class Article:
    """One article (条) as the statute prints it."""

    number: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def whole(self) -> str:
        """All paragraphs and items, one a line."""
        return "\n".join(paragraph.whole for paragraph in self.paragraphs)


def statute_folder() -> Path | None:
    """The folder with the statute texts, or None where this machine has none."""
    here = Path(__file__).resolve()
    shared = Path(os.environ["DAYU_SHARED"]) if "DAYU_SHARED" in os.environ else here.parents[4].parent / "shared"
    folder = shared / "corpus" / "laws"
    return folder if folder.is_dir() else None


def arabic_number(numeral: str) -> int:
    """一千零五十四 is 1054, 十 is 10, 一百一十 is 110."""
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


@cache
def statute(corpus_name: str) -> dict[int, Article]:
    """All articles of one text by number. The name is the file's, without `.md`."""
    folder = statute_folder()
    if folder is None:
        return {}
    lines: dict[int, list[str]] = {}
    number = 0
    for raw in (folder / f"{corpus_name}.md").read_text("utf-8").splitlines():
        line = raw.translate(_CLUTTER).strip(" \u3000\t*")
        if not line or line.startswith(("#", "<!--", "---")):
            continue
        if (found := _ARTICLE.match(line)) and arabic_number(found[1]) >= number:
            number = arabic_number(found[1])
            lines.setdefault(number, []).append(found[2])
        elif number:
            lines[number].append(line)
    return {n: Article(n, _paragraphs(text)) for n, text in lines.items()}


def _paragraphs(lines: list[str]) -> tuple[Paragraph, ...]:
    """Lines that start with （一） belong to the paragraph above them, all others begin a paragraph."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if not line:
            continue
        if _ITEM.match(line) and found:
            found[-1][1].append(line)
        else:
            found.append((line, []))
    return tuple(Paragraph(text, tuple(items)) for text, items in found)


def article_text(
    corpus_name: str, article: int, paragraph: int | None = None, item: int | None = None
) -> str | None:
    """The text of an article, of one of its paragraphs, or of one item of it; None where there is no such place.

    With `item` and no `paragraph`, the first paragraph that has items is meant, as lawyers cite 第五十七条第一项.
    """
    found = statute(corpus_name).get(article)
    if found is None:
        return None
    if paragraph is None and item is None:
        return found.whole
    if paragraph is None:
        chosen = next((p for p in found.paragraphs if p.items), None)
    else:
        chosen = found.paragraphs[paragraph - 1] if paragraph <= len(found.paragraphs) else None
    if chosen is None or item is None:
        return chosen.whole if chosen else None
    return next((i for i in chosen.items if (m := _ITEM.match(i)) and arabic_number(m[1]) == item), None)
