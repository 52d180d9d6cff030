"""The printed working of a deadline (计算过程): every day counted or left out, in lines a reader can check by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dayu.law.calendar import DAY, NotComputable
from dayu.law.counting import Run, has_corresponding_day
from dayu.law.deadlines import Deadline
from dayu.law.time_limits import Span, Unit

COUNTED, DAY_OFF, EXCLUDED = "counted", "day_off", "excluded"


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One line: days of one kind from `first` to `last`, what number they carry, and the words."""

    kind: str  # budget | start | counted | day_off | excluded | end | rolled | second_stage | due | calendar
    text: str
    first: date | None = None
    last: date | None = None
    number_from: int | None = None
    number_to: int | None = None

    def as_json(self) -> dict[str, Any]:
        """For receipts and screens that draw the days."""
        return {
            "kind": self.kind,
            "text": self.text,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "number_from": self.number_from,
            "number_to": self.number_to,
        }


def working_of(answer: Deadline) -> tuple[WorkingLine, ...]:
    """All lines of the working, from the budget to the calendars it rests on."""
    return tuple(_lines(answer))


def notes_of(answer: Deadline) -> tuple[str, ...]:
    """What a reader should know besides: defaults not confirmed, provisional years, milder readings."""
    return tuple(_notes(answer))


def moment_text(moment: date | datetime) -> str:
    """2026-05-02, or 2026-05-02T16:30 for a moment."""
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()


def span_text(span: Span) -> str:
    """10个工作日、90日、6个月、24小时."""
    return f"{span.n}{span.unit.chinese}"


def _lines(answer: Deadline) -> Iterator[WorkingLine]:
    yield WorkingLine("budget", _budget_text(answer))
    if answer.unit is Unit.HOURS:
        yield WorkingLine(
            "start", f"自 {moment_text(answer.starts)}（{answer.limit.start}）起连续计算，昼夜和休假日不扣除"
        )
        yield WorkingLine("due", f"届满：{moment_text(answer.due)}", answer.due_on, answer.due_on)
        return
    if answer.limit.backward:
        yield from _backward_lines(answer)
    else:
        yield from _forward_lines(answer)
    yield from _calendar_lines(answer)


def _budget_text(answer: Deadline) -> str:
    text = f"{answer.limit.name}：{span_text(answer.span)}"
    if answer.variant:
        text += f"（{answer.variant.when}）"
    if answer.extension_days:
        total = Span(answer.span.n + answer.extension_days, answer.unit)
        text += f"，批准延长{answer.extension_days}{answer.unit.chinese}，共{span_text(total)}"
    if answer.limit.then:
        text += f"，届满后再{span_text(answer.limit.then)}"
    return text


def _forward_lines(answer: Deadline) -> Iterator[WorkingLine]:
    yield WorkingLine(
        "start", f"{answer.starts_on}（{answer.limit.start}）开始的当日不计入", answer.starts_on, answer.starts_on
    )
    for position, run in enumerate(answer.runs):
        if position:
            yield WorkingLine("second_stage", f"自 {run.start} 届满之日起再{span_text(run.span)}", run.start, run.start)
        yield from _run_lines(answer, run)
    yield WorkingLine("due", f"届满：{answer.due_on} {_kind(answer, answer.due_on)}", answer.due_on, answer.due_on)


def _run_lines(answer: Deadline, run: Run) -> Iterator[WorkingLine]:
    if run.span.unit in {Unit.MONTHS, Unit.YEARS}:
        yield from _month_lines(answer, run)
    else:
        yield from _day_lines(answer, run.start + DAY, run.raw, run.span.unit)
    if run.due != run.raw:
        yield WorkingLine(
            "rolled",
            f"末日 {run.raw} {_kind(answer, run.raw)}，顺延至其后第一个工作日 {run.due} {_kind(answer, run.due)}",
            run.raw,
            run.due,
        )
    elif not run.span.rolls and run.span.unit is not Unit.WORKING_DAYS and _is_day_off(answer, run.raw):
        yield WorkingLine("end", f"末日 {run.raw} {_kind(answer, run.raw)}，本期限不顺延", run.raw, run.raw)


def _month_lines(answer: Deadline, run: Run) -> Iterator[WorkingLine]:
    left_out = [(first, last) for first, last in answer.excluded if first <= run.raw and last > run.start]
    if has_corresponding_day(run.start, run.raw) or left_out:
        how = "以对应日届满" if not left_out else "以对应日届满，并扣除不计入的期间"
    else:
        how = f"当月无{run.start.day}日，以月末届满"
    for first, last in left_out:
        days = (last - max(first - DAY, run.start)).days
        yield WorkingLine(EXCLUDED, f"{_stretch(first, last)} 不计入期限，共{days}日", first, last)
    yield WorkingLine("end", f"自 {run.start} 起{span_text(run.span)}，{how}：{run.raw}", run.start, run.raw)


def _backward_lines(answer: Deadline) -> Iterator[WorkingLine]:
    event = answer.starts_on
    yield WorkingLine("start", f"{event}（{answer.limit.start}）当日不计入，向前倒推", event, event)
    yield from _day_lines(answer, answer.due_on + DAY, event - DAY, Unit.WORKING_DAYS)
    text = f"最迟送达日：{answer.due_on} {_kind(answer, answer.due_on)}（送达当日不计入）"
    yield WorkingLine("due", text, answer.due_on, answer.due_on)


def _day_lines(answer: Deadline, first: date, last: date, unit: Unit) -> Iterator[WorkingLine]:
    """The days from `first` to `last`, grouped by what they are, the counted ones numbered."""
    number = 0
    for kind, begin, end in _stretches(first, last, _classifier(answer, unit)):
        if kind != COUNTED:
            yield WorkingLine(kind, f"{_stretch(begin, end)} {_reason(answer, kind, begin, end)}，不计", begin, end)
            continue
        days = (end - begin).days + 1
        numbers = f"第{number + 1}日" if days == 1 else f"第{number + 1}至{number + days}日"
        make_up = _make_up_text(answer, begin, end) if unit is Unit.WORKING_DAYS else ""
        yield WorkingLine(COUNTED, f"{_stretch(begin, end)} {numbers}{make_up}", begin, end, number + 1, number + days)
        number += days


def _classifier(answer: Deadline, unit: Unit) -> Callable[[date], str]:
    def kind_of(day: date) -> str:
        if any(first <= day <= last for first, last in answer.excluded):
            return EXCLUDED
        if unit is Unit.WORKING_DAYS and not answer.calendar.is_working_day(day):
            return DAY_OFF
        return COUNTED

    return kind_of


def _stretches(first: date, last: date, kind_of: Callable[[date], str]) -> Iterator[tuple[str, date, date]]:
    begin, day = first, first
    while day <= last:
        kind = kind_of(day)
        if day == last or kind_of(day + DAY) != kind:
            yield kind, begin, day
            begin = day + DAY
        day += DAY


def _reason(answer: Deadline, kind: str, first: date, last: date) -> str:
    if kind == EXCLUDED:
        return "不计入期限的期间"
    names, day = [], first
    while day <= last:
        text = answer.calendar.kind_of(day)
        name = text[text.index("（") + 1 : -1]
        if name not in names:
            names.append(name)
        day += DAY
    return "、".join(names)


def _make_up_text(answer: Deadline, first: date, last: date) -> str:
    days, day = [], first
    while day <= last:
        if day.weekday() >= 5:
            days.append(f"{day} {answer.calendar.kind_of(day)}")
        day += DAY
    return f"；其中 {'、'.join(days)}" if days else ""


def _calendar_lines(answer: Deadline) -> Iterator[WorkingLine]:
    origins: list[str] = []
    for first, last in answer.consulted:
        origins += [line for line in answer.calendar.origins(first, last) if line not in origins]
    if origins:
        yield WorkingLine("calendar", f"工作日历（版本 {answer.calendar.version}）：{'；'.join(origins)}")


def _notes(answer: Deadline) -> Iterator[str]:
    yield from answer.limit.notes
    if answer.number_source:
        yield f"天数依据：{answer.number_source}。"
    if not answer.confirmed:
        yield "默认值，待确认。"
    if answer.limit.extension_max and answer.extension_days > answer.limit.extension_max:
        yield f"延长超过默认的上限{answer.limit.extension_max}{answer.unit.chinese}，上限待确认。"
    for year in answer.provisional_years:
        yield f"{year}年放假安排未公布或未录入，此结果为暂定，公布后重新计算。"
    if answer.limit.backward:
        yield from _backward_notes(answer)


def _backward_notes(answer: Deadline) -> Iterator[str]:
    milder = answer.calendar.working_day_after(answer.due_on, 1)
    while any(first <= milder <= last for first, last in answer.excluded):
        milder = answer.calendar.working_day_after(milder, 1)
    yield f"从宽的读法（事件当日计入，其间不足{answer.count}个完整工作日）：最迟 {milder} 送达。"
    if day := answer.related.get("latest_working_day"):
        yield f"{answer.due_on} 不是工作日，在工作日送达的，最迟为 {day}。"


def _stretch(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} 至 {last}"


def _kind(answer: Deadline, day: date) -> str:
    try:
        return answer.calendar.kind_of(day)
    except NotComputable:  # pragma: no cover - a day that is only named, not rested on
        return ""


def _is_day_off(answer: Deadline, day: date) -> bool:
    try:
        return not answer.calendar.is_working_day(day)
    except NotComputable:
        return False
