"""Guided writing: what is wrong with a document before it is sealed, alone and beside the other documents of its case.

Pure: the caller passes the other documents and a callable that knows which articles exist. A finding carries a rule id,
parameters and basis; the words stand in `rulebook/refusals/documents.toml`. A refusal blocks sealing, a warning does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dayu.paper.chinese import as_amount, from_capitals
from dayu.paper.compose import shown
from dayu.paper.definitions import Basis, Definition, Field, Version, filled

REFUSAL, WARNING = "refusal", "warning"

# Law name, article, paragraph, item -> whether it exists; None where the law is not in the library.
ArticleLookup = Callable[[str, int, int | None, int | None], bool | None]

_ORDER = (  # the first may not lie after the second
    ("start_at", "end_at"), ("started_on", "ended_on"), ("filed_on", "closed_on"), ("notice_served_on", "issued_on"),
    ("term_from_on", "term_to_on"), ("decision_served_on", "issued_on"), ("counted_from_on", "counted_to_on"),
    ("closed_on", "archived_on"), ("original_due_on", "new_due_on"), ("found_at", "filed_on"),
)
_AMOUNT_PAIRS = (("fine_yuan", "fine_capitals"), ("additional_yuan", "additional_capitals"))
_NOTICES = frozenset({"penalty_notice", "hearing_right_notice"})
_CONCLUSIONS = frozenset({"collective_discussion", "decision_approval"})
_DECISIONS = frozenset({"penalty_decision"})
_HARDER = (Basis("penalty-law", 45, 2, anchor="不得因当事人陈述、申辩"), Basis("penalty-law", 44))
_DISCUSSED = (Basis("penalty-law", 57, 2),)
_TWO_OFFICERS = (Basis("penalty-law", 42, 1, anchor="执法人员不得少于两人"),)
_IDENTITY = frozenset({"party_name", "party_identity", "decision_no", "legal_representative"})
_LAW_REFERENCE = re.compile(
    r"《([^《》]{2,60})》(?:第([零〇一二三四五六七八九十百千\d]+)条)(?:第([一二三四五六七八九十\d]+)款)?"
    r"(?:第?[（(]?([一二三四五六七八九十\d]+)[）)]?项)?"
)
_WORDS_AND_FIGURES = re.compile(
    r"([零壹贰叁肆伍陆柒捌玖拾佰仟万亿圆元角分整正]{2,})[（(](?:人民币|￥|¥)?\s*([\d,，.]+)\s*元?[）)]"
)
_BLANK = re.compile(r"[×xX]{2,}|＿{2,}|_{3,}|某某")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where, why, and whether it blocks sealing."""

    rule: str
    severity: str
    field: str = ""
    params: Mapping[str, Any] = with_default(default_factory=dict)
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherDocument:
    """Another document of the same case and party, as far as this one must agree with it. The newest comes last."""

    definition: Definition
    version: Version
    fields: Mapping[str, Any]
    number: str = ""


def check_document(
    definition: Definition,
    version: Version,
    fields: Mapping[str, Any],
    others: Sequence[OtherDocument] = (),
    *,
    article_exists: ArticleLookup | None = None,
    as_of: date | None = None,
) -> tuple[Finding, ...]:
    """All findings, refusals first. `as_of` is the day against which dates lie in the future."""
    found: list[Finding] = []
    found += _missing(version, fields)
    found += _elements(version, fields)
    for spec in version.fields:
        if filled(fields.get(spec.id)):
            found += _value(spec, fields[spec.id], as_of=as_of)
    found += _order(version, fields)
    found += _amounts(version, fields)
    found += _officers(fields)
    found += _articles(version, fields, article_exists)
    found += _beside_others(definition, version, fields, others)
    return tuple(sorted(found, key=lambda f: f.severity != REFUSAL))


def _missing(version: Version, fields: Mapping[str, Any]) -> Iterator[Finding]:
    in_elements = {f for e in version.elements for f in e.fields}
    for spec in version.fields:
        if spec.id in in_elements or filled(fields.get(spec.id)) or not spec.needed(fields):
            continue
        severity = REFUSAL if spec.confirmed else WARNING
        yield Finding("documents.missing_field", severity, spec.id, {"label": spec.label})


def _elements(version: Version, fields: Mapping[str, Any]) -> Iterator[Finding]:
    for element in version.elements:
        if element.when and not element.when.holds(fields):
            continue
        empty = [f for f in element.fields if not filled(fields.get(f))]
        if not empty or (element.any_of and len(empty) < len(element.fields)):
            continue
        labels = "、".join(version.field(f).label for f in empty)
        rule = "documents.missing_remedy" if element.key == "remedies" else "documents.missing_element"
        yield Finding(rule, REFUSAL, empty[0], {"element": element.label, "labels": labels}, element.basis)


def _value(spec: Field, value: Any, *, as_of: date | None) -> Iterator[Finding]:
    params = {"label": spec.label, "value": value}
    if spec.type in {"date", "datetime"}:
        yield from _date_value(spec, value, as_of=as_of)
    elif spec.type == "money_yuan":
        try:
            wrong = as_amount(value) < 0
        except ValueError:
            wrong = True
        if wrong:
            yield Finding("documents.bad_amount", REFUSAL, spec.id, params)
    elif spec.type == "int" and not re.fullmatch(r"\d+", str(value)):
        yield Finding("documents.bad_number", REFUSAL, spec.id, params)
    elif spec.type == "enum" and spec.choices:
        unknown = [v for v in (value if isinstance(value, list) else [value]) if str(v) not in spec.choices]
        if unknown:
            yield Finding("documents.bad_choice", REFUSAL, spec.id, {"label": spec.label, "value": unknown[0]})
    elif spec.type == "uscc" and not is_uscc(str(value)):
        yield Finding("documents.bad_uscc", REFUSAL, spec.id, params)
    elif spec.type == "id_no" and len(str(value)) == 18 and not is_id_number(str(value)):
        yield Finding("documents.bad_id_number", REFUSAL, spec.id, params)
    for text in _texts(value):
        if blank := _BLANK.search(text):
            yield Finding("documents.blank_left", REFUSAL, spec.id, {"label": spec.label, "value": blank.group(0)})


def _date_value(spec: Field, value: Any, *, as_of: date | None) -> Iterator[Finding]:
    try:
        moment = _as_moment(value)
    except ValueError:
        yield Finding("documents.bad_date", REFUSAL, spec.id, {"label": spec.label, "value": value})
        return
    if as_of and moment.date() > as_of and spec.id in {"issued_on", "start_at", "end_at", "served_at", "closed_on"}:
        yield Finding("documents.date_in_future", WARNING, spec.id, {"label": spec.label, "value": shown(spec, value)})


def _order(version: Version, fields: Mapping[str, Any]) -> Iterator[Finding]:
    for earlier, later in _ORDER:
        if not (filled(fields.get(earlier)) and filled(fields.get(later))):
            continue
        try:
            first, second = _as_moment(fields[earlier]), _as_moment(fields[later])
        except ValueError:
            continue  # said already, for the value itself
        by_day = len(str(fields[earlier])) <= 10 or len(str(fields[later])) <= 10
        wrong = first.date() > second.date() if by_day else first >= second
        if wrong:
            yield Finding("documents.dates_out_of_order", REFUSAL, later,
                          {"earlier": version.field(earlier).label, "later": version.field(later).label})


def _amounts(version: Version, fields: Mapping[str, Any]) -> Iterator[Finding]:
    for figure, words in _AMOUNT_PAIRS:
        if filled(fields.get(figure)) and filled(fields.get(words)):
            yield from _words_beside_figures(words, str(fields[words]), str(fields[figure]))
    for spec in version.fields:
        if spec.type in {"text", "list", "string"}:
            for text in _texts(fields.get(spec.id)):
                for words, figure in _WORDS_AND_FIGURES.findall(text):
                    yield from _words_beside_figures(spec.id, words, figure)


def _words_beside_figures(field_id: str, words: str, figure: str) -> Iterator[Finding]:
    try:
        if from_capitals(words) == as_amount(figure):
            return
    except ValueError:
        pass
    yield Finding("documents.amount_words_differ", REFUSAL, field_id, {"words": words, "figures": figure})


def _officers(fields: Mapping[str, Any]) -> Iterator[Finding]:
    first, second = fields.get("officer1_name"), fields.get("officer2_name")
    if filled(first) and first == second:
        yield Finding("documents.same_officer_twice", REFUSAL, "officer2_name", {"name": first}, _TWO_OFFICERS)


def _articles(version: Version, fields: Mapping[str, Any], exists: ArticleLookup | None) -> Iterator[Finding]:
    if exists is None:
        return
    seen: set[str] = set()
    for spec in version.fields:
        for text in _texts(fields.get(spec.id)):
            for match in _LAW_REFERENCE.finditer(text):
                if match.group(0) in seen:
                    continue
                seen.add(match.group(0))
                name, article, paragraph, item = match.groups()
                known = exists(name, _number(article), _number(paragraph) if paragraph else None,
                               _number(item) if item else None)
                if known is False:
                    yield Finding("documents.no_such_article", REFUSAL, spec.id, {"reference": match.group(0)})
                elif known is None:
                    yield Finding("documents.unknown_law", WARNING, spec.id, {"reference": match.group(0)})


def _beside_others(definition: Definition, version: Version, fields: Mapping[str, Any],
                   others: Sequence[OtherDocument]) -> Iterator[Finding]:
    if definition.key in _DECISIONS:
        yield from _beside_notice(fields, others)
        yield from _beside_conclusion(fields, others)
    told: set[tuple[str, str]] = set()
    for other in reversed(others):
        for spec, held in _shared(version, fields, other):
            if (spec.id, held) in told:
                continue
            told.add((spec.id, held))
            yield _contradiction(spec, str(fields[spec.id]), held, other)
    yield from _slips(version, fields)


def _shared(version: Version, fields: Mapping[str, Any], other: OtherDocument) -> Iterator[tuple[Field, str]]:
    """Fields that say the same thing about the case but hold different values; amounts are compared by their own rules."""
    theirs = {f.shared: other.fields.get(f.id) for f in other.version.fields if f.shared}
    for spec in version.fields:
        if not spec.shared or spec.shared in {"fine_yuan", "fine_capitals", "gains_yuan"}:
            continue
        mine, held = fields.get(spec.id), theirs.get(spec.shared)
        if filled(mine) and filled(held) and str(mine).strip() != str(held).strip():
            yield spec, str(held)


def _contradiction(spec: Field, mine: str, held: str, other: OtherDocument) -> Finding:
    params = {"label": spec.label, "value": mine, "other": held, "document": other.definition.title,
              "number": other.number}
    near = spec.shared in {"party_name", "case_name", "legal_representative", "organ_name"} and _one_off(mine, held)
    if near:
        return Finding("documents.name_one_character_off", REFUSAL, spec.id, params)
    severity = REFUSAL if spec.shared in _IDENTITY else WARNING
    return Finding("documents.contradiction", severity, spec.id, params)


def _beside_notice(fields: Mapping[str, Any], others: Sequence[OtherDocument]) -> Iterator[Finding]:
    """Lighter than notified is lawful, heavier is not: new facts or another basis need a new notice."""
    notices = [o for o in others if o.definition.key in _NOTICES]
    if not notices:
        return
    newest = notices[-1]
    for key, label in (("fine_yuan", "罚款"), ("gains_yuan", "没收违法所得")):
        mine, told = _amount(fields.get(key)), _amount(newest.fields.get(key))
        if mine is not None and mine > (told or Decimal(0)):
            yield Finding("documents.heavier_than_notified", REFUSAL, key,
                          {"label": label, "value": mine, "other": told or 0, "number": newest.number}, _HARDER)
    notified = set(_list(newest.fields.get("penalty_kinds")))
    for kind in _list(fields.get("penalty_kinds")):
        if notified and kind not in notified:
            yield Finding("documents.kind_not_notified", REFUSAL, "penalty_kinds", {"kind": kind}, _HARDER)


def _beside_conclusion(fields: Mapping[str, Any], others: Sequence[OtherDocument]) -> Iterator[Finding]:
    """The decision equals what was concluded, to the yuan."""
    newest = {o.definition.key: o for o in others if o.definition.key in _CONCLUSIONS}
    for other in newest.values():
        mine, concluded = _amount(fields.get("fine_yuan")), _amount(other.fields.get("fine_yuan"))
        if concluded is not None and mine != concluded:
            yield Finding("documents.differs_from_conclusion", REFUSAL, "fine_yuan",
                          {"value": mine or 0, "other": concluded, "document": other.definition.title}, _DISCUSSED)


def _slips(version: Version, fields: Mapping[str, Any]) -> Iterator[Finding]:
    """The party's name written with one wrong character somewhere in the text."""
    name = str(fields.get("party_name") or "")
    if len(name) < 4:
        return
    for spec in version.fields:
        if spec.type not in {"text", "list"}:
            continue
        for text in _texts(fields.get(spec.id)):
            slip = _near_in(text, name)
            if slip:
                yield Finding("documents.name_slip_in_text", WARNING, spec.id,
                              {"label": spec.label, "value": slip, "other": name})


def _near_in(text: str, name: str) -> str:
    for start in range(len(text) - len(name) + 1):
        part = text[start:start + len(name)]
        if part != name and sum(a != b for a, b in zip(part, name, strict=True)) == 1:
            return part
    return ""


def _one_off(a: str, b: str) -> bool:
    """Whether one character was changed, added or left out."""
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1:] == short for i in range(len(long)))


def is_uscc(text: str) -> bool:
    """Whether the check character of a unified social credit code (GB 32100) is right."""
    if len(text) != 18 or any(c not in _USCC_ALPHABET for c in text):
        return False
    total = sum(_USCC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(text[:17]))
    return _USCC_ALPHABET[(31 - total % 31) % 31] == text[17]


def is_id_number(text: str) -> bool:
    """Whether the check character of an 18-character identity number (GB 11643) is right."""
    if not re.fullmatch(r"\d{17}[\dX]", text):
        return False
    total = sum(int(c) * w for c, w in zip(text[:17], _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == text[17]


def _as_moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.fromisoformat(value.isoformat())
    return datetime.fromisoformat(str(value)).replace(tzinfo=None)


def _amount(value: Any) -> Decimal | None:
    if not filled(value):
        return None
    try:
        return as_amount(value)
    except ValueError:
        return None


def _list(value: Any) -> list[str]:
    if not filled(value):
        return []
    return [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)


_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def _number(text: str) -> int:
    """第一百一十条 and 第110条 are the same article."""
    if text.isdigit():
        return int(text)
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _NUMERALS.get(character, int(character) if character.isdigit() else 0)
    return total + digit
