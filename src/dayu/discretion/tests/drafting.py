"""What tests of the discretion domain share: a small whole table, and the way from a draft to an issued version."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.cast import MOMENT

from dayu.discretion import services
from dayu.discretion.models import BenchmarkDraft, DiscretionBenchmark

SOON = date(2026, 12, 1)
KIND = "river-reg-44-1"  # a violation for which the rulebook has no benchmark here


def volume(**bounds: str) -> dict[str, Any]:
    return {"fact": "volume_m3", **bounds}


def table(*ranges: tuple[str, str], territory: str = "990121", violation: str = KIND, **more: Any) -> dict[str, Any]:
    """Two tiers that meet at 100 cubic metres, with stated ends."""
    (low, middle), (also, high) = ranges or (("10000", "30000"), ("30000", "50000"))
    return {
        "territory": territory, "name": "河道设障裁量基准（示例）", "document": "泽川县水利局文件（示例）", "kind": "benchmark",
        "confirmation": "V", "violations": [violation],
        "tiers": [
            {"tier": "较轻", "from_yuan": low, "below_yuan": middle, "rows": [[volume(below="100")]]},
            {"tier": "较重", "from_yuan": also, "to_yuan": high, "rows": [[volume(**{"from": "100"})]]},
        ],
    } | more  # fmt: skip


def save(county: Any, given: dict[str, Any], *, key: str = "river-2026", agency: Any = None, actor: Any = None) -> BenchmarkDraft:
    return services.save_draft(
        agency or county.agency, actor=actor or county.review_head, moment=MOMENT, key=key, table=given
    )


def agree(county: Any, draft: BenchmarkDraft, actor: Any = None) -> BenchmarkDraft:
    return services.give_opinion(draft, actor=actor or county.supervisor, moment=MOMENT, opinion="agreed", words="")


def issue(county: Any, draft: BenchmarkDraft, on: date = SOON, actor: Any = None) -> DiscretionBenchmark:
    return services.issue_benchmark(agree(county, draft), actor=actor or county.head, moment=MOMENT, in_force_from=on)
