"""Run all checks: style, types, import order, catalogues, then tests on SQLite, on PostgreSQL and in the browser.

usage: python tools/run_tests.py [--only-checks] [--soak]
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from postgres_cluster import cluster

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [str(BIN / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", "--durations=25"]

# PostgreSQL sees a fixed fourth of what SQLite sees in full; `make soak` runs the rest of it there too.
SAMPLE = 4
WITHOUT_DATABASE = ("src/dayu/law", "src/dayu/geo", "src/dayu/proof", "src/dayu/paper", "tests/architecture")

CHECKS = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "import order": [str(BIN / "lint-imports"), "--no-cache"],
    "types": [str(BIN / "mypy")],
    "migrations": [str(BIN / "python"), "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [str(BIN / "python"), "tools/translations.py", "--check"],
    "requirement page": [str(BIN / "python"), "tools/requirements_page.py", "--check"],
}


def run(name: str, command: list[str], **variables: str) -> bool:
    """One step; its time is printed, a failure does not hide the steps behind it."""
    print(f"── {name}", flush=True)
    started = time.monotonic()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "dayu.config.settings_test",
        **variables,
    }
    passed = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0
    print(f"   {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s", flush=True)
    return passed


def tests(*, soak: bool) -> dict[str, bool]:
    """All tests but the long ones on SQLite, a fixed share of them on PostgreSQL, and those of the browser.

    Soaking is the long ones on both databases, and on PostgreSQL every other test too.
    """
    which, where = ("soak", "not browser") if soak else ("not soak", "not soak and not browser")
    results = {"SQLite": run("tests on SQLite", [*PYTEST, "-m", f"{which} and not browser and not postgresql"])}
    with cluster() as address:
        share = [f"--sample={1 if soak else SAMPLE}", *(f"--ignore={folder}" for folder in WITHOUT_DATABASE)]
        results["PostgreSQL"] = run("tests on PostgreSQL", [*PYTEST, "-m", where, *share], DAYU_DATABASE_URL=address)
    results["browser"] = run("tests in the browser", [*PYTEST, "-m", f"{which} and browser"])
    return results


def main(arguments: list[str]) -> int:
    """Exit 0 when everything passed."""
    results = {name: run(name, command) for name, command in CHECKS.items()}
    if "--only-checks" not in arguments:
        results |= tests(soak="--soak" in arguments)
    failed = [name for name, passed in results.items() if not passed]
    print("all passed" if not failed else f"failed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
