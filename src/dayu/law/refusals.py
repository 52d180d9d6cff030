"""Refusals: why an act may not be done now, which article says so, and what leads out.

The pure packages return rule id, parameters and basis. The words stand in `rulebook/refusals/*.toml`, in Chinese and
English, so that a lawyer can read them; `worded` joins the two for a door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from dayu.law.citations import Citation
from dayu.law.rulebook import RulebookError, load_folder
from dayu.law.words import shown


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why an act is not allowed. `remedy` names the act that leads out, where there is one.

    `values` are arguments of the remedy that are known already: pages fill them in, programs may pass them on.
    """

    rule: str
    params: Mapping[str, Any] = field(default_factory=dict)
    basis: tuple[Citation, ...] = ()
    remedy: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """`{rule, reason, fix, basis, remedy}` for receipts, the API, the audit log and the command line.

        `remedy_values` is there too where the way out is prefilled.
        """
        words = worded(self, language)
        prefilled = {"remedy_values": dict(self.values)} if self.values else {}
        return {
            "rule": self.rule,
            "reason": words.reason,
            "fix": words.fix,
            "basis": [c.text() for c in self.basis],
            "remedy": self.remedy,
            **prefilled,
        }


@dataclass(frozen=True, slots=True)
class Worded:
    """A refusal in words: what is wrong, and what to do."""

    reason: str
    fix: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may this be done now?": allowed exactly when nothing refuses."""

    refusals: tuple[Refusal, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against the act."""
        return not self.refusals

    def __and__(self, other: Verdict) -> Verdict:
        return Verdict(self.refusals + other.refusals)


ALLOWED = Verdict()


def refuse(rule: str, *basis: Citation, remedy: str = "", **params: Any) -> Verdict:
    """A verdict with one refusal."""
    return Verdict((Refusal(rule, params, basis, remedy),))


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """All refusals of all verdicts: the reader gets the whole to-do list at once."""
    return Verdict(tuple(r for v in verdicts for r in v.refusals))


@cache
def wordings() -> Mapping[str, Mapping[str, str]]:
    """Rule id -> `{zh, en, fix_zh, fix_en}` of all files of `rulebook/refusals/`."""
    found: dict[str, Mapping[str, str]] = {}
    for name, rules in load_folder("refusals").items():
        for rule, words in rules.items():
            if rule in found:
                raise RulebookError(f"rulebook/refusals/{name}.toml words {rule} a second time")
            if not {"zh", "en", "fix_zh", "fix_en"} >= set(words) or not words.get("zh") or not words.get("en"):
                raise RulebookError(f"rulebook/refusals/{name}.toml: {rule} needs zh and en")
            found[rule] = words
    return found


def worded(refusal: Refusal, language: str = "zh") -> Worded:
    """The refusal in `language` (`zh` or `en`), its parameters filled in."""
    try:
        words = wordings()[refusal.rule]
    except KeyError:
        raise RulebookError(f"no words for refusal {refusal.rule!r} in rulebook/refusals/") from None
    suffix = "en" if language.startswith("en") else "zh"
    params = {k: shown(v, suffix) for k, v in refusal.params.items()}
    return Worded(words[suffix].format_map(params), words.get(f"fix_{suffix}", "").format_map(params))
