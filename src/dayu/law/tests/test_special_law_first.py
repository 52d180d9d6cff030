"""Which law goes first: basin law from its day on and in its basin, and the Flood Control Law before the Water Law."""

from __future__ import annotations

from typing import Any

import pytest

from dayu.law.assess import assess
from dayu.law.assess_input import read_input
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.violations import violation, violation_keys

IN_FORCE = {"yellow-river": ("2023-03-31", "2023-04-01"), "yangtze-river": ("2021-02-28", "2021-03-01")}
BASIN_FIRST = [
    (key, way) for key in violation_keys() for way in violation(key).gives_way if way.basin and key != way.to
]
FLOOD_FIRST = [
    ("water-65-2-unapproved-works", "works", "flood-unapproved-river-works"),
    ("water-66-1-dump-plant", "dumping", "flood-dump-or-affect-river"),
    ("water-66-1-dump-plant", "planting", "flood-plant-obstruct"),
    ("water-66-2-reclaim", "reclaiming", "flood-reclaim-lake-river"),
    ("water-72-1-damage-works", "damage", "flood-damage-works"),
]


def applied(key: str, **told: Any) -> tuple[str, list[str]]:
    found = assess(read_input({"violation": key, "party": "organisation", **told}))
    return found.violation.key, list(found.questions)


@pytest.mark.parametrize(("key", "way"), BASIN_FIRST, ids=lambda x: x if isinstance(x, str) else x.to)
def test_in_the_basin_its_law_goes_first_from_its_first_day_on(key: str, way: Any) -> None:
    facts: dict[str, Any] = {"basin": way.basin}
    for name in way.when:
        facts[{"at_scale": "at_scale", "sand_mining": "sand_mining"}[name]] = True
    before, after = IN_FORCE[way.basin]
    begins = violation(key).versions[0].in_force_from.isoformat()
    day = max(after, begins)
    assert applied(key, acted_from=day, acted_to=day, facts=facts)[0] == way.to
    if begins <= before:
        assert applied(key, acted_from=before, acted_to=before, facts=facts)[0] == key
    elsewhere = applied(key, acted_from=day, acted_to=day, facts=facts | {"basin": "other"})
    assert elsewhere[0] == key


def test_every_law_that_goes_first_by_place_is_the_law_of_that_place() -> None:
    assert {way.basin for _, way in BASIN_FIRST} == set(IN_FORCE)
    for _, way in BASIN_FIRST:
        assert violation(way.to).region == way.basin


@pytest.mark.parametrize(("key", "conduct", "first"), FLOOD_FIRST)
def test_what_the_flood_control_law_provides_for_leaves_no_room_for_the_water_law(
    key: str, conduct: str, first: str
) -> None:
    day = {"acted_from": "2024-06-03", "acted_to": "2024-06-03"}
    assert applied(key, **day, facts={"flood_law_conduct": conduct})[0] == first
    assert applied(key, **day, facts={"flood_law_conduct": "none"})[0] == key
    stays, asked = applied(key, **day)
    assert stays == key and "flood_law_conduct" in asked


@pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")
def test_the_water_law_itself_says_that_the_flood_control_law_goes_first() -> None:
    for key in {key for key, _, _ in FLOOD_FIRST}:
        (cited,) = violation(key).versions[-1].citations
        assert "防洪法未作规定" in (article_text("水法(2016-07-02)", cited.article or 0) or "")


def test_groundwater_of_the_code_still_gives_way_to_the_law_of_the_yellow_river() -> None:
    """生态环境法典一千二百三十九条: where another law has specific provisions, those apply."""
    day = {"acted_from": "2026-09-01", "acted_to": "2026-09-01"}
    assert applied("code-1218-groundwater", **day, facts={"basin": "yellow-river"})[0] == "yr-113-abstraction"
    assert applied("code-1218-groundwater", **day, facts={"basin": "other"})[0] == "code-1218-groundwater"
