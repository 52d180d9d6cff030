"""The lawbook for a browser: chapters as HTML with a table of contents, and the page of one rule that refusals link to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dayu.law.flow_chart import chart_mermaid, chart_svg
from dayu.law.lawbook import INDEX, figures, render_all
from dayu.law.procedures.register import PROCEDURES
from dayu.paper.book import reader_with

_KEY = re.compile(r"^键 `([^`]+)`")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it until the next heading. `anchor` is the rule's key where it has one."""

    anchor: str
    title: str
    level: int
    html: SafeString
    words: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its name in addresses, its title and its sections."""

    slug: str
    title: str
    sections: tuple[Section, ...]

    def matching(self, words: str) -> list[Section]:
        """The sections that hold all the words."""
        wanted = words.split()
        return [s for s in self.sections if all(w in s.words or w in s.title for w in wanted)]


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters in the order of the book. The rulebook does not change while a process runs."""
    return tuple(_chapter(file, text) for file, text in render_all().items() if file != INDEX)


def _chapter(file: str, text: str) -> Chapter:
    heading, _, body = text.partition("\n")
    return Chapter(file.removesuffix(".md"), heading.removeprefix("# "), tuple(_sections(body.lstrip("\n"))))


def chapter(slug: str) -> Chapter | None:
    """A chapter by its name in addresses."""
    return next((c for c in chapters() if c.slug == slug), None)


@cache
def section_of(key: str) -> tuple[Chapter, Section] | None:
    """Where the lawbook treats a rule."""
    return next(((c, s) for c in chapters() for s in c.sections if s.anchor == key), None)


def _sections(text: str) -> Iterator[Section]:
    parts = re.split(r"^(?=#{2,4} )", text, flags=re.MULTILINE)
    for number, part in enumerate(p for p in parts if p.strip()):
        mark = re.match(r"^(#{2,4}) (.+)\n", part)
        body = part[mark.end() :] if mark else part
        key = _KEY.match(body.lstrip())
        title, level = (mark[2], len(mark[1])) if mark else ("", 1)
        yield Section(key[1] if key else f"s{number}", title, level, _html(body), part)


def _html(text: str) -> SafeString:
    """HTML of a piece; tables may be scrolled sideways, links between chapters stay within the book."""
    reader = _reader()
    shown = reader.renderer.render(list(_linked(reader.parse(text))), reader.options, {})
    shown = shown.replace("<table>", '<div class="scroll" tabindex="0"><table class="table">').replace(
        "</table>", "</table></div>"
    )
    return mark_safe(shown)  # noqa: S308 - made from the rulebook by a reader that lets no HTML through


@cache
def _drawings() -> Mapping[str, str]:
    """The text of each flow chart and its drawing, both made from the declaration of the procedure."""
    return {chart_mermaid(procedure): chart_svg(procedure) for procedure in PROCEDURES.values()}


def _drawn(token: Token) -> Token:
    """The drawing in place of the text of a flow chart."""
    drawing = _drawings()[token.content.strip()]
    return Token("html_block", "", 0, content=f'<div class="scroll" tabindex="0">{drawing}</div>\n')


@cache
def _reader() -> MarkdownIt:
    return reader_with(figures())


def _linked(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "fence" and token.info == "mermaid":
            yield _drawn(token)
            continue
        for child in token.children or ():
            target = str(child.attrs.get("href", ""))
            if child.type == "link_open" and ".md" in target:
                child.attrs["href"] = "../" + escape(target.replace(".md", "/"))
        yield token
