"""Writing the timeline: called inside acts, by this domain and by every higher one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dayu.core.actions import present_act
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.records.models import TimelineEvent


def record_event(
    subject: Any,
    *,
    stage: str,
    kind: str,
    title: str,
    actor: Actor,
    happened_at: datetime,
    organ_id: int | None = None,
    ended_at: datetime | None = None,
    device_time: datetime | None = None,
    device: str = "",
    place: str = "",
    position: tuple[float, float] | None = None,
    document: Any = "",
    source: Any = "",
    media: Sequence[str] = (),
    note: str = "",
) -> TimelineEvent:
    """Append one event to the timeline of a matter, within the present act.

    `media` are digests of stored recordings or pictures; `document` and `source` are records or their keys.
    """
    act = present_act()
    if act is None:
        raise RuntimeError("a timeline event belongs to an act")
    organ = organ_id if organ_id is not None else actor.organ_id
    if organ is None:
        raise ValueError("a timeline event belongs to an organ")
    return TimelineEvent.objects.create(
        subject=subject_key(subject),
        organ_id=organ,
        stage=stage,
        kind=kind,
        title=title,
        actor_name=actor.name,
        account_id=actor.account_id,
        happened_at=happened_at,
        ended_at=ended_at,
        entered_at=act.entered_at,
        device_time=device_time,
        device=device or actor.device,
        place=place,
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        document=subject_key(document),
        source=subject_key(source),
        media=list(media),
        note=note,
    )
