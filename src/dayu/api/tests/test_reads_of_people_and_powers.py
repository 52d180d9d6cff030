import json
from datetime import date

import pytest

from dayu.rivers.tests.test_register_river import register


@pytest.fixture
def program(county, client):
    client.force_login(county.people["officer"].account)
    return client


def read(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:300]
    return answer.json()


def test_programs_read_what_the_caller_may_see(county, program):
    assert [a["name"] for a in read(program, "/api/org/agencies")] == ["泽川县水利局"]
    people = read(program, "/api/org/people?limit=3")
    assert len(people) == 3 and read(program, f"/api/org/people?after={people[-1]['id']}&limit=500")
    held = read(program, "/api/org/certificates?on=2026-11-20")
    assert {c["standing"] for c in held} == {"valid"}
    assert {c["standing"] for c in read(program, "/api/org/certificates?on=2035-01-01")} == {"expired"}


def test_two_officers_are_checked_and_one_is_refused_with_the_article(county, program):
    pair = [county.people["officer"].pk, county.people["second_officer"].pk]

    def ask(officers):
        return program.post(
            "/api/org/officers/check",
            json.dumps({"officers": officers, "on": "2026-11-20", "territory": "990121"}),
            content_type="application/json",
        ).json()

    assert ask(pair)["allowed"] and [c[2] for c in ask(pair)["certificates"]] == ["99012100001", "99012100002"]
    alone = ask(pair[:1])
    assert not alone["allowed"] and alone["refusals"][0]["basis"] == ["行政处罚法第四十二条第一款"]
    foreign = ask([pair[0], county.people["stranger"].pk])
    assert [r["rule"] for r in foreign["refusals"]] == ["org.too_few_officers"]


def test_powers_rivers_parameters_and_publications_are_read_too(county, program, move_clock):
    from dayu.core.clock import legal_moment

    move_clock(legal_moment(date(2026, 11, 20)))
    register(county)
    assert len(read(program, "/api/powers/items?limit=500")) > 100
    assert read(program, "/api/powers/authority/soil-53-1-no-plan")["allowed"]
    assert read(program, "/api/powers/authority/code-1109-outfall")["transfer_to"] == "生态环境主管部门"
    assert read(program, "/api/rivers/")[0]["code"] == "FA001"
    assert {p["key"] for p in read(program, "/api/basis/parameters")} >= {"closing_days"}
    assert read(program, "/api/disclosure/publications") == [] and read(program, "/api/disclosure/late") == []
    read(program, "/api/basis/articles/water-law/69", 404)


@pytest.mark.parametrize(
    "url", ["/api/org/people", "/api/powers/items", "/api/rivers/", "/api/disclosure/publications"]
)
def test_strangers_read_nothing(county, client, url):
    assert client.get(url).status_code in (401, 403)


@pytest.mark.parametrize(
    "url", ["/api/org/people?after=-1", "/api/rivers/?limit=100000", "/api/basis/articles/water-law/0"]
)
def test_numbers_out_of_bounds_are_refused_in_words(county, program, url):
    assert program.get(url).status_code == 422
