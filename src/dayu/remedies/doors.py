"""Where the remedy acts of a case are done: on the pages of this domain, for the party that the button names."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from dayu.cases.doors import lead_act_to
from dayu.remedies.models import Litigation, Reconsideration

BEGUN = {"record_reconsideration": "new_reconsideration", "record_suit": "new_suit"}
ENDED: dict[str, tuple[str, Any]] = {
    "record_reconsideration_decision": ("reconsideration_conclude", Reconsideration),
    "record_judgment": ("suit_conclude", Litigation),
}


def _begin(act: str, page: str) -> None:
    lead_act_to(act, lambda case, party: reverse(f"remedies:{page}", args=[int(party)]) if party else "")


def _end(act: str, page: str, model: Any) -> None:
    """To the form of the newest open row; a case told without one keeps its plain page."""

    def address(case: int, party: str | None) -> str:
        if not party:
            return ""
        row = model.objects.filter(party=int(party), party__case=case, result="").order_by("-pk").values_list("pk").first()
        return reverse(f"remedies:{page}", args=row) if row else ""

    lead_act_to(act, address)


for _act, _page in BEGUN.items():
    _begin(_act, _page)
for _act, (_page, _model) in ENDED.items():
    _end(_act, _page, _model)
