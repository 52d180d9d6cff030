"""From the rulebook's catalogue of violations to enforcement items: name, department, basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dayu.law.citations import Citation
from dayu.law.violations import Violation, violation, violation_keys

# Words of the statute's "authority" that tell whose matter it is, in the order in which they decide.
_DEPARTMENT_WORDS = [
    ("不是水行政主管部门", "government"),
    ("地方水行政部门无权", "basin"),
    ("水行政", "water"),
    ("河道主管机关", "water"),
    ("水务", "water"),
    ("大坝主管", "water"),
    ("流域管理机构", "basin"),
    ("生态环境", "ecology"),
    ("自然资源", "natural_resources"),
    ("供水", "housing"),
    ("经济综合", "development"),
    ("人民政府", "government"),
]


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """What the rulebook says about one violation, in the form of an item."""

    key: str
    name: str
    matter: str
    department: str
    basis: str
    citations: tuple[Citation, ...]


def entries_on(day: date) -> Iterator[CatalogueEntry]:
    """The violations for which some version is or was in force by a day, each as an item."""
    for key in violation_keys():
        known = violation(key)
        version = known.version_on(day)
        if version is None:
            continue
        yield CatalogueEntry(
            key,
            known.name,
            known.subject,
            department_of(known),
            "、".join(c.text() for c in version.citations),
            version.citations,
        )


def department_of(known: Violation) -> str:
    """Whose matter a violation is."""
    return next((d for word, d in _DEPARTMENT_WORDS if word in known.authority), "other")
