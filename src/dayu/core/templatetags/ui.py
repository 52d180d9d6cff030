"""`{% load ui %}`: the components of the house as template tags. Each names its parameters; parts stand in `core.ui.parts`.

Small tags that stand in every row of a list are built in Python, larger ones are templates under `templates/ui/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from dayu.core.ui import drawing, words
from dayu.core.ui.fine_range import fine_range_svg, fine_range_words
from dayu.core.ui.flow_chart import flow_chart_svg
from dayu.core.ui.icons import icon_names
from dayu.core.ui.words import part
from dayu.law.citations import Citation

register = template.Library()

KINDS = frozenset({"plain", "primary", "quiet", "danger"})
ART = SafeString(' class="art"')
BADGES = frozenset({"", "here", "must", "suggest", "default", "danger"})


# ---------- words ----------


@register.filter
def short_day(value: date | datetime | None) -> str:
    """11-20 周五."""
    return words.short_day(value) if value else ""


@register.filter
def full_day(value: date | datetime | None) -> str:
    """2026-11-20 周五."""
    return words.short_day(value, year=0) if value else ""


@register.filter
def weekday_name(value: date | None) -> str:
    """周五."""
    return words.weekday(value) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """17:20."""
    return words.clock_time(value) if value else ""


@register.filter
def amount(value: Any) -> str:
    """12,000."""
    return words.amount(value)


@register.filter
def short_amount(value: Any) -> str:
    """2.4 万元."""
    return words.short_amount(value)


@register.filter
def file_size(value: int | None) -> str:
    """3.2 MB."""
    return words.file_size(value or 0)


@register.filter
def part_of(source: Any, name: str) -> Any:
    """`source.name` or `source[name]`, for names that a template does not know beforehand."""
    return part(source, name, "")


# ---------- icon, button, badge ----------


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """A stroke icon beside words. `size`: "", "l" or "xl". With a `label` it is read aloud, else it is decoration."""
    if not label:
        return _plain_icon(name, size)
    size_class = f" ico--{size}" if size else ""
    return format_html(
        '<svg class="ico{}" role="img" aria-label="{}"><use href="#i-{}"/></svg>', size_class, label, name
    )


@lru_cache(maxsize=256)
def _plain_icon(name: str, size: str) -> SafeString:
    """Icons stand in every row of a list."""
    if name not in icon_names():
        raise template.TemplateSyntaxError(f"there is no icon {name!r} in ui/sprite.html")
    size_class = f" ico--{size}" if size else ""
    return format_html('<svg class="ico{}" aria-hidden="true"><use href="#i-{}"/></svg>', size_class, name)


@register.inclusion_tag("ui/sprite.html")
def sprite() -> dict[str, Any]:
    """All icons, once on a page, at the top of its body."""
    return {}


def _button_class(kind: str, size: str, block: bool) -> str:
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"a button is one of {sorted(KINDS)}, not {kind!r}")
    found = ["btn"]
    found += [f"btn--{kind}"] if kind != "plain" else []
    found += [f"btn--{size}"] if size else []
    found += ["btn--block"] if block else []
    return " ".join(found)


def _face(label: str, icon_name: str, icon_after: str) -> SafeString:
    return format_html("{}{}{}", icon(icon_name) if icon_name else "", label, icon(icon_after) if icon_after else "")


def _attributes(attributes: Mapping[str, Any]) -> SafeString:
    """hx_post="/x" becomes hx-post="/x"; True stands alone; None and False are left out."""
    parts = []
    for name, value in attributes.items():
        if value is None or value is False or value == "":
            continue
        key = name.replace("_", "-")
        parts.append(format_html(" {}", key) if value is True else format_html(' {}="{}"', key, value))
    return drawing.join(parts)


@register.simple_tag
def button(
    label: str,
    kind: str = "plain",
    icon: str = "",
    icon_after: str = "",
    type: str = "submit",  # the attribute's own name
    name: str = "",
    value: str = "",
    size: str = "",
    block: bool = False,
    **attributes: Any,
) -> SafeString:
    """A button that sends a form. `kind`: plain, primary (one on a page: the next lawful act), quiet, danger.
    `size`: "", "l" (public), "xl" (phone). Other attributes with underscores: `hx_post=url`, `form="f"`, `formaction=url`."""
    more = {"name": name, "value": value if name else "", **attributes}
    return format_html(
        '<button class="{}" type="{}"{}>{}</button>',
        _button_class(kind, size, block), type, _attributes(more), _face(label, icon, icon_after),
    )  # fmt: skip


@register.simple_tag
def link_button(
    label: str,
    href: str,
    kind: str = "plain",
    icon: str = "",
    icon_after: str = "",
    size: str = "",
    block: bool = False,
    **attributes: Any,
) -> SafeString:
    """A link that looks like a button, for going somewhere. Parameters as for `button`."""
    return format_html(
        '<a class="{}" href="{}"{}>{}</a>',
        _button_class(kind, size, block), href, _attributes(attributes), _face(label, icon, icon_after),
    )  # fmt: skip


@register.simple_tag
def badge(text: Any, kind: str = "") -> SafeString:
    """A kind, never a time limit. `kind`: "", here, must (应当), suggest (系统建议), default (缺省值，未确认), danger."""
    if kind not in BADGES:
        raise template.TemplateSyntaxError(f"a badge is one of {sorted(BADGES)}, not {kind!r}")
    return format_html('<span class="badge{}">{}</span>', f" badge--{kind}" if kind else "", text)


@register.simple_tag
def count(number: int | None, label: str = "", kind: str = "") -> SafeString:
    """A number in a pill; nothing for None or 0. `label` is read aloud after it, `kind` may be "overdue"."""
    if not number:
        return drawing.nothing()
    spoken = format_html('<span class="vh">{}</span>', label) if label else ""
    return format_html('<span class="count{}">{}{}</span>', f" count--{kind}" if kind else "", number, spoken)


@register.simple_tag
@lru_cache(maxsize=32)
def mark(state: str) -> SafeString:
    """The shape of a state: ● overdue, ◐ soon, ○ fine, dotted waiting, ⊘ blocked. Always beside words."""
    return format_html('<i class="mark" data-state="{}"></i>', state)


# ---------- time limits ----------


@register.simple_tag
def due_chip(deadline: Any, prefix: str = "", size: str = "") -> SafeString:
    """How long is left, in the law's own unit, by shape, colour and words. `deadline`: Deadline. `size`: "" or "l"."""
    state = "fine" if part(deadline, "done") else part(deadline, "state", "fine")
    return format_html(
        '<span class="due{}" data-state="{}">{}<span>{}{}</span></span>',
        f" due--{size}" if size else "", state, mark(state), f"{prefix} " if prefix else "", words.due_words(deadline),
    )  # fmt: skip


@register.simple_tag
def gauge(deadline: Any, longest: int = drawing.LONGEST_GAUGE) -> SafeString:
    """The limit drawn: a mark for each counted day, a dot for a day that does not count; limits of more than `longest`
    days as a bar."""
    days: Sequence[Any] = part(deadline, "days") or ()
    total, passed = part(deadline, "total"), part(deadline, "passed")
    label = _gauge_words(deadline)
    if days and (len(days) <= longest or not total):
        return drawing.gauge_svg([part(d, "kind") for d in days], label)
    if total:
        gone = min(passed or 0, total)
        late = part(deadline, "state") == "overdue"
        return drawing.bar_svg(round(gone * 100 / total), label, kind="late" if late else "time")
    return drawing.nothing()


def _gauge_words(deadline: Any) -> str:
    said = [part(deadline, "why", "") or "", str(words.due_words(deadline, str))]
    due = part(deadline, "due")
    if due:
        said.insert(1, gettext("%(day)s 届满") % {"day": words.short_day(due)})
    return "，".join(w for w in said if w)


@register.inclusion_tag("ui/arithmetic.html")
def arithmetic(deadline: Any, open: bool = False) -> dict[str, Any]:
    """ⓘ that opens the arithmetic of a limit, day by day, with its articles. Works without a script."""
    return {"deadline": deadline, "open": open, "label": _gauge_words(deadline)}


LATE_DAYS_SHOWN = 3


@register.inclusion_tag("ui/arithmetic_body.html")
def arithmetic_body(deadline: Any) -> dict[str, Any]:
    """The arithmetic itself, where it stands open on a page. Of many days after the end only the first ones are listed."""
    days: Sequence[Any] = part(deadline, "days") or ()
    late = [d for d in days if part(d, "kind") == "late"]
    if len(late) <= LATE_DAYS_SHOWN:
        return {"deadline": deadline, "days": days, "later": None}
    hidden = {id(d) for d in late[LATE_DAYS_SHOWN - 1 :]}
    return {"deadline": deadline, "days": [d for d in days if id(d) not in hidden], "later": late[-1]}


@register.filter
def day_words(day: Any) -> str:
    """What an arithmetic row says about its day."""
    note = part(day, "note") or ""
    if note:
        return str(note)
    said = {"off": gettext("休息日"), "now": gettext("今天"), "end": gettext("期限届满"), "late": gettext("已逾期")}
    return said.get(part(day, "kind"), "")


# ---------- citations, refusals ----------


@register.simple_tag
def cite(basis: Any, url: str = "") -> SafeString:
    """An article: a `law.Citation`, a `Basis`, a dictionary or plain text. An unconfirmed one is marked 未确认."""
    text, address, confirmation = _cited(basis)
    address = url or address
    unconfirmed = badge(gettext("未确认"), "default") if confirmation == "U" else ""
    if address:
        return format_html('<a class="cite" href="{}">{}</a>{}', address, text, unconfirmed)
    return format_html('<span class="cite">{}</span>{}', text, unconfirmed)


def _cited(basis: Any) -> tuple[SafeString | str, str, str]:
    if isinstance(basis, str):
        return _article(basis), "", "V"
    if isinstance(basis, Citation):
        return _article(basis.text()), "", basis.confirmation
    return _article(str(part(basis, "text"))), part(basis, "url", "") or "", part(basis, "confirmation", "V") or "V"


def _article(text: str) -> SafeString | str:
    """A line may break between the law and the article, never inside the article or a short name."""
    place = text.find("第")
    if place <= 0 or len(text) - place > 16:
        return text
    law = text[:place].rstrip()
    return format_html(
        '<span{}>{}</span> <span class="art">{}</span>', ART if len(law) <= 12 else "", law, text[place:]
    )


@register.simple_tag
def cites(all_basis: Iterable[Any] | None) -> SafeString:
    """Several articles, separated by 、."""
    return format_html_join("、", "{}", ((cite(b),) for b in all_basis or ()))


@register.simple_tag
def rule_link(rule: str) -> SafeString:
    """Where the lawbook explains a rule. Nothing where no door serves the lawbook."""
    if not rule:
        return drawing.nothing()
    try:
        address = reverse("portal:rule", args=[rule])
    except NoReverseMatch:
        return drawing.nothing()
    return format_html(' <a class="refusal__rule" href="{}">{}</a>', address, gettext("规则说明"))


@register.inclusion_tag("ui/refusals.html")
def refusals(title: str, rows: Sequence[Any], heading: str = "h2") -> dict[str, Any]:
    """Why an act is not lawful yet: `rows` of RefusalRow, each with what is wrong, the article and the way out."""
    return {"title": title, "rows": rows, "heading": heading}


# ---------- blocks with content ----------


@register.simple_block_tag(end_name="endcard")
def card(
    content: str, title: str = "", note: str = "", action: str = "", url: str = "", id: str = "", flush: bool = False,
    level: int = 2,
) -> SafeString:  # fmt: skip
    """`{% card title=_("期限") action=_("怎么算") url=… %}…{% endcard %}`. `flush` leaves the padding to the content."""
    head = drawing.nothing()
    if title:
        more = format_html('<a class="btn btn--quiet" href="{}">{}</a>', url, action) if action else ""
        said = format_html('<span class="muted small">{}</span>', note) if note else ""
        head = format_html('<div class="card__head"><h{0}>{1}</h{0}>{2}{3}</div>', level, title, said, more)
    body = content if flush else format_html('<div class="card__body">{}</div>', content)
    return format_html('<section class="card"{}>{}{}</section>', _attributes({"id": id}), head, body)


@register.simple_block_tag(end_name="endsuggestion")
def suggestion(content: str, title: str = "", basis: Any = None) -> SafeString:
    """What the system proposes: pale yellow, says 系统建议 and 待你决定, with its basis."""
    return format_html(
        '<div class="suggestion"><div class="suggestion__head">{} <b>{}</b></div>{}{}<p class="suggestion__foot">{}</p></div>',
        badge(gettext("系统建议"), "suggest"), title, content,
        format_html('<p class="small">{}</p>', cite(basis)) if basis else "", gettext("待你决定"),
    )  # fmt: skip


@register.simple_block_tag(end_name="enddrawer")
def drawer(content: str, id: str, title: str, close_url: str = "#") -> SafeString:
    """A side drawer (a dialog): open it with a link to `#id`. `close_url` is where its close link leads without a script."""
    return format_html(
        '<aside class="drawer" id="{0}" aria-labelledby="{0}-title" tabindex="-1"><div class="drawer__head">'
        '<h2 id="{0}-title">{1}</h2><a class="btn btn--quiet" href="{3}" data-close>{4}{5}</a></div>'
        '<div class="drawer__body">{2}</div></aside>',
        id, title, content, close_url, icon("close"), gettext("关闭"),
    )  # fmt: skip


# ---------- lists and pictures ----------


@register.inclusion_tag("ui/steps.html")
def steps(items: Sequence[Any], label: str = "") -> dict[str, Any]:
    """The procedure as a column with "you are here": `items` of Step."""
    return {"items": items, "label": label or gettext("程序")}


@register.inclusion_tag("ui/table.html")
def table(table: Any) -> dict[str, Any]:
    """A dense table: Table with columns, rows, filters as links, sorting, keyset pager, export."""
    return {"table": table}


@register.inclusion_tag("ui/pager.html")
def pager(pager: Any) -> dict[str, Any]:
    """Earlier and next page by key: Pager."""
    return {"pager": pager}


@register.inclusion_tag("ui/filters.html")
def filters(groups: Sequence[Any]) -> dict[str, Any]:
    """Filters as links: FilterGroup of Link."""
    return {"groups": groups}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Any], label: str) -> dict[str, Any]:
    """Tabs that are links: `items` of Link."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/segmented.html")
def segmented(items: Sequence[Any], label: str) -> dict[str, Any]:
    """A few choices side by side, links: `items` of Link."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/empty.html")
def empty(title: str, text: str = "", action: str = "", url: str = "", icon: str = "") -> dict[str, Any]:
    """An empty list: says what to do next, never "no data"."""
    return {"title": title, "text": text, "action": action, "url": url, "icon": icon}


@register.inclusion_tag("ui/empty.html")
def nothing_here(title: str, text: str = "", action: str = "", url: str = "", icon: str = "") -> dict[str, Any]:
    """`empty` under another name, for use inside `{% for %}`, where `empty` is the loop's own word."""
    return {"title": title, "text": text, "action": action, "url": url, "icon": icon}


@register.inclusion_tag("ui/messages.html")
def toasts(messages: Iterable[Any] | None) -> dict[str, Any]:
    """Django messages as toasts."""
    return {"messages": messages or ()}


@register.inclusion_tag("ui/stepper.html")
def stepper(items: Sequence[Any], label: str = "") -> dict[str, Any]:
    """A stepper in lawful order, for phones: `items` of Step."""
    here = next((i for i, s in enumerate(items) if part(s, "state") == "here"), len(items))
    current = items[here] if here < len(items) else None
    coming = items[here + 1] if here + 1 < len(items) else None
    done = [s for s in items if part(s, "state") == "done"]
    return {
        "items": items, "number": here + 1, "total": len(items), "current": current, "coming": coming, "done": done[-2:],
        "label": label,
    }  # fmt: skip


@register.inclusion_tag("ui/fine_range.html")
def fine_range(shown: Any, caption: str = "") -> dict[str, Any]:
    """A fine inside its range: FineRange. The same in words for those who do not see it."""
    return {"svg": fine_range_svg(shown), "words": fine_range_words(shown), "caption": caption, "shown": shown}


@register.simple_tag
def progress(value: int, maximum: int = 100, label: str = "", height: int = 8) -> SafeString:
    """A bar of how much is done."""
    percent = 0 if maximum <= 0 else min(100, value * 100 // maximum)
    said = label or gettext("%(done)s / %(all)s") % {"done": value, "all": maximum}
    return drawing.bar_svg(percent, said, height=height)


@register.inclusion_tag("ui/job.html")
def job(progress: Any) -> dict[str, Any]:
    """Long work: Progress. It refreshes itself from `refresh_url`, names each failed row, and can be left."""
    return {"job": progress}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Sequence[Any]) -> dict[str, Any]:
    """What happened, newest first: Entry."""
    return {"entries": entries}


@register.inclusion_tag("ui/key_values.html")
def key_values(pairs: Sequence[Any]) -> dict[str, Any]:
    """Keys and values: Pair."""
    return {"pairs": pairs}


@register.inclusion_tag("ui/matrix.html")
def evidence_matrix(matrix: Any) -> dict[str, Any]:
    """Facts × evidence: Matrix; a fact that nothing proves is red."""
    return {"matrix": matrix}


@register.inclusion_tag("ui/flow_chart.html")
def flow_chart(flow: Any) -> dict[str, Any]:
    """A procedure as a flow chart: Flow."""
    return {"svg": flow_chart_svg(flow), "flow": flow}


@register.inclusion_tag("ui/difference.html")
def difference(difference: Any, full: bool = False) -> dict[str, Any]:
    """Two texts side by side: Difference. `full` shows equal lines too; otherwise only one line around each change."""
    return {"difference": difference, "rows": difference.rows if full else _near_changes(difference.rows)}


def _near_changes(rows: Sequence[Any]) -> list[Any]:
    """Changed rows and one equal row on each side; None stands for what is left out."""
    changed = {i for i, row in enumerate(rows) if part(row, "kind") != "same"}
    shown: list[Any] = []
    for i, row in enumerate(rows):
        if {i - 1, i, i + 1} & changed:
            shown.append(row)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


@register.inclusion_tag("ui/file_viewer.html")
def file_viewer(file: Any) -> dict[str, Any]:
    """A file opened in place: FileView. Pictures can be enlarged and turned."""
    media = part(file, "media_type", "") or ""
    return {
        "file": file, "is_image": media.startswith("image/"), "is_video": media.startswith("video/"),
        "is_audio": media.startswith("audio/"), "is_pdf": media == "application/pdf",
    }  # fmt: skip


@register.inclusion_tag("ui/approval_card.html", takes_context=True)
def approval_card(context: Any, approval: Any) -> dict[str, Any]:
    """What waits for a decision: ApprovalCard with the two facts that decide it."""
    return {"approval": approval, "csrf_token": context.get("csrf_token")}


# ---------- forms ----------


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, hint: str = "", wide: bool = False) -> dict[str, Any]:
    """One form field with label, hint and errors tied to it. A slip is amber: it is no legal danger."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or widget.__class__.__name__.lower()
    described = [f"{bound.auto_id}-hint"] if (hint or bound.help_text) else []
    described += [f"{bound.auto_id}-error"] if bound.errors else []
    attributes: dict[str, str | bool] = {"class": "input"} if kind not in {"checkbox", "radio"} else {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    grouped = kind in {"radio", "checkbox"} and hasattr(bound, "subwidgets") and len(bound.subwidgets) > 1
    if bound.errors and not grouped:
        attributes["aria-invalid"] = "true"
    single = kind == "checkbox" and not grouped
    return {
        "bound": bound, "hint": hint or bound.help_text, "wide": wide, "grouped": grouped, "single": single,
        "control": bound.as_widget(attrs=attributes) if not grouped else "",
    }  # fmt: skip


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """All errors of a form at its top, each a link to its field."""
    errors_of = getattr(form, "errors", {})
    found = [(form[name], errors) for name, errors in errors_of.items() if name in form.fields]
    return {"form": form, "found": found}


@register.filter
def table_lines(table: Any) -> SafeString:
    """The lines of a table. Built in Python like their cells."""
    columns = [(bool(part(c, "align")), _escaped(part(c, "label", ""))) for c in part(table, "columns") or ()]
    lines = []
    for row in part(table, "rows") or ():
        state, url = part(row, "state"), part(row, "url")
        marks = f' data-state="{_escaped(state)}"' if state else ""
        marks += f' data-url="{_escaped(url)}"' if url else ""
        cells = "".join(
            _table_cell(cell, *(columns[place] if place < len(columns) else (False, "")))
            for place, cell in enumerate(part(row, "cells") or ())
        )
        lines.append(f"<tr{marks}>{cells}</tr>")
    return mark_safe("".join(lines))  # noqa: S308 - every value was escaped above


def _table_cell(cell: Any, right: bool, label: str) -> str:
    nowrap = bool(part(cell, "nowrap"))
    shape = f' class="{"r" if right else ""}{" no" if nowrap else ""}"' if right or nowrap else ""
    return f'<td{shape} data-label="{label}"><div class="cell">{as_cell(cell)}</div></td>'


def _escaped(value: Any) -> str:
    """What `conditional_escape` answers, without its detours: a ledger asks for it a thousand times."""
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return escape(str(value))


@register.filter
def as_cell(cell: Any) -> SafeString:
    """The content of a table cell: text, or a `Cell`. Built in Python, because a ledger has hundreds of them."""
    if cell is None:
        return drawing.nothing()
    if isinstance(cell, str) or not (hasattr(cell, "text") or isinstance(cell, Mapping)):
        return mark_safe(_escaped(cell if isinstance(cell, str) else str(cell)))  # noqa: S308 - escaped
    text, url, tone, note = (part(cell, name, "") for name in ("text", "url", "tone", "note"))
    words = "" if text is None else _escaped(text)
    chip = due_chip(part(cell, "deadline")) if part(cell, "deadline") else ""
    shade = f' class="tone-{_escaped(tone)}"' if tone else ""
    if url:
        words = f'<a href="{_escaped(url)}"{shade}>{words}</a>'
    elif tone and words:
        words = f"<span{shade}>{words}</span>"
    below = f'<div class="cell__note">{_escaped(note)}</div>' if note else ""
    return mark_safe(f"{_escaped(chip)}{words}{below}")  # noqa: S308 - every value was escaped above
