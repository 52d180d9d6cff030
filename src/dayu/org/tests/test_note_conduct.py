from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.records import AppendOnlyError
from dayu.core.refused import Refused
from dayu.org import services


def write(county, actor, kind="reminder"):
    return services.note_conduct(
        county.people["officer"],
        actor=actor,
        moment=MOMENT,
        kind=kind,
        text="出示证件不及时",
        noted_on=date(2026, 11, 20),
    )


def test_a_note_names_who_wrote_it_and_can_never_be_changed(county):
    note = write(county, county.unit_head)
    assert note.noted_by == county.people["unit_head"]
    note.text = "改"
    with pytest.raises(AppendOnlyError):
        note.save()


def test_nobody_notes_their_own_conduct_and_no_stranger_notes_anything(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        write(county, county.officer)
    with pytest.raises(Refused, match=r"org\.outside_territory"):
        write(county, county.stranger)


def test_an_unknown_kind_is_refused(county):
    with pytest.raises(Refused, match=r"org\.unknown_choice"):
        write(county, county.unit_head, kind="gossip")
