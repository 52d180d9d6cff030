"""Every address and every action is tried with the particulars of a ledger line: none adds one, whoever asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dayu.api.catalogue import offers
from dayu.api.services import issue_token
from dayu.cases.forms.acts import ACTS
from dayu.cases.models import CaseParty
from dayu.core import clock
from dayu.core.audit import subject_key
from dayu.fines.models import FineDue
from dayu.fines.tests.situations import Owing, make_due

LINE = {
    "decision_no": "手工〔2026〕1号", "case_no": "手工1号", "number": "手工1号", "party": "", "party_name": "赵某", "name": "赵某",
    "title": "手工", "fine_yuan": "100", "amount_yuan": "100", "paid_yuan": "100", "decided_on": "2026-03-01",
    "served_on": "2026-03-01", "due_on": "2026-03-16", "receipt_no": "手工1", "reason": "手工", "source_note": "手工",
}  # fmt: skip
CASTS = ("fine_clerk", "head")
# Addresses that end a session, and the door for programs, which is tried action by action.
LEFT_OUT = ("api/", "accounts/", "static/", "media/")


def lines() -> set[tuple[str, int]]:
    """The lines of both ledgers: decided parties, and fines to be paid."""
    decided = CaseParty.objects.filter(decided_on__isnull=False).values_list("pk", flat=True)
    return {("penalty", pk) for pk in decided} | {("fine", pk) for pk in FineDue.objects.values_list("pk", flat=True)}


def addresses(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every address of the program, as its pattern has it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield path


def filled_in(path: str, owing: Owing) -> list[str]:
    """The address with numbers and names put in; one for each act where the address names an act."""
    numbers = {"case": owing.played.case.pk, "party": owing.played.party.pk}
    wanted = owing.played.party.pk if path.startswith("fines/party/") else owing.played.case.pk
    path = re.sub(r"<int:(\w+)>", lambda m: str(numbers.get(m.group(1), wanted)), path)
    slugs = [*ACTS] if path.startswith("cases/") else ["pay", "defer", "additional", "demand", "publish"]
    found = [path.replace("<slug:act>", slug) for slug in slugs] if "<slug:act>" in path else [path]
    return ["/" + re.sub(r"<[^>]+>", "1", p).replace("^", "").replace("$", "") for p in found]


@pytest.mark.requirement("CAS-19")
@pytest.mark.parametrize("who", CASTS)
def test_no_address_of_the_program_adds_a_ledger_line(county, who) -> None:
    owing = make_due(county)
    before, tried = lines(), 0
    given = {**LINE, "party": str(owing.played.party.pk)}
    client = Client(raise_request_exception=False)
    client.force_login(county.people[who].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in addresses():
        if path.startswith(LEFT_OUT):
            continue
        for address in filled_in(path, owing):
            with transaction.atomic():
                client.post(address, given)
                assert lines() <= before, address
                transaction.set_rollback(True)
            tried += 1
    assert len(before) == 2 and tried > 200


@pytest.mark.requirement("CAS-19")
def test_no_action_that_programs_may_call_adds_a_ledger_line(county) -> None:
    owing = make_due(county)
    before = lines()
    token = issue_token(
        None, actor=county.head, moment=clock.now(), label="程序", may_write=True, expires_on=owing.today + timedelta(days=9)
    )
    client = Client(raise_request_exception=False)
    targets = {"case": owing.played.case, "party": owing.played.party, "due": owing.due}
    for key, offer in offers().items():
        for target in targets.values() if offer.takes_target else [None]:
            known = {n: v for n, v in LINE.items() if n in offer.arguments}
            body = {"target": subject_key(target) if target is not None else None, "arguments": known}
            cache.clear()
            with transaction.atomic():
                client.post(
                    f"/api/actions/{key}", json.dumps(body), content_type="application/json",
                    headers={"Authorization": f"Bearer {token.secret}"},
                )  # fmt: skip
                assert lines() <= before, key
                transaction.set_rollback(True)
    assert len(before) == 2


def test_what_makes_a_line_is_no_door_of_a_person(county) -> None:
    makers = {"follow_entry"}
    assert not {key.split(".")[1] for key in offers() if key.startswith("fines.")} & makers
