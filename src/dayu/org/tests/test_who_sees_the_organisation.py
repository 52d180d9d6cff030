import pytest

from dayu.core.actors import STRANGER
from dayu.org.models import Agency, ConductNote, EnforcementCertificate, OrgUnit, Person


@pytest.mark.parametrize("model", [Agency, OrgUnit, Person, EnforcementCertificate, ConductNote])
def test_the_public_sees_no_row_of_the_organisation(county, model):
    assert not model.objects.visible_to(STRANGER).exists()


def test_an_officer_sees_the_own_agency_and_a_supervisor_every_agency_below(county):
    assert set(Agency.objects.visible_to(county.officer)) == {county.agency}
    seen = set(Agency.objects.visible_to(county.supervisor))
    assert {county.agency, county.neighbour, county.city_bureau} <= seen
    assert county.people["officer"] not in Person.objects.visible_to(county.stranger)


def test_an_administrator_sees_every_agency_of_the_county(county):
    assert {a.name for a in Agency.objects.visible_to(county.administrator)} == {"泽川县水利局", "泽川县人民政府"}
