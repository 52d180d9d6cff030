"""What the public may see of powers: the lists in force and the published benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dayu.law.benchmarks import Benchmark, benchmarks
from dayu.org.models.organisations import valid_on
from dayu.powers.models import BenchmarkPublication, EnforcementItem


@dataclass(frozen=True, slots=True)
class PublicItem:
    """One line of the list of powers."""

    code: str
    name: str
    act_type: str
    agency: str
    basis: str
    units: tuple[str, ...]
    supervision_phone: str


def list_of_powers(*, territory: str, on: date, words: str = "", limit: int = 500) -> list[PublicItem]:
    """The items in force in a territory on a day, with the units that exercise them."""
    found = EnforcementItem.objects.filter(
        valid_on(on), agency__isnull=False, territory__path__contains=f"/{territory}/"
    )
    for word in words.split():
        found = found.filter(name__icontains=word)
    rows = found.select_related("agency").prefetch_related("assignments__unit").order_by("code")[:limit]
    return [
        PublicItem(
            i.code,
            i.name,
            str(i.get_act_type_display()),
            i.agency.name if i.agency is not None else "",
            i.basis,
            tuple(dict.fromkeys(a.unit.name for a in i.assignments.all() if a.valid_until is None)),
            i.supervision_phone,
        )
        for i in rows
    ]


@dataclass(frozen=True, slots=True)
class PublicBenchmark:
    """A benchmark as published: who, when, and its table in the version that was published."""

    agency: str
    published_on: date
    benchmark: Benchmark


def published_benchmarks(*, territory: str) -> Sequence[PublicBenchmark]:
    """The benchmarks that agencies of a territory have published and not withdrawn, in the version they published."""
    rows = BenchmarkPublication.objects.filter(
        withdrawn_on=None, agency__territory__path__contains=f"/{territory}/"
    ).select_related("agency")
    known = benchmarks()
    return [
        PublicBenchmark(r.agency.name, r.published_on, known[r.benchmark])
        for r in rows
        if r.benchmark in known and known[r.benchmark].digest == r.digest
    ]
