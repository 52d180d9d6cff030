"""An invented local rule in two editions: the second is coming into force, so that its changes can be looked at and settled."""

from __future__ import annotations

from datetime import date, timedelta

from dayu.basis.models import Statute
from dayu.basis.services import cite_articles, import_statute
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.territories import Territory
from dayu.law.citations import Citation
from dayu.org.models import Agency
from dayu.powers.services import register_item

KEY, NAME = "demo-yard-measures", "沧宁省河道砂石堆场管理办法（示例）"
FIRST_EDITION, FIRST_DAY = "2020-05-18", date(2020, 7, 1)
NOTICE_DAYS = 60  # between the import of the second edition and the day from which it counts

FIRST = """{name}

第一章 总则

第一条 为了规范河道砂石堆场的设置和使用，保障行洪安全和群众出行，制定本办法。

第二条 本省河道管理范围内砂石堆场的设置、使用和清理，适用本办法。

第三条 县级水行政主管部门负责本行政区域内堆场的监督检查；乡镇人民政府协助做好日常巡查。

第二章 设置和使用

第四条 设置堆场的，应当在设置前十个工作日告知所在地县级水行政主管部门，并附场地平面图和清理方案。

第五条 堆场应当符合下列要求：

（一）堆放高度不超过五米；

（二）距堤脚不少于三十米；

（三）设置标识牌和进出车辆冲洗设施。

第六条 汛期前十五日，使用人应当把影响行洪的砂石全部清出。

第三章 法律责任

第七条 违反本办法第五条规定的，由县级水行政主管部门责令限期改正；逾期不改正的，处二千元以上一万元以下罚款。

第八条 违反本办法第六条规定的，由县级水行政主管部门责令限期清理；逾期不清理的，处一万元以上三万元以下罚款，清理费用由使用人承担。

第九条 工作人员玩忽职守、滥用职权的，依法给予处分。

第四章 附则

第十条 本办法自{begins}起施行。
"""

SECOND_CHANGES = (
    ("堆放高度不超过五米", "堆放高度不超过四米"),
    ("处二千元以上一万元以下罚款", "处五千元以上二万元以下罚款；拒不改正的，责令停止使用堆场"),
    ("汛期前十五日", "汛期前三十日"),
    ("第三条 县级水行政主管部门负责本行政区域内堆场的监督检查；乡镇人民政府协助做好日常巡查。",
     "第三条 县级水行政主管部门负责本行政区域内堆场的监督检查；乡镇人民政府协助做好日常巡查，发现问题当日报告。"),
)  # fmt: skip


def make_statutes(agency: Agency) -> None:
    """The rule with both editions and two items of the bureau that rest on it; a second call finds them."""
    if Statute.objects.filter(key=KEY).exists():
        return
    today = clock.today()
    province = Territory.objects.get(code="990000")
    _edition(FIRST_EDITION, FIRST_DAY, FIRST, province)
    for code, name, article in (
        ("local-yard-1", "对砂石堆场不符合设置要求且逾期不改正的处罚", 7),
        ("local-yard-2", "对汛期前不清理影响行洪砂石的处罚", 8),
    ):
        item = register_item(
            None, actor=SYSTEM, moment=clock.legal_moment(FIRST_DAY), agency=agency, code=code, name=name,
            act_type="penalty", basis=f"{NAME}第{'七' if article == 7 else '八'}条", valid_from=FIRST_DAY,
        )  # fmt: skip
        cite_articles(
            item, [Citation(KEY, article)], moment=clock.legal_moment(FIRST_DAY), label=name,
            organ_id=agency.pk, territory=agency.territory_id,
        )  # fmt: skip
    text = FIRST
    for old, new in SECOND_CHANGES:
        text = text.replace(old, new)
    _edition((today - timedelta(days=9)).isoformat(), today + timedelta(days=NOTICE_DAYS), text, province)


def _edition(edition: str, begins: date, text: str, province: Territory) -> None:
    import_statute(
        None, actor=SYSTEM, moment=clock.now(), key=KEY, name=NAME, short_name="砂石堆场办法（示例）", level="local-rule",
        issuer="沧宁省人民政府", edition=edition, in_force_from=begins, territory=province,
        text=text.format(name=NAME, begins=f"{begins.year}年{begins.month}月{begins.day}日"),
    )  # fmt: skip
