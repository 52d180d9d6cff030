from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def entrust(county, **changes):
    brigade = services.register_agency(
        None,
        actor=county.administrator,
        moment=MOMENT,
        name="泽川县水政监察大队",
        kind="supervision_brigade",
        territory=county.agency.territory,
    )
    wanted = {
        "kind": "entrusted",
        "basis": "委托书第1号",
        "entrusted_by": county.subject,
        "valid_from": date(2024, 1, 1),
    }
    return services.register_subject(brigade, actor=county.administrator, moment=MOMENT, **{**wanted, **changes})


def test_papers_of_an_entrusted_body_print_the_organ_that_entrusted_it(county):
    assert entrust(county).name_on_paper == "泽川县水利局"


def test_a_head_registers_no_subject(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.register_subject(
            county.agency, actor=county.head, moment=MOMENT, kind="statutory", basis="水法", valid_from=date(2024, 1, 1)
        )


def test_entrustment_without_an_organ_and_a_subject_without_a_basis_are_refused(county):
    with pytest.raises(Refused, match=r"org\.entrustment_needs_organ"):
        entrust(county, entrusted_by=None)
    with pytest.raises(Refused, match=r"org\.subject_without_basis"):
        services.register_subject(
            county.agency,
            actor=county.administrator,
            moment=MOMENT,
            kind="statutory",
            basis=" ",
            valid_from=date(2024, 1, 1),
        )
