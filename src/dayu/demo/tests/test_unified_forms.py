"""The invented set of forms: one set, to come, announced in the catalogue."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dayu.core import clock
from dayu.demo.unified_forms import NOTICE_DAYS, make_form_set
from dayu.documents.catalogue import types_in
from dayu.documents.models import FormSet

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_a_set_of_forms_that_is_about_to_take_over(county) -> None:
    make_form_set()
    make_form_set()
    assert FormSet.objects.count() == 1
    coming = {t.definition.key: t.coming for t in types_in("990121", on=clock.today()) if t.coming is not None}
    assert set(coming) == {"assistance_letter", "proof_of_service"}
    begins = clock.today() + timedelta(days=NOTICE_DAYS)
    assert {version.valid_from for version in coming.values()} == {begins}
