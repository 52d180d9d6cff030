"""What an article says about fines, read from its words: range, unit, party, 可以 or not, and under which circumstances.

`fines_in(text)` is a second reading of the law, independent of the rulebook: the tests compare the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dayu.law.tests.statute_texts import arabic_number

_FIGURE = r"(?:\d+(?:\.\d+)?[千万亿]?|[零〇一二三四五六七八九十百千万]+)"
_RANGE = rf"(?:(?P<low>{_FIGURE})(?P<low_unit>元|倍)以上)?(?P<high>{_FIGURE})(?P<unit>元|倍)以下"
_FINE = re.compile(rf"处(?P<base>[^，；。、处]*?)(?P<square>每平方米|每立方米)?{_RANGE}的?罚款")
_BASES = {
    "货值金额": "multiple_of_value",
    "违法所得": "multiple_of_illegal_gain",
    "水资源费": "multiple_of_fee",
    "补偿费": "multiple_of_fee",
}
_CIRCUMSTANCES = (
    (r"情节严重或者在禁采区、禁采期", "serious_or_closed"),
    (r"情节严重的", "serious"),
    (r"^造成水土流失的", "erosion_caused"),
    (r"影响[行防]洪但尚可采取补救措施", "remediable_impact"),
    (r"没有违法所得的", "no_illegal_gain"),
    (r"在禁采期内", "prohibited_period"),
    (r"拒不改正的", "order_unmet"),
    (r"其中，在地下水禁止开采区、限制开采区", "groundwater_restricted_zone"),
    (r"货值金额不足10万元的", "value_under_100k"),
)
# A circumstance of one fine that says by contrast when the fine just before it applies.
_CONTRAST = {"value_under_100k": "value_at_least_100k", "no_illegal_gain": "with_illegal_gain"}


@dataclass(frozen=True, slots=True)
class ReadFine:
    """One fine as an article's words give it."""

    basis: str
    low: Decimal
    high: Decimal
    optional: bool
    party: str = "any"
    when: frozenset[str] = field(default_factory=frozenset)


def yuan(figure: str) -> Decimal:
    """5000, 2万, 五万, 一百万 and 二十 as numbers."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([千万亿]?)", figure)
    if found:
        return Decimal(found[1]) * {"": 1, "千": 1_000, "万": 10_000, "亿": 100_000_000}[found[2]]
    myriads, separator, rest = figure.rpartition("万")
    return Decimal(arabic_number(myriads) * 10_000 + arabic_number(rest) if separator else arabic_number(figure))


def fines_in(text: str) -> tuple[ReadFine, ...]:
    """All fines with figures, in the order in which the text names them. Items (（一）…) do not carry fines."""
    lead = "".join(line for line in text.splitlines() if not re.match(r"[（(][一二三四五六七八九十]+[）)]", line))
    found: list[ReadFine] = []
    overdue = 0
    for clause in re.split(r"[；。;]", lead):
        # 「…；逾期不…的，处」 is a gate. 「限期拆除，逾期不拆除的，强制拆除，…，处」 in one breath is none.
        overdue = overdue + 1 if clause.startswith("逾期") else 0
        for match in _FINE.finditer(clause):
            one = _read(clause, match, overdue)
            for later, earlier in _CONTRAST.items():
                if later in one.when and found:
                    found[-1] = replace(found[-1], when=found[-1].when | {earlier})
            found.append(one)
    return tuple(found)


def _read(clause: str, match: re.Match[str], overdue: int) -> ReadFine:
    before = clause[: match.start()]
    phrase = re.split(r"[，]", before)[-1]
    basis = _basis(match)
    low = yuan(match["low"]) if match["low"] else Decimal(0)
    when = {name for pattern, name in _CIRCUMSTANCES if re.search(pattern, before)}
    when -= {"serious"} if "serious_or_closed" in when else set()
    if overdue:
        when.add("order_unmet_twice" if overdue > 1 else "order_unmet")
    parties = re.findall(r"对(单位|个人)", phrase.rpartition("、")[2] if "、对" in phrase else phrase)
    party = {"单位": "organisation", "个人": "citizen"}[parties[-1]] if parties else "any"
    # 可以对单位处…、对个人处…: one 可以 for both.
    optional = "可以" in phrase
    return ReadFine(basis, low, yuan(match["high"]), optional, party, frozenset(when))


def _basis(match: re.Match[str]) -> str:
    if match["square"]:
        return {"每平方米": "per_m2", "每立方米": "per_m3"}[match["square"]]
    if match["unit"] == "元":
        return "fixed"
    return next((basis for word, basis in _BASES.items() if word in match["base"]), "unknown multiple")
