"""Remedies: the page behind the act that leads out of a refusal. A refusal names the act, its domain says where it is done.

    offer_remedy("leads.register_lead", label=_("登记线索"), address="leads:new")      # in the domain's apps.py
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a person calls the act, and the name of its page."""

    label: str | Promise
    address: str


_offered: dict[str, Remedy] = {}


def offer_remedy(act: str, *, label: str | Promise, address: str) -> None:
    """Say where an act that leads out of refusals is done. The page must need no arguments."""
    _offered[act] = Remedy(label, address)


def remedy_of(act: str, values: Mapping[str, str] | None = None) -> tuple[str, str]:
    """The words and the address of a remedy, with what is known already filled in; empty where no page is known."""
    known = _offered.get(act)
    if known is None:
        return "", ""
    try:
        return str(known.label), reverse(known.address) + (f"?{urlencode(values)}" if values else "")
    except NoReverseMatch:
        return "", ""
