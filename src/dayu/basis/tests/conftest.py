"""Statutes of a made-up place, and one of them amended with an item that rests on it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.cast import MOMENT

from dayu.basis import services
from dayu.core import clock
from dayu.core.events import deliver_due
from dayu.law.citations import Citation
from dayu.powers.models import EnforcementItem
from dayu.powers.services import register_item

OLD = "第一条 为了保护河道，制定本条例。\n\n第二条 未经许可采砂的，处一万元以上五万元以下罚款。\n\n第三条 本条例自2015年1月1日起施行。"
NEW = OLD.replace("五万元", "十万元").replace("2015年", "2027年")
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


def load(actor: Any, edition: str, begins: date, text: str, *, key: str, moment: datetime = MOMENT, **more: Any) -> Any:
    return services.import_statute(
        None, actor=actor, moment=moment, key=key, name="沧宁省河道采砂管理条例（示例）", short_name="采砂条例",
        level="local-regulation", edition=edition, in_force_from=begins, text=text, **more,
    )  # fmt: skip


@pytest.fixture
def amended(county: Any, move_clock: Any) -> Any:
    """An article on fines for sand is amended with effect from 1 January 2027; an item of the bureau rests on it."""
    move_clock(NOW)
    load(county.reviewer, "2014-11-01", date(2015, 1, 1), OLD, key="local-sand")
    item = register_item(
        None, actor=county.administrator, moment=NOW, agency=county.agency, code="local-1", name="对无证采砂的处罚",
        act_type="penalty", basis="采砂条例第二条", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    services.cite_articles(
        item, [Citation("local-sand", 2)], moment=NOW, label=item.name, organ_id=county.agency.pk,
        territory=county.agency.territory_id,
    )  # fmt: skip
    load(county.reviewer, "2026-11-01", date(2027, 1, 1), NEW, moment=NOW, key="local-sand")
    deliver_due(clock.now())
    return EnforcementItem.objects.get(pk=item.pk)
