"""Subject keys (`cases.case:12`) into records, as far as the caller may see them."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404

from dayu.api.models import UploadedFile
from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.records import VisibleQuerySet

KEY = re.compile(r"([a-z_]{1,40}\.[a-z]{1,60}):([0-9A-Za-z_-]{1,64})")
PUBLIC_KINDS = frozenset({"org.agency"})  # whom a stranger may address: their names are on the portal
LARGEST_ID = 2**63 - 1


def model_of(key: str) -> type[models.Model] | None:
    """The model that a subject key names, if it names one of the house."""
    found = KEY.fullmatch(key)
    if found is None:
        return None
    try:
        model = apps.get_model(found.group(1))
    except (LookupError, ValueError):
        return None
    return model if model.__module__.startswith("dayu.") else None


def record_of(key: str, *, actor: Actor, model: type[models.Model] | None = None) -> models.Model:
    """The record behind a key. `Http404` where there is none, where it is another kind, and where the actor may not see it."""
    named = model_of(key)
    if named is None or (model is not None and not issubclass(named, model)):
        raise Http404
    rows = visible_rows(named, actor)
    wanted = key.rsplit(":", 1)[1]
    try:
        value = named._meta.pk.to_python(wanted)
    except ValidationError:
        raise Http404 from None
    if isinstance(value, int) and not 0 < value <= LARGEST_ID:
        raise Http404
    record: models.Model | None = rows.filter(pk=value).first()
    if record is None:
        raise Http404
    return record


def visible_rows(model: type[models.Model], actor: Actor) -> models.QuerySet[Any]:
    """The rows that the actor may name. Kinds that say nothing about it are guarded by the policies of their acts."""
    if issubclass(model, StoredFile):
        mine = UploadedFile.objects.filter(account_id=actor.account_id or 0).values("stored_id")
        return StoredFile.objects.filter(pk__in=mine)
    rows = model._default_manager.all()
    if actor.is_stranger and model._meta.label_lower in PUBLIC_KINDS:
        return rows
    return rows.visible_to(actor) if isinstance(rows, VisibleQuerySet) else rows


def may_name(text: str, *, actor: Actor) -> bool:
    """Whether a text may be passed on: one that names a record passes only if the actor may see that record."""
    if model_of(text) is None:
        return True
    try:
        record_of(text, actor=actor)
    except Http404:
        return False
    return True


def has_visibility(model: type[models.Model]) -> bool:
    """Whether a kind of record says who may see it: only such records can be read by their key."""
    return isinstance(model._default_manager.all(), VisibleQuerySet)
