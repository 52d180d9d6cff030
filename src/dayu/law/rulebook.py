"""Where the rulebook lies and how its TOML files are read. Files are read once; nothing here knows the day."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


class RulebookError(ValueError):
    """The rulebook contradicts itself or names something unknown. The message says which file or rule."""


@cache
def rulebook_root() -> Path:
    """The folder of the rulebook: in the wheel beside the package, in a checkout at the top of the tree."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "rulebook_files", package.parent.parent / "rulebook"):
        if folder.is_dir():
            return folder
    raise RulebookError("the rulebook folder is missing; reinstall dayu")


def load_toml(name: str) -> dict[str, Any]:
    """One file of the rulebook, e.g. `laws.toml`."""
    path = rulebook_root() / name
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise RulebookError(f"rulebook/{name} is missing") from None
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"rulebook/{name}: {error}") from error


def load_folder(name: str) -> dict[str, dict[str, Any]]:
    """All TOML files below a folder of the rulebook, file name without ending -> content, in name order."""
    folder = rulebook_root() / name
    return {p.relative_to(folder).with_suffix("").as_posix(): load_toml(p.relative_to(rulebook_root()).as_posix())
            for p in sorted(folder.rglob("*.toml"))}
