"""What the public may see of benchmarks: the versions that are or will be in force, with their tiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from dayu.core.clock import legal_date
from dayu.discretion.models import DiscretionBenchmark
from dayu.discretion.tables import benchmark_of, opened
from dayu.law.benchmark_sheets import TIERS, sheets_of
from dayu.law.benchmarks import Benchmark


@dataclass(frozen=True, slots=True)
class PublicTier:
    """One line of the table: conditions and amounts in words."""

    name: str
    conditions: str
    amounts: str


@dataclass(frozen=True, slots=True)
class PublicBenchmark:
    """An issued version as strangers read it."""

    agency: str
    published_on: date
    benchmark: Benchmark
    document: str
    in_force_from: date
    tiers: tuple[PublicTier, ...]


def issued_benchmarks(*, territory: str, on: date) -> Sequence[PublicBenchmark]:
    """The versions of organs of a territory that have not ended and are not frozen."""
    rows = DiscretionBenchmark.objects.filter(
        Q(in_force_until=None) | Q(in_force_until__gte=on), Q(frozen_on=None) | Q(frozen_on__gt=on),
        agency__territory__path__contains=f"/{territory}/",
    )  # fmt: skip
    return [
        PublicBenchmark(
            row.agency.name, legal_date(row.issued_at), benchmark_of(row.rule_key, row.table), row.table["document"],
            row.in_force_from, _tiers(row.key, row.table),
        )
        for row in rows.select_related("agency").order_by("key", "number")
    ]  # fmt: skip


def _tiers(key: str, table: Mapping[str, Any]) -> tuple[PublicTier, ...]:
    head, *lines = sheets_of({key: opened(table)})[TIERS]
    found = (dict(zip(head, line, strict=True)) for line in lines)
    return tuple(PublicTier(line["阶次"], line["适用情形"], _amounts(line)) for line in found)


def _amounts(line: Mapping[str, str]) -> str:
    if line["不罚款"] == "是":
        return _("不罚款")
    if line["幅度"] or not line["公民幅度"]:
        return line["幅度"]
    return _("公民 {citizen}；单位 {organisation}").format(citizen=line["公民幅度"], organisation=line["单位幅度"])
