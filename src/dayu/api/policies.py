"""Who may make and end tokens, and bring files."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dayu.api.models import ApiToken
from dayu.core.actors import Actor
from dayu.law.refusals import ALLOWED, Verdict, refuse


def may_issue_token(target: None, *, actor: Actor) -> Verdict:
    """Everybody with an account, for himself, on the page: a token must not make further tokens."""
    if actor.account_id is None:
        return refuse("core.sign_in_first")
    return refuse("api.not_by_program", act=_("创建接口令牌")) if actor.door == "api" else ALLOWED


def may_revoke_token(token: ApiToken, *, actor: Actor) -> Verdict:
    """The holder; a program may end the token it uses."""
    if actor.is_system or (actor.account_id is not None and token.account_id == actor.account_id):
        return ALLOWED
    return refuse("core.not_permitted", act=_("停用接口令牌"))


def may_note_token_use(token: ApiToken, *, actor: Actor) -> Verdict:
    """Whoever came in with it."""
    return ALLOWED if actor.account_id == token.account_id else refuse("core.not_permitted", act=_("登记令牌使用"))


def may_upload(target: None, *, actor: Actor) -> Verdict:
    """People of an organ, with a post."""
    if actor.organ_id is not None and actor.posts:
        return ALLOWED
    return refuse("core.not_permitted", act=_("上传文件"))
