"""Who may see organisation records: everybody within the own scopes; administrators within their territory."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from dayu.core.actors import Actor
from dayu.core.records import VisibleQuerySet
from dayu.core.territories import in_scopes

M = TypeVar("M", bound=models.Model)


class AgencyScopedQuerySet(VisibleQuerySet[M]):
    """Rows that belong to an agency; `agency_path` is the lookup that leads from a row to it."""

    agency_path = "agency"

    def visible_to(self, actor: Actor) -> Self:
        """Rows of agencies within the actor's scopes, or within the territory that an administrator administers."""
        if actor.is_system:
            return self
        territory_path = f"{self.agency_path}__territory__path" if self.agency_path else "territory__path"
        organ = f"{self.agency_path}_id" if self.agency_path else "pk"
        within = in_scopes(actor, territory_path=territory_path, organ=organ)
        if actor.holds("administrator") and actor.territory:
            within |= Q(**{f"{territory_path}__contains": f"/{actor.territory}/"})
        return self.filter(within)


class AgencyQuerySet(AgencyScopedQuerySet[M]):
    """Agencies themselves."""

    agency_path = ""


class PersonScopedQuerySet(AgencyScopedQuerySet[M]):
    """Rows that belong to a person and through the person to an agency."""

    agency_path = "person__agency"
