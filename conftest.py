"""Fixtures that every test may use: a clock at a known day, and folders that are thrown away."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("DAYU_SHARED", Path(__file__).resolve().parent.parent / "shared"))


@pytest.fixture
def shared_folder() -> Path:
    """The folder of source documents that only tests may read."""
    if not SHARED.is_dir():
        pytest.skip("the folder of source documents is not here (set DAYU_SHARED)")
    return SHARED


@pytest.fixture
def move_clock() -> Iterator[Callable[[datetime | None], None]]:
    """Move the clock for one test; afterwards it runs again."""
    from dayu.core import clock

    yield clock.move_to
    clock.move_to(None)


@pytest.fixture
def county(db: None) -> object:
    """The fixed cast: an invented county with everybody in it (see `tests/cast.py`)."""
    from tests.cast import make_county

    return make_county()
