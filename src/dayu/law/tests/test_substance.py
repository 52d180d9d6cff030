"""What belongs to the substance of a decision, and what may change without voiding anything."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from dayu.law.substance import EXCLUDED_FIELDS, Substance, changed_parts, substance_digest

DRAFT = Substance(
    party=("张某", "330000199001010000"), facts=("无证采砂46立方米", "夜间作业"), evidence=("sha256:1", "sha256:2"),
    basis=("water-law/2016/39", "local/26"), kinds=("fine",), amount_yuan=Decimal("30000"), manner="十五日内缴至银行",
)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("party", ("张某某", "330000199001010000")), ("facts", ("无证采砂46立方米",)), ("evidence", ("sha256:1",)),
        ("basis", ("water-law/2016/39",)), ("kinds", ("fine", "confiscate_gains")), ("amount_yuan", Decimal("30001")),
        ("confiscated_yuan", Decimal("1")), ("orders", ("恢复原状",)), ("manner", "三十日内缴至银行"),
    ],
)
def test_every_part_of_the_substance_changes_the_digest(part: str, value: object) -> None:
    changed = replace(DRAFT, **{part: value})
    assert substance_digest(changed) != substance_digest(DRAFT)
    assert changed_parts(DRAFT, changed) == (part,)


def test_the_order_of_facts_and_articles_and_the_way_an_amount_is_written_do_not_matter() -> None:
    same = replace(
        DRAFT, facts=DRAFT.facts[::-1], basis=DRAFT.basis[::-1], amount_yuan=Decimal("30000.00"), manner=" 十五日内缴至银行 "
    )
    assert substance_digest(same) == substance_digest(DRAFT)


def test_name_and_number_of_the_party_are_not_interchangeable() -> None:
    assert substance_digest(replace(DRAFT, party=DRAFT.party[::-1])) != substance_digest(DRAFT)


def test_a_phone_number_is_no_part_of_the_substance() -> None:
    assert {"phone", "mailing_address", "handlers", "document_no"} <= set(EXCLUDED_FIELDS)
    assert not set(EXCLUDED_FIELDS) & {f.name for f in fields(Substance)}
