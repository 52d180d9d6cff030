"""Personal tokens: they open the door for one person, until they are revoked or the day passes."""

from datetime import date, timedelta

import pytest
from tests.cast import PASSWORD

from dayu.api.models import ApiToken
from dayu.api.services import issue_token, revoke_token
from dayu.core import clock
from dayu.core.actors import STRANGER
from dayu.core.audit import AuditEntry
from dayu.core.refused import Refused
from dayu.org import services as org


def test_a_token_acts_as_its_person_through_the_door_of_programs(county, program):
    answer = program("administrator").act("org.add_unit", f"org.agency:{county.agency.pk}", name="水资源股")
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["subject"].startswith("org.orgunit:")
    entry = AuditEntry.objects.get(action="org.add_unit", subject=answer.json()["subject"])
    assert (entry.door, entry.account_id) == ("api", county.administrator.account_id)


def test_only_the_digest_of_the_secret_is_kept(county):
    token = issue_token(
        None, actor=county.officer, moment=clock.now(), label="取数", expires_on=clock.today() + timedelta(days=30)
    )
    kept = ApiToken.objects.values_list("digest", "hint", "label").get(pk=token.pk)
    assert token.secret not in kept and len(token.secret) > 40 and token.secret.startswith(kept[1])
    assert token.secret not in str(AuditEntry.objects.values_list("detail", flat=True))


def test_a_revoked_token_opens_nothing(county, program):
    caller = program("administrator")
    assert caller.get("/api/me").json()["signed_in"] is True
    revoke_token(ApiToken.objects.get(), actor=county.administrator, moment=clock.now(), reason="程序停用")
    answer = caller.get("/api/me")
    assert answer.status_code == 401
    assert answer.json()["refusals"][0]["rule"] == "core.sign_in_first"


def test_an_expired_token_opens_nothing_from_the_day_after_its_last(county, program, move_clock):
    caller = program("officer", expires_on=date(2027, 1, 15))
    move_clock(clock.legal_moment(date(2027, 1, 15), 23, 59))
    assert caller.get("/api/me").status_code == 200
    move_clock(clock.legal_moment(date(2027, 1, 16), 0, 1))
    assert caller.get("/api/me").status_code == 401


def test_a_wrong_token_is_refused_even_where_strangers_may_come_in(county, program):
    caller = program()
    assert caller.get("/api/me").json()["signed_in"] is False
    caller.headers = {"Authorization": "Bearer dayu_nothing"}
    assert caller.get("/api/me").status_code == 401


def test_a_wrong_token_does_not_fall_back_to_the_session(county, program):
    caller = program()
    caller.client.force_login(county.people["administrator"].account)
    caller.headers = {"Authorization": "Bearer dayu_nothing"}
    assert caller.get("/api/me").status_code == 401


def test_a_frozen_account_takes_its_tokens_with_it(county, program):
    caller = program("second_officer")
    org.freeze_account(
        county.people["second_officer"], actor=county.administrator, moment=clock.now(), reason="停职检查"
    )
    assert caller.get("/api/me").status_code == 401


def test_a_reading_token_reads_and_writes_nothing(county, program):
    caller = program("administrator", may_write=False)
    assert caller.get(f"/api/subjects/org.agency:{county.agency.pk}").status_code == 200
    answer = caller.act("org.add_unit", f"org.agency:{county.agency.pk}", name="水资源股")
    assert answer.status_code == 422 and answer.json()["refusals"][0]["rule"] == "api.token_only_reads"


def test_a_program_makes_no_further_tokens(county, program):
    answer = program("administrator").act("api.issue_token", label="再来一个", expires_on="2027-01-01")
    assert answer.status_code == 422 and answer.json()["refusals"][0]["rule"] == "api.not_by_program"
    assert ApiToken.objects.count() == 1


def test_nobody_ends_the_token_of_somebody_else(county, program):
    program("officer")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        revoke_token(ApiToken.objects.get(), actor=county.administrator, moment=clock.now())
    others = f"api.apitoken:{ApiToken.objects.get().pk}"
    assert program("administrator").act("api.revoke_token", others).status_code == 404


@pytest.mark.parametrize("days", [-1, 367])
def test_a_token_ends_within_a_year(county, days):
    with pytest.raises(Refused, match=r"api\.token_lasts_too_long"):
        issue_token(
            None, actor=county.officer, moment=clock.now(), label="x", expires_on=clock.today() + timedelta(days=days)
        )


def test_a_stranger_makes_no_token(county):
    with pytest.raises(Refused, match=r"core\.sign_in_first"):
        issue_token(None, actor=STRANGER, moment=clock.now(), label="x", expires_on=clock.today())


def test_the_first_use_of_a_day_is_noted(county, program):
    caller = program("officer")
    caller.get("/api/me")
    caller.get("/api/me")
    assert ApiToken.objects.get().last_used_on == clock.today()
    assert AuditEntry.objects.filter(action="api.note_token_use").count() == 1


def test_the_page_shows_the_secret_once_and_ends_tokens(county, client):
    assert client.get("/api/tokens/").status_code == 302
    client.login(username="officer", password=PASSWORD)
    day = (clock.today() + timedelta(days=60)).isoformat()
    page = client.post("/api/tokens/", {"label": "每晚取数", "expires_on": day}).content.decode()
    secret = page.split("data-secret>")[1].split("<")[0]
    assert "每晚取数" in page
    assert client.get("/api/me", headers={"Authorization": f"Bearer {secret}"}).json()["signed_in"] is True
    assert secret not in client.get("/api/tokens/").content.decode()
    token = ApiToken.objects.get()
    client.post(f"/api/tokens/{token.pk}/revoke/", {"reason": "不用了"})
    assert client.get("/api/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_tokens_of_others_are_not_there(county, client, program):
    program("officer")
    client.login(username="administrator", password=PASSWORD)
    assert client.get(f"/api/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 404
    assert "测试程序" not in client.get("/api/tokens/").content.decode()
