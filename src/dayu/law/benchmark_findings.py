"""What the linter of benchmarks says: one finding, with the exact value, in words of `rulebook/refusals/discretion.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from dayu.law.citations import Citation, cite
from dayu.law.fact_conditions import FactValue, fact_kinds, shown_value
from dayu.law.receipts import plain
from dayu.law.refusals import Refusal, worded

FAULT = "fault"  # must be repaired, or explained by the source
REMARK = "remark"  # a reader should know it


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `at` is where, exactly, and names it in an exemption; `example` are answers that show it.

    `whole` is the example with an answer to every fact, so that whoever doubts it can put it to the benchmark.
    """

    rule: str
    at: str
    at_en: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)
    example: Mapping[str, FactValue] = field(default_factory=dict)
    whole: Mapping[str, FactValue] = field(default_factory=dict)
    value: Decimal | None = None
    severity: str = FAULT
    basis: tuple[Citation, ...] = ()

    def refusal(self, language: str = "zh") -> Refusal:
        """As a refusal of the act that would issue the benchmark."""
        english = language.startswith("en")
        values = [self.value] if self.value is not None else []
        shown = [
            shown_value(n, v, language=language) for n, v in self.example.items() if fact_kinds()[n].kind == "number"
        ]
        told = (", " if english else "，").join([*shown, *(f"{v:,f}" for v in values)])
        like = "" if not told else f" (e.g. {told})" if english else f"（如 {told}）"
        at = (self.at_en or self.at) if english else self.at
        return Refusal(self.rule, {**self.names, "at": at, "like": like}, self.basis or basis())

    def text(self, language: str = "zh") -> str:
        """In words, with the exact value."""
        return worded(self.refusal(language), language).reason

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """For the command line and the API."""
        found: dict[str, Any] = {"rule": self.rule, "at": self.at, "text": self.text(language)}
        if self.example:
            found["example"] = plain(self.example)
        if self.value is not None:
            found["value"] = plain(self.value)
        return found


def found(rule: str, *, at: str, severity: str = FAULT, value: Decimal | None = None, **names: str) -> Finding:
    """A finding that reads alike in both languages but for its words."""
    return Finding(rule, at, at, names, value=value, severity=severity)


@cache
def basis() -> tuple[Citation, ...]:
    """行政处罚法第三十四条: benchmarks standardise discretion, within the law."""
    return (cite("penalty-law", 34, anchor="规范行使行政处罚裁量权"),)
