"""Model test of every procedure beside the ordinary one: no dead end, no unlawful shortcut, every refusal cites an article."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from dayu.law.journal import Journal, essential
from dayu.law.procedure import MAY, Step
from dayu.law.procedures.register import PROCEDURES
from dayu.law.tests.matter_starts import STARTS
from dayu.law.tests.matter_walk import Walk

WALKS = 40
BESIDE = [key for key in PROCEDURES if key != "ordinary_penalty"]


def test_every_procedure_beside_the_ordinary_one_is_explored() -> None:
    assert set(STARTS) == set(BESIDE)


def watched(walk: Walk, step: Step, values: dict[str, Any]) -> None:
    """Fails where the engine allows what the second statement of the law forbids."""
    start = STARTS[walk.procedure.key]
    kinds = {entry.kind for entry in walk.situation.journal}
    for group in start.before.get(step.act, ()):
        assert kinds & set(group), f"{step.act} without {' or '.join(group)}"
    if step.act in start.watch:
        start.watch[step.act](walk, values)


def the_kept_entries_answer_the_same(walk: Walk) -> None:
    """A store may keep the essential entries only; every act is then answered as on the whole journal."""
    short = replace(walk.situation, journal=Journal(essential(walk.situation.journal)))
    for step in walk.procedure.steps:
        party = walk.situation.parties[0].key if step.per_party else None
        values = walk.fill(step.act)
        whole = walk.procedure.allowed(step.act, walk.situation, party, **values)
        assert walk.procedure.allowed(step.act, short, party, **values) == whole, f"{step.act} differs"


@pytest.mark.parametrize("key", BESIDE)
def test_no_walk_finds_an_unlawful_shortcut_none_is_without_a_way_on_and_every_act_is_reached(key: str) -> None:
    reached: set[str] = set()
    for seed in range(WALKS):
        rng = random.Random(f"{key}{seed}")
        walk = STARTS[key].walk(PROCEDURES[key])
        walk.acts_done = reached  # what no walk has done yet is tried first
        walk.stumble(rng, rng.randrange(5, 90), watched)
        list(walk.open_acts(rng))
        the_kept_entries_answer_the_same(walk)
        assert walk.finish(rng), f"{key} ({seed}) is stuck: {sorted(walk.next_musts())}"
    assert sorted(set(PROCEDURES[key].by_act) - reached) == []


@pytest.mark.parametrize("key", BESIDE)
def test_a_diligent_handler_comes_to_the_end_from_the_start(key: str) -> None:
    walk = STARTS[key].walk(PROCEDURES[key])
    assert walk.finish(random.Random(key))


@pytest.mark.parametrize("key", BESIDE)
def test_every_order_of_the_second_statement_names_acts_and_entries_that_exist(key: str) -> None:
    procedure, start = PROCEDURES[key], STARTS[key]
    known = set(procedure.kinds) | {e.kind for e in start.journal()} | {rule.starts for rule in procedure.limits_rules}
    assert set(start.before) | set(start.fills) | set(start.watch) <= set(procedure.by_act)
    assert {kind for groups in start.before.values() for group in groups for kind in group} <= known


@pytest.mark.parametrize("key", BESIDE)
def test_nothing_of_the_second_statement_is_open_before_what_it_needs(key: str) -> None:
    walk = STARTS[key].walk(PROCEDURES[key])
    there = {entry.kind for entry in walk.situation.journal}
    for act, groups in STARTS[key].before.items():
        if any(not there & set(group) for group in groups):
            assert not walk.verdict(act).allowed, f"{key}.{act} is open at the start"


@pytest.mark.parametrize("key", BESIDE)
def test_a_declaration_that_forgot_its_preconditions_is_caught(key: str) -> None:
    """The walks can fail: with the preconditions of one act taken away, the second statement of the law objects."""
    procedure = PROCEDURES[key]
    act = next(iter(STARTS[key].before))
    steps = tuple(replace(s, after=(), requires=(), duty=MAY) if s.act == act else s for s in procedure.steps)
    careless = replace(procedure, steps=steps)
    with pytest.raises(AssertionError, match="without"):
        for seed in range(WALKS):
            rng = random.Random(f"{key}{seed}")
            STARTS[key].walk(careless).stumble(rng, 60, watched)
