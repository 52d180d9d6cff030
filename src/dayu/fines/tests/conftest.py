"""Every test here may move the clock; afterwards it runs again."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _clock_runs_again_afterwards(move_clock):
    yield
