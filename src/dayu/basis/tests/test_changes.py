"""A change of law: what rests on the changed articles is listed, given to its organ, frozen on the day, and settled."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dayu.basis import changes, services
from dayu.basis.models import ChangeImpact, Statute
from dayu.basis.policies import may_cite
from dayu.basis.tests.conftest import NEW, NOW, OLD, load
from dayu.cases.tests.situations import make_case
from dayu.core import clock
from dayu.core.events import deliver_due
from dayu.core.refused import Refused
from dayu.powers.policies import item_for, may_act_on_violation
from dayu.work.models import RunningDeadline, Task


def test_the_item_that_cites_the_changed_article_is_listed_with_a_task_and_a_limit(county, amended) -> None:
    impact = ChangeImpact.objects.get(law="local-sand")
    assert (impact.label, impact.article, impact.new_article, impact.freezes_on) == (
        "对无证采砂的处罚", 2, 2, date(2027, 1, 1),
    )  # fmt: skip
    task = Task.objects.get(act="basis.settle_impact", closed_at=None)
    assert task.organ_id == county.agency.pk
    running = RunningDeadline.objects.get(limit_key="settle_law_change")
    assert running.due_on == date(2026, 12, 20)


def test_on_the_day_it_counts_an_unsettled_item_is_frozen_with_law_and_article(county, amended) -> None:
    from dayu.powers.policies import _item_in_force

    assert _item_in_force(amended, date(2026, 12, 31)).allowed
    refusal = _item_in_force(amended, date(2027, 1, 1)).refusals[0]
    assert refusal.rule == "powers.item_frozen"
    assert refusal.params["article"] == 2


def test_a_settled_item_works_again_and_its_task_is_done(county, amended) -> None:
    impact = ChangeImpact.objects.get(law="local-sand")
    with pytest.raises(Refused) as refused:
        changes.settle_impact(impact, actor=county.review_head, moment=NOW, outcome="adjusted", reason=" ")
    assert refused.value.refusals[0].rule == "basis.settled_without_reason"
    changes.settle_impact(impact, actor=county.review_head, moment=NOW, outcome="adjusted", reason="罚款上限改为十万元")
    deliver_due(clock.now())
    amended.refresh_from_db()
    assert amended.frozen_from is None
    assert not Task.objects.open().filter(act="basis.settle_impact").exists()
    assert not RunningDeadline.objects.open().filter(limit_key="settle_law_change").exists()
    with pytest.raises(Refused) as again:
        changes.settle_impact(impact, actor=county.review_head, moment=NOW, outcome="kept", reason="再来一次")
    assert again.value.refusals[0].rule == "basis.already_settled"


def test_an_officer_settles_nothing_and_another_organ_neither(county, amended) -> None:
    impact = ChangeImpact.objects.get(law="local-sand")
    for actor in (county.officer, county.stranger):
        with pytest.raises(Refused):
            changes.settle_impact(impact, actor=actor, moment=NOW, outcome="kept", reason="不需要")


def test_amending_a_penalty_article_lists_items_tiers_and_open_cases_and_stops_new_cases_on_the_day(
    county, move_clock
) -> None:
    """The article behind the demonstration's sand benchmark: its item, its tiers and the open cases; old cases go on."""
    first, second = make_case(county, at="filed"), make_case(county, at="notified")
    assert first.case.violation == second.case.violation
    act = item_for(first.case.violation, agency=county.agency, on=date(2026, 11, 20))
    cited = next(c for c in violation_of(first).citations if c.article is not None)
    text = "\n\n".join(f"第{numeral(n)}条 第{n}款原文，处一万元罚款。" for n in range(1, (cited.article or 1) + 1))
    load(county.reviewer, "2000-01-01", date(2000, 1, 1), text, key=cited.law)
    move_clock(NOW)
    amended_text = text.replace(f"第{cited.article}款原文，处一万元", f"第{cited.article}款原文，处三万元")
    load(county.reviewer, "2026-11-01", date(2026, 12, 1), amended_text, moment=NOW, key=cited.law)
    deliver_due(clock.now())
    listed = ChangeImpact.objects.filter(article=cited.article)
    kinds = set(listed.values_list("kind", flat=True))
    assert {"powers.enforcementitem", "rulebook.tier", "rulebook.violation", "cases.case"} <= kinds
    assert listed.filter(kind="cases.case").count() == 2
    where = {"agency": county.agency, "territory": county.agency.territory_id, "post": "handler",
             "officer": county.people["officer"]}  # fmt: skip
    assert may_act_on_violation(first.case.violation, on=date(2026, 11, 30), **where).allowed
    frozen = may_act_on_violation(first.case.violation, on=date(2026, 12, 1), **where)
    assert [r.rule for r in frozen.refusals] == ["powers.item_frozen"]
    impact = listed.get(subject=f"powers.enforcementitem:{act.pk}")
    changes.settle_impact(impact, actor=county.review_head, moment=NOW, outcome="adjusted", reason="幅度已改")
    deliver_due(clock.now())
    assert may_act_on_violation(first.case.violation, on=date(2026, 12, 1), **where).allowed


def test_importing_the_past_or_an_edition_that_the_rulebook_knows_disturbs_nothing(county, move_clock) -> None:
    move_clock(NOW)
    load(county.reviewer, "2026-01-01", date(2026, 1, 1), NEW, key="local-sand")
    load(county.reviewer, "2014-11-01", date(2015, 1, 1), OLD, key="local-sand")
    assert not ChangeImpact.objects.exists()


@pytest.mark.parametrize(
    ("place", "day", "law", "citable"),
    [
        ("150000", date(2021, 10, 31), "duty-1999", True),
        ("150000", date(2021, 11, 1), "duty-1999", False),
        ("150000", date(2021, 11, 1), "duty-2021", True),
        ("150000", date(2021, 10, 31), "duty-2021", False),
        ("430000", date(2021, 10, 31), "duty-1999", False),
        ("430000", date(2021, 11, 1), "duty-2021", False),
    ],
)
def test_a_basis_is_cited_only_while_it_holds_and_where_it_holds(county, place, day, law, citable) -> None:
    from dayu.core.territories import Territory, make_territory

    region = make_territory("150000", name="北方自治区", level="province", parent=Territory.objects.get(code="000000"))
    make_territory("430000", name="南方省", level="province", parent=Territory.objects.get(code="000000"))
    old = load(county.reviewer, "1999-07-01", date(1999, 7, 1), OLD, key="duty-1999", territory=region)
    load(county.reviewer, "2021-09-01", date(2021, 11, 1), NEW, key="duty-2021", territory=region)
    services.end_edition(old, actor=county.reviewer, moment=NOW, in_force_until=date(2021, 10, 31), reason="新规定施行")
    verdict = may_cite(Statute.objects.get(key=law), territory=place, on=day)
    assert verdict.allowed is citable
    if not citable:
        assert verdict.refusals[0].rule == "basis.not_citable"


def violation_of(played: Any) -> Any:
    from dayu.law.violations import violation

    return violation(played.case.violation).version_on(date(2026, 11, 20))


def numeral(n: int) -> str:
    from dayu.law.citations import chinese_number

    return chinese_number(n)
