"""Reads a statute from plain text or Markdown: chapters, articles (条), paragraphs (款) and items (项)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NUMERAL = "零〇一二三四五六七八九十百千"
_ARTICLE = re.compile(rf"^第([{_NUMERAL}]+)条(?:之[一二三四五六七八九十]+)?(?=[\s\u3000]|$)[\s\u3000]*(.*)$")
_HEADING = re.compile(rf"^第[{_NUMERAL}]+(?:编|分编|章|节)[\s\u3000]*\S*")
_ITEM = re.compile(r"^[（(]([零〇一二三四五六七八九十百]+)[）)]")
_CLUTTER = dict.fromkeys(map(ord, "\u200b\ufeff\u00a0"), "")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph and its items."""

    text: str
    items: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article as printed."""

    number: int
    chapter: str
    paragraphs: list[Paragraph] = field(default_factory=list)


class UnreadableStatute(ValueError):
    """The text has no articles, or their numbers do not follow each other. The message says where."""


def read_statute(text: str) -> list[ArticleText]:
    """All articles in order. Raises `UnreadableStatute` where numbers are missing or repeated."""
    articles: list[ArticleText] = []
    chapter = ""
    for line in _lines(text):
        bare = line.lstrip("# ").strip()
        if _HEADING.match(bare) and len(bare) <= 60:
            chapter = bare
            continue
        if line.startswith("#"):
            continue
        found = _ARTICLE.match(line)
        if found is not None and arabic_number(found[1]) == len(articles) + 1:
            articles.append(ArticleText(arabic_number(found[1]), chapter))
            line = found[2].strip()
        elif found is not None and arabic_number(found[1]) > len(articles) + 1:
            raise UnreadableStatute(f"第{len(articles) + 1}条缺失，后面是第{arabic_number(found[1])}条")
        if articles and line:
            _append(articles[-1], line)
    if not articles:
        raise UnreadableStatute("没有找到“第一条”")
    return articles


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


def _lines(text: str) -> list[str]:
    """Lines without Markdown marks, front matter, comments and table of contents before the first article."""
    found: list[str] = []
    in_front_matter = False
    for number, raw in enumerate(text.splitlines()):
        line = raw.translate(_CLUTTER).strip(" \u3000\t").replace("**", "")
        if line == "---":
            in_front_matter = number == 0
            continue
        if in_front_matter or not line or line.startswith("<!--"):
            continue
        found.append(line)
    return found


def _append(article: ArticleText, line: str) -> None:
    if _ITEM.match(line) and article.paragraphs:
        article.paragraphs[-1].items.append(line)
    else:
        article.paragraphs.append(Paragraph(line))
