"""Who calls: a person by session (with the CSRF token for writes), a program by personal token, or nobody."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from ninja.utils import check_csrf

from dayu.api.limits import count_request
from dayu.api.models import ApiToken
from dayu.api.services import digest_of, note_token_use
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.refused import refuse_now

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class NotSignedIn(Exception):
    """401: no session and no token, or a token that opens nothing."""


class WrongOrigin(Exception):
    """403: a session without the CSRF token."""


class Anybody:
    """Strangers may come in; a wrong token still does not."""

    strangers = True

    def __call__(self, request: HttpRequest) -> Literal[True]:
        """Set `request.actor` for everything behind the door."""
        actor = _caller(request)
        count_request(request, actor.account_id)
        if actor.is_stranger and not self.strangers:
            raise NotSignedIn
        request.actor = actor  # type: ignore[attr-defined]  # what every page of the house carries
        return True


class SignedIn(Anybody):
    """Only people with an account."""

    strangers = False


def _caller(request: HttpRequest) -> Actor:
    header = request.headers.get("Authorization", "")
    if header:
        return _by_token(request, header)
    actor = actor_of(request)
    if actor.is_stranger:
        return actor
    if request.method not in READING and check_csrf(request) is not None:
        raise WrongOrigin
    return actor.through("api")


def _by_token(request: HttpRequest, header: str) -> Actor:
    """The person behind a token. Unknown, expired, revoked and frozen all answer alike."""
    scheme, _space, secret = header.partition(" ")
    token = ApiToken.objects.filter(digest=digest_of(secret.strip())).select_related("account").first()
    today = clock.today()
    if scheme.lower() != "bearer" or token is None or not token.counts_on(today) or not token.account.is_active:
        count_request(request, None)
        raise NotSignedIn
    actor: Actor = import_string(settings.DAYU_ACTOR_FOR)(token.account, request)
    actor = actor.through("api", purpose=token.label)
    if token.last_used_on != today:
        note_token_use(token, actor=actor, moment=clock.now())
    if request.method not in READING and not token.may_write:
        refuse_now("api.token_only_reads")
    return actor
