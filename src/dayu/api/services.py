"""Writes of the door: tokens are made, ended and marked as used; files are brought in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.core.files import File
from django.utils.translation import gettext_lazy as _

from dayu.api.models import ApiToken, UploadedFile
from dayu.api.policies import may_issue_token, may_note_token_use, may_revoke_token, may_upload
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.files import store_upload
from dayu.core.refused import refuse_now

PREFIX = "dayu_"
LONGEST_DAYS = 366


def digest_of(secret: str) -> str:
    """What is kept of a token. The secret is 256 random bits, so one round of hashing is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@action(label=_("创建接口令牌"), policy=may_issue_token)
def issue_token(
    target: None, *, actor: Actor, moment: datetime, label: str, expires_on: date, may_write: bool = False
) -> ApiToken:
    """A token of one's own. The answer carries `secret` this once; afterwards only its digest is known."""
    today = clock.legal_date(moment)
    if not label.strip():
        refuse_now("api.token_needs_a_label")
    if not today <= expires_on <= today + timedelta(days=LONGEST_DAYS):
        refuse_now("api.token_lasts_too_long", days=LONGEST_DAYS)
    assert actor.account_id is not None  # the policy asks for an account
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account_id=actor.account_id,
        label=label.strip()[:80],
        digest=digest_of(secret),
        hint=secret[: len(PREFIX) + 5],
        may_write=may_write,
        created_at=moment,
        expires_on=expires_on,
    )
    token.secret = secret  # type: ignore[attr-defined]  # shown once, never stored
    note_subject(token)
    note(label=token.label, expires_on=expires_on, may_write=may_write)
    return token


@action(label=_("停用接口令牌"), policy=may_revoke_token)
def revoke_token(token: ApiToken, *, actor: Actor, moment: datetime, reason: str = "") -> ApiToken:
    """From now on the token opens nothing. A second time changes nothing."""
    if token.revoked_at is None:
        token.revoked_at, token.revoke_reason = moment, reason.strip()[:200]
        token.save()
        note(label=token.label, reason=reason)
    return token


@action(label=_("登记令牌使用"), policy=may_note_token_use, doors={"system"})
def note_token_use(token: ApiToken, *, actor: Actor, moment: datetime) -> ApiToken:
    """The first use of a day, so that its holder sees which tokens nobody needs any more."""
    day = clock.legal_date(moment)
    if token.last_used_on != day:
        token.last_used_on = day
        token.save()
    return token


@action(label=_("上传文件"), policy=may_upload)
def upload_file(target: None, *, actor: Actor, moment: datetime, upload: File[bytes], name: str) -> UploadedFile:
    """Keep a file that later acts of the same account may name by its key."""
    assert actor.account_id is not None  # a post belongs to an account
    stored = store_upload(upload)
    row = UploadedFile.objects.create(
        account_id=actor.account_id, stored=stored, name=name[:200] or stored.sha256, uploaded_at=moment
    )
    note_subject(row)
    note(sha256=stored.sha256, size=stored.size)
    return row
