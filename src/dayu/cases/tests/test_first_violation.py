"""初次违法 is looked up over the whole register of penalties: a claim that it contradicts is refused, and the look-up is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dayu.cases import services
from dayu.cases.first_violation import earlier_penalties_of
from dayu.cases.models import CaseAnswer
from dayu.cases.tests.situations import MONDAY, make_case
from dayu.core.refused import Refused
from dayu.parties.services import record_credit_event, register_party

LATER = MONDAY + timedelta(days=70)
CLAIM = {"first_offence": (True, "询问笔录第2页")}


def test_without_an_earlier_penalty_the_claim_stands_with_the_look_up_beside_it(county, move_clock) -> None:
    played = make_case(county, at="filed")
    services.answer_leniency(played.party, answers=CLAIM, **played.by("officer"))
    kept = CaseAnswer.objects.get(party=played.party, question="first_offence")
    assert kept.value is True
    assert kept.evidence == f"询问笔录第2页；查询处罚台账：没有既往处罚（{played.today}）"


def test_a_penalty_in_another_case_refuses_the_claim_and_names_the_case(county, move_clock) -> None:
    earlier = make_case(county, at="decided")
    later = make_case(county, at="filed", moment=LATER)
    known = earlier_penalties_of(later.party, before=later.today)
    assert [(p.decided_on, p.case_no) for p in known] == [(earlier.today, earlier.now().case_no)]
    with pytest.raises(Refused) as refused:
        services.answer_leniency(later.party, answers=CLAIM, **later.by("officer"))
    (found,) = refused.value.refusals
    assert (found.rule, found.params["count"]) == ("cases.not_the_first_violation", 1)
    assert [c.text() for c in found.basis] == ["行政处罚法第三十三条第一款"]
    assert not CaseAnswer.objects.filter(party=later.party, question="first_offence").exists()
    services.answer_leniency(later.party, answers={"first_offence": (False, "")}, **later.by("officer"))


def test_a_case_that_is_still_open_and_a_revoked_decision_do_not_count(county, move_clock) -> None:
    make_case(county, at="drafted")
    revoked = make_case(county, at="decided", moment=MONDAY + timedelta(days=1))
    services.revoke_decision(revoked.party, reason="主体错误", **revoked.by("head"))
    later = make_case(county, at="filed", moment=LATER)
    assert earlier_penalties_of(later.party, before=later.today) == ()


def test_a_penalty_that_only_the_register_of_parties_knows_counts_once(county, move_clock) -> None:
    played = make_case(county, at="filed")
    known = register_party(
        None, kind="citizen", name="赵某", identifiers={"id_card": played.party.id_no}, address="龙尾乡3号",
        **played.by("officer"),
    )  # fmt: skip
    party = services.add_party(played.case, registered=known, **played.by("officer"))
    record_credit_event(
        known, kind="penalty", happened_on=date(2025, 6, 3), subject="elsewhere:1", text="外县处罚", moment=played.moment
    )
    assert [p.decided_on for p in earlier_penalties_of(party, before=played.today)] == [date(2025, 6, 3)]
    assert earlier_penalties_of(party, before=date(2025, 6, 3)) == ()


def test_somebody_without_any_number_is_nobody_s_double(county, move_clock) -> None:
    make_case(county, at="decided")
    later = make_case(county, at="filed", moment=LATER)
    nameless = services.add_party(later.case, name="张某", kind="citizen", **later.by("officer"))
    assert earlier_penalties_of(nameless, before=later.today) == ()


def test_the_checklist_shows_what_the_register_says(county, client, move_clock) -> None:
    make_case(county, at="decided")
    later = make_case(county, at="filed", moment=LATER)
    client.force_login(county.people["officer"].account)
    page = client.get(f"/cases/{later.case.pk}/acts/answer_leniency/?party={later.party.pk}").content.decode()
    assert "既往处罚 1 次" in page
