"""Gather, check and compile the message catalogues with Babel. Simplified Chinese is the source, English is complete.

usage: python tools/translations.py [--compile-only | --check]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "dayu" / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
TEMPLATE = ROOT / "var" / "django.pot"
MAPPING = ROOT / "tools" / "babel.cfg"


def gather() -> None:
    """Collect every text of the source into a template and bring the English catalogue up to it."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    run = [str(Path(sys.executable).parent / "pybabel"), "-q"]
    subprocess.run(
        [*run, "extract", "-F", str(MAPPING), "-k", "_", "-k", "gettext_lazy", "-k", "pgettext:1c,2", "-k", "ngettext:1,2",
         "--no-location", "--sort-output", "--omit-header", "-o", str(TEMPLATE), "src/dayu"],
        cwd=ROOT, check=True,
    )
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    verb = ["update", "--no-fuzzy-matching", "--ignore-obsolete"] if ENGLISH.exists() else ["init"]
    subprocess.run(
        [*run, *verb, "-i", str(TEMPLATE), "-d", str(LOCALE), "-D", "django", "-l", "en"], cwd=ROOT, check=True
    )


def missing() -> list[str]:
    """Source texts that have no English yet."""
    with ENGLISH.open("rb") as stream:
        catalogue = read_po(stream, locale="en")
    return [str(m.id) for m in catalogue if m.id and not (m.string if isinstance(m.string, str) else all(m.string))]


def compile_all() -> None:
    """Write the binary catalogues that Django reads."""
    for source in LOCALE.rglob("*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream, target.open("wb") as out:
            write_mo(out, read_po(stream))


def main(arguments: list[str]) -> int:
    """Gather unless told to compile only; `--check` fails where English is missing."""
    if "--compile-only" not in arguments:
        gather()
    compile_all()
    if "--check" in arguments and (left := missing()):
        print(f"{len(left)} texts without English, for example: {left[:5]}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
