"""The access log (调阅记录): who read protected data, about whom, and for what purpose.

Views call `note_access`; the middleware writes one entry per request in one short transaction before the answer leaves.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.audit import subject_key

MOST_SUBJECTS = 200


class AccessEntry(models.Model):
    """调阅记录: one request that showed protected data."""

    account_id = models.BigIntegerField(_("账号"), null=True)
    actor_name = models.CharField(_("调阅人"), max_length=64)
    organ_id = models.BigIntegerField(_("机构"), null=True)
    door = models.CharField(_("入口"), max_length=20)
    purpose = models.CharField(_("目的"), max_length=120, blank=True)
    path = models.CharField(_("页面"), max_length=300, blank=True)
    subjects = models.JSONField(_("对象"), default=list)
    masked = models.BooleanField(_("已遮盖"), default=False)
    read_at = models.DateTimeField(_("时间"))

    class Meta:
        app_label = "core"
        verbose_name = _("调阅记录")
        verbose_name_plural = _("调阅记录")
        indexes = [models.Index(fields=["account_id", "read_at"], name="access_account")]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.path}"


@dataclass(slots=True)
class _Reading:
    subjects: set[str] = field(default_factory=set)
    purposes: set[str] = field(default_factory=set)
    masked: bool = False


_reading: ContextVar[_Reading | None] = ContextVar("dayu_reading", default=None)


def note_access(targets: Iterable[models.Model | str], *, purpose: str = "", masked: bool = False) -> None:
    """Remember that this request shows `targets`; `masked` when their protected fields stay covered."""
    reading = _reading.get()
    if reading is None:
        return
    reading.subjects.update(subject_key(t) for t in targets)
    if purpose:
        reading.purposes.add(purpose)
    reading.masked = reading.masked or masked


def begin_reading() -> None:
    """Start collecting for one request."""
    _reading.set(_Reading())


def write_reading(actor: Actor, path: str) -> AccessEntry | None:
    """Write what was collected, if anything, and stop collecting."""
    reading = _reading.get()
    _reading.set(None)
    if reading is None or not reading.subjects:
        return None
    return AccessEntry.objects.create(
        account_id=actor.account_id,
        actor_name=actor.name,
        organ_id=actor.organ_id,
        door=actor.door,
        purpose="; ".join(sorted(reading.purposes)) or actor.purpose,
        path=path[:300],
        subjects=sorted(reading.subjects)[:MOST_SUBJECTS],
        masked=reading.masked,
        read_at=clock.now(),
    )
