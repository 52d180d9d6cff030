"""What tests of the portal share: published decisions made the way they come about, rivers, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from tests.cast import County

from dayu.core import clock
from dayu.disclosure.models import Publication
from dayu.disclosure.tests.situations import make_publication
from dayu.rivers.services import add_reach, register_river


@pytest.fixture(autouse=True)
def _nobody_tried_yet(move_clock: Callable[[datetime | None], None]) -> Iterator[None]:
    """The minute starts anew, and the clock runs again afterwards."""
    cache.clear()
    yield


@pytest.fixture
def decided(county: County) -> Callable[..., Publication]:
    """`decided()` is the publication of a decision that was made, served and released."""

    def make(**options: Any) -> Publication:
        return make_publication(county, at="published", **options).publication

    return make


@pytest.fixture
def river(county: County) -> Any:
    """白鹿河 with two reaches."""
    found = register_river(
        None, actor=county.registrar, moment=clock.now(), code="FA001", name="白鹿河", kind="river", level="county",
        territory=county.agency.territory, source_place="白鹿山", mouth_place="青石桥",
    )  # fmt: skip
    for name in ("上游段", "下游段"):
        add_reach(found, actor=county.registrar, moment=clock.now(), name=name, territory=county.agency.territory)
    return found
