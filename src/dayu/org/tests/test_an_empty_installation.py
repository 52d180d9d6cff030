"""The first administrator of an empty installation gets from nothing to an officer who can sign in."""

from dayu.core.accounts import Account
from dayu.core.territories import Territory
from dayu.org.actors import actor_of_person
from dayu.org.models import Agency, Person


def send(client, url, **typed):
    answer = client.post(url, typed)
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def test_territories_agency_unit_person_and_post_are_made_through_the_pages(db, client):
    client.force_login(Account.objects.create_superuser("root", "a long password"))
    assert "还没有行政区划" in client.get("/org/territories/").content.decode()
    above = ""
    for code, name, level in (
        ("000000", "全国", "nation"),
        ("990000", "沧宁省", "province"),
        ("990100", "苍阳市", "city"),
        ("990121", "泽川县", "county"),
    ):
        send(client, "/org/territories/new/", code=code, name=name, level=level, parent=above)
        above = code
    assert Territory.objects.get(code="990121").path == "/000000/990000/990100/990121/"
    send(client, "/org/agencies/new/", name="泽川县水利局", kind="water_authority", territory="990121", sign="泽水")
    agency = Agency.objects.get()
    page = f"/org/agencies/{agency.pk}"
    send(client, f"{page}/add-unit/", name="水政监察大队", has_enforcement_power="on", enforcement_basis="三定规定")
    unit = agency.units.get()
    send(client, f"{page}/add-person/", name="林晚舟", unit=unit.pk, username="linwz", password="a long password")
    person = Person.objects.get()
    send(client, f"/org/people/{person.pk}/appoint/", key="handler", unit=unit.pk, valid_from="2026-01-01")
    assert actor_of_person(person).holds("handler")
    client.logout()
    assert client.login(username="linwz", password="a long password")
