"""Leads of the invented county: the ones cases grew from, and others that wait, were declined, transferred or joined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dayu.core import clock
from dayu.law.calendar import national_calendar
from dayu.leads import services
from dayu.leads.grounds import conditions
from dayu.leads.models import Lead, LeadSource

if TYPE_CHECKING:
    from dayu.demo.playing import Company

By = Callable[[str], dict[str, Any]]
LEAD_SOURCES = {"巡查": "patrol", "群众举报": "visit", "上级交办": "superior", "12345热线": "hotline_12345"}

# source, title, place, how far it came
OTHERS = (
    ("hotline_12345", "有人夜间在河边装砂", "白鹿河龙尾段", "new"),
    ("visit", "河里有死鱼，水发黑", "柳溪桥下", "new"),
    ("department", "自然资源局移送：河道旁违建线索", "南溪左岸", "new"),
    ("river_chief", "巡河发现河道内种植高秆作物", "白鹿河上游", "assigned"),
    ("superior", "遥感图斑：河道管理范围内疑似堆土", "龙尾湖西岸", "assigned"),
    ("patrol", "巡查发现水尺被损毁", "白鹿河青石段", "assigned"),
    ("media", "视频反映洗车店抽取河水", "白鹿镇", "assigned"),
    ("petition", "信访反映采石场弃渣入河", "青石镇", "verified"),
    ("hotline_12314", "举报机井无证取水", "龙尾乡", "verified"),
    ("prosecutor", "检察建议：清理河道阻水围堰", "南溪河口", "verified"),
)  # fmt: skip


def verified_lead(company: Company, source: str, title: str, place: str, by: By) -> Lead:
    """A lead that was registered, assigned and verified: a case can grow from it."""
    lead = services.register_lead(
        None, source=LEAD_SOURCES.get(source, source), title=title[:60], content=f"{place}：{title}", place=place,
        **by("registrar"),
    )  # fmt: skip
    officers = [company.people["officer"], company.people["second_officer"]]
    services.assign_lead(lead, officers=officers, **by("unit_head"))
    services.verify_lead(
        lead, finding="经现场核查，反映情况属实", answers=dict.fromkeys(conditions(), True), **by("officer")
    )
    return lead


def other_leads(company: Company, *, today: date) -> int:
    """Leads that have not become cases; answers how many were made."""
    known = set(Lead.objects.values_list("title", flat=True))
    made = 0
    for number, (source, title, place, reached) in enumerate(OTHERS):
        if title in known:
            continue
        day = national_calendar().on_or_after(today - timedelta(days=2 + number))
        by = _acts_on(company, min(day, today))
        lead = services.register_lead(
            None, source=source, title=title, content=f"{place}：{title}", place=place, **by("registrar")
        )
        if reached != "new":
            services.assign_lead(lead, officers=[company.people["third_officer"]], **by("unit_head"))
        if reached == "verified":
            answers = dict.fromkeys(conditions(), True)
            services.verify_lead(lead, finding="经现场核查，反映情况属实", answers=answers, **by("third_officer"))
        made += 1
    return made


def _acts_on(company: Company, day: date) -> By:
    moment = min(clock.legal_moment(day, 10), clock.now())
    return lambda name: {"actor": company.actor(name), "moment": moment}


assert set(LEAD_SOURCES.values()) <= set(LeadSource.values)
