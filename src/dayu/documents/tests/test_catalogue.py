"""The catalogue of document types: groups, search, steps, whose form is in force, blank forms; few statements."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dayu.documents import catalogue, facts
from dayu.documents.tests.test_form_sets import bring, forms
from dayu.law.procedures.register import PROCEDURES

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12


@pytest.fixture
def officer(county, client):
    client.force_login(county.people["officer"].account)
    return client


def test_steps_named_by_documents_exist_and_documents_named_by_the_ordinary_procedure_too():
    acts = {f"{p.key}.{s.act}" for p in PROCEDURES.values() for s in p.steps}
    for definition in facts.definitions().values():
        assert set(definition.steps) <= acts, definition.key
    named = {key for s in PROCEDURES["ordinary_penalty"].steps for key in s.documents}
    assert named <= set(facts.definitions())


def test_every_type_is_in_exactly_one_group_and_most_say_which_step_uses_them(county):
    types = catalogue.types_in("990121", on=date(2026, 11, 20))
    assert {t.definition.key for t in types} == set(facts.definitions())
    assert len(types) == len(facts.definitions())
    assert all(t.in_force is not None for t in types)
    order = list(catalogue.stages())
    assert [order.index(t.stage.key) for t in types] == sorted(order.index(t.stage.key) for t in types)
    assert {t.definition.key for t in types if not t.uses} <= {"entrustment_letter", "levy_notice", "levy_deadline_notice"}


def test_the_list_is_searched_by_name_and_step_and_names_whose_form_holds_here(county, officer):
    bring(forms(name="苍阳市行政执法文书统一格式"))
    page = officer.get("/documents/types/", {"q": "协助调查函"}).content.decode()
    assert "苍阳市行政执法文书统一格式" in page and "立案审批表" not in page
    page = officer.get("/documents/types/", {"q": "责令停止水事违法行为通知书"}).content.decode()
    assert "责令停止违法行为通知书" in page and "通行样式" in page
    page = officer.get("/documents/types/", {"group": "measure"}).content.decode()
    assert "查封（扣押）决定书" in page and "案卷封面" not in page
    assert "没有符合条件的文书种类" in officer.get("/documents/types/", {"q": "无此文书"}).content.decode()


def test_a_type_shows_its_fields_the_law_and_a_blank_form(county, officer):
    page = officer.get("/documents/types/penalty_decision/").content.decode()
    assert "救济途径" in page and "第五十九条" in page and "法制审核" in page and "普通程序" in page
    pdf = officer.get("/documents/types/penalty_decision/2021-1.pdf")
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"
    assert officer.get("/documents/types/penalty_decision/2021-1.png").content.startswith(b"\x89PNG")
    assert officer.get("/documents/types/penalty_decision/1999-1.pdf").status_code == 404
    assert officer.get("/documents/types/nothing/").status_code == 404
    old = officer.get("/documents/types/onspot_decision/", {"form": "2021-1"}).content.decode()
    assert "2021-1.pdf" in old and "2024-1" in old


def test_a_form_to_come_is_announced(county, officer):
    bring(forms(name="苍阳市行政执法文书统一格式", valid_from="2099-01-01"))
    page = officer.get("/documents/types/assistance_letter/").content.decode()
    assert "2099-01-01 零点起换用 990100-2026-1" in page and "通行样式" in page


@pytest.mark.parametrize("address", ["/documents/types/", "/documents/types/seizure_decision/", "/documents/forms/"])
def test_the_pages_need_few_statements(county, officer, address):
    bring(forms())
    officer.get(address)
    with CaptureQueriesContext(connection, ) as asked:
        assert officer.get(address).status_code == 200
    assert len(asked) <= MOST_STATEMENTS
