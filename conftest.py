"""Fixtures that every test may use: a clock at a known day, and folders that are thrown away."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import crc32

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


@pytest.fixture(scope="session")
def county_in_database(django_db_setup: None, django_db_blocker: Any) -> None:
    """The fixed cast, made once in a run outside every test's transaction; the tests that need none have run before."""
    from tests.cast import make_county

    with django_db_blocker.unblock():
        make_county()


@pytest.fixture
def county(county_in_database: None, db: None) -> object:
    """The fixed cast: an invented county with everybody in it (see `tests/cast.py`)."""
    from tests.cast import make_county

    return make_county()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--sample 4` runs a fixed fourth of the tests: those of a second database, of which the first has run all."""
    parser.addoption("--sample", type=int, default=1, metavar="N", help="run every N-th test, always the same ones")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that expect an empty database come before those that find the county; tests that empty it come last."""
    share = config.getoption("--sample")
    items[:] = [i for i in items if crc32(i.nodeid.encode()) % share == 0 or i.get_closest_marker("postgresql")]
    items.sort(key=lambda item: (_empties(item), "county" in getattr(item, "fixturenames", ())))


def _empties(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    named = set(getattr(item, "fixturenames", ()))
    return bool(named & {"transactional_db", "live_server"}) or bool(marker and marker.kwargs.get("transaction"))
