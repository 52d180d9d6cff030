"""What every request passes: who acts, what was read, and how a refusal is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from dayu.core.access import begin_reading, write_reading
from dayu.core.actors import STRANGER, Actor
from dayu.core.refused import Conflict, Refused
from dayu.core.remedies import remedy_of
from dayu.law.refusals import Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request: found once, by the function that the organisation domain provides."""
    known: Actor | None = getattr(request, "actor", None)
    if known is not None:
        return known
    user = request.user
    actor = STRANGER if not user.is_authenticated else import_string(settings.DAYU_ACTOR_FOR)(user, request)
    request.actor = actor  # type: ignore[attr-defined]  # the request carries it for templates
    return actor


class ActorMiddleware:
    """Sets `request.actor` and writes one access entry for what the request showed."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One request."""
        actor_of(request)
        begin_reading()
        response = self.get_response(request)
        write_reading(actor_of(request), request.path)  # a token may have said meanwhile who it is
        return response


class UnprintableMiddleware:
    """The character NUL stands in no text of a database: an address loses it, a form with it is refused.

    The API looks into its messages itself.
    """

    FORM = "application/x-www-form-urlencoded"

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before anything reads the address or the body."""
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "")
        if request.content_type == self.FORM and b"%00" in request.body:
            return refusal_response(request, Refused([Refusal("core.unprintable")]))
        return self.get_response(request)


class RefusalMiddleware:
    """Answers `Refused` and `Conflict` with a page (or JSON) that names the rule, its article and the way out.

    What was typed stays in the answer, so that nothing is lost.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only refusals and conflicts; everything else goes on to the error page."""
        if isinstance(error, Refused):
            return refusal_response(request, error)
        if isinstance(error, Conflict):
            return conflict_response(request, error)
        return None


def refusal_response(request: HttpRequest, refused: Refused) -> HttpResponse:
    """422: the act is not allowed now. A fragment for htmx, JSON for programs, a page for people."""
    rows = [r.as_json(get_language() or "zh") for r in refused.refusals]
    if _wants_json(request):
        return JsonResponse({"refusals": rows}, status=422, json_dumps_params={"ensure_ascii": False})
    for row in rows:
        row["remedy_label"], row["remedy_url"] = remedy_of(row["remedy"], row.get("remedy_values"))
    template = "frames/_refused.html" if getattr(request, "htmx", False) else "frames/refused.html"
    return render(request, template, {"refusals": rows, "typed": typed_text(request)}, status=422)


def conflict_response(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    """409: somebody was quicker. Nothing was written."""
    if _wants_json(request):
        return JsonResponse(
            {"conflict": {"subject": conflict.subject, "seen": conflict.seen, "present": conflict.present}}, status=409
        )
    template = "frames/_conflict.html" if getattr(request, "htmx", False) else "frames/conflict.html"
    return render(request, template, {"conflict": conflict, "typed": typed_text(request)}, status=409)


def typed_text(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person typed into the form that failed: shown back on every error page. Secrets are left out."""
    hidden = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}
    if request.method != "POST":
        return []
    return [(name, value) for name, values in request.POST.lists() if name not in hidden for value in values if value]


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")


def plain_actor(user: Any, request: HttpRequest | None = None) -> Actor:
    """An actor without posts, for an installation whose organisation is not set up yet."""
    return Actor(account_id=user.pk, name=str(user), door="office")
