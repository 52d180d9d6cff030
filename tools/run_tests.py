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
PYTEST = [str(BIN / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=60"]

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


def main(arguments: list[str]) -> int:
    """Exit 0 when everything passed."""
    results = {name: run(name, command) for name, command in CHECKS.items()}
    if "--only-checks" not in arguments:
        slow = "soak" if "--soak" in arguments else "not soak"
        results["SQLite"] = run("tests on SQLite", [*PYTEST, "-n", "2", "-m", f"{slow} and not browser and not postgresql"])
        with cluster() as address:
            results["PostgreSQL"] = run(
                "tests on PostgreSQL",
                [*PYTEST, "-n", "2", "-m", f"{slow} and not browser", "--ignore-glob=src/dayu/law/*",
                 "--ignore-glob=src/dayu/geo/*", "--ignore-glob=src/dayu/proof/*", "--ignore-glob=src/dayu/paper/*"],
                DAYU_DATABASE_URL=address,
            )
        results["browser"] = run("browser", [*PYTEST, "-n", "2", "-m", f"{slow} and browser"])
    failed = [name for name, passed in results.items() if not passed]
    print("all passed" if not failed else f"failed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
