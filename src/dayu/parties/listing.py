"""Lists of parties by filters, and their rows for Excel; protected fields are covered unless there is a purpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.parties.identifiers import tidy
from dayu.parties.models import Party, PartyKind
from dayu.parties.policies import purposes_for
from dayu.parties.selectors import read_fields

EXPORT_COLUMNS = (
    _("类别"),
    _("名称（姓名）"),
    _("证件号码"),
    _("联系电话"),
    _("住所（住址）"),
    _("职业、经营范围"),
    _("状况"),
    _("登记日期"),
)
CHUNK = 500


def filtered_parties(actor: Actor, filters: Mapping[str, str]) -> QuerySet[Party]:
    """Parties within the actor's scope: `q` (words or a number), `kind`, `standing`, `mine`."""
    found = Party.objects.visible_to(actor)
    for word in filters.get("q", "").split():
        number = tidy(word)
        found = found.filter(
            Q(name__contains=word)
            | Q(pk__in=Party.objects.filter(identifiers__value=number, identifiers__withdrawn_at=None).values("pk"))
            | Q(pk__in=Party.objects.filter(earlier_names__name__contains=word).values("pk"))
        )
    if filters.get("kind", "") in PartyKind.values:
        found = found.filter(kind=filters["kind"])
    if filters.get("standing", "") in dict(Party.STANDINGS):
        found = found.filter(standing=filters["standing"])
    if filters.get("mine") and actor.person_id is not None:
        found = found.filter(involvements__officers__person_id=actor.person_id).distinct()
    return found


def export_rows(
    actor: Actor, filters: Mapping[str, str], *, open_all: bool, moment: datetime
) -> Iterator[tuple[str, ...]]:
    """The rows of an export in the order of registration."""
    found = filtered_parties(actor, filters).prefetch_related("identifiers").order_by("id")
    window: list[Party] = []
    for party in found.iterator(chunk_size=CHUNK):
        window.append(party)
        if len(window) == CHUNK:
            yield from _rows(window, actor, open_all, moment)
            window = []
    yield from _rows(window, actor, open_all, moment)


def _rows(window: list[Party], actor: Actor, open_all: bool, moment: datetime) -> Iterator[tuple[str, ...]]:
    purposes = purposes_for(actor, window, moment=moment)
    for party in window:
        fields = read_fields(party, covered=not (open_all or party.pk in purposes))
        yield (
            str(party.get_kind_display()),
            fields.name,
            "；".join(f"{kind} {value}" for kind, value in fields.identifiers),
            fields.phone,
            fields.address,
            party.occupation,
            str(party.get_standing_display()),
            party.registered_at.date().isoformat(),
        )
