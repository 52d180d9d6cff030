"""The audit trail (操作记录): one entry for each act, written in the act's own transaction, never changed.

An entry holds a salted commitment to its content. The proof log commits to the commitment, so that the content can be
erased lawfully while the proof stays.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor


class AuditEntry(models.Model):
    """操作记录: who did what to what and when. `detail` is what the act's author chose to keep in plain words."""

    action = models.CharField(_("行为"), max_length=80)
    subject = models.CharField(_("对象"), max_length=80, blank=True)
    related = models.CharField(_("所属事项"), max_length=80, blank=True)
    account_id = models.BigIntegerField(_("账号"), null=True)
    actor_name = models.CharField(_("行为人"), max_length=64)
    organ_id = models.BigIntegerField(_("机构"), null=True)
    territory = models.CharField(_("地区"), max_length=12, blank=True)
    acting_for = models.BigIntegerField(_("代理对象"), null=True)
    door = models.CharField(_("入口"), max_length=20)
    device = models.CharField(_("设备"), max_length=120, blank=True)
    happened_at = models.DateTimeField(_("事件时间"))
    entered_at = models.DateTimeField(_("录入时间"))
    detail = models.JSONField(_("内容"), default=dict)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="nested")
    salt = models.CharField(max_length=32)
    commitment = models.CharField(max_length=64)

    class Meta:
        app_label = "core"
        verbose_name = _("操作记录")
        verbose_name_plural = _("操作记录")
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_subject"),
            models.Index(fields=["related", "id"], name="audit_related"),
            models.Index(fields=["account_id", "id"], name="audit_account"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class RefusedAttempt(models.Model):
    """被拒绝的操作: an act that a rule refused, kept after the rollback in a transaction of its own."""

    action = models.CharField(_("行为"), max_length=80)
    subject = models.CharField(_("对象"), max_length=80, blank=True)
    account_id = models.BigIntegerField(_("账号"), null=True)
    actor_name = models.CharField(_("行为人"), max_length=64)
    organ_id = models.BigIntegerField(_("机构"), null=True)
    territory = models.CharField(_("地区"), max_length=12, blank=True)
    door = models.CharField(_("入口"), max_length=20)
    happened_at = models.DateTimeField(_("时间"))
    refusals = models.JSONField(_("理由"), default=list)

    class Meta:
        app_label = "core"
        verbose_name = _("被拒绝的操作")
        verbose_name_plural = _("被拒绝的操作")
        indexes = [
            models.Index(fields=["subject", "id"], name="refused_subject"),
            models.Index(fields=["account_id", "happened_at"], name="refused_account"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class IdempotencyKey(models.Model):
    """A write that was already done: the same key from the same account answers with the first result."""

    account_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    result = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        app_label = "core"
        constraints = [models.UniqueConstraint(fields=["account_id", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return self.key


def subject_key(target: object) -> str:
    """The opaque name of a record in logs and links: `cases.case:12`; a string stays as it is."""
    if target is None:
        return ""
    if isinstance(target, str):
        return target
    if isinstance(target, models.Model):
        return f"{target._meta.label_lower}:{target.pk}"
    raise TypeError(f"no subject key for {type(target).__name__}")


def plain(value: Any) -> Any:
    """A value as JSON can hold it, the same on every machine: dates in ISO form, amounts as strings."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, models.Model):
        return subject_key(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    return str(value)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes that a commitment covers: JSON with sorted keys and no spaces."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commitment_of(salt: str, content: Mapping[str, Any]) -> str:
    """SHA-256 over the salt and the canonical content, hexadecimal."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(content)).hexdigest()


def entry_content(entry: AuditEntry) -> dict[str, Any]:
    """What the commitment of an entry covers: everything but its row number, parent, salt and commitment."""
    return {
        "action": entry.action,
        "subject": entry.subject,
        "related": entry.related,
        "account": entry.account_id,
        "actor": entry.actor_name,
        "organ": entry.organ_id,
        "territory": entry.territory,
        "acting_for": entry.acting_for,
        "door": entry.door,
        "device": entry.device,
        "happened_at": entry.happened_at.astimezone(UTC),  # as the database gives it back
        "entered_at": entry.entered_at.astimezone(UTC),
        "detail": entry.detail,
    }


def write_entry(
    action: str,
    *,
    subject: str,
    related: str,
    actor: Actor,
    happened_at: datetime,
    entered_at: datetime,
    detail: Mapping[str, Any],
    parent: AuditEntry | None,
) -> AuditEntry:
    """Append one entry. Called by the action machinery only, inside the act's transaction."""
    entry = AuditEntry(
        action=action,
        subject=subject,
        related=related,
        account_id=actor.account_id,
        actor_name=actor.name,
        organ_id=actor.organ_id,
        territory=actor.territory,
        acting_for=actor.acting_for,
        door=actor.door,
        device=actor.device,
        happened_at=happened_at,
        entered_at=entered_at,
        detail=plain(detail),
        parent=parent,
        salt=secrets.token_hex(16),
    )
    entry.commitment = commitment_of(entry.salt, entry_content(entry))
    entry.save(force_insert=True)
    return entry
