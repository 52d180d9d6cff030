"""我的工作: the next lawful act of each matter, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.middleware import actor_of
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Link
from dayu.core.ui.words import due_words
from dayu.office import work_list
from dayu.office.work_list import GROUPS, Group, Horizon, Scope
from dayu.office.work_rows import RowMaker, WorkGroup, titles
from dayu.work.calendars import calendar_for
from dayu.work.deadline_view import shown_deadline
from dayu.work.models import RunningDeadline, Task

SHOWN = 50  # lines of one page
LATER_SHOWN = 10
EXPORTED = 5000


@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    """The page; with `?group=` one group of it, page by page."""
    actor = actor_of(request)
    scope = _scope(request)
    now, today = clock.now(), clock.today()
    calendar = calendar_for(actor.territory)
    days = work_list.horizon(today, calendar)
    tasks = work_list.open_tasks(actor, scope, on=today)
    context: dict[str, Any] = {
        "scope": scope,
        "scopes": _scopes(scope),
        "is_working_day": calendar.is_working_day(today),
        "next_working_day": calendar.working_day_after(today, 1),
        "export_url": f"{reverse('office:my_work_export')}?scope={scope}",
    }
    if request.GET.get("group") in GROUPS:
        group = cast(Group, request.GET["group"])
        context |= _one_group(request, tasks, group, days, scope)
        return render(request, "office/my_work_group.html", context)
    urgent = work_list.dated(tasks, limit=SHOWN + 1)
    undated, awaited = work_list.undated_and_awaited(tasks, actor, limit=SHOWN)
    rows = RowMaker(now=now, calendar=calendar, with_holders=scope != "own", tasks=[*urgent, *undated, *awaited])
    cut = len(urgent) > SHOWN or len(undated) + len(awaited) >= SHOWN
    counts = work_list.count_by_group(tasks, days, now) if cut else None
    groups = _groups(rows, urgent[:SHOWN], undated, days, scope, counts)
    context["groups"] = [g for g in groups if g.count]
    context["awaited"] = [rows.awaited(t) for t in awaited]
    context["open_deadline"] = _most_urgent(context["groups"])
    return render(request, "office/my_work.html", context)


@login_required
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """The arithmetic of one limit: a panel beside the list, or a page of its own."""
    actor = actor_of(request)
    running = get_object_or_404(RunningDeadline.objects.visible_to(actor).prefetch_related("tasks"), pk=pk)
    task = next(iter(running.tasks.all()), None)
    shown = shown_deadline(
        running,
        now=clock.now(),
        calendar=calendar_for(running.territory),
        waiting=task is not None and task.manner == Task.WATCH,
    )
    template = "office/_arithmetic.html" if getattr(request, "htmx", False) else "office/deadline.html"
    return render(request, template, {"deadline": shown, "task": task})


@login_required
def export(request: HttpRequest) -> FileResponse:
    """The list of the present scope as Excel."""
    actor = actor_of(request)
    calendar = calendar_for(actor.territory)
    tasks = list(
        work_list.open_tasks(actor, _scope(request), on=clock.today())
        .select_related("deadline")
        .order_by("due_on", "id")[:EXPORTED]
    )
    rows = RowMaker(now=clock.now(), calendar=calendar, with_holders=True, tasks=tasks)
    columns = [_("期限"), _("到期日"), _("待办"), _("编号"), _("事项"), _("缘由"), _("依据"), _("承办")]
    return sheet_response(_("我的工作"), columns, _lines(rows, tasks))


def _lines(rows: RowMaker, tasks: list[Task]) -> Iterator[list[Any]]:
    for task in tasks:
        row = rows.row(task)
        basis = "、".join(b.text for b in row.basis)
        yield [
            str(due_words(row.deadline, str)), row.due, row.act, row.matter_no, row.matter_title, row.why, basis, row.holder,
        ]  # fmt: skip


def _scope(request: HttpRequest) -> Scope:
    asked = request.GET.get("scope", "own")
    return cast(Scope, asked) if asked in {"own", "unit", "organ"} else "own"


def _scopes(scope: Scope) -> list[Link]:
    home = reverse("office:my_work")
    return [
        Link(_("本人"), home, current=scope == "own"),
        Link(_("本科室"), f"{home}?scope=unit", current=scope == "unit"),
        Link(_("本单位"), f"{home}?scope=organ", current=scope == "organ"),
    ]


def _groups(
    rows: RowMaker,
    urgent: list[Task],
    undated: list[Task],
    days: Horizon,
    scope: Scope,
    counts: dict[Group, int] | None,
) -> list[WorkGroup]:
    heads = titles(days)
    home = reverse("office:my_work")
    groups = {k: WorkGroup(k, heads[k][0], 0, heads[k][1], url=f"{home}?scope={scope}&group={k}") for k in GROUPS}
    for task in (*urgent, *undated):
        group = groups[days.group_of(task, rows.now)]
        group.count += 1
        if group.key != "later" or len(group.rows) < LATER_SHOWN:
            group.rows.append(rows.row(task))
    for key, number in (counts or {}).items():
        groups[key].count = number
    return _with_one_primary(list(groups.values()))


def _with_one_primary(groups: list[WorkGroup]) -> list[WorkGroup]:
    """One filled button on the page: the most urgent act that the law allows now."""
    for group in groups:
        for i, row in enumerate(group.rows):
            if row.deadline.state != "blocked":
                group.rows[i] = replace(row, primary=True)
                return groups
    return groups


def _most_urgent(groups: list[WorkGroup]) -> Any:
    """The row whose arithmetic stands open beside the list."""
    return next((row for group in groups for row in group.rows if row.deadline.days), None)


def _one_group(
    request: HttpRequest, tasks: QuerySet[Task], group: Group, days: Horizon, scope: Scope
) -> dict[str, Any]:
    actor, now = actor_of(request), clock.now()
    filtered = tasks.filter(days.filter_of(group, now)).select_related("deadline")
    order = ("held_since", "id") if group == "undated" else ("due_on", "id")
    page = key_page(filtered, order, query=request.GET, size=SHOWN)
    rows = RowMaker(now=now, calendar=calendar_for(actor.territory), with_holders=scope != "own", tasks=page.rows)
    title, note = titles(days)[group]
    shown = WorkGroup(group, title, len(page.rows), note, rows=[rows.row(t) for t in page.rows])
    return {"group": shown, "pager": page.pager(request.GET)}
