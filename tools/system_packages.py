"""Install the system packages that a target wants, where there are rights to do so; else say plainly what is missing.

usage: python tools/system_packages.py fonts [chromium] [postgresql] [poppler] [libreoffice]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def has_cjk_fonts() -> bool:
    """Noto CJK, by file: fontconfig itself may be missing."""
    folders = (Path("/usr/share/fonts"), Path.home() / ".fonts", Path.home() / ".local/share/fonts")
    return any(next(f.rglob("NotoS*CJK*"), None) for f in folders if f.is_dir())


def has_postgresql() -> bool:
    """The server's own programs, not only the client."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") is not None


WANTED: dict[str, tuple[Callable[[], bool], list[str], str]] = {
    "fonts": (has_cjk_fonts, ["fonts-noto-cjk"], "official documents cannot be printed without Chinese fonts"),
    "chromium": (lambda: shutil.which("chromium") is not None, ["chromium"], "browser tests need Chromium"),
    "postgresql": (has_postgresql, ["postgresql"], "tests on PostgreSQL need its server"),
    "libreoffice": (
        lambda: shutil.which("soffice") is not None, ["libreoffice-writer-nogui"], "the bench of papers measures beside LibreOffice"
    ),
    "poppler": (lambda: shutil.which("pdftotext") is not None, ["poppler-utils"], "tests read PDF text with poppler"),
}


def main(names: list[str]) -> int:
    """Install what is missing; a missing package is a message here and an error where it is used."""
    missing = [name for name in names if not WANTED[name][0]()]
    if not missing:
        return 0
    packages = [package for name in missing for package in WANTED[name][1]]
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not prefix or shutil.which("sudo")):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        print(f"installing {' '.join(packages)}", flush=True)
        subprocess.run([*prefix, "apt-get", "update", "-qq"], env=environment, check=False)
        subprocess.run(
            [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
            env=environment,
            check=False,
            stdout=subprocess.DEVNULL,
        )
    for name in missing:
        if not WANTED[name][0]():
            print(f"not installed: {' '.join(WANTED[name][1])} ({WANTED[name][2]}). Install it by hand.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
