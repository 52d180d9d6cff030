"""The lawbook for a browser: chapters as HTML with a table of contents, and the page of one rule that refusals link to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dayu.law.lawbook import INDEX, render_all

_KEY = re.compile(r"^键 `([^`]+)`")
_READER = MarkdownIt("commonmark", {"html": False}).enable("table")


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
    tokens = list(_linked(_READER.parse(text)))
    shown = _READER.renderer.render(tokens, _READER.options, {})
    shown = shown.replace("<table>", '<div class="scroll" tabindex="0"><table class="table">').replace(
        "</table>", "</table></div>"
    )
    return mark_safe(shown)  # noqa: S308 - made from the rulebook by a reader that lets no HTML through


def _linked(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrs.get("href", ""))
            if child.type == "link_open" and ".md" in target:
                child.attrs["href"] = "../" + escape(target.replace(".md", "/"))
        yield token
