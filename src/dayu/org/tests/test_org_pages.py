import io
from datetime import date

import openpyxl
import pytest

from dayu.org.importing import COLUMNS
from dayu.org.models import EnforcementCertificate, Person


@pytest.fixture
def administrator(county, client):
    client.force_login(county.people["administrator"].account)
    return client


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def test_the_tree_shows_the_agencies_one_may_see_with_their_people(county, administrator, client):
    shown = page(administrator, "/org/")
    assert "泽川县水利局" in shown and "云泽县水利局" not in shown
    client.force_login(county.people["supervisor"].account)
    assert "云泽县水利局" in page(client, "/org/")


def test_the_page_of_an_agency_shows_units_posts_and_former_names(county, administrator):
    shown = page(administrator, f"/org/agencies/{county.agency.pk}/")
    for word in ("水政监察大队", "有执法权", "泽川县水务局", "韩立言", "水法第十二条"):
        assert word in shown


def test_people_are_found_by_name_unit_and_post(county, administrator):
    assert "陆河清" in page(administrator, "/org/people/?q=水政监察大队")
    heads = page(administrator, "/org/people/?post=agency_head")
    assert "韩立言" in heads and ">陆河清<" not in heads
    sheet = administrator.get("/org/people/?export=1")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active.values)
    assert len(rows) == 1 + Person.objects.filter(agency=county.agency).count()


def test_the_page_of_a_person_shows_certificate_and_posts_and_hides_conduct_from_colleagues(county, client):
    person = county.people["officer"]
    client.force_login(county.people["second_officer"].account)
    shown = page(client, f"/org/people/{person.pk}/")
    assert "99012100001" in shown and "承办人" in shown and "平时考核" not in shown
    client.force_login(county.people["unit_head"].account)
    assert "平时考核" in page(client, f"/org/people/{person.pk}/")


def test_people_of_another_county_are_not_found(county, client):
    client.force_login(county.people["stranger"].account)
    page(client, f"/org/people/{county.people['officer'].pk}/", 404)
    page(client, f"/org/agencies/{county.agency.pk}/", 404)


def test_certificates_stand_in_the_order_of_expiry_and_filter_by_days(county, administrator, move_clock):
    certificate = county.people["officer"].certificates.get()
    certificate.valid_until = date(2026, 12, 10)
    certificate.save()
    from dayu.core.clock import legal_moment

    move_clock(legal_moment(date(2026, 11, 20)))
    shown = page(administrator, "/org/certificates/?show=30")
    assert "99012100001" in shown and "99012100002" not in shown and "还有 20 日" in shown
    assert page(administrator, "/org/certificates/").index("99012100001") < page(
        administrator, "/org/certificates/"
    ).index("99012100002")


@pytest.mark.parametrize(
    "url",
    [
        "/org/agencies/new/",
        "/org/agencies/{agency}/rename/",
        "/org/agencies/{agency}/add-unit/",
        "/org/agencies/{agency}/add-person/",
        "/org/agencies/{agency}/add-subject/",
        "/org/agencies/{agency}/plan-duty/",
        "/org/agencies/{agency}/close/",
        "/org/units/{unit}/change/",
        "/org/units/{unit}/close/",
        "/org/subjects/{subject}/end/",
        "/org/people/{person}/change/",
        "/org/people/{person}/appoint/",
        "/org/people/{person}/deputy/",
        "/org/people/{person}/certificate/",
        "/org/people/{person}/qualification/",
        "/org/people/{person}/uniform/",
        "/org/people/{person}/conduct/",
        "/org/people/{person}/freeze/",
        "/org/people/{person}/transfer/",
        "/org/people/{person}/leave/",
        "/org/holdings/{holding}/end/",
        "/org/certificates/{certificate}/check/",
        "/org/certificates/{certificate}/suspend/",
        "/org/certificates/{certificate}/revoke/",
        "/org/import/{agency}/",
    ],
)
def test_every_act_has_its_form_for_an_administrator_and_none_for_an_officer(county, client, url):
    person = county.people["officer"]
    address = url.format(
        agency=county.agency.pk,
        unit=county.units["brigade"].pk,
        subject=county.subject.pk,
        person=person.pk,
        holding=person.holdings.get().pk,
        certificate=person.certificates.get().pk,
    )
    client.force_login(county.people["administrator"].account)
    assert 'method="post"' in page(client, address)
    client.force_login(county.people["second_officer"].account)
    page(client, address, 422)


def test_a_post_is_given_through_the_form(county, administrator):
    person = county.people["deputy_head"]
    answer = administrator.post(
        f"/org/people/{person.pk}/appoint/",
        {"key": "agency_head", "valid_from": "2026-01-01", "once": "a"},
        follow=True,
    )
    assert "机关负责人" in answer.content.decode()
    assert person.holdings.filter(post__key="agency_head").count() == 1


def test_sending_a_form_twice_does_the_act_once(county, administrator):
    person = county.people["deputy_head"]
    for _ in range(2):
        administrator.post(
            f"/org/people/{person.pk}/qualification/", {"kind": "archives", "valid_from": "2026-01-01", "once": "same"}
        )
    assert person.qualifications.count() == 1


def test_a_refused_form_keeps_what_was_typed(county, administrator):
    person = county.people["officer"]
    answer = administrator.post(
        f"/org/people/{person.pk}/appoint/", {"key": "handler", "valid_from": "2026-01-01", "basis": "任命文件第九号"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422 and "已任" in shown and "任命文件第九号" in shown


def workbook(*rows):
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "people.xlsx"
    return file


GOOD = ["林晚舟", "Z101", "水政监察大队", "队员", "", "linwz", "承办人", "99012100101", "沧宁省人民政府", "990000", "",
        "990121", "", date(2025, 1, 1), "2029-12-31"]  # fmt: skip


def test_good_rows_go_in_and_each_failed_row_is_named_with_its_reason(county, administrator):
    bad_unit = [*GOOD[:2], "航空大队", *GOOD[3:]]
    bad_unit[1], bad_unit[5], bad_unit[7] = "Z102", "other", "99012100102"
    bad_post = ["苏北辰", "Z103", "", "", "", "", "船长", *[""] * 8]
    taken = ["严知秋", "Z104", "", "", "", "officer", "", *[""] * 8]
    file = workbook(GOOD, bad_unit, bad_post, taken)
    shown = administrator.post(f"/org/import/{county.agency.pk}/", {"file": file}).content.decode()
    person = Person.objects.get(staff_no="Z101")
    assert person.certificates.get().number == "99012100101" and person.holdings.get().post.key == "handler"
    assert not Person.objects.filter(staff_no__in=["Z102", "Z103", "Z104"]).exists()
    assert "没有内设机构“航空大队”" in shown and "没有岗位“船长”" in shown and "已有人使用" in shown


def test_importing_the_same_file_again_changes_nothing(county, administrator):
    for _ in range(2):
        administrator.post(f"/org/import/{county.agency.pk}/", {"file": workbook(GOOD)})
    assert Person.objects.filter(staff_no="Z101").count() == 1
    assert EnforcementCertificate.objects.filter(number="99012100101").count() == 1


def test_a_file_that_is_no_workbook_is_refused_in_words(county, administrator):
    file = io.BytesIO(b"name,number")
    file.name = "people.xlsx"
    answer = administrator.post(f"/org/import/{county.agency.pk}/", {"file": file})
    assert answer.status_code == 422 and "读不出 Excel 文件" in answer.content.decode()


@pytest.mark.parametrize(
    "url", ["/org/", "/org/people/", "/org/certificates/", "/org/agencies/{agency}/", "/org/people/{person}/"]
)
def test_a_page_costs_a_bounded_number_of_statements(county, administrator, django_assert_max_num_queries, url):
    address = url.format(agency=county.agency.pk, person=county.people["officer"].pk)
    with django_assert_max_num_queries(16):
        administrator.get(address)
