"""Like cases: a draft off the median of its tier is not submitted without reasons, and the page shows the gap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dayu.cases import services
from dayu.cases.like_cases import like_cases_verdict, likeness_of
from dayu.cases.models import Case, CaseParty, PenaltyDraft
from dayu.cases.tests.situations import VIOLATION, make_case
from dayu.core.refused import Refused
from dayu.legal_review.models import LegalReview

TIER = "一般"


def seed(county, number: int, fine: int, tier: str = TIER) -> None:
    """A decided case as the ledger keeps it."""
    case = Case.objects.create(
        organ=county.agency, unit=county.units["brigade"], case_no=f"泽水罚〔2025〕{number}号", title="旧案", violation=VIOLATION,
        opened_at="2025-01-01T00:00Z", stage="closed",
    )  # fmt: skip
    party = CaseParty.objects.create(
        case=case, name=f"当事人{number}", kind="citizen", position=1, fine_yuan=fine, decided_on=date(2025, 6, 1)
    )
    draft = PenaltyDraft.objects.create(
        party=party, number=1, kinds=["fine"], amount_yuan=fine, bounds={"tier": tier}, written_at="2025-05-01T00:00Z",
        written_by="x",
    )  # fmt: skip
    CaseParty.objects.filter(pk=party.pk).update(draft=draft)


@pytest.fixture
def twenty(county):
    for number in range(20):
        seed(county, number, 20_000 + 1_000 * number if number < 10 else 21_000 + 1_000 * number)
    for number in range(20, 30):
        seed(county, number, 90_000, tier="较重")


def drafted(county, *, amount: int, reason: str = ""):
    played = make_case(county, at="notified", fine=amount)
    played.case.facts |= {"first_offence": True, "stopped_voluntarily": False}
    played.case.save(update_fields=["facts"])
    played.now()
    services.write_draft(
        played.other(0), kinds=["fine"], amount_yuan=Decimal(amount), basis=["河道管理条例第四十四条"], manner="银行缴款",
        deviation_reason=reason, reason="补充理由", **played.by("officer"),
    )  # fmt: skip
    party = CaseParty.objects.select_related("draft", "case__organ").get(pk=played.parties[0].pk)
    return played, party


@pytest.mark.requirement("DIS-06")
def test_twenty_like_cases_show_the_gap_of_a_draft_and_refuse_it_without_reasons(county, client, move_clock, twenty):
    played, party = drafted(county, amount=60_000)
    found = likeness_of(party.case, party.draft)
    assert found is not None and (found.count, found.median_yuan, found.gap) == (20, 30_000, 1)
    client.force_login(county.people["officer"].account)
    page = client.get(f"/cases/{party.case_id}/discretion/").content.decode()
    assert "同档 20 件：中位 30,000 元，20,000 至 40,000 元；本案 60,000 元，相差 +100%" in page
    with pytest.raises(Refused) as refused:
        services.submit_legal_review(party, truth_signed=True, **played.by("officer"))
    assert "类案偏离" in refused.value.refusals[0].as_json()["reason"]
    assert not LegalReview.objects.exists()
    _, reasoned = drafted(county, amount=60_000, reason="夜间三次采砂，危及堤防")
    assert like_cases_verdict(reasoned.case, reasoned.draft, on=played.today).allowed
    _, near = drafted(county, amount=39_000)
    assert like_cases_verdict(near.case, near.draft, on=played.today).allowed
