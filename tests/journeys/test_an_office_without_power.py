"""An office without enforcement power sees something: it may not inspect, and hands the matter over in one step."""

from __future__ import annotations

from datetime import date

import pytest

from dayu.core.clock import legal_moment
from dayu.org import services

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("ORG-02")
def test_the_finance_office_opens_no_inspection_and_is_offered_the_lead_form(county, client, move_clock) -> None:
    moment = legal_moment(date(2026, 11, 20))
    move_clock(moment)
    units = set(county.agency.units.values_list("name", "has_enforcement_power"))
    assert {("财务股", False), ("水土保持股", True)} <= units
    services.appoint_to_post(
        county.people["fine_clerk"], actor=county.administrator, moment=moment, key="handler", valid_from=date(2026, 1, 1)
    )
    client.force_login(county.people["fine_clerk"].account)
    refused = client.get("/inspections/new/")
    page = refused.content.decode()
    assert refused.status_code == 422 and "本单位无行政执法权，请移交线索（财务股）" in page
    assert 'href="/leads/new/"' in page and client.get("/leads/new/").status_code == 200

    client.force_login(county.people["soil_officer"].account)
    assert client.get("/inspections/new/").status_code == 200
