"""消息: one's own notifications, newest first."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from dayu.core import clock
from dayu.core.middleware import actor_of
from dayu.core.ui.paging import key_page
from dayu.work.models import Notification
from dayu.work.services import mark_read

SHOWN = 40


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """The list; a post marks all as read."""
    actor = actor_of(request)
    if request.method == "POST":
        mark_read(f"org.person:{actor.person_id}", actor=actor, moment=clock.now())
        return redirect("office:notifications")
    only_unread = request.GET.get("unread") == "1"
    rows = Notification.objects.visible_to(actor)
    page = key_page(rows.filter(read_at=None) if only_unread else rows, ("-id",), query=request.GET, size=SHOWN)
    return render(
        request,
        "office/notices.html",
        {"notices": page.rows, "pager": page.pager(request.GET), "only_unread": only_unread},
    )


@login_required
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what a notification leads to; it is read then."""
    actor = actor_of(request)
    notice = get_object_or_404(Notification.objects.visible_to(actor), pk=pk)
    if notice.read_at is None and request.method == "POST":
        mark_read(f"org.person:{actor.person_id}", actor=actor, moment=clock.now(), ids=[notice.pk])
    url = notice.url if url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None) else ""
    return redirect(url or "office:notifications")
