"""The invented rule: two editions, what rests on the changed article waits to be settled."""

from __future__ import annotations

import pytest

from dayu.basis.models import ChangeImpact, Edition
from dayu.core import clock
from dayu.core.events import deliver_due
from dayu.demo.statutes import KEY, make_statutes
from dayu.work.models import Task

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_a_rule_that_is_being_amended(county) -> None:
    make_statutes(county.agency)
    make_statutes(county.agency)
    deliver_due(clock.now())
    assert Edition.objects.filter(statute__key=KEY).count() == 2
    impacts = list(ChangeImpact.objects.filter(law=KEY))
    assert [(i.article, i.kind) for i in impacts] == [(7, "powers.enforcementitem")]
    assert Task.objects.open().filter(act="basis.settle_impact", organ_id=county.agency.pk).count() == 1
