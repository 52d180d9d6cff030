"""One procedure step end to end: load the case, decide what is lawful, act, log, commit; beside SpiffWorkflow doing the like.

Both write to SQLite with WAL and synchronous=FULL in the same run. Limits: at most three times the peer's time at step 1, and
flat to step 500 (the peer's grows).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROUNDS = 500
FOLDER = Path(tempfile.mkdtemp(prefix="dayu-bench-"))
os.environ.update(DAYU_VAR=str(FOLDER), DJANGO_SETTINGS_MODULE="dayu.config.settings_test")
os.environ.pop("DAYU_DATABASE_URL", None)


def our_steps() -> list[float]:
    """Milliseconds of each of the steps of one case."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from dataclasses import replace

    from dayu.cases import services
    from dayu.cases.models import Case
    from dayu.core import clock
    from dayu.demo.county import make_county
    from dayu.demo.playing import Company, play
    from dayu.demo.stories import PRESENT

    agency = make_county()
    company = Company(agency, clock.today())
    story = replace(next(s for s in PRESENT if s.at == "ordered"), days_ago=40)
    pk = play(company, story, today=clock.today()).pk
    officer, moment = company.actor("officer"), clock.now() - timedelta(days=1)
    taken = []
    for number in range(ROUNDS):
        started = time.perf_counter()
        case = Case.objects.select_related("organ").get(pk=pk)
        services.record_education(
            case, actor=officer, moment=moment + timedelta(seconds=number), manner="当面说理", text=f"第{number}次"
        )
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def peer_steps() -> dict[str, float]:
    """The peer's medians, measured in its own environment."""
    python = os.environ.get("DAYU_PEER_PYTHON", ".bench-venv/bin/python")
    answer = subprocess.run(
        [python, "bench/_peer_spiff.py", str(FOLDER), str(ROUNDS)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def main() -> int:
    """Print one JSON object."""
    ours, peer = our_steps(), peer_steps()
    first, late = statistics.median(ours[:15]), statistics.median(ours[-15:])
    ratio, growth = first / peer["step_1_ms"], late / first
    print(json.dumps({
        "what": "one procedure step, ms", "step_1": round(first, 2), f"step_{ROUNDS}": round(late, 2),
        "peer_step_1": peer["step_1_ms"], f"peer_step_{ROUNDS}": peer["late_ms"], "ratio_at_step_1": round(ratio, 2),
        "growth": round(growth, 2), "peer_growth": round(peer["late_ms"] / peer["step_1_ms"], 2),
        "limit": "ratio <= 3, growth <= 1.25", "holds": ratio <= 3 and growth <= 1.25,
    }))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
