"""The leniency checklist (减免情节核查): no penalty, lighter or mitigated (行政处罚法第三十至三十三条、第三十六条).

Every item is answered for every party before any decision, with evidence; an unanswered one blocks. 从轻 stays within
the statutory range, 减轻 goes below it: only a proven ground with that effect opens an amount under the minimum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dayu.law.citations import Citation, citation_from
from dayu.law.receipts import content_hash
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.rulebook import RulebookError, load_toml

NO_PENALTY = "no_penalty"
LIGHTER_OR_MITIGATED = "lighter_or_mitigated"
MUST = "must"
MAY = "may"


@dataclass(frozen=True, slots=True)
class LeniencyItem:
    """One question of the checklist and what a yes leads to."""

    key: str
    order: int
    zh: str
    en: str
    effect: str
    strength: str
    plus_zh: str
    plus_en: str
    elements: tuple[str, ...]
    natural_person_only: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class LeniencyAnswer:
    """A yes or no to one item. A yes counts only with evidence, or with a reason in words."""

    item: str
    answer: bool
    evidence: str = ""

    @property
    def proven(self) -> bool:
        """Whether it is a yes that something stands behind."""
        return self.answer and bool(self.evidence.strip())


@dataclass(frozen=True, slots=True)
class Effect:
    """What the proven answers lead to together: the strongest one, and the items behind it."""

    effect: str
    strength: str
    items: tuple[LeniencyItem, ...]


@cache
def leniency_items() -> Mapping[str, LeniencyItem]:
    """The checklist of `rulebook/leniency.toml` in its order."""
    rows = [(k, r) for k, r in load_toml("leniency.toml").items() if k != "examples"]
    return {
        key: LeniencyItem(
            key,
            row["order"],
            row["zh"],
            row["en"],
            row["effect"],
            row["strength"],
            row.get("plus_zh", ""),
            row.get("plus_en", ""),
            tuple(row.get("elements", ())),
            row.get("natural_person_only", False),
            citation_from(row["citation"]),
        )
        for key, row in sorted(rows, key=lambda pair: int(pair[1]["order"]))
    }


@cache
def leniency_hash() -> str:
    """Content hash of the checklist, for receipts."""
    return content_hash(load_toml("leniency.toml"))


def checklist(*, natural_person: bool) -> tuple[LeniencyItem, ...]:
    """The items to answer for a party; age and capacity are asked of natural persons only."""
    return tuple(i for i in leniency_items().values() if natural_person or not i.natural_person_only)


def checklist_verdict(answers: Iterable[LeniencyAnswer], *, natural_person: bool) -> Verdict:
    """Refuses any decision while an item has no answer, or a yes has no evidence: 减免情节未核查."""
    given = {a.item: a for a in answers}
    unknown = set(given) - set(leniency_items())
    if unknown:
        raise RulebookError(f"leniency answers to unknown items {sorted(unknown)}")
    open_items = [
        i
        for i in checklist(natural_person=natural_person)
        if i.key not in given or (given[i.key].answer and not given[i.key].proven)
    ]
    if not open_items:
        return ALLOWED
    return refuse(
        "assess.leniency_unanswered",
        *(i.citation for i in open_items),
        remedy="answer_leniency",
        count=len(open_items),
        items="；".join(i.zh for i in open_items),
        items_en="; ".join(i.en for i in open_items),
    )


def leniency_effect(answers: Iterable[LeniencyAnswer]) -> Effect | None:
    """The strongest effect of all proven answers: no penalty goes before lighter, must before may."""
    proven = [leniency_items()[a.item] for a in answers if a.proven]
    for effect, strength in (
        (NO_PENALTY, MUST),
        (NO_PENALTY, MAY),
        (LIGHTER_OR_MITIGATED, MUST),
        (LIGHTER_OR_MITIGATED, MAY),
    ):
        items = tuple(i for i in proven if (i.effect, i.strength) == (effect, strength))
        if items:
            return Effect(effect, strength, items)
    return None


def mitigation_proven(answers: Iterable[LeniencyAnswer]) -> bool:
    """Whether an amount below the statutory minimum has a ground (减轻)."""
    return any(leniency_items()[a.item].effect == LIGHTER_OR_MITIGATED for a in answers if a.proven)


def fine_verdict(answers: Iterable[LeniencyAnswer]) -> Verdict:
    """Refuses a fine where the law says that there is no penalty; the way out is the no-penalty decision."""
    effect = leniency_effect(answers)
    if effect is None or (effect.effect, effect.strength) != (NO_PENALTY, MUST):
        return ALLOWED
    return refuse(
        "assess.no_penalty_due",
        *(i.citation for i in effect.items),
        remedy="exempt_from_penalty",
        grounds="；".join(i.zh.rstrip("？") for i in effect.items),
        grounds_en="; ".join(i.en.rstrip("?") for i in effect.items),
    )
