"""Reads of the records domain: evidence of a matter, its timeline with gaps, and what the proof log says of a piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.storage import default_storage

from dayu.core.actors import Actor
from dayu.core.files import path_of
from dayu.records.models import EvidenceItem, EvidencePreservation, RecordOfProceedings, TimelineEvent


def evidence_of(*subjects: str, actor: Actor) -> list[EvidenceItem]:
    """The evidence of one or several matters that the actor may see, with checks and files, in three queries."""
    rows = EvidenceItem.objects.visible_to(actor).of(*subjects).select_related("taken_by", "second_taker", "organ")
    return list(rows.prefetch_related("checks", "files__stored").order_by("id"))


def proceedings_of(*subjects: str, actor: Actor) -> list[RecordOfProceedings]:
    """The records of proceedings of one or several matters."""
    rows = RecordOfProceedings.objects.visible_to(actor).of(*subjects)
    return list(rows.prefetch_related("officers__person", "files__stored").order_by("started_at", "id"))


def preservations_of(*subjects: str, actor: Actor) -> list[EvidencePreservation]:
    """The advance registrations of one or several matters."""
    rows = EvidencePreservation.objects.visible_to(actor).of(*subjects)
    return list(rows.select_related("first_officer", "second_officer", "approved_by").prefetch_related("items"))


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that a higher domain keeps itself (an entry of a case's journal), shown among the others."""

    stage: str
    title: str
    happened_at: datetime
    entered_at: datetime
    actor_name: str = ""
    place: str = ""
    note: str = ""
    media: tuple[str, ...] = ()
    ended_at: datetime | None = None
    device_time: datetime | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class RequiredStage:
    """A stage that the timeline of a matter must show; `recording` means: with sound and picture."""

    key: str
    label: str
    recording: bool = False


@dataclass(frozen=True, slots=True)
class TimelineGap:
    """What is missing. `kind`: `no_event`, `no_recording`, or `recording_lost` (the file is gone from the store)."""

    kind: str
    stage: str
    label: str
    media: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a matter in order, and its gaps."""

    events: Sequence[TimelineEvent | Happening]
    gaps: Sequence[TimelineGap] = ()
    lost: frozenset[str] = field(default_factory=frozenset)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.gaps


def timeline_of(
    *subjects: str, actor: Actor, required: Iterable[RequiredStage] = (), more: Sequence[Happening] = ()
) -> Timeline:
    """The timeline of one or several matters, compared with the stages it must show and with the store of files.

    `more` are events that the matter's own domain keeps.
    """
    own = TimelineEvent.objects.visible_to(actor).of(*subjects).order_by("happened_at", "id")
    events: list[TimelineEvent | Happening] = sorted([*own, *more], key=lambda e: e.happened_at)
    lost = frozenset(m for m in {m for e in events for m in e.media} if not default_storage.exists(path_of(m)))
    gaps = [gap for stage in required for gap in _gaps_of(stage, events, lost)]
    named = {gap.media for gap in gaps}
    for event in events:
        gaps += [TimelineGap("recording_lost", event.stage, event.title, m) for m in event.media if m in lost - named]
    return Timeline(events, gaps, lost)


def _gaps_of(
    stage: RequiredStage, events: Sequence[TimelineEvent | Happening], lost: frozenset[str]
) -> list[TimelineGap]:
    own = [e for e in events if e.stage == stage.key]
    if not own:
        return [TimelineGap("no_event", stage.key, stage.label)]
    if stage.recording and not any(m not in lost for e in own for m in e.media):
        return [TimelineGap("no_recording", stage.key, stage.label)]
    return []
