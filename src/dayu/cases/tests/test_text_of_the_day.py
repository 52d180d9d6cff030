"""A case cites the text that stood on the day of the act: two editions in the library, two cases, two texts."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.basis.selectors import article_on
from dayu.basis.services import import_statute
from dayu.cases import facts, services
from dayu.cases.tests.situations import MONDAY, identity_number
from dayu.core import clock
from dayu.law.citations import chinese_number

LAW = "yangtze-sand-regulation"
OLD, NEW = "第十八条写旧的数额。", "第十八条写新的数额。"


def edition(county, *, edition: str, in_force_from: date, eighteenth: str) -> None:
    """An edition in words of our own: 25 articles, of which only the eighteenth says something."""
    text = "\n\n".join(f"第{chinese_number(n)}条 {eighteenth if n == 18 else '略。'}" for n in range(1, 26))
    import_statute(
        None, actor=county.reviewer, moment=MOMENT, key=LAW, name="长江河道采砂管理条例", short_name="长江采砂条例",
        level="administrative-regulation", edition=edition, in_force_from=in_force_from, text=text,
    )  # fmt: skip


def case_of(county, acted_on: str):
    clock.move_to(MONDAY)
    case = services.open_case(
        None, actor=county.officer, moment=MONDAY, title="张某无证采砂案", unit=county.units["brigade"],
        officers=[county.people["officer"], county.people["second_officer"]], violation="yzs-18-no-permit",
        source_type="巡查", summary="无证采砂", place="白鹿河龙尾段", facts={"value_yuan": 20000, "basin": "yangtze-river"},
        acted_from=acted_on, acted_to=acted_on, discovered_on=acted_on,
    )  # fmt: skip
    party = services.add_party(
        case, name="张某", kind="citizen", id_no=identity_number(0), address="白鹿镇河滨路1号", actor=county.officer,
        moment=MONDAY,
    )  # fmt: skip
    return case, party


@pytest.mark.requirement("POW-01")
def test_an_article_has_two_texts_around_its_amendment_and_a_case_of_the_earlier_day_cites_the_earlier(
    county, client, move_clock
):
    edition(county, edition="2001-10-25", in_force_from=date(2002, 1, 1), eighteenth=OLD)
    edition(county, edition="2023-07-20", in_force_from=date(2023, 7, 20), eighteenth=NEW)
    client.force_login(county.people["reviewer"].account)
    for day, words, other in (("2023-07-19", OLD, NEW), ("2023-07-20", NEW, OLD)):
        shown = client.get(f"/basis/articles/{LAW}/18/", {"on": day}).content.decode()
        assert words in shown and other not in shown
    for acted_on, cited, words in (("2022-06-01", "2001-10-25", OLD), ("2024-06-03", "2023-07-20", NEW)):
        case, party = case_of(county, acted_on)
        found = facts.assessment_of(
            case, party, draft=None, journal=facts.journal_of(case), on=clock.legal_date(MONDAY)
        )
        assert found is not None
        (told,) = found.receipt()["editions"]
        assert (told["law"], told["edition"]) == (LAW, cited)
        text = article_on(LAW, 18, date.fromisoformat(acted_on))
        assert text is not None and (text.edition.edition, words in text.text) == (cited, True)
