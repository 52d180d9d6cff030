"""Telling the organ of something seen at a river, and following what became of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dayu.core import clock
from dayu.core.act_pages import refusal_rows
from dayu.core.files import store_upload
from dayu.core.middleware import actor_of
from dayu.core.rates import address_of
from dayu.core.refused import Refused
from dayu.leads import public as leads
from dayu.portal.forms import FollowForm, TipForm
from dayu.portal.guards import too_often
from dayu.portal.place import page, the_place


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """The form; then the code to follow the tip with, shown this once."""
    place = the_place()
    known = {"place": request.GET.get("place", "")[:60]}  # the river from whose page somebody came
    form = TipForm(request.POST or None, request.FILES or None, place=place, initial=known)
    shown: dict[str, Any] = {"form": form, "once": request.POST.get("once", "") or secrets.token_urlsafe(24)}
    if request.method != "POST":
        return page(request, "portal/tip.html", shown, place=place)
    wait = too_often(request, "tip")
    if wait:
        return page(request, "portal/tip.html", {**shown, "wait": wait}, place=place, status=429)
    if not form.is_valid():
        return page(request, "portal/tip.html", shown, place=place, status=422)
    try:
        receipt = _send(request, form, once_of(request))
    except Refused as refused:
        refused_rows = {"refusal_rows": refusal_rows(refused)}
        return page(request, "portal/tip.html", {**shown, **refused_rows}, place=place, status=422)
    code = grouped(receipt.code) if receipt is not None else ""  # sent twice: the code was on the first answer
    response = page(request, "portal/tip_sent.html", {"code": code}, place=place)
    response["Cache-Control"] = "no-store"
    return response


def _send(request: HttpRequest, form: TipForm, once: str) -> leads.TipReceipt | None:
    data = form.cleaned_data
    receipt: leads.TipReceipt | None = leads.send_tip(
        None,
        actor=actor_of(request),
        moment=clock.now(),
        organ=data["organ"],
        content=data["content"],
        place=data["place"],
        sender=leads.Sender(
            anonymous=data["anonymous"],
            name="" if data["anonymous"] else data["name"],
            phone=data["phone"],
            keep_secret=data["keep_secret"],
        ),
        sent_from=address_of(request),
        materials=materials(data["pictures"]),
        longitude=data["longitude"],
        latitude=data["latitude"],
        happened_at=data["happened_at"],
        idempotency_key=once,
    )
    return receipt


def once_of(request: HttpRequest) -> str:
    """The key of the form. Strangers share one account, so only a long random key counts."""
    once = request.POST.get("once", "")
    return f"tip-{once}" if 22 <= len(once) <= 70 else ""


def materials(files: Sequence[UploadedFile[Any]]) -> list[leads.GivenMaterial]:
    """The photographs as they came: evidence is never altered."""
    return [leads.GivenMaterial(store_upload(f), (f.name or _("照片"))[:160]) for f in files]


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """What became of a tip. The code travels in the body, so that no address and no log holds it."""
    form = FollowForm(request.POST or None)
    shown: dict[str, Any] = {"form": form}
    if request.method != "POST":
        return page(request, "portal/follow.html", shown)
    wait = too_often(request, "follow")
    if wait:
        return page(request, "portal/follow.html", {**shown, "wait": wait}, status=429)
    if not form.is_valid():
        return page(request, "portal/follow.html", shown, status=422)
    tip = leads.follow_tip(form.cleaned_data["code"])
    response = page(request, "portal/follow.html", {**shown, "tip": tip, "asked": True}, status=200 if tip else 404)
    response["Cache-Control"] = "no-store"
    return response


def grouped(code: str) -> str:
    """7F3A-91C4-0B2D: in groups of four, for copying by hand."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
