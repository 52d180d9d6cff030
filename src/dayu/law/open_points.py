"""What nobody has confirmed yet (待确认): every default, reading and source of the rulebook that a person should check.

Parameters of territories say so themselves (`Parameter.confirmed`); these are the points beside them. `what` says which
part of the rule is open, `key` where it stands in the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dayu.law.benchmarks import benchmarks
from dayu.law.citations import SECONDARY, UNVERIFIED, Citation, laws
from dayu.law.rulebook import load_toml
from dayu.law.time_limits import TimeLimit, time_limits
from dayu.law.violations import Violation, violation, violation_keys

NUMBER = "number"  # how many days
EXTENSION = "extension"  # how long it may be extended
ROLLING = "rolling"  # whether a last day on a day off rolls
STATEMENT = "statement"  # a note or the authority named in words
SOURCE = "source"  # figures from a secondary source, not from the text
BEGIN = "begin"  # the first day of a version
NUMBERING = "numbering"  # how articles were numbered before
CHOICE = "choice"  # how two ranges are compared
BENCHMARK = "benchmark"  # a benchmark whose text or validity is not confirmed
MARK = "未核实"


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One thing to confirm: in which part of the rulebook, about which rule, and by which article it would be decided."""

    what: str
    part: str  # limits | violations | benchmarks | laws | concurrence
    key: str
    name: str
    basis: tuple[Citation, ...] = ()
    words: str = ""  # as the rulebook says it, where it says it in words


@cache
def open_points() -> tuple[OpenPoint, ...]:
    """All of them, part by part in the order of the rulebook."""
    found: list[OpenPoint] = []
    for versions in time_limits().values():
        found += _limit(versions[-1])
    for key in violation_keys():
        found += _violation(violation(key))
    for known in benchmarks().values():
        if not known.confirmed and not known.demonstration:
            found.append(OpenPoint(BENCHMARK, "benchmarks", known.key, known.name, known.basis, known.document))
    for law in laws().values():
        if MARK in law.remark:
            found.append(OpenPoint(NUMBERING, "laws", law.key, law.name, (), law.remark))
    return (*found, *_choice())


def _limit(limit: TimeLimit) -> Iterator[OpenPoint]:
    # A number that a territory sets stands among the parameters.
    if limit.confirmation == UNVERIFIED and not limit.profile:
        yield OpenPoint(NUMBER, "limits", limit.key, limit.name, limit.citations)
    if limit.extension_max and limit.extension_confirmation == UNVERIFIED:
        yield OpenPoint(EXTENSION, "limits", limit.key, limit.name, limit.citations)
    if limit.roll_confirmation == UNVERIFIED:
        yield OpenPoint(ROLLING, "limits", limit.key, limit.name, limit.citations)


def _violation(one: Violation) -> Iterator[OpenPoint]:
    newest = one.versions[-1]
    for words in (one.notes, one.authority, one.criminal_note):
        if MARK in words:
            yield OpenPoint(STATEMENT, "violations", one.key, one.name, newest.citations, words)
    if any(c.confirmation == SECONDARY for c in newest.citations):
        yield OpenPoint(SOURCE, "violations", one.key, one.name, newest.citations)
    for version in one.versions:
        if version.uncertain_until:
            yield OpenPoint(
                BEGIN, "violations", one.key, one.name, version.citations,
                f"{version.in_force_from.isoformat()}–{version.uncertain_until.isoformat()}",
            )  # fmt: skip


def _choice() -> Iterator[OpenPoint]:
    from dayu.law.concurrence import basis

    if load_toml("concurrence.toml")["choice"]["confirmation"] == UNVERIFIED:
        yield OpenPoint(CHOICE, "concurrence", "choice", basis()[0].text(), basis())
