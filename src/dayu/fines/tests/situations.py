"""Fines for tests: `make_due(county, fine=20_000)` is a served decision with its line in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dayu.cases.tests.situations import Played, make_case
from dayu.fines import services
from dayu.fines.models import FineDue, PaymentSlip


@dataclass
class Owing:
    """A case with a fine to pay, and its line."""

    played: Played

    @property
    def due(self) -> FineDue:
        """The line as it stands now."""
        rows = FineDue.objects.select_related("party__case__organ__territory", "case__organ__territory")
        return rows.get(party=self.played.parties[0])

    def by(self, who: str) -> dict[str, Any]:
        """`actor` and `moment` of an act."""
        return self.played.by(who)

    def after_due(self, days: int) -> Owing:
        """So many days after the last day to pay."""
        day = self.due.due_on + timedelta(days=days)
        self.played.wait((day - self.played.today).days)
        return self

    @property
    def today(self) -> date:
        """The legal date."""
        return self.played.today

    def pay(self, amount: int | str, *, who: str = "fine_clerk", **changes: Any) -> PaymentSlip:
        """Money reached the bank today."""
        wanted: dict[str, Any] = {"channel": "bank", "paid_on": self.today, "receipt_no": f"R{amount}-{self.today}"}
        return services.take_payment(self.due, amount_yuan=Decimal(amount), **self.by(who), **{**wanted, **changes})

    def impose(self, *, impose: bool = True, who: str = "head", **changes: Any) -> FineDue:
        """The head decides about the additional fine."""
        return services.choose_additional_fine(self.due, impose=impose, **self.by(who), **changes)


def make_due(county: Any, *, fine: int = 20_000, at: str = "served") -> Owing:
    """A fine that was served today."""
    owing = Owing(make_case(county, at=at, fine=fine))
    owing.played.deliver()
    return owing
