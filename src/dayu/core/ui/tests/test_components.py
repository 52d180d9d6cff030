"""The components say what they must, and escape what they are given."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError

from dayu.core.ui import parts
from dayu.core.ui.difference import difference_of
from dayu.core.ui.words import due_words, short_amount, short_day
from dayu.law.citations import cite


def rendered(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def words(deadline: parts.Deadline) -> str:
    return str(due_words(deadline, str))


def test_days_left_are_said_in_the_laws_own_unit() -> None:
    assert words(parts.Deadline("overdue", 2, "working_day")) == "逾期 2 个工作日"
    assert words(parts.Deadline("fine", 57, "day")) == "剩 57 日"
    assert words(parts.Deadline("soon", 0, "working_day")) == "今天到期"
    assert words(parts.Deadline("blocked", 2, "working_day")) == "再等 2 个工作日"
    assert words(parts.Deadline("waiting")) == "等待他人"
    assert words(parts.Deadline("fine", 3, "day", done=True)) == "已完成"
    assert words(parts.Deadline("soon", 5, "hour")) == "剩 5 小时"


def test_a_chip_shows_its_state_by_shape_and_words() -> None:
    html = rendered("{% due_chip d %}", d=parts.Deadline("soon", 1, "working_day"))
    assert 'data-state="soon"' in html and 'class="mark"' in html
    assert "剩 <b>1</b> 个工作日" in html


def test_a_gauge_has_one_mark_for_each_counted_day_and_a_dot_for_each_other() -> None:
    marks = parts.day_marks(
        first=date(2026, 11, 10), due=date(2026, 11, 18), today=date(2026, 11, 20), counts=lambda d: d.weekday() < 5
    )
    kinds = [m.kind for m in marks]
    assert kinds == ["run", "run", "run", "run", "off", "off", "run", "run", "end", "late", "late"]
    assert [m.number for m in marks if m.kind == "end"] == [7]
    html = rendered("{% gauge d %}", d=parts.Deadline("overdue", 2, "working_day", days=marks, due=date(2026, 11, 18)))
    assert html.count("<rect") == 11 and html.count('class="g-off"') == 2 and html.count('class="g-late"') == 2
    assert "11-18 周三 届满" in html


def test_a_long_limit_is_drawn_as_a_bar() -> None:
    html = rendered("{% gauge d %}", d=parts.Deadline("fine", 55, "day", total=90, passed=35))
    assert 'width="39%"' in html and "bar--time" in html


def test_the_arithmetic_stands_day_by_day_with_its_article() -> None:
    marks = parts.day_marks(
        first=date(2026, 11, 13), due=date(2026, 11, 23), today=date(2026, 11, 20), counts=lambda d: d.weekday() < 5
    )
    html = rendered(
        "{% arithmetic d %}", d=parts.Deadline("soon", 1, "working_day", days=marks, basis=(cite("penalty-law", 56),))
    )
    assert html.startswith("<details")
    assert html.count("<tr data-d=") == 11 and html.count("不计") == 4
    assert "第五十六条" in html and "期限届满" in html


def test_a_provisional_limit_says_so() -> None:
    html = rendered("{% arithmetic_body d %}", d=parts.Deadline("fine", 9, "working_day", provisional=True))
    assert "暂算" in html


def test_a_refusal_has_what_is_wrong_the_article_and_the_way_out() -> None:
    row = parts.RefusalRow(
        "罚款重于告知", "须重新告知。", (cite("penalty-law", 45, 2),), "改草案", "/edit", danger=True
    )
    html = rendered('{% refusals "还不能提交" rows %}', rows=[row])
    assert "罚款重于告知" in html and "第四十五条第二款" in html
    assert '<a class="btn btn--primary" href="/edit">改草案</a>' in html and "data-danger" in html


def test_an_unconfirmed_basis_is_marked() -> None:
    assert "未确认" in rendered("{% cite b %}", b=parts.Basis("某办法", confirmation="U"))
    assert "未确认" not in rendered("{% cite b %}", b=parts.Basis("某办法"))


def test_what_is_given_is_escaped() -> None:
    evil = "<script>alert(1)</script>"
    table = parts.Table([parts.Column("案号")], [parts.Row([parts.Cell(evil, note=evil)]), parts.Row([evil])], evil)
    html = rendered(
        "{% table t %}{% badge e %}{% button e %}{% due_chip d prefix=e %}{% card title=e %}{{ e }}{% endcard %}"
        "{% difference c %}{% timeline l %}",
        t=table, e=evil, d=parts.Deadline("fine", 1, "day"), c=difference_of(evil, "x", left_title="a", right_title="b"),
        l=[parts.Entry(date(2026, 11, 20), evil, evil)],
    )  # fmt: skip
    assert "<script>" not in html


def test_an_unknown_icon_or_kind_of_button_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="no icon"):
        rendered('{% icon "unicorn" %}')
    with pytest.raises(TemplateSyntaxError, match="a button is one of"):
        rendered('{% button "x" kind="loud" %}')


def test_a_button_takes_attributes_for_requests_and_forms() -> None:
    html = rendered('{% button "去" hx_post="/x" form="f" disabled=False %}')
    assert 'hx-post="/x"' in html and 'form="f"' in html and "disabled" not in html


def test_steps_name_where_one_is() -> None:
    html = rendered("{% steps s %}", s=[parts.Step("立案", "done"), parts.Step("法制审核", "here", duty="must")])
    assert html.count('aria-current="step"') == 1
    assert "应当" in html and "现在在这里" in html


def test_a_table_has_filters_sorting_pager_and_export_as_links() -> None:
    table = parts.Table(
        [parts.Column("案号", sort_url="?s=1", sorted="ascending")],
        [parts.Row(["12"], url="/c/12")],
        "台账",
        [parts.FilterGroup("阶段", [parts.Link("调查", "?stage=a", 6, current=True)])],
        parts.Pager(next_url="?after=1"),
        "?export=xlsx",
    )
    html = rendered("{% table t %}", t=table)
    for piece in (
        'aria-sort="ascending"',
        'href="?stage=a"',
        'href="?after=1"',
        'href="?export=xlsx"',
        'data-url="/c/12"',
    ):
        assert piece in html


def test_an_empty_table_says_what_to_do_next() -> None:
    html = rendered(
        "{% table t %}",
        t=parts.Table([], [], "台账", empty_title="还没有案件", empty_action=parts.Link("去看线索", "/l")),
    )
    assert "还没有案件" in html and 'href="/l"' in html and "<table" not in html


def test_a_fine_is_shown_inside_its_range() -> None:
    shown = parts.FineRange(
        10000, 100000, [parts.Tier("较轻", 20000, 30000, here=True)], 30000, "草案", 20000, [20000, 24000]
    )
    html = rendered("{% fine_range r %}", r=shown)
    assert "法定幅度 10,000 至 100,000 元" in html and "同类案 2 件" in html
    assert html.count("r-all") == 2, "a narrow tier is drawn a second time, larger"
    assert "r-bad" in html, "above what was notified is red"
    assert "style=" not in html


def test_a_wide_tier_needs_no_second_axis() -> None:
    shown = parts.FineRange(0, 100000, [parts.Tier("较重", 40000, 70000, here=True)], 50000, "草案", 60000)
    html = rendered("{% fine_range r %}", r=shown)
    assert html.count("r-all") == 1 and "r-bad" not in html


def test_a_fact_that_nothing_proves_is_named() -> None:
    matrix = parts.Matrix(
        [parts.Link("笔录", "#")],
        [
            parts.MatrixRow("事实 1", [parts.MatrixCell("proves")]),
            parts.MatrixRow("事实 2", [parts.MatrixCell("unverified")]),
        ],
    )
    html = rendered("{% evidence_matrix m %}", m=matrix)
    assert html.count("data-missing") == 1 and html.count("缺证据") == 1


def test_a_difference_marks_what_changed_within_a_line() -> None:
    found = difference_of("甲\n罚款二万元\n丙", "甲\n罚款三万元\n丙\n丁", left_title="告知", right_title="草案")
    assert found.changes == 2
    html = rendered("{% difference d %}", d=found)
    assert "<del>二</del>" in html and "<ins>三</ins>" in html and "<ins>丁</ins>" in html


def test_long_work_names_each_failed_row() -> None:
    html = rendered(
        "{% job j %}", j=parts.Progress("导入", 3, 4, "finished", [parts.Pair("第 2 行", "日期不对")], "/f", "下载")
    )
    assert "第 2 行" in html and "日期不对" in html and "1 行没有成功" in html and "hx-get" not in html


def test_running_work_refreshes_itself() -> None:
    assert 'hx-get="/j/1"' in rendered("{% job j %}", j=parts.Progress("导入", 3, 4, refresh_url="/j/1"))


def test_a_flow_chart_links_its_boxes() -> None:
    flow = parts.Flow(
        [parts.Node("a", "立案"), parts.Node("b", "审核", "here", url="/r")], [parts.Edge("a", "b")], "程序"
    )
    html = rendered("{% flow_chart f %}", f=flow)
    assert 'href="/r"' in html and 'data-s="here"' in html


def test_dates_and_amounts_are_written_as_people_say_them() -> None:
    assert short_day(date(2026, 11, 20)) == "11-20 周五"
    assert rendered("{{ d|full_day }}", d=date(2027, 1, 14)) == "2027-01-14 周四"
    assert short_amount(24000) == "2.4 万元" and short_amount(5000) == "5,000 元" and short_amount(12345) == "12,345 元"


def test_an_arrow_that_skips_a_row_passes_beside_the_boxes() -> None:
    nodes = [parts.Node("a", "申请听证？"), parts.Node("b", "听证"), parts.Node("c", "审核")]
    edges = [parts.Edge("a", "b", "是"), parts.Edge("b", "c"), parts.Edge("a", "c", "否"), parts.Edge("c", "a", "退回")]
    html = rendered("{% flow_chart f %}", f=parts.Flow(nodes, edges, "程序"))
    width = int(re.search(r'class="flow" width="(\d+)"', html).group(1))  # type: ignore[union-attr]
    places = [float(x) for x in re.findall(r"[MH](-?\d+(?:\.\d+)?)", html)]
    assert places and all(0 <= x <= width for x in places), "no arrow leaves the drawing"
    assert html.count("f-line") == 4


def test_of_many_days_overdue_only_the_first_and_the_last_are_listed() -> None:
    marks = parts.day_marks(
        first=date(2026, 10, 20), due=date(2026, 10, 29), today=date(2026, 11, 20), counts=lambda d: True
    )
    html = rendered("{% arithmetic_body d %}", d=parts.Deadline("overdue", 22, "day", days=marks))
    assert html.count('data-d="late"') == 3
    assert "至 11-20 周五" in html and ">32<" in html
