"""The timeline of a matter: every required stage has an event, and a lost recording shows as a gap."""

import pytest
from django.core.files.storage import default_storage

from dayu.core.actions import action
from dayu.core.files import path_of
from dayu.core.records import AppendOnlyError
from dayu.law.refusals import ALLOWED
from dayu.records import services
from dayu.records.models import TimelineEvent
from dayu.records.selectors import RequiredStage, timeline_of
from dayu.records.tests.conftest import CASE, NOON, a_file, take, written

STAGES = [RequiredStage("filing", "立案"), RequiredStage("investigation", "调查取证", recording=True)]


def file_case(county):
    from dayu.core import actions

    @action(label="立案", policy=lambda target, *, actor: ALLOWED)
    def file(subject, *, actor, moment):
        """File."""
        services.record_event(subject, stage="filing", kind="filed", title="立案", actor=actor, happened_at=moment)

    file(CASE, actor=county.officer, moment=NOON)
    actions._registry.pop("records.file", None)


def test_a_stage_without_an_event_and_one_without_a_recording_are_gaps(county):
    services.record_proceedings(CASE, actor=county.officer, moment=NOON, written=written(county))
    gaps = timeline_of(CASE, actor=county.officer, required=STAGES).gaps
    assert [(g.kind, g.label) for g in gaps] == [("no_event", "立案"), ("no_recording", "调查取证")]


def test_a_complete_timeline_has_no_gap_until_a_recording_is_removed_from_the_store(county):
    file_case(county)
    item = take(county, kind="audiovisual", files=[a_file("执法记录仪视频", name="1.mp4")])
    whole = timeline_of(CASE, actor=county.officer, required=STAGES)
    assert whole.complete and [e.stage for e in whole.events] == ["filing", "investigation"]
    assert all(e.entered_at and e.actor_name for e in whole.events)
    digest = item.files.get().stored_id
    default_storage.delete(path_of(digest))
    broken = timeline_of(CASE, actor=county.officer, required=STAGES)
    assert {(g.kind, g.label) for g in broken.gaps} == {
        ("no_recording", "调查取证"),
        ("recording_lost", "取得证据：采砂作业日记"),
    }


def test_events_carry_server_time_device_time_and_place(county):
    item = take(county, kind="audiovisual", device="记录仪07", device_time=NOON, latitude=34.5, longitude=108.9)
    event = TimelineEvent.objects.get(source=f"records.evidenceitem:{item.pk}")
    assert event.device_time == NOON and event.device == "记录仪07" and event.latitude == 34.5
    assert event.entered_at is not None and event.place == "白鹿河龙尾段"


def test_an_event_belongs_to_an_act_and_is_never_changed(county):
    with pytest.raises(RuntimeError):
        services.record_event(CASE, stage="filing", kind="filed", title="立案", actor=county.officer, happened_at=NOON)
    take(county)
    event = TimelineEvent.objects.get()
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()


def test_a_stranger_sees_no_event(county):
    take(county)
    assert timeline_of(CASE, actor=county.stranger).events == []
