"""Chapter: what territories may set, in which direction they may tighten it, and what they have set."""

from __future__ import annotations

from dayu.law.lawbook.markdown import CONFIRMATION_WORDS, period, table
from dayu.law.territories import Declaration, Value, declarations, published_profiles

FILE = "parameters.md"
TITLE = "地区参数"
DIRECTIONS = {"lower": "只可更短（更少）", "higher": "只可更长（更多）", "free": "自行设定"}


def render() -> str:
    """The parameters, then every value of every territory."""
    profiles = published_profiles()
    parts = [
        "按全国、省、市、县逐级确定，取最低一级的设定；下级可以从严，不得放宽。没有设定的沿用上级。",
        table(
            ("参数", "键", "下级", "说明"),
            [(d.name, f"`{key}`", DIRECTIONS[d.tighter], d.explanation) for key, d in declarations().items()],
        ),
    ]
    for code in sorted(profiles):
        profile = profiles[code]
        parts.append(f"## {profile.name}（{code}）{'（示例，虚构）' if profile.demonstration else ''}")
        parts.append(
            table(
                ("参数", "值", "条款", "有效", "确认"),
                [
                    (
                        declarations()[e.key].name,
                        _value(declarations()[e.key], e.value),
                        e.clause,
                        period(e.valid_from, e.valid_until),
                        CONFIRMATION_WORDS[e.confirmation],
                    )
                    for e in profile.entries
                ],
            )
        )
    return "\n\n".join(parts)


def _value(declared: Declaration, value: Value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    text = "、".join(str(v) for v in value) if isinstance(value, tuple) else str(value)
    return f"{text}{declared.unit}"
