"""The one screen of parameters: value, origin, clause, life and confirmation of every one; filters, sheet, setting, limits."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from tests.cast import MOMENT

from dayu.basis import services
from dayu.basis.models import ProfileValue
from dayu.basis.parameter_views import STANDINGS, lines_of
from dayu.basis.selectors import parameter, profiles
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import AuditEntry
from dayu.core.territories import Territory
from dayu.law.open_points import open_points
from dayu.law.territories import declarations

URL = "/basis/parameters/"
TYPED = {"value": "10", "clause": "县局规程第三条", "valid_from": "2026-01-01", "confirmation": "V"}


def put(actor, territory, **changes):
    wanted = {"key": "closing_days", "value": 10, "clause": "规程第三条", "valid_from": date(2026, 1, 1)}
    place = Territory.objects.get(code=territory)
    return services.set_parameter(place, actor=actor, moment=MOMENT, **{**wanted, **changes})


def set_above(territory, value, valid_from=date(2026, 6, 1)):
    """A value that another level entered."""
    return ProfileValue.objects.create(
        territory_id=territory, key="closing_days", value=value, clause="上级规程", confirmation="V", valid_from=valid_from,
        entered_at=MOMENT, entered_by="上级",
    )  # fmt: skip


@pytest.fixture
def as_administrator(county, client):
    client.force_login(county.people["administrator"].account)
    return client


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def table_of(shown):
    """The page without the values entered here, which stand below the table."""
    return shown.split("本地录入的取值")[0]


def test_every_declared_parameter_stands_on_the_screen_with_its_origin_and_mark(county, as_administrator):
    shown = text_of(as_administrator.get(URL))
    for key, declared in declarations().items():
        assert declared.name in shown, key
    for words in ("泽川县", "苍阳市", "全国", "缺省值，未确认", "已核对"):
        assert words in shown
    lines = lines_of("990121", date(2026, 11, 20), known=profiles())
    assert len(lines) == len(declarations())
    assert {line.declared.key for line in lines if "unconfirmed" in line.standings} == {
        line.declared.key for line in lines if line.found is None or line.found.confirmation == "U"
    }


def test_every_default_that_nobody_confirmed_carries_its_mark(county, as_administrator):
    shown = text_of(as_administrator.get(URL, {"standing": "unconfirmed"}))
    lines = lines_of("990121", date(2026, 11, 20), known=profiles())
    for line in lines:
        assert (f">{line.declared.name}<" in table_of(shown)) is ("unconfirmed" in line.standings), line.declared.key


@pytest.mark.parametrize("standing", STANDINGS)
def test_each_filter_is_a_link_that_shows_exactly_its_lines(standing, county, as_administrator):
    put(county.administrator, "990121")
    lines = lines_of("990121", date(2026, 11, 20), known=profiles())
    shown = text_of(as_administrator.get(URL, {"standing": standing, "on": "2026-11-20"}))
    for line in lines:
        assert (f">{line.declared.name}<" in table_of(shown)) is (standing in line.standings), line.declared.key
    assert f"standing={standing}" in text_of(as_administrator.get(URL))


def test_the_day_chooses_what_was_valid_then(county, as_administrator):
    put(county.administrator, "990121", valid_until=date(2026, 6, 30))
    now, then = (
        text_of(as_administrator.get(URL, {"on": day, "standing": "here"})) for day in ("2026-03-02", "2026-07-01")
    )
    assert "10个工作日" in now and "规程第三条" in table_of(now)
    assert "规程第三条" not in table_of(then)
    assert parameter("closing_days", "990121", date(2026, 7, 1)).number == 15


def test_a_level_above_that_tightened_later_counts_and_the_screen_says_so(county, as_administrator):
    put(county.administrator, "990121", value=10)
    set_above("990000", 8)
    assert parameter("closing_days", "990121", date(2026, 5, 31)).number == 10
    after = parameter("closing_days", "990121", date(2026, 6, 1))
    assert (after.number, after.territory, after.overruled) == (8, "990000", (("990121", 10),))
    shown = text_of(as_administrator.get(URL, {"standing": "overruled", "on": "2026-06-01"}))
    assert "10个工作日，宽于上级，不适用" in shown and "沧宁省" in shown


def test_a_tighter_value_of_a_higher_level_notes_whom_it_overrules(county):
    put(county.administrator, "990121", value=10)
    put(SYSTEM, "990100", value=8, valid_from=date(2026, 6, 1))
    entry = AuditEntry.objects.filter(action__endswith="set_parameter").latest("id")
    assert entry.detail["overrules"] == ["990121"]


def test_the_sheet_holds_the_same_lines_and_the_other_open_points(county, as_administrator):
    put(county.administrator, "990121")
    answer = as_administrator.get("/basis/parameters.xlsx", {"standing": "here"})
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    here = [line for line in lines_of("990121", clock.today(), known=profiles()) if "here" in line.standings]
    assert rows[0][0] == "参数"
    named = {row[1]: row for row in rows[1:] if row[1]}
    assert {line.declared.key for line in here} <= set(named)
    assert named["closing_days"][2] == "10个工作日" and named["closing_days"][5] == "规程第三条"
    assert {point.key for point in open_points()} <= set(named)


def test_the_page_costs_at_most_twelve_statements(county, as_administrator, django_assert_max_num_queries):
    put(county.administrator, "990121")
    as_administrator.get(URL)
    for query in ({}, {"standing": "unconfirmed"}, {"place": "990000"}, {"kind": "days"}):
        with django_assert_max_num_queries(12):
            text_of(as_administrator.get(URL, query))


def test_an_administrator_sets_a_value_with_clause_and_life_and_loosening_is_refused(county, as_administrator):
    url = f"{URL}closing_days/?place=990121"
    assert "全国 15个工作日" in text_of(as_administrator.get(url))
    done = as_administrator.post(url, {**TYPED, "valid_until": "2026-12-31", "once": "1"}, follow=True)
    assert "县局规程第三条" in text_of(done)
    stored = ProfileValue.objects.get()
    assert (stored.valid_from, stored.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))
    looser = as_administrator.post(url, {**TYPED, "value": "16", "valid_from": "2027-01-01", "once": "2"})
    assert "不得低于上级标准" in text_of(looser, 422)
    nameless = as_administrator.post(url, {**TYPED, "clause": " ", "valid_from": "2027-01-01", "once": "3"})
    assert nameless.status_code == 422
    backwards = as_administrator.post(
        url, {**TYPED, "valid_from": "2027-01-02", "valid_until": "2027-01-01", "once": "4"}
    )
    assert backwards.status_code == 422
    assert ProfileValue.objects.count() == 1


def test_nobody_sets_a_value_for_the_province_from_the_county(county, as_administrator):
    assert as_administrator.get(f"{URL}closing_days/?place=990000").status_code == 422
    shown = text_of(as_administrator.get(URL, {"place": "990000"}))
    assert "沧宁省" in shown and "/basis/parameters/closing_days/" not in shown


def test_a_place_that_does_not_exist_and_a_filter_that_is_no_filter_do_no_harm(county, as_administrator):
    assert as_administrator.get(URL, {"place": "123456"}).status_code == 404
    text_of(as_administrator.get(URL, {"standing": "everything", "kind": "x", "on": "yesterday"}))
