from datetime import UTC, datetime

import pytest
from django.db import models, transaction

from dayu.core import actions
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import SYSTEM, Actor
from dayu.core.audit import AuditEntry, RefusedAttempt, commitment_of, entry_content
from dayu.core.numbering import NumberSeries, take_number
from dayu.core.refused import Refused, refuse_now
from dayu.core.search import SearchKind, find, ids_holding, index_record, register_kind
from dayu.law.refusals import ALLOWED, Verdict, refuse

MOMENT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
OFFICER = Actor(account_id=7, name="周某", posts=frozenset({"handler"}))

pytestmark = pytest.mark.django_db


def may_count(target: object, *, actor: Actor) -> Verdict:
    return ALLOWED if actor.holds("handler") else refuse("core.not_permitted", act="计数")


@pytest.fixture(autouse=True)
def _throw_away_actions():
    before = dict(actions._registry)
    yield
    actions._registry.clear()
    actions._registry.update(before)


def make_action():
    @action(label="取号", policy=may_count)
    def count_up(series: str, *, actor: Actor, moment: datetime, fail: bool = False) -> models.Model:
        number = take_number(series, 2026, taken_by="test:1", moment=moment)
        note(value=number.value)
        note_subject(number)
        if fail:
            refuse_now("core.not_permitted", act="计数")
        return number

    return count_up


def test_an_act_leaves_one_audit_entry_whose_commitment_covers_its_content():
    number = make_action()("a", actor=OFFICER, moment=MOMENT)
    entry = AuditEntry.objects.get()
    assert entry.detail == {"value": number.value}
    assert entry.subject == f"core.takennumber:{number.pk}"
    entry.refresh_from_db()
    assert entry.commitment == commitment_of(entry.salt, entry_content(entry))


def test_an_act_of_the_wrong_person_is_refused_and_the_attempt_is_kept():
    with pytest.raises(Refused):
        make_action()("a", actor=Actor(account_id=8, name="路人"), moment=MOMENT)
    assert not AuditEntry.objects.exists()
    attempt = RefusedAttempt.objects.get()
    assert attempt.account_id == 8 and attempt.refusals[0]["rule"] == "core.not_permitted"


def test_a_refusal_inside_an_act_rolls_everything_back():
    with pytest.raises(Refused):
        make_action()("a", actor=OFFICER, moment=MOMENT, fail=True)
    assert not NumberSeries.objects.exists()
    assert RefusedAttempt.objects.count() == 1


def test_the_same_idempotency_key_answers_the_first_result():
    count_up = make_action()
    first = count_up("a", actor=OFFICER, moment=MOMENT, idempotency_key="k1")
    again = count_up("a", actor=OFFICER, moment=MOMENT, idempotency_key="k1")
    assert first.pk == again.pk and AuditEntry.objects.count() == 1


def test_nested_acts_name_the_outer_entry_as_parent():
    inner = make_action()

    @action(label="外", policy=may_count)
    def outer(series: str, *, actor: Actor, moment: datetime) -> None:
        note_subject("test.case:1")
        inner(series, actor=actor, moment=moment)

    outer("b", actor=OFFICER, moment=MOMENT)
    entries = {e.action.rsplit(".")[-1]: e for e in AuditEntry.objects.all()}
    assert entries["count_up"].parent == entries["outer"]
    assert entries["count_up"].related == "test.case:1"


def test_numbers_of_a_rolled_back_act_are_given_back():
    with pytest.raises(RuntimeError), transaction.atomic():
        take_number("c", 2026, taken_by="x", moment=MOMENT)
        raise RuntimeError
    assert take_number("c", 2026, taken_by="y", moment=MOMENT).value == 1


def test_search_finds_phrases_and_hides_what_may_not_be_seen():
    register_kind(SearchKind("test", "试", lambda actor, ids: ids if actor == SYSTEM else []))
    index_record("test", 1, title="张某在白鹿河龙尾段无证采砂", url="/x", text="泽水罚立〔2026〕12号", moment=MOMENT)
    assert [e.object_id for e in find("白鹿河", actor=SYSTEM)] == ["1"]
    assert [e.object_id for e in find("2026 采砂", actor=SYSTEM)] == ["1"]
    assert find("白河", actor=SYSTEM) == []
    assert find("白鹿河", actor=OFFICER) == []


def test_ids_that_hold_a_run_of_words_are_told_or_left_to_the_caller():
    for number in range(1, 4):
        index_record("test", number, title="白鹿河采砂", url="/x", text="", moment=MOMENT)
    index_record("other", 4, title="白鹿河采砂", url="/x", text="", moment=MOMENT)
    assert sorted(ids_holding("test", "白鹿河") or ()) == [1, 2, 3]
    assert ids_holding("test", "白河") == []
    assert ids_holding("test", "白鹿河", most=2) is None, "so many are not listed"
    assert ids_holding("test", "白鹿河2026") is None, "the index knows numbers only as a whole"
