"""The fine inside its range, what similar cases came to, and what changed between notice and draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from dayu.cases.views.steps import language
from dayu.core.ui import parts
from dayu.core.ui.words import amount, short_amount
from dayu.law.assess import Assessment
from dayu.law.benchmarks import Tier
from dayu.law.citations import Citation
from dayu.law.party_kinds import party_kind
from dayu.law.rulebook import RulebookError
from dayu.law.situation import Bounds, Draft
from dayu.law.wording import factor_lines, question_text, step_text
from dayu.law.words import has_word, word


@dataclass(frozen=True, slots=True)
class RangeView:
    """What the page shows about the amount: the drawing, its words, and what a person still has to say."""

    drawing: parts.FineRange | None
    caption: str
    tier: str
    suggestion: str
    basis: Sequence[Any]
    questions: Sequence[tuple[str, str]]
    similar: int
    middle: Decimal | None
    known: bool
    unconfirmed: bool = False


def range_view(
    found: Assessment | None,
    bounds: Bounds,
    *,
    draft: Draft | None,
    draft_name: str,
    notified: Decimal | None,
    similar: Sequence[Decimal],
    side: str,
) -> RangeView:
    """The range as the rules and persons fixed it, with this amount, the notified one and similar cases."""
    low, high = bounds.min_yuan, bounds.max_yuan
    tier = found.tier if found else None
    drawing = None
    if bounds.known and low is not None and high is not None and high > low:
        drawing = parts.FineRange(
            low, high, _tiers(found, side), draft.amount_yuan if draft else None, draft_name, notified, similar
        )
    middle = Decimal(median(similar)) if similar else None
    unconfirmed = bool(found and found.benchmark and (not found.benchmark.confirmed or (tier and tier.unverified)))
    return RangeView(
        drawing=drawing,
        caption=_caption(found, bounds),
        tier=(tier.tier or "") if tier else "",
        suggestion=_suggestion(bounds),
        basis=_basis(found, bounds),
        questions=questions_of(found),
        similar=len(similar),
        middle=middle,
        known=bounds.known,
        unconfirmed=unconfirmed,
    )


def _tiers(found: Assessment | None, side: str) -> list[parts.Tier]:
    """The tiers that have both ends, in the order of their amounts."""
    if found is None or found.benchmark is None or found.tier is None:
        return []
    base = Decimal(1)
    if found.benchmark.rate_fact:
        value = found.told.facts.get(found.benchmark.rate_fact)
        if not isinstance(value, Decimal):
            return []
        base = value
    shown = [(t, _ends(t, side)) for t in found.benchmark.tiers if not t.no_fine]
    rows = [
        parts.Tier(t.name, ends[0] * base, ends[1] * base, here=t.name == found.tier.tier)
        for t, ends in shown
        if ends[0] is not None and ends[1] is not None
    ]
    return sorted(rows, key=lambda r: r.low)


def _ends(tier: Tier, side: str) -> tuple[Decimal | None, Decimal | None]:
    return tier.citizen if side == "citizen" else tier.organisation


def _caption(found: Assessment | None, bounds: Bounds) -> str:
    if not bounds.known or bounds.min_yuan is None or bounds.max_yuan is None:
        return ""
    said = [
        _("底条为法定幅度 %(low)s 至 %(high)s")
        % {"low": short_amount(bounds.min_yuan), "high": short_amount(bounds.max_yuan)}
    ]
    if bounds.optional:
        said.append(_("可以处罚款，也可以不处"))
    if found is not None and found.benchmark is not None and found.tier is not None and found.tier.tier:
        factors = {n: found.told.facts[n] for n in found.benchmark.factors if n in found.told.facts}
        why = "；".join(factor_lines(factors, language=language()))
        said.append(
            _("蓝色为本案适用的“%(tier)s”档：%(why)s")
            % {"tier": found.tier.tier, "why": why or found.benchmark.document}
        )
    return "；".join(said) + "。"


def _suggestion(bounds: Bounds) -> str:
    low, high = bounds.tier_min_yuan, bounds.tier_max_yuan
    if low is None or high is None:
        return ""
    words = {"low": short_amount(low), "high": short_amount(high)}
    return _("系统建议 %(low)s 至 %(high)s，待你决定") % words


def _basis(found: Assessment | None, bounds: Bounds) -> list[Any]:
    shown: list[Any] = [bounds.basis] if bounds.basis else []
    if found is not None and found.version is not None:
        shown += list(found.version.citations)[:3]
    if found is not None and found.benchmark is not None:
        shown.append(
            parts.Basis(found.benchmark.document, confirmation="V" if found.benchmark.confirmed else "U")
        )
    kept: dict[str, Any] = {}
    for basis in shown:
        text = basis if isinstance(basis, str) else basis.text if isinstance(basis, parts.Basis) else basis.text()
        kept.setdefault(text.replace(" ", ""), basis)
    return list(kept.values())


def questions_of(found: Assessment | None) -> list[tuple[str, str]]:
    """What the input cannot tell: key and question, for a person to answer."""
    if found is None:
        return []
    return [(name, _question(name)) for name in found.questions]


def _question(name: str) -> str:
    """A question without words of its own is shown by its key rather than hiding the whole page."""
    try:
        return question_text(name, language=language())
    except RulebookError:
        return name


def trace_lines(found: Assessment | None) -> list[tuple[str, Sequence[Citation]]]:
    """Each step of the reasoning in words, with its articles."""
    if found is None:
        return []
    return [(step_text(step, language=language()), tuple(step.basis)) for step in found.trace]


def side_of(kind: str, facts: Mapping[str, Any]) -> str:
    """On which side of 公民 / 单位 the party stands for amounts."""
    return party_kind(kind).class_for_range(facts) or "organisation"


# -- notice against draft ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One line of the comparison; `worse` where the law forbids it or asks for a new notice."""

    name: str
    told: str
    now: str
    change: str
    worse: bool = False
    same: bool = False


def compare(
    told: Mapping[str, Any] | None, draft: Draft | None, *, orders: Sequence[str], fact_texts: Mapping[str, str]
) -> list[CompareRow]:
    """The notice that was given against the draft as it stands, line by line."""
    if told is None or draft is None:
        return []
    rows = [_money_row(_("罚款"), told.get("amount_yuan"), draft.amount_yuan or Decimal(0))]
    if Decimal(str(told.get("confiscated_yuan") or 0)) or draft.confiscated_yuan:
        rows.append(_money_row(_("没收"), told.get("confiscated_yuan"), draft.confiscated_yuan))
    kinds_told, kinds_now = frozenset(told.get("kinds", ())), draft.kinds
    rows.append(_set_row(_("处罚种类"), kinds_told, kinds_now, _kind_name))
    facts_told = frozenset(told.get("facts", ()))
    rows.append(_set_row(_("事实"), facts_told, draft.facts, lambda k: fact_texts.get(k, k)))
    rows.append(_set_row(_("依据"), frozenset(told.get("basis", ())), draft.basis, str))
    had, has = bool(told.get("includes_order")), bool(orders)
    rows.append(
        CompareRow(
            _("责令"), _("有") if had else _("无"), _("有") if has else _("无"),
            _("相同") if had == has else _("增加") if has else _("减少"), same=had == has,
        )
    )  # fmt: skip
    return rows


def _money_row(name: str, told: Any, now: Decimal) -> CompareRow:
    before = Decimal(str(told or 0))
    change = _("相同") if now == before else _("加重") if now > before else _("减轻")
    return CompareRow(
        name, f"{amount(before)} {_('元')}", f"{amount(now)} {_('元')}", change, worse=now > before, same=now == before
    )


def _set_row(name: str, told: frozenset[str], now: frozenset[str], words: Any) -> CompareRow:
    added, gone = sorted(now - told), sorted(told - now)
    if not added and not gone:
        text = _("%(n)s 项") % {"n": len(now)} if len(now) != 1 else words(next(iter(now)))
        return CompareRow(name, text, text, _("相同"), same=True)
    said = []
    if added:
        said.append(_("增加：%(what)s") % {"what": "、".join(map(words, added))})
    if gone:
        said.append(_("不再列：%(what)s") % {"what": "、".join(map(words, gone))})
    before = "、".join(words(k) for k in sorted(told)) or "—"
    after = "、".join(words(k) for k in sorted(now)) or "—"
    return CompareRow(name, before, after, "；".join(said), worse=bool(added))


def _kind_name(kind: str) -> str:
    return word("penalty_kinds", kind, language()) if has_word("penalty_kinds", kind) else kind


def kinds_in_words(kinds: Sequence[str]) -> str:
    """罚款、没收违法所得."""
    return "、".join(_kind_name(k) for k in kinds)
