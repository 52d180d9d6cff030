"""Citations: which article of which edition of which law carries a rule, and how that is written in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dayu.law.rulebook import RulebookError, load_toml

VERIFIED = "V"  # compared with the statute text
SECONDARY = "S"  # a public secondary source
UNVERIFIED = "U"  # nobody has read the text: shown as "default, not confirmed"
CONFIRMATIONS = frozenset({VERIFIED, SECONDARY, UNVERIFIED})


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition (版本) of a law: the date of its text and the days between which it is in force."""

    edition: str
    in_force_from: date
    in_force_until: date | None = None  # last day in force, inclusive
    corpus: str = ""  # name of the text file that tests compare anchors with


@dataclass(frozen=True, slots=True)
class Law:
    """A law, regulation or rule (法律、法规、规章) as the rulebook names it."""

    key: str
    name: str
    short: str
    level: str  # law | administrative-regulation | ministry-rule | local-regulation | interpretation | policy
    editions: tuple[Edition, ...]
    remark: str = ""  # what a reader of old papers must know, e.g. that articles were renumbered

    def edition_on(self, day: date) -> Edition | None:
        """The edition in force on `day`, or None: before and after its life a law gives no answer."""
        for edition in self.editions:
            if edition.in_force_from <= day and (edition.in_force_until is None or day <= edition.in_force_until):
                return edition
        return None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a law. `anchor` is at most 15 characters that must stand in that article of that edition."""

    law: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    edition: str = ""
    anchor: str = ""
    confirmation: str = VERIFIED

    def text(self) -> str:
        """As a lawyer writes it: 行政处罚法第四十五条第二款第一项."""
        parts = [law(self.law).short]
        if self.article is not None:
            parts.append(f"第{chinese_number(self.article)}条")
        if self.paragraph is not None:
            parts.append(f"第{chinese_number(self.paragraph)}款")
        if self.item is not None:
            parts.append(f"第{chinese_number(self.item)}项")
        return "".join(parts)

    def as_json(self) -> dict[str, Any]:
        """For receipts, the API and the command line."""
        return {
            "law": self.law,
            "article": self.article,
            "paragraph": self.paragraph,
            "item": self.item,
            "edition": self.edition,
            "text": self.text(),
            "confirmation": self.confirmation,
        }


def cite(
    law_key: str,
    article: int | None = None,
    paragraph: int | None = None,
    item: int | None = None,
    *,
    edition: str = "",
    anchor: str = "",
    confirmation: str = VERIFIED,
) -> Citation:
    """A citation of a known law; without `edition` the newest one is meant. Unknown laws are an error."""
    known = law(law_key)
    if len(anchor) > 15:
        raise RulebookError(f"anchor longer than 15 characters: {anchor}")
    return Citation(law_key, article, paragraph, item, edition or known.editions[-1].edition, anchor, confirmation)


def citation_from(data: Mapping[str, Any]) -> Citation:
    """A citation from its TOML table `{law, article, paragraph, item, edition, anchor, confirmation}`."""
    unknown = set(data) - {"law", "article", "paragraph", "item", "edition", "anchor", "confirmation"}
    if unknown:
        raise RulebookError(f"citation with unknown fields {sorted(unknown)}")
    confirmation = data.get("confirmation", VERIFIED)
    if confirmation not in CONFIRMATIONS:
        raise RulebookError(f"unknown confirmation {confirmation!r}")
    return cite(
        data["law"],
        data.get("article"),
        data.get("paragraph"),
        data.get("item"),
        edition=data.get("edition", ""),
        anchor=data.get("anchor", ""),
        confirmation=confirmation,
    )


@cache
def laws() -> Mapping[str, Law]:
    """All laws of `rulebook/laws.toml` by key."""
    found: dict[str, Law] = {}
    for key, row in load_toml("laws.toml").items():
        editions = tuple(
            Edition(e["edition"], e["in_force_from"], e.get("in_force_until"), e.get("corpus", ""))
            for e in row["editions"]
        )
        found[key] = Law(key, row["name"], row["short"], row["level"], editions, row.get("remark", ""))
    return found


def law(key: str) -> Law:
    """One law by its key, e.g. `penalty-law`."""
    try:
        return laws()[key]
    except KeyError:
        raise RulebookError(f"law {key!r} is not in laws.toml") from None


_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 9999 as a statute writes it: 10 is 十, 45 is 四十五, 110 is 一百一十, 1054 is 一千零五十四."""
    if not 0 < number < 10000:
        raise ValueError(f"no statute numeral for {number}")
    out, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if pending_zero else "") + _DIGITS[digit] + name
            pending_zero = False
        elif out:
            pending_zero = True
    return out[1:] if out.startswith("一十") else out
