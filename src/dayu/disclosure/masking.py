"""Masking (脱敏): names of natural persons, identity numbers, telephones, addresses and accounts leave a text.

Pure functions over text and over the fields of a document. `left_over` looks at a finished text, also at the text layer
of a PDF, and names what still stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

HIDDEN = "***"
NOT_PUBLIC = "（不公开）"
COMPOUND_SURNAMES = frozenset({
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "长孙", "宇文", "端木",
    "南宫", "独孤", "呼延", "闻人", "澹台", "完颜", "拓跋",
})  # fmt: skip

IDENTITY = re.compile(r"(?<![0-9A-Za-z])(?:\d[ \-]?){17}[\dXx](?![0-9A-Za-z])|(?<![0-9A-Za-z.])\d{15}(?![0-9A-Za-z.])")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)[（(]?0\d{2,3}[）)]?[ \-－—]?\d{7,8}(?!\d)")
ACCOUNT = re.compile(r"(?<![0-9A-Za-z.])\d(?:[ ]?\d){15,27}(?![0-9A-Za-z.])")
EMAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.]+")

PATTERNS = (("identity", IDENTITY), ("phone", MOBILE), ("phone", LANDLINE), ("account", ACCOUNT), ("email", EMAIL))

# Fields of documents that say nothing about the act and much about a person.
PRIVATE_FIELDS = frozenset({
    "person_gender", "person_birth_on", "person_id_type", "person_id_no", "party_phone", "person_phone", "person_address",
    "proxy_id_no", "proxy_phone", "agent_id_no", "agent_phone", "agent_address", "address", "contact_name",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Private:
    """What must not be seen, and what may although it looks like it.

    `names` are natural persons, `addresses` homes of natural persons. `allowed` are numbers that are public: unified
    credit codes of organisations, telephones of offices.
    """

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    natural_party: bool = False


@dataclass(slots=True)
class Masked:
    """A masked text and how often each kind of thing was taken out of it."""

    text: str
    taken: dict[str, int] = field(default_factory=dict)


def mask_name(name: str) -> str:
    """张三 → 张某, 欧阳锋 → 欧阳某, 阿依古丽·买买提 → 阿某: the surname and 某."""
    bare = name.strip()
    if not bare:
        return ""
    if re.search(r"[·•]", bare):
        return f"{bare[0]}某"
    surname = bare[:2] if bare[:2] in COMPOUND_SURNAMES and len(bare) > 2 else bare[0]
    return f"{surname}某"


def mask_text(text: str, private: Private) -> Masked:
    """The text without what is private. Names go first, the longest first, so that a part of a name never stays."""
    masked = Masked(text)
    for address in sorted(filter(None, private.addresses), key=len, reverse=True):
        _replace(masked, "address", re.escape(address), NOT_PUBLIC)
    for name in sorted(filter(None, private.names), key=len, reverse=True):
        if len(name.strip()) > 1:
            _replace(masked, "name", re.escape(name.strip()), mask_name(name))
    for kind, pattern in PATTERNS:
        _mask_pattern(masked, kind, pattern, private.allowed)
    return masked


def mask_fields(fields: Mapping[str, Any], private: Private) -> tuple[dict[str, Any], dict[str, int]]:
    """The fields of a document without what is private, and how often each kind of thing was taken out."""
    taken: dict[str, int] = {}
    shown: dict[str, Any] = {}
    for name, value in fields.items():
        if name in PRIVATE_FIELDS:
            if value not in (None, "", []):
                taken[name] = taken.get(name, 0) + 1
            continue
        if name == "party_address" and private.natural_party and value:
            shown[name] = NOT_PUBLIC
            taken["address"] = taken.get("address", 0) + 1
            continue
        shown[name] = _mask_value(value, private, taken)
    return shown, taken


def left_over(text: str, private: Private) -> tuple[str, ...]:
    """The kinds of private things that still stand in a text: `name`, `address`, `identity`, `phone`, `account`, `email`."""
    joined = re.sub(r"[\n\r]", "", text)
    found = {
        kind
        for source in (text, joined)
        for kind, pattern in PATTERNS
        if any(not _is_allowed(m.group(0), private.allowed) for m in pattern.finditer(source))
    }
    # A name that is written 张某 everywhere already hides what masking would hide.
    hidden = {n.strip() for n in private.names if len(n.strip()) > 1 and n.strip() != mask_name(n)}
    found |= {"name" for n in hidden if n in joined}
    found |= {"address" for a in private.addresses if a and a in joined}
    return tuple(sorted(found))


def _mask_value(value: Any, private: Private, taken: dict[str, int]) -> Any:
    if isinstance(value, str):
        masked = mask_text(value, private)
        for kind, count in masked.taken.items():
            taken[kind] = taken.get(kind, 0) + count
        return masked.text
    if isinstance(value, Mapping):
        return {k: _mask_value(v, private, taken) for k, v in value.items() if k not in PRIVATE_FIELDS}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_mask_value(v, private, taken) for v in value]
    return value


def _replace(masked: Masked, kind: str, pattern: str, by: str) -> None:
    masked.text, count = re.subn(pattern, by, masked.text)
    if count:
        masked.taken[kind] = masked.taken.get(kind, 0) + count


def _mask_pattern(masked: Masked, kind: str, pattern: re.Pattern[str], allowed: Iterable[str]) -> None:
    def hide(found: re.Match[str]) -> str:
        if _is_allowed(found.group(0), allowed):
            return found.group(0)
        masked.taken[kind] = masked.taken.get(kind, 0) + 1
        return HIDDEN

    masked.text = pattern.sub(hide, masked.text)


def _is_allowed(text: str, allowed: Iterable[str]) -> bool:
    bare = re.sub(r"[^0-9A-Za-z]", "", text)
    return any(bare == re.sub(r"[^0-9A-Za-z]", "", a) for a in allowed if a)
