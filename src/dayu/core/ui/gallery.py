"""The component gallery: every component with realistic, invented content. Served in tests and in debug mode only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from dayu.core.clock import LEGAL_ZONE
from dayu.core.refused import Conflict
from dayu.core.ui import parts
from dayu.core.ui.difference import difference_of
from dayu.law.citations import cite

TODAY = date(2026, 11, 20)
PENALTY = "penalty-law"


class PartyForm(forms.Form):
    """A form with each kind of field."""

    name = forms.CharField(label=_("姓名或者名称"), help_text=_("与证件一致。"))
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    kind = forms.ChoiceField(label=_("当事人类型"), choices=[("person", _("自然人")), ("organisation", _("法人"))])
    served_on = forms.DateField(label=_("送达日期"), widget=forms.DateInput(attrs={"type": "date"}))
    manner = forms.ChoiceField(
        label=_("送达方式"),
        choices=[("direct", _("直接送达")), ("left", _("留置送达")), ("notice", _("公告送达"))],
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(label=_("申辩意见"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    evidence = forms.FileField(label=_("送达回证照片"), required=False)
    confirmed = forms.BooleanField(label=_("已当场宣读"), required=False)


def weekday_counts(day: date) -> bool:
    """Whether a day is a weekday: enough for a gallery."""
    return day.weekday() < 5


def deadline(state: parts.State, left: int, unit: parts.Unit, first: date, due: date, **more: Any) -> parts.Deadline:
    """A limit of the gallery."""
    counts = weekday_counts if unit == "working_day" else lambda _day: True
    marks = parts.day_marks(first=first, due=due, today=TODAY, counts=counts)
    total = (due - first).days + 1
    passed = (min(TODAY, due) - first).days
    basis = more.pop("basis", (cite(PENALTY, 56),))
    return parts.Deadline(
        state=state, left=left, unit=unit, due=due, days=marks, total=total, passed=passed, basis=basis, **more
    )


def deadlines() -> list[parts.Deadline]:
    """One limit in each state."""
    day = timedelta(days=1)
    return [
        deadline(
            "overdue", 2, "working_day", date(2026, 11, 10), date(2026, 11, 18), name="公开处罚决定",
            why="11-09 决定并送达，7 个工作日", basis=(parts.Basis("国办发〔2018〕118号"),),
        ),
        deadline(
            "soon", 1, "working_day", date(2026, 11, 13), date(2026, 11, 23), name="处理先行登记保存的物品",
            why="先行登记保存，应当在七日内作出处理决定。这里的七日是工作日。",
            after="过期不处理，登记保存自动解除，物品应当返还。",
        ),
        deadline("soon", 0, "working_day", date(2026, 11, 12), TODAY, name="送达处罚决定书", basis=(cite(PENALTY, 61),)),
        deadline(
            "fine", 55, "day", date(2026, 10, 17), TODAY + 55 * day, name="办案期限", why="10-16 立案起 90 日",
            basis=(cite(PENALTY, 60),),
        ),
        deadline("waiting", 7, "day", date(2026, 11, 13), date(2026, 11, 27), name="核对罚款是否到账", why="15 日"),
        deadline(
            "blocked", 2, "working_day", date(2026, 11, 18), date(2026, 11, 24), name="听证申请期未满，此前不得决定",
            why="11-17 送达告知，5 个工作日", basis=(cite(PENALTY, 64),),
        ),
        deadline(
            "fine", 40, "working_day", date(2026, 12, 14), date(2027, 1, 29), name="跨年的期限", provisional=True,
            basis=(parts.Basis("国务院办公厅放假通知", confirmation="U"),),
        ),
    ]  # fmt: skip


def _steps() -> list[parts.Step]:
    return [
        parts.Step("线索登记", "done", "10-12", "群众举报，10-13 现场核查"),
        parts.Step("立案", "done", "10-16", "负责人赵某批准"),
        parts.Step("调查取证", "done", "10-30", "笔录 3，勘验 1，登记保存物品已返还"),
        parts.Step("事先告知", "done", "11-03", "拟罚 2 万元，同日告知听证权利"),
        parts.Step("听证", "na", "未申请", "申请期 11-10 已满", "na"),
        parts.Step("法制审核", "here", "现在", "本机关审核目录第 2 项", "must", basis=(cite(PENALTY, 58),)),
        parts.Step("集体讨论", "todo", "", "公民罚款 5,000 元以上", "must"),
        parts.Step("处罚决定", "todo", "至 01-14", "", ""),
        parts.Step("送达", "todo", "", "不在场的，7 个工作日内"),
        parts.Step("分期履行", "todo", "", "当事人确有经济困难", "may"),
        parts.Step("结案、归档", "todo"),
    ]


def _refusals() -> list[parts.RefusalRow]:
    return [
        parts.RefusalRow(
            "草案罚 3 万元，重于已告知的 2 万元", "不得因申辩加重。有新的事实要加重的，须重新告知，听证申请期重新计算。",
            (cite(PENALTY, 45, 2), cite(PENALTY, 44)), "改草案", "#edit", danger=True,
        ),
        parts.RefusalRow(
            "申辩第 3 点没有答复：「沙堆是村里清淤留下的」", "须复核，写明采纳或者不采纳及理由。", (cite(PENALTY, 45, 1),),
            "去答复", "#answer",
        ),
        parts.RefusalRow("其余 8 项已满足：主体、权限、回避、证件、立案、告知、听证、期限", action="逐项看", url="#all", ok=True),
    ]  # fmt: skip


def _table() -> parts.Table:
    limits = deadlines()
    people = ["张某", "泽川某建材有限公司", "钱某", "马某"]
    facts = ["无证采砂", "未经批准擅自取水", "河道内堆放砂石", "涉嫌无证采砂"]
    rows = [
        parts.Row(
            [
                parts.Cell(f"泽水罚立〔2026〕{n}号", url=f"#case-{n}", nowrap=True),
                parts.Cell(person, note=fact),
                "法制审核",
                parts.Cell(deadline=limit),
                parts.Cell("12,000", tone="strong"),
                "2026-10-16",
            ],
            url=f"#case-{n}",
            state=limit.state,
        )
        for n, person, fact, limit in zip(range(9, 13), people, facts, limits, strict=False)
    ]
    return parts.Table(
        columns=[
            parts.Column("案号", sort_url="?sort=number"), parts.Column("当事人、案由"), parts.Column("阶段"),
            parts.Column("期限", sort_url="?sort=due", sorted="ascending"), parts.Column("罚款（元）", align="right"),
            parts.Column("立案"),
        ],
        rows=rows,
        caption="案件台账",
        filters=[
            parts.FilterGroup("阶段", [parts.Link("全部", "?", 15, current=True), parts.Link("调查", "?stage=a", 6),
                                      parts.Link("法制审核", "?stage=b", 3)]),
            parts.FilterGroup("期限", [parts.Link("逾期", "?due=over", 1), parts.Link("三天内", "?due=soon", 4)]),
        ],
        pager=parts.Pager(next_url="?after=12", shown="第 1 至 4 件"),
        export_url="?export=xlsx",
    )  # fmt: skip


def _flow() -> parts.Flow:
    nodes = [
        parts.Node("file", "立案", "done", "10-16"), parts.Node("collect", "调查取证", "done"),
        parts.Node("tell", "事先告知", "done", "11-03"), parts.Node("ask", "申请听证？", "done", shape="question"),
        parts.Node("hear", "听证", "na", "未申请"), parts.Node("review", "法制审核", "here", "应当", "#review"),
        parts.Node("discuss", "集体讨论", "todo", "应当"), parts.Node("decide", "处罚决定", "todo", shape="end"),
    ]  # fmt: skip
    edges = [
        parts.Edge("file", "collect"), parts.Edge("collect", "tell"), parts.Edge("tell", "ask"),
        parts.Edge("ask", "hear", "是"), parts.Edge("ask", "review", "否"), parts.Edge("hear", "review"),
        parts.Edge("review", "discuss", "同意"), parts.Edge("review", "collect", "退回补正"),
        parts.Edge("discuss", "decide"),
    ]  # fmt: skip
    return parts.Flow(nodes, edges, "普通程序")


def _matrix() -> parts.Matrix:
    evidence = [
        parts.Link(f"证据 {n} {name}", f"#e{n}")
        for n, name in enumerate(("询问笔录", "勘验笔录", "现场照片", "测算表"), 1)
    ]
    proves, none = parts.MatrixCell("proves", "#link"), parts.MatrixCell()
    return parts.Matrix(
        evidence,
        [
            parts.MatrixRow("1 无采砂许可证", [proves, none, proves, none]),
            parts.MatrixRow("2 10-12 夜间采挖", [proves, proves, proves, none]),
            parts.MatrixRow("3 采挖 46 立方米", [none, none, none, parts.MatrixCell("unverified", "#link")]),
        ],
    )


def _moment(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LEGAL_ZONE)


def _ranges() -> list[tuple[str, parts.FineRange]]:
    wan = 10000
    tiers = [
        parts.Tier("轻微", 1 * wan, 2 * wan), parts.Tier("较轻", 2 * wan, 3 * wan, here=True),
        parts.Tier("一般", 3 * wan, 6 * wan), parts.Tier("较重", 6 * wan, 10 * wan),
    ]  # fmt: skip
    wide = [
        parts.Tier("一般", 0, 4 * wan),
        parts.Tier("较重", 4 * wan, 7 * wan, here=True),
        parts.Tier("严重", 7 * wan, 10 * wan),
    ]
    similar = [20000, 20000, 22000, 24000, 25500, 28000, 34000]
    return [
        ("档次窄：第二条轴放大适用的档", parts.FineRange(wan, 10 * wan, tiers, 30000, "草案 v3", 20000, similar)),
        ("档次宽", parts.FineRange(0, 10 * wan, wide, 50000, "草案 v1", None, [45000, 52000, 61000])),
        ("与告知相同", parts.FineRange(0, 10 * wan, wide, 50000, "草案 v2", 50000)),
    ]


def _context() -> dict[str, Any]:
    form = PartyForm({"name": "", "uscc": "9144", "kind": "person", "manner": "", "opinion": "沙堆是村里清淤留下的"})
    form.is_valid()
    old = "当事人：张某\n经查，当事人采挖约 46 立方米。\n依据水法，决定：\n罚款二万元。\n不服可以申请行政复议。"
    new = "当事人：张某\n经查，当事人采挖约 46 立方米。\n依据水法，决定：\n罚款三万元，限十五日内缴纳。\n不服可以申请行政复议。"
    return {
        "rail": [
            {"label": _("我的工作"), "url": "#", "icon": "today", "count": 11},
            {"label": _("线索"), "url": "#", "icon": "place", "count": 2},
            {"label": _("检查"), "url": "#", "icon": "list"},
            {"label": _("案件"), "url": "#", "icon": "file", "count": 15, "current": True},
            {"label": _("法制审核"), "url": "#", "icon": "scale", "count": 3},
            {"label": _("案卷"), "url": "#", "icon": "archive"},
            {"label": _("公示"), "url": "#", "icon": "pub"},
            {"label": _("统计"), "url": "#", "icon": "chart", "group": "figures"},
        ],
        "bell_count": 3,
        "territory_name": "泽川县",
        "territories": [parts.Link("泽川县", "#", current=True), parts.Link("沧宁省", "#")],
        "deadlines": deadlines(),
        "open_deadline": deadlines()[1],
        "refusals": _refusals(),
        "steps": _steps(),
        "phone_steps": [
            parts.Step("到场", "done"), parts.Step("出示证件", "done"), parts.Step("告知权利", "here"),
            parts.Step("检查记录"), parts.Step("拍照录像"), parts.Step("当事人签字"), parts.Step("结论"),
        ],
        "table": _table(),
        "empty_table": parts.Table(
            [parts.Column("案号")], [], "案件台账", empty_title="还没有案件", empty_text="核查属实的线索可以立案。",
            empty_action=parts.Link("去看线索", "#leads"),
        ),
        "ranges": _ranges(),
        "tabs": [parts.Link("现在", "#", current=True), parts.Link("经过", "#", 31), parts.Link("文书", "#", 14),
                 parts.Link("证据", "#", 9), parts.Link("裁量", "#"), parts.Link("费用", "#", 2),
                 parts.Link("人员", "#"), parts.Link("关联", "#", 1), parts.Link("操作记录", "#")],
        "segments": [parts.Link("本人", "#", current=True), parts.Link("本科室", "#"), parts.Link("本单位", "#")],
        "job": parts.Progress(
            "导入旧台账", 118, 120, "finished",
            [parts.Pair("第 17 行", "统一社会信用代码校验位不对"), parts.Pair("第 83 行", "立案日期晚于决定日期")],
            "#failed", "下载没有成功的行",
        ),
        "running": parts.Progress("生成案卷 PDF", 34, 96, "running"),
        "timeline": [
            parts.Entry(
                _moment(19, 17, 20), "决定草案 v3 保存", "罚款 30,000 元", "陈某", "#", "edit", digest="7f3a 91c4 0b2e c21e"
            ),
            parts.Entry(_moment(6, 10, 5), "收到陈述、申辩意见", "3 点意见", "张某", "#", "people"),
            parts.Entry(_moment(3, 9, 30), "送达行政处罚事先告知书", "直接送达，当事人签收", "陈某、周某", "#", "send", "fine"),
        ],
        "pairs": [
            parts.Pair("姓名", "张某（自然人，46 岁）"), parts.Pair("电话", "已核，1XX****0086"),
            parts.Pair("送达地址", "已签确认书 10-19", "#"), parts.Pair("既往处罚", "两年内 1 次同类处罚", tone="danger"),
        ],
        "matrix": _matrix(),
        "flow": _flow(),
        "difference": difference_of(old, new, left_title="告知书 11-03", right_title="草案 v3 11-19"),
        "picture": parts.FileView(
            "现场照片 3.jpg", "/static/core/brand.svg", "image/svg+xml", 2_483_000, "7f3a91c40b2ec21e", "#", "采砂点全景"
        ),
        "approval": parts.ApprovalCard(
            "张某在白鹿河龙尾段无证采砂", "#", "立案审批", "泽水罚立〔2026〕18号", "陈某 提交", "已 1 个工作日",
            [parts.Pair("违法事实", "未取得采砂许可证采挖约 46 立方米"), parts.Pair("立案期限", "11-24 周二", tone="soon")],
            deadlines()[1], "#",
            [parts.Decision("同意", "approve", "primary"), parts.Decision("退回", "return", needs_reason=True),
             parts.Decision("不同意", "reject", "danger", True)],
        ),
        "form": form,
        "draft_cite": cite(PENALTY, 45, 2),
        "unconfirmed": parts.Basis("水行政处罚实施办法", confirmation="U"),
    }  # fmt: skip


def office(request: HttpRequest) -> HttpResponse:
    """Every component in the office frame."""
    return render(request, "ui/gallery.html", _context())


def phone(request: HttpRequest) -> HttpResponse:
    """The light phone page."""
    return render(request, "ui/gallery_phone.html", _context() | {"back_url": "/ui-gallery/"})


def portal(request: HttpRequest) -> HttpResponse:
    """The public frame."""
    return render(request, "ui/gallery_portal.html", _context() | {"portal_name": "泽川县水行政执法公示"})


def error(request: HttpRequest, status: int) -> HttpResponse:
    """The error pages, with what was typed."""
    typed = [
        ("party", "张某"),
        ("opinion", "沙堆是村里清淤留下的，不是我采的，有村委会的证明，当时有三个人在场可以作证。"),
    ]
    context: dict[str, Any] = {"status": status, "typed": typed}
    template = {409: "frames/conflict.html", 422: "frames/refused.html"}.get(status, "frames/error.html")
    if status == 409:
        context["conflict"] = Conflict("cases.case:12", 3, 4)
    if status == 422:
        context["refusals"] = [
            {
                "reason": "草案罚 3 万元，重于已告知的 2 万元",
                "fix": "重新告知，或者改草案。",
                "basis": ["行政处罚法第四十五条第二款"],
            }
        ]
    return render(request, template, context, status=status)
