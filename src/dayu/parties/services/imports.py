"""Parties out of an Excel sheet: good rows are registered, each failed row is named with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.refused import Refused, refuse_now
from dayu.law.refusals import worded
from dayu.parties.models import PartyKind
from dayu.parties.policies import may_register_party
from dayu.parties.services.parties import register_party

MOST_ROWS = 5000
COLUMNS = {
    "类别": "kind",
    "名称（姓名）": "name",
    "公民身份号码": "id_card",
    "统一社会信用代码": "uscc",
    "船名号": "vessel",
    "联系电话": "phone",
    "住所（住址）": "address",
    "职业、经营范围": "occupation",
}
REQUIRED = ("类别", "名称（姓名）")


@dataclass(slots=True)
class ImportOutcome:
    """How an import went: how many rows were taken, and which failed and why."""

    done: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)


@action(label=_("导入当事人"), policy=may_register_party)
def import_parties(
    target: None, *, actor: Actor, moment: datetime, rows: Sequence[tuple[int, Mapping[str, str]]], source: str
) -> ImportOutcome:
    """Register each row (`(row number, {column: text})`). A failed row leaves nothing behind and stops nobody."""
    if len(rows) > MOST_ROWS:
        refuse_now("parties.too_many_rows", most=MOST_ROWS)
    kinds = {str(label): value for value, label in PartyKind.choices}
    outcome = ImportOutcome()
    for number, row in rows:
        try:
            _register(row, kinds, actor=actor, moment=moment, source=source)
            outcome.done += 1
        except Refused as refused:
            reasons = [worded(r, get_language() or "zh").reason for r in refused.refusals]
            outcome.failures.append({"row": number, "reason": "；".join(reasons), "values": dict(row)})
    note(rows=len(rows), done=outcome.done, failed=len(outcome.failures), source=source)
    return outcome


def _register(
    row: Mapping[str, str], kinds: Mapping[str, str], *, actor: Actor, moment: datetime, source: str
) -> None:
    kind = row.get("kind", "")
    register_party(
        None,
        actor=actor,
        moment=moment,
        kind=kinds.get(kind, kind),
        name=row.get("name", ""),
        identifiers={k: row[k] for k in ("id_card", "uscc", "vessel") if row.get(k)},
        phone=row.get("phone", ""),
        address=row.get("address", ""),
        occupation=row.get("occupation", ""),
        source=source,
    )
