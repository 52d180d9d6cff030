"""Officers, powers and rivers for strangers."""

from urllib.parse import quote

from dayu.core import clock
from dayu.org.services import suspend_certificate


def text(answer):
    return answer.content.decode()


def officers(client, words):
    return text(client.get(f"/public/officers/?q={quote(words)}"))


def test_an_officer_is_found_by_exact_name_and_by_number(county, client):
    certificate = county.people["officer"].certificates.get()
    for words in (county.people["officer"].name, certificate.number):
        page = officers(client, words)
        assert "证件有效" in page and certificate.number in page
    assert "没有查到" in officers(client, "陆")
    assert "没有查到" in officers(client, certificate.number[:-1])


def test_a_suspended_certificate_says_invalid_at_once_and_offers_to_report(county, client):
    certificate = county.people["officer"].certificates.get()
    suspend_certificate(
        certificate, actor=county.administrator, moment=clock.now(), from_on=clock.today(), reason="调查期间暂扣"
    )
    page = officers(client, certificate.number)
    assert "证件无效" in page and "暂扣" in page and "/public/tips/" in page
    assert "没有查到" in officers(client, county.people["officer"].name)


def test_without_a_question_nobody_is_listed(county, client):
    page = text(client.get("/public/officers/"))
    assert county.people["officer"].name not in page and "在本地执法的机关" in page


def test_nothing_of_an_officer_beyond_the_certificate_is_shown(county, client):
    person = county.people["officer"]
    person.phone = "13900000000"
    person.save()
    assert "13900000000" not in officers(client, person.name)


def test_names_cannot_be_tried_without_end(county, client):
    answers = [client.get(f"/public/officers/?q=x{n}").status_code for n in range(25)]
    assert answers[0] == 200 and answers[-1] == 429


def test_the_list_of_powers_names_basis_and_unit(county, client):
    page = text(client.get(f"/public/powers/?q={quote('采砂')}"))
    assert "采砂" in page and "河道管理条例" in page


def test_rivers_are_found_and_have_a_page_of_their_own(county, client, river):
    assert "白鹿河" in text(client.get("/public/rivers/"))
    assert "名录里没有" in text(client.get(f"/public/rivers/?q={quote('长江')}"))
    page = text(client.get("/public/rivers/FA001/"))
    assert page.index("上游段") < page.index("下游段") and "白鹿山" in page and "我要举报" in page
    assert client.get("/public/rivers/NOTHING/").status_code == 404
