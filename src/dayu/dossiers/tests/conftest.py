"""Situations that tests of dossiers begin from: closed cases, made by the acts of users."""

import pytest

from dayu.cases.tests.situations import make_case
from dayu.core import clock
from dayu.core.files import store_bytes
from dayu.dossiers import services


@pytest.fixture
def closed(county):
    """A closed case and its test clock."""
    played = make_case(county, at="closed")
    played.deliver()
    yield played
    clock.move_to(None)


def compiled(played, who="officer"):
    return services.compile_dossier(played.now(), actor=getattr(played.county, who), moment=played.moment)


def explained(played):
    """A dossier in which everything that is missing has its explanation."""
    from dayu.dossiers.selectors import missing_of

    dossier = compiled(played)
    for row in missing_of(dossier):
        services.explain_missing(
            dossier, actor=played.county.officer, moment=played.moment, key=row.key, reason="纸质原件另存"
        )
    return dossier


def archived(played):
    return services.archive_dossier(explained(played), actor=played.county.archivist, moment=played.moment)


def a_scan(text="扫描件"):
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (600, 800), (len(text) * 20 % 255, 90, 90)).save(out, "JPEG")
    return store_bytes(out.getvalue() + text.encode(), media_type="image/jpeg")
