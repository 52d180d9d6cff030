"""The error that carries refusals from a rule to whichever door asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from dayu.law.citations import Citation
from dayu.law.refusals import Refusal, Verdict


class Refused(Exception):
    """An act was refused. `refusals` are shown to the person, each with its article and the way out."""

    def __init__(self, refusals: Sequence[Refusal] | Verdict):
        self.refusals: tuple[Refusal, ...] = (
            refusals.refusals if isinstance(refusals, Verdict) else tuple(refusals)
        )
        super().__init__("; ".join(r.rule for r in self.refusals))


class Conflict(Exception):
    """The record changed since the writer read it: a second tab or person was quicker. Nothing was written."""

    def __init__(self, subject: str, seen: int, present: int):
        self.subject, self.seen, self.present = subject, seen, present
        super().__init__(f"{subject}: version {seen} was read, {present} is present")


def refuse_now(rule: str, *basis: Citation, remedy: str = "", **params: object) -> NoReturn:
    """Raise `Refused` with one refusal."""
    raise Refused((Refusal(rule, params, basis, remedy),))


def require(verdict: Verdict) -> None:
    """Raise `Refused` unless `verdict` allows."""
    if not verdict.allowed:
        raise Refused(verdict)
