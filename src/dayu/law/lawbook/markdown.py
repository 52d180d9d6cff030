"""Pieces of Markdown that every chapter uses: tables, citations, dates, how far something is confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from dayu.law.citations import Citation, law

CONFIRMATION_WORDS = {"V": "已核对", "S": "公开来源", "U": "默认值，待确认"}
NOTHING = "—"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table. Empty cells become a dash; line breaks and bars cannot break it."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(_cell(c) for c in row)} |" for row in rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>") or NOTHING


def bullets(items: Iterable[str]) -> str:
    """A list, one item a line."""
    return "\n".join(f"- {item}" for item in items)


def cited(citations: Iterable[Citation]) -> str:
    """行政处罚法第六十四条第一项（2021-01-22版，“告知后五日内提出”）；…."""
    return "；".join(cited_once(c) for c in citations)


def cited_once(citation: Citation) -> str:
    """One citation with its edition, its anchor, and a mark where it is not verified."""
    inside = [f"{citation.edition}版"] if len(law(citation.law).editions) > 1 else []
    if citation.anchor:
        inside.append(f"“{citation.anchor}”")
    if citation.confirmation != "V":
        inside.append(CONFIRMATION_WORDS[citation.confirmation])
    return citation.text() + (f"（{'，'.join(inside)}）" if inside else "")


def period(first: date | None, last: date | None) -> str:
    """自 2021-07-15 起；2023-05-01 至 2024-12-31."""
    if first is None:
        return f"至 {last}" if last else NOTHING
    return f"{first} 至 {last}" if last else f"自 {first} 起"


def day(moment: date | datetime) -> str:
    """A date, or a moment to the minute."""
    if isinstance(moment, datetime):
        return moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat()
