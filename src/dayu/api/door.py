"""The `NinjaAPI`: the house's endpoints, the routers of the domains, and one shape for everything that goes wrong."""

from __future__ import annotations

import importlib
import logging
from functools import cache
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from dayu.api import endpoints
from dayu.api.catalogue import Offer, offers
from dayu.api.limits import TooMany
from dayu.api.sign_in import NotSignedIn, SignedIn, WrongOrigin
from dayu.core.middleware import conflict_response, refusal_response
from dayu.core.refused import Conflict, Refused
from dayu.law.refusals import Refusal

log = logging.getLogger(__name__)


def answer(request: HttpRequest, status: int, *refusals: Refusal) -> JsonResponse:
    """`{refusals: […]}` with a status: every error has this shape."""
    rows = [r.as_json(get_language() or "zh") for r in refusals]
    return JsonResponse({"refusals": rows}, status=status, json_dumps_params={"ensure_ascii": False})


def not_found(request: HttpRequest) -> JsonResponse:
    """404: it does not exist, or the caller may not see it; which of the two is not told."""
    return answer(request, 404, Refusal("api.not_found"))


class Door(NinjaAPI):
    """A `NinjaAPI` whose OpenAPI description also names each action with the schema of what it wants."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description, with one address for each action."""
        schema = super().get_openapi_schema(**options)
        generic = next((p for p in schema["paths"] if p.endswith("/actions/{key}")), "")
        if generic:
            responses = schema["paths"][generic]["post"]["responses"]
            for offer in offers().values():
                schema["paths"][generic.replace("{key}", offer.action.key)] = {"post": _described(offer, responses)}
        return schema


def _described(offer: Offer, responses: dict[str, Any]) -> dict[str, Any]:
    properties = dict(endpoints.CALL_BODY["requestBody"]["content"]["application/json"]["schema"]["properties"])
    properties.update(target=offer.target_schema(), arguments=offer.argument_schema())
    if not offer.takes_moment:
        properties.pop("happened_at")
    required = ["target", "arguments"] if offer.takes_target else ["arguments"]
    body = {"type": "object", "additionalProperties": False, "properties": properties, "required": required}
    return {
        "operationId": offer.action.key.replace(".", "_"),
        "summary": str(offer.action.label),
        "description": offer.about(),
        "tags": [offer.action.domain],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": responses,
    }


@cache
def the_door() -> NinjaAPI:
    """The API with everything that is installed; one for a process."""
    door = Door(
        title="大禹 Dayu API",
        version="1",
        description=str(_("水行政执法与河湖长制平台的接口。每个操作与页面走同一条规则、留同一条记录。")),
        urls_namespace="api-1",
        docs_url=None,
        openapi_url=None,
        auth=SignedIn(),
    )
    door.add_router("", endpoints.router)
    for name in settings.DOMAINS:
        if name != "api" and apps.is_installed(f"dayu.{name}") and find_spec(f"dayu.{name}.api"):
            router = getattr(importlib.import_module(f"dayu.{name}.api"), "router", None)
            if router is not None:
                door.add_router(f"/{name.replace('_', '-')}/", router, tags=[name])
    _answer_errors(door)
    return door


def _answer_errors(door: NinjaAPI) -> None:
    handlers: dict[type[Exception], Any] = {
        Refused: refusal_response,
        Conflict: conflict_response,
        Http404: lambda request, _error: not_found(request),
        NotSignedIn: lambda request, _error: _unauthorised(request),
        WrongOrigin: lambda request, _error: answer(request, 403, Refusal("api.csrf_token_missing")),
        TooMany: _too_many,
        ValidationError: _invalid,
        HttpError: lambda request, error: answer(request, error.status_code, Refusal("api.not_json")),
        RequestDataTooBig: lambda request, _error: answer(request, 413, Refusal("api.body_too_large")),
        Exception: _failed,
    }
    for kind, handler in handlers.items():
        door.add_exception_handler(kind, handler)


def _unauthorised(request: HttpRequest) -> HttpResponse:
    response = answer(request, 401, Refusal("core.sign_in_first"))
    response["WWW-Authenticate"] = 'Bearer realm="dayu"'
    return response


def _too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    response = answer(request, 429, Refusal("api.too_many_requests", {"seconds": error.wait}))
    response["Retry-After"] = str(error.wait)
    return response


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What ninja found wrong with a request of an endpoint that a domain wrote."""
    refusals = []
    for problem in error.errors:
        name = ".".join(str(p) for p in problem.get("loc", ())[1:]) or str(problem.get("loc", ""))
        rule = "api.argument_missing" if problem.get("type") == "missing" else "api.does_not_fit"
        refusals.append(Refusal(rule, {"name": name, "why": problem.get("msg", "")}))
    return answer(request, 422, *refusals)


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """500: the error is in the log; the caller learns nothing about the inside."""
    log.exception("the API failed at %s", request.path, exc_info=error)
    return answer(request, 500, Refusal("api.failed"))
