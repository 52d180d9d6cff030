"""Pages for people: what the API offers, and one's own tokens."""

from __future__ import annotations

import json
from functools import cache
from itertools import groupby

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dayu.api.catalogue import Offer, offers
from dayu.api.forms import NewTokenForm, RevokeTokenForm
from dayu.api.models import ApiToken
from dayu.api.services import issue_token, revoke_token
from dayu.core import clock
from dayu.core.act_pages import act_page, refusal_rows
from dayu.core.middleware import actor_of
from dayu.core.refused import Refused


def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs: every endpoint, and every action with the schema of what it wants."""
    return HttpResponse(_description(get_language() or "zh"), content_type="application/json")


@cache
def _description(language: str) -> str:
    """Made once for each language: what is installed does not change while the process runs."""
    from dayu.api.door import the_door  # the door is built from the addresses, which name the view above

    return json.dumps(the_door().get_openapi_schema(path_prefix="api/"), ensure_ascii=False, default=str)


def docs(request: HttpRequest) -> HttpResponse:
    """Every action with what it wants, without a script: readable under the strict content policy."""
    rows = sorted(offers().values(), key=lambda o: (o.action.domain, o.action.name))
    domains = [
        (str(apps.get_app_config(name).verbose_name), name, list(found))
        for name, found in groupby(rows, key=lambda o: o.action.domain)
    ]
    return render(request, "api/docs.html", {"domains": domains, "count": len(rows)})


def action_page(request: HttpRequest, key: str) -> HttpResponse:
    """One action: target, arguments, and a request ready to be copied."""
    offer = offers().get(key)
    if offer is None:
        raise Http404
    rows = [
        (name, json.dumps(schema, ensure_ascii=False), offer.required(name))
        for name, schema in offer.argument_schema()["properties"].items()
    ]
    shown = {"offer": offer, "rows": rows, "example": example_of(offer), "about": offer.about(),
             "target": json.dumps(offer.target_schema(), ensure_ascii=False)}  # fmt: skip
    return render(request, "api/action.html", shown)


def example_of(offer: Offer) -> str:
    """A request with the arguments that must be given."""
    schema = offer.argument_schema()
    body: dict[str, object] = {"arguments": {n: _sample(schema["properties"][n]) for n in schema["required"]}}
    if offer.takes_target:
        body = {"target": _sample(offer.target_schema()), **body}
    return json.dumps(body, ensure_ascii=False, indent=2)


def _sample(schema: dict[str, object]) -> object:
    kind = schema.get("type")
    if "anyOf" in schema:
        return _sample(schema["anyOf"][0])  # type: ignore[index]  # a list by construction
    if "enum" in schema:
        return schema["enum"][0]  # type: ignore[index]
    if schema.get("format") == "date":
        return "2026-11-20"
    if schema.get("format") == "date-time":
        return "2026-11-20T09:30:00+08:00"
    pattern = str(schema.get("pattern", ""))
    if ":" in pattern:
        return pattern.strip("^$").replace("\\", "").split(":")[0] + ":1"
    if pattern:
        return "20000.00"
    if kind == "object":
        return {n: _sample(s) for n, s in (schema.get("properties") or {}).items()}  # type: ignore[attr-defined]
    return {"integer": 1, "boolean": True, "array": [], "string": "…"}.get(str(kind), "…")


@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and a form for a new one. The secret is shown in the answer to the form and never again."""
    actor = actor_of(request)
    form = NewTokenForm(request.POST or None)
    secret, refusals = "", []
    if request.method == "POST" and form.is_valid():
        try:
            token = issue_token(None, actor=actor, moment=clock.now(), **form.cleaned_data)
            secret, form = token.secret, NewTokenForm()  # type: ignore[attr-defined]
        except Refused as refused:
            refusals = refusal_rows(refused)
    rows = ApiToken.objects.visible_to(actor)
    status = 422 if refusals or form.errors else 200
    shown = {"tokens": rows, "form": form, "secret": secret, "refusal_rows": refusals, "day": clock.today()}
    response = render(request, "api/tokens.html", shown, status=status)
    response["Cache-Control"] = "no-store"
    return response


@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    token = get_object_or_404(ApiToken.objects.visible_to(actor_of(request)), pk=pk)
    return act_page(
        request, action=revoke_token, target=token, form_class=RevokeTokenForm,
        title=_("停用接口令牌：%(label)s") % {"label": token.label}, back=reverse("api:tokens"),
    )  # fmt: skip
