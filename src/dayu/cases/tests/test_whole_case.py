"""A case through all its acts, from opening to archive."""

from __future__ import annotations

import pytest

from dayu.cases.tests.situations import STAGES, make_case

pytestmark = pytest.mark.django_db


def test_a_case_goes_through_all_acts_to_the_archive(county, move_clock) -> None:
    played = make_case(county, at="archived")
    assert played.case.stage == "archived"
    assert played.case.case_no == "泽水罚立〔2026〕1号"
    assert played.party.decision_no


def test_every_stage_can_be_reached(county, move_clock) -> None:
    assert make_case(county, at="notified").case.stage
    assert STAGES[-1] == "archived"
