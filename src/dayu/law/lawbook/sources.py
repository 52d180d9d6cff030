"""Chapter: the laws that the rulebook cites, their editions and their lives."""

from __future__ import annotations

from dayu.law.citations import laws
from dayu.law.lawbook.markdown import bullets, period, table

FILE = "sources.md"
TITLE = "依据目录"
LEVELS = {
    "law": "法律",
    "administrative-regulation": "行政法规",
    "ministry-rule": "部门规章",
    "local-regulation": "地方性法规",
    "local-rule": "地方政府规章",
    "interpretation": "司法解释",
    "policy": "规范性文件",
}


def render() -> str:
    """All laws by level, each edition with the days between which it is in force."""
    rows = [
        (
            row.name,
            LEVELS.get(row.level, row.level),
            edition.edition,
            period(edition.in_force_from, edition.in_force_until),
        )
        for row in sorted(
            laws().values(), key=lambda one: (list(LEVELS).index(one.level) if one.level in LEVELS else 99, one.key)
        )
        for edition in row.editions
    ]
    remarks = [f"{row.name}：{row.remark}。" for row in laws().values() if row.remark]
    head = "规则引用的法律、法规、规章和文件，及各版本的施行期间。"
    return "\n\n".join((head, table(("名称", "层级", "版本", "施行"), rows), bullets(remarks)))
