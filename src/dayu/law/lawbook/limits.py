"""Chapter: every time limit with its number, its counting, its articles and its worked examples."""

from __future__ import annotations

from collections.abc import Sequence

from dayu.law.additional_fine import CAP_RULE, PAUSE_RULE, RATE_RULE
from dayu.law.lawbook.markdown import CONFIRMATION_WORDS, bullets, cited, day, period, table
from dayu.law.time_limits import Example, Span, TimeLimit, Unit, time_limits
from dayu.law.working import span_text

FILE = "time-limits.md"
TITLE = "期限"
HOLDERS = {"party": "当事人", "organ": "本机关", "court": "人民法院", "other_authority": "其他机关", "nobody": "（法定）"}
RELATED = {
    "window_opens": "可以开始申请之日",
    "first_apply_day": "可以申请法院之日",
    "first_overdue_day": "逾期的第一日",
    "agency_to_bank": "机关缴付银行的末日",
    "additional_fine_from": "可以加处罚款的第一日",
}
COUNTING = (
    "开始的当日（时）不计入，次日为第一日（民事诉讼法第八十五条第二款）。",
    "行政处罚法的二日、三日、五日、七日为工作日（第八十五条）；行政强制法十日以内为工作日（第六十九条）；"
    "行政复议法的三日、五日、七日、十日为工作日（第八十八条第二款）。其余按自然日。",
    "按月、年计算的，以对应日届满；没有对应日的，以月末届满。",
    "末日遇法定休假日的，当事人的期限和向法院主张权利的期限顺延至其后第一个工作日（民事诉讼法第八十五条第三款）；"
    "本机关自己的办案期限默认不顺延（没有明文，待确认）。调休上班的周六、周日不是休假日。",
    "不计入的期间含首尾两日；重叠的只扣一次。",
    "倒推的期限：全部工作日完整落在送达日与事件日之间，答最迟的送达日。",
    "按小时计算的连续计算，不扣除夜间和休假日。",
    "规则施行之前、工作日历之外，不作答。",
)


def render() -> str:
    """How to count, an overview, every limit, the additional fine."""
    parts = ["## 怎样计算", bullets(COUNTING), "## 一览", _overview()]
    for versions in time_limits().values():
        parts.append(_limit(versions))
    parts.append(_additional_fine())
    return "\n\n".join(parts)


def _overview() -> str:
    rows = [
        (
            limit.name,
            f"`{key}`",
            limit.start,
            _number(limit),
            HOLDERS[limit.holder],
            CONFIRMATION_WORDS[limit.confirmation],
        )
        for key, versions in time_limits().items()
        for limit in versions[-1:]
    ]
    return table(("期限", "键", "起算", "长短", "谁的期限", "确认"), rows)


def _number(limit: TimeLimit) -> str:
    if limit.number_given:
        return f"由文书写明（{limit.span.unit.chinese}）"
    text = ("事件前 " if limit.backward else "") + span_text(limit.span)
    if limit.then:
        text += f"，届满后再{span_text(limit.then)}"
    if limit.extension_max:
        text += f"，可延长{span_text(Span(limit.extension_max, limit.span.unit))}"
    return text


def _limit(versions: tuple[TimeLimit, ...]) -> str:
    newest = versions[-1]
    parts = [f"## {newest.name}", f"键 `{newest.key}`；自**{newest.start}**{'倒推' if newest.backward else '起算'}。"]
    parts.append(table(("施行", "长短", "末日遇休假日", "依据", "确认"), [_version(v) for v in reversed(versions)]))
    extra = [f"{v.when}：{span_text(v.span)}（{cited([v.citation])}）" for v in newest.variants]
    extra += list(newest.notes)
    extra += [f"随结果给出：{RELATED.get(name, name)}（`{name}`）。" for name in newest.related]
    if newest.profile:
        extra.append(f"地区规则包可以设定（参数 `{newest.profile}`）。")
    if extra:
        parts.append(bullets(extra))
    examples = [e for v in versions for e in v.examples]
    parts.append("算例：\n\n" + bullets([*(_example(newest, e) for e in examples), *_refused(versions)]))
    return "\n\n".join(parts)


def _version(limit: TimeLimit) -> tuple[str, str, str, str, str]:
    if limit.span.unit in {Unit.WORKING_DAYS, Unit.HOURS}:
        rolling = "不发生"
    else:
        rolling = "顺延" if limit.span.rolls else "不顺延"
        if limit.roll_confirmation == "U":
            rolling += "（待确认）"
    return (
        period(limit.in_force_from, limit.in_force_until),
        _number(limit),
        rolling,
        cited(limit.citations),
        CONFIRMATION_WORDS[limit.confirmation],
    )


def _refused(versions: Sequence[TimeLimit]) -> list[str]:
    return [
        f"{day(e.starts)}{f'，延长{e.extension_days}{v.span.unit.chinese}' if e.extension_days else ''}：不准许（{e.why}）"
        for v in versions
        for e in v.refused
    ]


def _example(limit: TimeLimit, example: Example) -> str:
    text = day(example.starts)
    if example.days:
        text += f"，{example.days}{limit.span.unit.chinese}"
    if example.extension_days:
        text += f"，延长{example.extension_days}{limit.span.unit.chinese}"
    text += "".join(f"，{first} 至 {last} 不计入" for first, last in example.excluded)
    text += f" → **{day(example.due)}**"
    text += "".join(f"，{RELATED.get(name, name)} {value}" for name, value in example.related.items())
    return text + (f"（{example.why}）" if example.why else "")


def _additional_fine() -> str:
    return "\n\n".join(
        (
            "## 加处罚款的金额",
            "到期次日起，每日按罚款数额的3%加处，总额不超过罚款数额；复议、诉讼期间（含首尾两日）不予计算。是否加处由负责人决定并留痕。",
            f"依据：{cited((RATE_RULE, CAP_RULE, PAUSE_RULE))}。",
        )
    )
