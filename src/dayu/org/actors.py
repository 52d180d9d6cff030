"""From an account to an `Actor`: person, organ, unit, posts valid today and scopes, in at most two SQL statements."""

from __future__ import annotations

from datetime import date
from typing import Any

from dayu.core import clock
from dayu.core.actors import Actor, Scope
from dayu.org.models import Person, PostHolding
from dayu.org.models.organisations import valid_on

NATION = "000000"


def actor_for(user: Any, request: Any = None, *, on: date | None = None) -> Actor:
    """The actor that stands behind an account today (or on `on`). With a request the answer is kept on it."""
    known: Actor | None = getattr(request, "_dayu_actor", None)
    if known is not None and known.account_id == user.pk:
        return known
    actor = _find(user, on or clock.today())
    if request is not None:
        request._dayu_actor = actor
    return actor


def actor_of_person(person: Person, *, on: date | None = None) -> Actor:
    """The actor for a person, for jobs and tests; a person without an account has no account id."""
    day = on or clock.today()
    return _describe(person, day, person.account_id)


def _find(user: Any, day: date) -> Actor:
    person = Person.objects.filter(account_id=user.pk).select_related("agency", "unit").first()
    if person is None:
        return _installer(user)
    return _describe(person, day, user.pk)


def _describe(person: Person, day: date, account_id: int | None) -> Actor:
    if person.left_on is not None and person.left_on <= day:
        return Actor(account_id=account_id, name=person.name, person_id=person.pk)
    holdings = list(
        PostHolding.objects.filter(valid_on(day), person=person).select_related("post__agency", "post__unit")
    )
    own = Scope(territory=person.agency.territory_id, organ_id=person.agency_id)
    scopes = {(own.territory, own.organ_id): own}
    for scope in map(_scope_of, holdings):
        scopes.setdefault((scope.territory, scope.organ_id), scope)
    traits = {f"deputy:{h.post.key}:{h.deputises_for_id}" for h in holdings if h.deputises_for_id}
    if person.unit is not None and person.unit.has_enforcement_power:
        traits.add("unit_may_enforce")
    return Actor(
        account_id=account_id,
        name=person.name,
        person_id=person.pk,
        organ_id=person.agency_id,
        unit_id=person.unit_id,
        territory=person.agency.territory_id,
        posts=frozenset(h.post.key for h in holdings),
        scopes=tuple(scopes.values()),
        traits=frozenset(traits),
    )


def _scope_of(holding: PostHolding) -> Scope:
    """The post's own organ, or its whole territory where the post oversees others."""
    agency = holding.post.agency
    organ = None if holding.post.sees_territory else agency.pk
    return Scope(agency.territory_id, organ, valid_from=holding.valid_from, valid_until=holding.valid_until)


def _installer(user: Any) -> Actor:
    """An account without a person: an installation's first administrator sees organisations, never cases."""
    if user.is_superuser:
        return Actor(account_id=user.pk, name=str(user), territory=NATION, posts=frozenset({"administrator"}))
    return Actor(account_id=user.pk, name=str(user))
