"""The timeline of a matter, on screen and on paper, with its gaps."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dayu.core.access import note_access
from dayu.core.middleware import actor_of
from dayu.records.matters import matter_of
from dayu.records.selectors import TimelineGap, timeline_of


def gap_words(gap: TimelineGap) -> str:
    """A gap in words."""
    if gap.kind == "no_event":
        return _("缺少环节：%(stage)s") % {"stage": gap.label}
    if gap.kind == "no_recording":
        return _("该环节没有音像记录：%(stage)s") % {"stage": gap.label}
    return _("音像文件缺失：%(event)s") % {"event": gap.label}


@login_required
def timeline_page(request: HttpRequest) -> HttpResponse:
    """Every event with its times, person, place, paper and recordings; what is missing stands on top."""
    actor, subject = actor_of(request), request.GET.get("subject", "")
    matter = matter_of(subject, actor)
    timeline = timeline_of(*matter.subjects, actor=actor, required=matter.required, more=matter.happenings)
    note_access([subject])
    context = {
        "matter": matter,
        "timeline": timeline,
        "rows": [(e, sum(m in timeline.lost for m in e.media)) for e in timeline.events],
        "gaps": [gap_words(g) for g in timeline.gaps],
        "back_url": matter.url,
        "subject": subject,
    }
    template = "records/timeline_print.html" if "print" in request.GET else "records/timeline.html"
    return render(request, template, context)
