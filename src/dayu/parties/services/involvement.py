"""Involvement (涉及事项): higher domains say which matter concerns which party and who handles it, inside their own acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dayu.core.audit import subject_key
from dayu.parties.models import InvolvedOfficer, Party, PartyInvolvement


def involve_party(
    party: Party,
    subject: Any,
    *,
    title: str,
    url: str,
    organ_id: int,
    officers: Iterable[int],
    moment: datetime,
    role: str = "party",
    matter_no: str = "",
) -> PartyInvolvement:
    """A matter concerns the party; its officers (person ids) may read protected fields while it is open."""
    involvement, _created = PartyInvolvement.objects.update_or_create(
        party=party,
        subject=subject_key(subject),
        role=role,
        defaults={
            "matter_title": title[:200],
            "matter_no": matter_no,
            "url": url,
            "organ_id": organ_id,
            "closed_at": None,
        },
        create_defaults={
            "matter_title": title[:200],
            "matter_no": matter_no,
            "url": url,
            "organ_id": organ_id,
            "opened_at": moment,
        },
    )
    _set_officers(involvement, officers)
    return involvement


def name_officers(subject: Any, officers: Iterable[int]) -> None:
    """The people who handle the matter changed: so does who may read."""
    wanted = list(officers)
    for involvement in PartyInvolvement.objects.filter(subject=subject_key(subject), closed_at=None):
        _set_officers(involvement, wanted)


def end_involvements_of(subject: Any, *, moment: datetime) -> int:
    """The matter is closed: it is no purpose any more."""
    return PartyInvolvement.objects.filter(subject=subject_key(subject), closed_at=None).update(closed_at=moment)


def _set_officers(involvement: PartyInvolvement, officers: Iterable[int]) -> None:
    wanted = set(officers)
    present = set(involvement.officers.values_list("person_id", flat=True))
    involvement.officers.exclude(person_id__in=wanted).delete()
    InvolvedOfficer.objects.bulk_create(
        [InvolvedOfficer(involvement=involvement, person_id=p) for p in sorted(wanted - present)]
    )
