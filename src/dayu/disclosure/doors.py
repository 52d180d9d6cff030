"""Where publishing, withholding and withdrawing a decision of a case is done: on the page of its publication."""

from __future__ import annotations

from django.urls import reverse

from dayu.cases.doors import lead_act_to

# An act of the case -> the act on its publication.
LED = {"publish_decision": "publish", "exempt_from_publication": "withhold", "withdraw_publication": "withdraw"}


def _lead(act: str) -> None:
    lead_act_to(act, lambda case, party: reverse("disclosure:of_party", args=[int(party), act]) if party else "")


for _act in LED:
    _lead(_act)
