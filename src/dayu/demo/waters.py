"""The rivers of the invented county."""

from __future__ import annotations

from decimal import Decimal

from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.territories import Territory
from dayu.rivers.models import River
from dayu.rivers.services import add_reach, register_river

WATERS = (
    ("BL01", "白鹿河", "river", "county", "62.4",
     (("上游段", "0", "21.5"), ("龙尾段", "21.5", "40.2"), ("青石段", "40.2", "62.4"))),
    ("NX01", "南溪", "river", "county", "28.1", (("石桥段", "0", "15"), ("河口段", "15", "28.1"))),
    ("LX01", "柳溪", "river", "township", "11.6", ()),
    ("LW01", "龙尾湖", "lake", "county", "", ()),
)  # fmt: skip


def make_waters() -> None:
    """Register them once."""
    county = Territory.objects.get(code="990121")
    moment = clock.legal_moment(clock.today().replace(month=1, day=5))
    for code, name, kind, level, length, reaches in WATERS:
        if River.objects.filter(code=code).exists():
            continue
        river = register_river(
            None, actor=SYSTEM, moment=moment, code=code, name=name, territory=county, kind=kind, level=level,
            length_km=Decimal(length) if length else None,
        )  # fmt: skip
        for reach, start, end in reaches:
            add_reach(
                river, actor=SYSTEM, moment=moment, name=reach, territory=county, from_km=Decimal(start),
                until_km=Decimal(end),
            )  # fmt: skip
