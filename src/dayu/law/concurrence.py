"""Concurrence (竞合): one act under several provisions is fined once, by the one with the higher fine.

行政处罚法第二十九条, 生态环境法典第一千零五十五条. A provision that goes before another (basin law, special law) is no
concurrence: it displaces the other first. One whose order-first gate is shut does not fine yet. What the provisions
order besides a fine stands side by side; only fines exclude each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dayu.law.assess import Assessment, assess
from dayu.law.assess_input import AssessInput
from dayu.law.assess_output import number
from dayu.law.benchmarks import Benchmark
from dayu.law.citations import Citation, citation_from
from dayu.law.ranges import NO_FINE, NOT_MET, Bounds
from dayu.law.rulebook import load_toml
from dayu.law.violations import Measure, may_concur_with, violation

# Why a provision was chosen, or none.
ONLY_ONE = "only_one"  # the others give way, are not in force, or provide no fine now
HIGHER_FINE = "higher_fine"
EQUAL = "equal_fines"  # the one named first
NO_FINE_AT_ALL = "no_fine"
OPEN = "open"  # a range or a gate is not known yet: `asks` says what


@dataclass(frozen=True, slots=True)
class Concurrence:
    """Which of several provisions fines the one act. `displaced` gave way, `silent` provide no fine on these facts."""

    chosen: Assessment | None
    why: str
    rivals: tuple[Assessment, ...] = ()
    displaced: tuple[str, ...] = ()
    silent: tuple[Assessment, ...] = ()
    asks: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What all provisions together order besides a fine, each kind and object once."""
        found: dict[tuple[str, str, str], Measure] = {}
        for one in (*self.rivals, *self.silent):
            for measure, holds in one.measures:
                if holds is not False:
                    found.setdefault((measure.kind, measure.item, measure.detail), measure)
        return tuple(found.values())


    def as_json(self) -> dict[str, Any]:
        """For the command line and the screen: which provision fines, why, and how the others stand."""
        return {
            "chosen": self.chosen.violation.key if self.chosen else None,
            "why": self.why,
            "rivals": [_shown(one) for one in self.rivals],
            "displaced": list(self.displaced),
            "no_fine_now": [one.violation.key for one in self.silent],
            "person_decides": list(self.asks),
            "basis": [c.text() for c in self.basis],
        }


def _shown(one: Assessment) -> dict[str, Any]:
    low, high = one.bounds or (None, None)
    return {"violation": one.violation.key, "min_yuan": number(low), "max_yuan": number(high)}


def basis(on: date | None = None) -> tuple[Citation, ...]:
    """The articles that forbid a second fine and choose the higher one."""
    row = load_toml("concurrence.toml")["choice"]
    general = citation_from(row["citation"])
    if on is None or on < row["code_from"]:
        return (general,)
    return general, citation_from(row["code_citation"])


def higher_fine(told: Iterable[AssessInput], *, known: Mapping[str, Benchmark] | None = None) -> Concurrence:
    """The provision that fines an act which fulfils several violations: told once for each, by the same party."""
    given = list(told)
    found: dict[str, Assessment] = {}
    displaced: list[str] = []
    for one in given:
        answer = assess(one, known=known)
        if answer.violation is not one.violation:
            displaced.append(one.violation.key)
        found.setdefault(answer.violation.key, answer)
    ends = [one.acted_until.last for one in given if one.acted_until]
    return _choose(list(found.values()), tuple(displaced), basis(max(ends, default=None)))


def beside(found: Assessment, *, known: Mapping[str, Benchmark] | None = None) -> Concurrence | None:
    """The same act under the violations that often meet with this one; None where none is known to."""
    told = found.told
    others = may_concur_with(told.violation.key)
    if not others:
        return None
    return higher_fine([told, *(replace(told, violation=violation(key)) for key in others)], known=known)


def _choose(found: list[Assessment], displaced: tuple[str, ...], cited: tuple[Citation, ...]) -> Concurrence:
    silent = tuple(one for one in found if _provides_no_fine(one))
    rivals = tuple(one for one in found if one not in silent)

    def answer(chosen: Assessment | None, why: str, *asks: str) -> Concurrence:
        return Concurrence(chosen, why, rivals, displaced, silent, tuple(dict.fromkeys(asks)), cited)

    if not rivals:
        return answer(None, NO_FINE_AT_ALL)
    if len(rivals) == 1:
        return answer(rivals[0], ONLY_ONE)
    open_ones = [one for one in rivals if one.bounds is None or _gate_is_open(one) is None]
    if open_ones:
        return answer(None, OPEN, *(name for one in open_ones for name in one.questions))
    best = max(rivals, key=_rank)
    others = [one for one in rivals if one is not best]
    if all(one.bounds == best.bounds for one in others):
        return answer(rivals[0], EQUAL)
    # 上限高而下限低: which of the two is "higher" the article does not say; a person confirms the default.
    crossing = any(_low(one) > _low(best) for one in others)
    return answer(best, HIGHER_FINE, *(("higher_fine",) if crossing else ()))


def _provides_no_fine(one: Assessment) -> bool:
    if one.version is None and not one.choice.candidates:
        return True
    nothing = one.range is not None and one.range.why in (NO_FINE, NOT_MET)
    return nothing or _gate_is_open(one) is False


def _gate_is_open(one: Assessment) -> bool | None:
    return True if one.gate is None or not one.gate.required else one.gate.satisfied


def _bounds(one: Assessment) -> Bounds:
    if one.bounds is None:
        raise ValueError("a provision without a range has no rank")
    return one.bounds


def _low(one: Assessment) -> Any:
    return _bounds(one)[0]


def _rank(one: Assessment) -> tuple[Any, ...]:
    """The figures in the order in which the rulebook compares them."""
    figures = dict(zip(("min_yuan", "max_yuan"), _bounds(one), strict=True))
    return tuple(figures[name] for name in load_toml("concurrence.toml")["choice"]["order"])
