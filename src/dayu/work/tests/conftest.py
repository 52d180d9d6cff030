"""Fixtures of the work domain's tests."""

import pytest

from dayu.work.tests.office import Office, make_office


@pytest.fixture
def office(db) -> Office:
    return make_office()
