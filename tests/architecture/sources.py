"""The source files that the house rules look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "dayu"


def modules(*, with_tests: bool = False) -> Iterator[tuple[Path, ast.Module]]:
    """Each Python file of the package with its syntax tree; migrations left out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        if "migrations" in parts or (not with_tests and "tests" in parts):
            continue
        yield path, ast.parse(path.read_text("utf-8"))


def domain_of(path: Path) -> str:
    """The first folder below the package."""
    return path.relative_to(PACKAGE).parts[0]


def name(path: Path) -> str:
    """How a finding names a file."""
    return path.relative_to(ROOT).as_posix()
