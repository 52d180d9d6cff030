"""The invented cases: what was found, on whom, under which law, and how far the matter has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SAND_RULE = "沧宁省河道采砂管理条例（示例）第二十六条"

STAGES = (
    "open", "verified", "requested", "filed", "proved", "ordered", "reported", "examined", "drafted", "notified", "heard",
    "reviewed", "decided", "served", "published", "paid", "corrected", "educated", "closed", "archived",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of violation as the stories use it."""

    violation: str
    act: str
    basis: str
    violated: str
    order: str
    order_days: int
    order_first: bool = False
    local_range: tuple[int, int] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


KINDS = {
    "sand": Kind(
        "river-reg-44-4", "无证采砂", SAND_RULE, "中华人民共和国河道管理条例第二十五条第一项", "停止采砂，平整河床", 10,
        local_range=(10_000, 100_000), facts={"first_offence": True, "stopped_voluntarily": True},
    ),
    "soil": Kind(
        "soil-53-1-no-plan", "未编报水土保持方案即开工建设", "中华人民共和国水土保持法第五十三条第一项",
        "中华人民共和国水土保持法第二十五条第一款", "停止违法行为，三十日内补办水土保持方案", 30, order_first=True,
    ),
    "abstraction": Kind(
        "water-69-1-unauthorised-abstraction", "未经批准擅自取水", "中华人民共和国水法第六十九条第一项",
        "中华人民共和国水法第四十八条第一款", "停止取水，限期拆除取水设施或者补办取水许可", 15,
    ),
    "dumping": Kind(
        "flood-dump-or-affect-river", "在河道管理范围内倾倒渣土", "中华人民共和国防洪法第五十五条第二项",
        "中华人民共和国防洪法第二十二条第二款", "清除渣土，恢复原状", 15,
    ),
    "building": Kind(
        "flood-obstruct-building", "在河道管理范围内修建妨碍行洪的构筑物", "中华人民共和国防洪法第五十五条第一项",
        "中华人民共和国防洪法第二十二条第二款", "拆除构筑物，排除阻碍", 15,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """One invented case. Its last act lies `rests` days before the day of installation."""

    kind: str
    place: str
    parties: tuple[tuple[str, str], ...]  # (name, kind of party)
    fine: int
    at: str
    rests: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    defence: tuple[str, ...] = ()
    source: str = "巡查"
    corrected: bool = True

    @property
    def title(self) -> str:
        """The cause as the register has it."""
        names = self.parties[0][0] + ("等" if len(self.parties) > 1 else "")
        return f"{names}在{self.place}{KINDS[self.kind].act}案"


def _one(name: str, kind: str = "citizen") -> tuple[tuple[str, str], ...]:
    return ((name, kind),)


PRESENT = (
    Story("sand", "白鹿河龙尾段", _one("张望舒"), 24_000, "heard", 2, {"volume_m3": 46, "value_yuan": 4600},
          ("家庭困难，请求少罚", "采的是自家门口淤积的沙", "沙堆是村里清淤留下的"), "群众举报"),
    Story("soil", "青石镇采石场", _one("泽川青石建材有限公司", "organisation"), 90_000, "reviewed", 1,
          {"occupied_area_ha": 8}),
    Story("abstraction", "柳溪机井", _one("泽川柳溪养殖合作社", "cooperative"), 30_000, "notified", 3,
          {"volume_m3": 5200}),
    Story("dumping", "白鹿河白鹿镇段", (("李松涛", "citizen"), ("泽川宏途运输有限公司", "organisation")), 12_000, "notified", 3,
          {"volume_m3": 120}),
    Story("building", "南溪左岸", _one("王守田"), 8_000, "served", 4, {"area_m2": 90}),
    Story("sand", "南溪石桥段", _one("赵大川"), 15_000, "decided", 2, {"volume_m3": 18, "value_yuan": 1500}),
    Story("sand", "白鹿河青石段", _one("钱一舟"), 45_000, "published", 3, {"volume_m3": 80, "value_yuan": 7600}),
    Story("dumping", "龙尾湖西岸", _one("泽川安居房地产开发有限公司", "organisation"), 30_000, "paid", 2, {"volume_m3": 640}),
    Story("abstraction", "青石镇工业园", _one("泽川青泉饮品有限公司", "organisation"), 50_000, "corrected", 2,
          {"volume_m3": 21_000}),
    Story("soil", "龙尾乡光伏项目", _one("沧宁绿电有限公司", "organisation"), 160_000, "drafted", 2, {"occupied_area_ha": 22}),
    Story("sand", "白鹿河下游", _one("周远帆"), 26_000, "examined", 2, {"volume_m3": 31, "value_yuan": 2900}),
    Story("dumping", "南溪右岸", _one("吴青禾"), 5_000, "reported", 1, {"volume_m3": 40}),
    Story("building", "龙尾湖东岸", _one("泽川湖湾度假村", "individual_business"), 20_000, "ordered", 3, {"area_m2": 210}),
    Story("abstraction", "白鹿镇砖厂", _one("白鹿砖厂", "individual_business"), 20_000, "proved", 2, {"volume_m3": 800}),
    Story("sand", "白鹿河上游", _one("郑石开"), 20_000, "filed", 3, {"volume_m3": 22, "value_yuan": 2100}, (), "上级交办"),
    Story("dumping", "柳溪", _one("冯春生"), 4_000, "requested", 1, {"volume_m3": 25}),
    Story("building", "南溪河口", _one("陈有余"), 6_000, "verified", 2, {"area_m2": 60}, (), "群众举报"),
    Story("sand", "龙尾湖口", _one("褚江平"), 20_000, "open", 1, {"volume_m3": 20}, (), "12345热线"),
    Story("sand", "白鹿河二道湾", _one("卫长林"), 22_000, "educated", 1, {"volume_m3": 28, "value_yuan": 2500}),
    Story("soil", "白鹿镇物流园", _one("泽川通达物流有限公司", "organisation"), 60_000, "notified", 3, {"occupied_area_ha": 6}),
    Story("abstraction", "龙尾乡灌区", _one("龙尾乡龙口村村民委员会", "village_committee"), 20_000, "heard", 2,
          {"volume_m3": 3000}, ("用于抗旱保苗",)),
    Story("dumping", "白鹿河三道湾", _one("蒋二河"), 9_000, "closed", 6, {"volume_m3": 70}),
    Story("sand", "南溪上游", _one("沈在田"), 28_000, "closed", 6, {"volume_m3": 44, "value_yuan": 4100}),
    Story("building", "白鹿河左岸", _one("泽川鹿鸣农庄", "individual_business"), 15_000, "archived", 3, {"area_m2": 150}),
    Story("sand", "青石滩", _one("韩听雨"), 18_000, "served", 22, {"volume_m3": 17, "value_yuan": 1600}),
    Story("dumping", "柳溪桥下", _one("泽川市政工程有限公司", "organisation"), 25_000, "published", 3, {"volume_m3": 300}),
    Story("abstraction", "白鹿镇澡堂", _one("白鹿浴池", "individual_business"), 20_000, "reviewed", 1, {"volume_m3": 900}),
    Story("sand", "白鹿河渡口", (("杨柳生", "citizen"), ("朱山海", "citizen"), ("秦岭北", "citizen")), 22_000, "examined", 2,
          {"volume_m3": 39, "value_yuan": 3300}),
    Story("soil", "青石镇道路改线", _one("泽川交通投资有限公司", "organisation"), 120_000, "ordered", 3,
          {"occupied_area_ha": 12}),
    Story("building", "柳溪左岸", _one("尤知年"), 5_000, "paid", 2, {"area_m2": 40}),
)  # fmt: skip

_PLACES = ("白鹿河龙尾段", "南溪石桥段", "龙尾湖西岸", "柳溪", "青石滩", "白鹿河下游", "南溪河口", "白鹿河上游")
_NAMES = "许何吕施孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤"
_GIVEN = ("春水", "怀远", "立夏", "秋生", "大河", "青山", "长庚", "南星")
_KINDS = ("sand", "dumping", "abstraction", "sand", "building")
_FINES = {"sand": 21_000, "dumping": 6_000, "abstraction": 22_000, "building": 7_000}


def past_stories(years: int = 5, a_year: int = 10) -> list[Story]:
    """Closed and archived cases of the years behind, oldest first: the similar cases that a benchmark is seen against."""
    found = []
    for number in range(years * a_year):
        kind = _KINDS[number % len(_KINDS)]
        rests = 365 * years - 80 - number * (365 * years - 240) // (years * a_year)
        volume = 20 + number * 7 % 29
        facts: dict[str, Any] = {"volume_m3": volume}
        if kind == "sand":
            facts["value_yuan"] = volume * 95
        found.append(
            Story(
                kind, _PLACES[number % len(_PLACES)], _one(_NAMES[number % len(_NAMES)] + _GIVEN[number % len(_GIVEN)]),
                _FINES[kind] + number * 700 % 8_000, "archived", rests, facts, source="旧案",
            )
        )
    return found
