"""The endpoints of the house itself: actions, subjects, files, and who the caller is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile as Upload

from dayu.api.calling import call, offer_for, read_body
from dayu.api.catalogue import offers
from dayu.api.references import has_visibility, model_of, record_of
from dayu.api.services import upload_file
from dayu.api.sign_in import Anybody, SignedIn
from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.middleware import actor_of
from dayu.core.rates import address_of
from dayu.core.refused import refuse_now

router = Router()
LARGEST_UPLOAD = 512 << 20


class RefusalOut(Schema):
    """One reason why something was refused."""

    rule: str
    reason: str
    fix: str
    basis: list[str]
    remedy: str


class RefusalsOut(Schema):
    """Why nothing was done."""

    refusals: list[RefusalOut]


class ConflictOut(Schema):
    """Somebody was quicker: the version that was read, and the one that is present."""

    conflict: dict[str, Any]


class ActionOut(Schema):
    """An action with what it wants, as JSON schema."""

    action: str
    label: str
    about: str
    doors: list[str]
    target: dict[str, Any]
    arguments: dict[str, Any]
    takes_happened_at: bool


class DoneOut(Schema):
    """What an act made or changed."""

    action: str
    subject: str | None
    version: int | None
    result: Any = None


class SubjectOut(Schema):
    """A record by its key: what it is and where its page lies."""

    subject: str
    kind: str
    title: str
    version: int | None
    url: str


class FileOut(Schema):
    """A file that later acts of the same account may name."""

    file: str
    sha256: str
    size: int
    name: str


class CallerOut(Schema):
    """Who the house thinks is calling."""

    name: str
    organ: int | None
    unit: int | None
    territory: str
    posts: list[str]
    signed_in: bool


REFUSED = {401: RefusalsOut, 403: RefusalsOut, 404: RefusalsOut, 422: RefusalsOut, 429: RefusalsOut}


@router.get("/me", auth=Anybody(), response={200: CallerOut, **REFUSED}, tags=["caller"])
def caller(request: HttpRequest) -> Any:
    """Who am I: organ, posts and territory of the session or token."""
    actor = actor_of(request)
    return {
        "name": actor.name, "organ": actor.organ_id, "unit": actor.unit_id, "territory": actor.territory,
        "posts": sorted(actor.posts), "signed_in": not actor.is_stranger,
    }  # fmt: skip


@router.get("/actions", auth=Anybody(), response={200: list[ActionOut], **REFUSED}, tags=["actions"])
def list_actions(request: HttpRequest, domain: str = "") -> Any:
    """Every action that the caller may come to, with the JSON schema of its target and arguments; strangers see public ones."""
    stranger = actor_of(request).is_stranger
    return [
        o.as_json()
        for o in offers().values()
        if (o.is_public or not stranger) and (not domain or o.action.domain == domain)
    ]


@router.get("/actions/{key}", auth=Anybody(), response={200: ActionOut, **REFUSED}, tags=["actions"])
def one_action(request: HttpRequest, key: str) -> Any:
    """One action by its key, for instance `org.add_unit`."""
    actor = actor_of(request)
    offer = offer_for(key, actor)
    if actor.is_stranger and not offer.is_public:
        raise Http404
    return offer.as_json()


CALL_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "target": {"type": ["string", "null"], "maxLength": 120},
                        "arguments": {"type": "object"},
                        "idempotency_key": {"type": "string", "maxLength": 80},
                        "seen_version": {"type": ["integer", "null"], "minimum": 0, "maximum": 2**31 - 1},
                        "happened_at": {"type": ["string", "null"], "format": "date-time"},
                    },
                }
            }
        },
    }
}


@router.post(
    "/actions/{key}", auth=Anybody(), response={200: DoneOut, 409: ConflictOut, **REFUSED}, tags=["actions"],
    openapi_extra=CALL_BODY,
)  # fmt: skip
def call_action(request: HttpRequest, key: str) -> Any:
    """Do an act, under the same policy and the same rules of law as on the page, and with the same audit entry.

    `target` is a subject key such as `cases.case:12`. With an `idempotency_key` a repeated call answers the first result.
    `seen_version` is the version you read: a newer one answers 409. `happened_at` only for acts that record what happened.
    """
    actor = actor_of(request)
    offer = offer_for(key, actor)
    if actor.is_stranger and not offer.is_public:
        refuse_now("core.sign_in_first")
    return call(offer, read_body(request.body), actor=_through(actor), now=clock.now(), sent_from=address_of(request))


@router.get("/subjects/{key}", auth=SignedIn(), response={200: SubjectOut, **REFUSED}, tags=["subjects"])
def one_subject(request: HttpRequest, key: str) -> Any:
    """A record that you may see: what it is, its version for `seen_version`, and its page."""
    model = model_of(key)
    if model is None or not has_visibility(model):
        raise Http404
    record = record_of(key, actor=actor_of(request))
    note_access([record], purpose="api")
    url = getattr(record, "get_absolute_url", None)
    return {
        "subject": subject_key(record), "kind": str(record._meta.verbose_name), "title": str(record),
        "version": getattr(record, "version", None), "url": url() if callable(url) else "",
    }  # fmt: skip


@router.post("/files", auth=SignedIn(), response={200: FileOut, **REFUSED}, tags=["files"])
def bring_file(request: HttpRequest, upload: Upload = File(...)) -> Any:  # noqa: B008  # type: ignore[type-arg]
    """Bring a file; its key (`core.storedfile:…`) may then stand where an action wants a file."""
    if upload.size is None or upload.size > LARGEST_UPLOAD:
        refuse_now("api.file_too_large", largest=LARGEST_UPLOAD >> 20)
    row = upload_file(
        None, actor=actor_of(request), moment=clock.now(), upload=upload, name=(upload.name or "").replace("\x00", "")
    )
    return {"file": subject_key(row.stored), "sha256": row.stored_id, "size": row.stored.size, "name": row.name}


def _through(actor: Actor) -> Actor:
    return actor.through("api") if not actor.is_stranger else actor


def unknown(request: HttpRequest, rest: str = "") -> JsonResponse:
    """Any other address below /api/."""
    from dayu.api.door import not_found

    return not_found(request)
