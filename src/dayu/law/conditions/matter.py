"""Conditions made of literals: what must have happened, what a paper states, what a person answered, which limit runs.

Procedures beside the ordinary one are mostly such conditions. Each says itself how it refuses, so that the lawbook can
print it; a condition that needs thought is a named function in another module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dayu.law.citations import Citation
from dayu.law.journal import later
from dayu.law.refusals import ALLOWED, Refusal, Verdict
from dayu.law.running_limits import LimitRule, due
from dayu.law.situation import Situation
from dayu.law.words import Term


@dataclass(frozen=True, slots=True)
class Happened:
    """One of these entries is there, later than any of `since`."""

    kinds: tuple[str, ...]
    basis: Citation
    remedy: str = ""
    since: tuple[str, ...] = ()

    def __call__(self, s: Situation, party: str | None) -> Verdict:
        """Refused until it happened."""
        found = s.journal.last_of(self.kinds, party)
        if found is not None and later(found, s.journal.last_of(self.since, party)):
            return ALLOWED
        return Verdict(self.refusals())

    def refusals(self) -> tuple[Refusal, ...]:
        """How it refuses."""
        what = tuple(Term("entries", kind) for kind in self.kinds)
        return (Refusal("matter.not_yet", {"what": what}, (self.basis,), self.remedy),)


@dataclass(frozen=True, slots=True)
class NotHappened:
    """None of these entries is there, or only from before `since`."""

    kinds: tuple[str, ...]
    basis: Citation
    since: tuple[str, ...] = ()
    remedy: str = ""

    def __call__(self, s: Situation, party: str | None) -> Verdict:
        """Refused once it happened."""
        found = s.journal.last_of(self.kinds, party)
        if found is None or (self.since and not later(found, s.journal.last_of(self.since, party))):
            return ALLOWED
        words = {"what": Term("entries", found.kind), "on": found.on}
        return Verdict((Refusal("matter.already", words, (self.basis,), self.remedy),))

    def refusals(self) -> tuple[Refusal, ...]:
        """How it refuses."""
        what = tuple(Term("entries", kind) for kind in self.kinds)
        return (Refusal("matter.already", {"what": what, "on": "……"}, (self.basis,), self.remedy),)


@dataclass(frozen=True, slots=True)
class Stated:
    """The paper of this act states these particulars. Who only asks whether the act is open need not name them."""

    keys: tuple[str, ...]
    basis: Citation

    def __call__(self, s: Situation, party: str | None) -> Verdict:
        """Refused with all that is missing at once."""
        if not s.proposal:
            return ALLOWED
        missing = tuple(key for key in self.keys if not _filled(s.proposal.get(key)))
        return Verdict((self._refusal(missing),)) if missing else ALLOWED

    def _refusal(self, missing: tuple[str, ...]) -> Refusal:
        return Refusal("matter.particular_missing", {"what": tuple(Term("particulars", k) for k in missing)}, (self.basis,))

    def refusals(self) -> tuple[Refusal, ...]:
        """How it refuses."""
        return (self._refusal(self.keys),)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A particular is one of a closed list: grounds are not added by analogy."""

    key: str
    choices: tuple[str, ...]
    basis: Citation

    def __call__(self, s: Situation, party: str | None) -> Verdict:
        """Refused where something else, or nothing, is named."""
        if not s.proposal or s.proposal.get(self.key) in self.choices:
            return ALLOWED
        return Verdict(self.refusals())

    def refusals(self) -> tuple[Refusal, ...]:
        """How it refuses."""
        listed = tuple(Term("choices", choice) for choice in self.choices)
        words = {"what": Term("particulars", self.key), "choices": listed}
        return (Refusal("matter.not_listed", words, (self.basis,)),)


@dataclass(frozen=True, slots=True)
class Answered:
    """A person answered these questions with yes (or, with `no`, with no), each with a reason."""

    questions: tuple[str, ...]
    basis: Citation
    wanted: bool = True

    def __call__(self, s: Situation, party: str | None) -> Verdict:
        """Refused for every question that is open or answered the other way."""
        return Verdict(tuple(r for question in self.questions for r in self._asked(s, question)))

    def _asked(self, s: Situation, question: str) -> tuple[Refusal, ...]:
        answer = s.answers.get(question)
        words = {"question": Term("questions", question)}
        if answer is None or answer.value is None or not answer.reason.strip():
            return (Refusal("matter.question_open", words, (self.basis,)),)
        if answer.value is self.wanted:
            return ()
        rule = "matter.question_no" if self.wanted else "matter.question_yes"
        return (Refusal(rule, {**words, "reason": answer.reason}, (self.basis,)),)

    def refusals(self) -> tuple[Refusal, ...]:
        """How it refuses."""
        rule = "matter.question_no" if self.wanted else "matter.question_yes"
        return tuple(
            Refusal(rule, {"question": Term("questions", question), "reason": "……"}, (self.basis,))
            for question in self.questions
        )


@dataclass(frozen=True, slots=True)
class Within:
    """The limit still runs (its last day included); where it never started there is nothing to miss."""

    limit: LimitRule
    basis: Citation
    unless: str = ""  # a particular that excuses lateness (正当理由)

    def __call__(self, s: Situation, party: str | None) -> Verdict:
        """Refused from the day after the last day."""
        until = due(self.limit, s, party)
        if until is None or s.today <= until or (self.unless and _filled(s.proposal.get(self.unless))):
            return ALLOWED
        return Verdict((self._refusal(until),))

    def _refusal(self, until: date | str) -> Refusal:
        return Refusal("matter.too_late", {"limit": Term("limits", self.limit.key), "until": until}, (self.basis,))

    def refusals(self) -> tuple[Refusal, ...]:
        """How it refuses."""
        return (self._refusal("……"),)


@dataclass(frozen=True, slots=True)
class Over:
    """The limit has run out. Where it never started the act is refused as well."""

    limit: LimitRule
    basis: Citation
    remedy: str = ""

    def __call__(self, s: Situation, party: str | None) -> Verdict:
        """Refused until the day after the last day."""
        until = due(self.limit, s, party)
        if until is not None and s.today > until:
            return ALLOWED
        return Verdict((self._refusal(until or "—"),))

    def _refusal(self, until: date | str) -> Refusal:
        words = {"limit": Term("limits", self.limit.key), "until": until}
        return Refusal("matter.too_early", words, (self.basis,), self.remedy)

    def refusals(self) -> tuple[Refusal, ...]:
        """How it refuses."""
        return (self._refusal("……"),)


@dataclass(frozen=True, slots=True)
class Open:
    """The matter has not ended by any of these entries: what every procedure asks `always`."""

    ends: tuple[str, ...]
    basis: Citation

    def __call__(self, s: Situation, party: str | None) -> Verdict:
        """Refused once it ended."""
        ended = s.journal.last_of(self.ends)
        if ended is None:
            return ALLOWED
        words = {"how": Term("entries", ended.kind), "on": ended.on}
        return Verdict((Refusal("matter.ended", words, (self.basis,)),))

    def refusals(self) -> tuple[Refusal, ...]:
        """How it refuses."""
        how = tuple(Term("entries", kind) for kind in self.ends)
        return (Refusal("matter.ended", {"how": how, "on": "……"}, (self.basis,)),)


def _filled(value: object) -> bool:
    return value is not None and value is not False and str(value).strip() != "" and value != ()
