"""我的工作: the next lawful act of each matter, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.parts import Link, Pager
from dayu.core.ui.words import due_words
from dayu.law.calendar import Calendar
from dayu.office.work_rows import awaited_line, group_lines, line
from dayu.work.calendars import calendar_for
from dayu.work.deadline_view import shown_deadline
from dayu.work.models import RunningDeadline, Task
from dayu.work.selectors import AGENCY, GROUPS, MINE, UNIT, Work, work_of

SHOWN = 40  # lines of one page
EXPORTED = 5000


def my_work(request: HttpRequest) -> HttpResponse:
    """The page; with `?group=` one group of it, page by page. Who is not signed in stands in the public portal."""
    if not request.user.is_authenticated:
        return redirect("portal:home" if apps.is_installed("dayu.portal") else settings.LOGIN_URL)
    actor, now = actor_of(request), clock.now()
    scope, group = _scope(request), request.GET.get("group", "")
    if group and group not in GROUPS:
        raise Http404
    work = _read(actor, scope, group, request.GET.get("after", ""))
    calendar = calendar_for(actor.territory)
    home = f"{reverse('office:my_work')}?scope={scope}"
    groups = group_lines(work.groups, now=now, calendar=calendar, with_holders=scope != MINE, url=home)
    context: dict[str, Any] = {
        "scope": scope,
        "scopes": _scopes(scope),
        "groups": groups,
        "awaited": [awaited_line(r, now=now, calendar=calendar) for r in work.waiting],
        "open_row": next((r for g in groups for r in g.rows if r.deadline.days), None),
        "is_working_day": work.is_working_day,
        "next_working_day": calendar.working_day_after(work.today, 1),
        "export_url": f"{reverse('office:my_work_export')}?scope={scope}",
    }
    if group:
        further = f"{home}&group={group}&after={work.next_key}" if work.next_key else ""
        context |= {"group": groups[0] if groups else None, "pager": Pager(next_url=further)}
        return render(request, "office/my_work_group.html", context)
    return render(request, "office/my_work.html", context)


@login_required
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """The arithmetic of one limit: a panel beside the list, or a page of its own."""
    actor = actor_of(request)
    rows = RunningDeadline.objects.visible_to(actor).prefetch_related("tasks", "changes")
    running = get_object_or_404(rows, pk=pk)
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
    work = work_of(actor, _scope(request), now=clock.now(), limit=EXPORTED)
    columns = [_("期限"), _("到期日"), _("待办"), _("编号"), _("事项"), _("缘由"), _("依据"), _("承办")]
    return sheet_response(_("我的工作"), columns, _sheet(work, calendar_for(actor.territory)))


def _sheet(work: Work, calendar: Calendar) -> Iterator[list[Any]]:
    for group in work.groups:
        for found in group.rows:
            row = line(found, now=clock.now(), calendar=calendar, with_holder=True)
            basis = "、".join(str(b.text) for b in row.basis)
            left = str(due_words(row.deadline, str))
            yield [left, row.due, row.act, row.matter_no, row.matter_title, row.why, basis, row.holder]


def _read(actor: Actor, scope: str, group: str, after: str) -> Work:
    """A mark that cannot be read starts at the beginning."""
    now = clock.now()
    day, _sep, pk = after.partition("~")
    good = len(day) == 10 and pk.isdigit() and day.replace("-", "").isdigit()
    return work_of(actor, scope, now=now, group=group, after=after if good else "", limit=SHOWN)


def _scope(request: HttpRequest) -> str:
    asked = request.GET.get("scope", MINE)
    return asked if asked in {MINE, UNIT, AGENCY} else MINE


def _scopes(scope: str) -> list[Link]:
    home = reverse("office:my_work")
    return [
        Link(_("本人"), home, current=scope == MINE),
        Link(_("本科室"), f"{home}?scope={UNIT}", current=scope == UNIT),
        Link(_("本单位"), f"{home}?scope={AGENCY}", current=scope == AGENCY),
    ]
