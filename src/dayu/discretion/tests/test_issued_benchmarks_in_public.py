from __future__ import annotations

from datetime import date

from dayu.discretion.public import issued_benchmarks
from dayu.discretion.tests.drafting import issue, save, table

DAY = date(2026, 12, 5)


def test_strangers_read_issued_versions_with_tiers_and_no_drafts(county, client):
    save(county, table(), key="only-a-draft")
    assert issued_benchmarks(territory="990121", on=DAY) == []
    issue(county, save(county, table()))
    (shown,) = issued_benchmarks(territory="990121", on=DAY)
    assert (shown.agency, shown.in_force_from) == ("泽川县水利局", date(2026, 12, 1))
    assert [(t.name, t.amounts) for t in shown.tiers] == [("较轻", "[10000, 30000)"), ("较重", "[30000, 50000]")]
    assert issued_benchmarks(territory="990122", on=DAY) == []
    text = client.get("/public/powers/").content.decode()
    assert "河道设障裁量基准（示例）" in text and "方量（立方米）＜100" in text


def test_ended_and_frozen_versions_are_not_shown(county):
    issued = issue(county, save(county, table()))
    issued.frozen_on = date(2026, 12, 3)
    issued.save()
    assert issued_benchmarks(territory="990121", on=DAY) == []
    issued.frozen_on, issued.in_force_until = None, date(2026, 12, 4)
    issued.save()
    assert issued_benchmarks(territory="990121", on=DAY) == []
