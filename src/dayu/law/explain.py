"""What is behind an id of the rulebook: what it says, on which article, how far that is confirmed, with its examples.

Every table of the rulebook is reached alike; a violation, a benchmark or a time limit reads as in the lawbook.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dayu.law.citations import SECONDARY, UNVERIFIED, VERIFIED, Citation, citation_from, laws
from dayu.law.receipts import plain
from dayu.law.rulebook import RulebookError, load_folder, load_toml

WORST_FIRST = (UNVERIFIED, SECONDARY, VERIFIED)
NO_ARTICLE = ""
CONFIRMED = {NO_ARTICLE: "不引用条文", VERIFIED: "已与条文核对", SECONDARY: "公开的二手来源，未与条文核对", UNVERIFIED: "缺省值，未确认"}

# kind -> (its name, folder or file). A folder holds tables by id; a file likewise; documents are one file each.
KINDS: Mapping[str, tuple[str, str]] = {
    "violation": ("违法行为", "violations"),
    "benchmark": ("裁量基准", "benchmarks"),
    "limit": ("期限", "limits.toml"),
    "threshold": ("数额界限", "thresholds.toml"),
    "criminal": ("涉嫌犯罪", "criminal.toml"),
    "limitation": ("追责期限", "limitation.toml"),
    "leniency": ("减免情节", "leniency.toml"),
    "parameter": ("参数", "parameters.toml"),
    "party": ("当事人种类", "party-kinds.toml"),
    "fact": ("裁量因素", "facts.toml"),
    "circumstance": ("情形", "circumstances.toml"),
    "law": ("法律、法规、规章", "laws.toml"),
    "document": ("文书", "documents"),
    "refusal": ("不予办理的理由", "refusals"),
}
# The chapter of the lawbook in which a kind has a section of its own.
CHAPTERS = {"violation": "violations", "benchmark": "benchmarks", "limit": "limits"}
_NAMES = ("name", "title", "zh", "label_zh")
_HIDDEN = frozenset({"examples", "example", "exempted", "versions", "editions", "tiers", "fields", "template"})


class UnknownRule(ValueError):
    """No rule of that id, or several. The message says which there are."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule of the rulebook for a reader."""

    key: str
    kind: str
    name: str
    file: str
    text: str
    basis: tuple[Citation, ...]
    confirmation: str
    examples: tuple[Mapping[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """For the command line and the API."""
        return {
            "id": f"{self.kind}:{self.key}",
            "kind": KINDS[self.kind][0],
            "name": self.name,
            "text": self.text,
            "basis": [c.as_json() for c in self.basis],
            "confirmation": self.confirmation,
            "confirmed": CONFIRMED[self.confirmation],
            "examples": plain(self.examples),
            "file": f"rulebook/{self.file}",
        }


@cache
def _tables(kind: str) -> Mapping[str, tuple[str, Mapping[str, Any]]]:
    """Id -> (file, table) of a kind."""
    place = KINDS[kind][1]
    if place.endswith(".toml"):
        return {key: (place, row) for key, row in load_toml(place).items() if isinstance(row, Mapping)}
    files = {f"{place}/{name}.toml": content for name, content in load_folder(place).items()}
    if kind == "document":
        return {c["key"]: (file, c) for file, c in files.items() if "key" in c}
    return {key: (file, row) for file, content in files.items() for key, row in content.items()}


def known_ids() -> tuple[str, ...]:
    """Every id as `kind:key`."""
    return tuple(f"{kind}:{key}" for kind in KINDS for key in _tables(kind))


def explain(rule: str) -> Explanation:
    """The rule of an id, `kind:key` or only the key where no two kinds share it; raises UnknownRule."""
    kind, mark, key = rule.partition(":")
    if mark and kind in KINDS:
        if key not in _tables(kind):
            raise UnknownRule(f"no {kind} {key!r} in the rulebook")
        return _explained(kind, key)
    holding = [k for k in KINDS if rule in _tables(k)]
    if not holding:
        raise UnknownRule(f"no rule {rule!r} in the rulebook{_near(rule)}")
    if len(holding) > 1:
        raise UnknownRule(f"{rule!r} names several rules: {', '.join(f'{k}:{rule}' for k in holding)}")
    return _explained(holding[0], rule)


def _near(rule: str) -> str:
    """Ids that contain what was typed, for a reader who half remembers one."""
    near = [i for i in known_ids() if rule and rule in i]
    return f" (there is {', '.join(near[:5])})" if near else ""


def _explained(kind: str, key: str) -> Explanation:
    file, table = _tables(kind)[key]
    basis = tuple(dict.fromkeys(_citations(kind, key, table)))
    told = {table.get("confirmation")} | {c.confirmation for c in basis}
    confirmation = next((c for c in WORST_FIRST if c in told), NO_ARTICLE)
    if kind == "benchmark" and table.get("status") == "unknown":
        confirmation = UNVERIFIED  # its text was seen, that it is in force was not
    examples = tuple(table.get("examples", ())) + tuple(table.get("example", ()))
    name = next((str(table[n]) for n in _NAMES if table.get(n)), key)
    return Explanation(key, kind, name, file, _text(kind, key, table), basis, confirmation, examples)


def _citations(kind: str, key: str, table: Mapping[str, Any]) -> Iterator[Citation]:
    """Every citation in a table, however deep."""
    if kind == "law":
        yield Citation(key, edition=laws()[key].editions[-1].edition)
        return
    for value in _deep(table):
        if isinstance(value, Mapping) and "law" in value and set(value) <= _CITATION_FIELDS:
            yield citation_from(value)


_CITATION_FIELDS = frozenset({"law", "article", "paragraph", "item", "edition", "anchor", "confirmation"})


def _deep(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _deep(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _deep(inner)


def _text(kind: str, key: str, table: Mapping[str, Any]) -> str:
    if kind in CHAPTERS:
        return _section(CHAPTERS[kind], key)
    return "\n".join(_lines(table))


@cache
def _chapter(name: str) -> str:
    return str(importlib.import_module(f"dayu.law.lawbook.{name}").render())


def _section(chapter: str, key: str) -> str:
    """The section of the lawbook on a rule: from its heading to the next heading of that level or a higher one."""
    sections = re.split(r"^(?=#{2,3} )", _chapter(chapter), flags=re.MULTILINE)
    for section in sections:
        heading, _, body = section.partition("\n\n")
        if body.startswith(f"键 `{key}`"):
            return f"{heading.lstrip('# ')}\n\n{body.strip()}"
    raise RulebookError(f"the lawbook has no section on {key}")


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    """The plain fields of a table, one a line; its lists of figures as they stand."""
    for name, value in table.items():
        if name in _HIDDEN or isinstance(value, Mapping) or (name != "zh" and name.endswith("_en")) or name == "en":
            continue
        if isinstance(value, list):
            if any(isinstance(v, Mapping) for v in value):
                continue
            value = "、".join(str(v) for v in value)
        yield f"{name}: {value}"
    for edition in table.get("editions", ()):
        yield "edition: " + ", ".join(f"{k} {_shown(v)}" for k, v in edition.items() if k != "citation")


def _shown(value: Any) -> str:
    return " / ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, Mapping) else str(value)
