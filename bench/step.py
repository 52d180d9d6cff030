"""One procedure step end to end: load the case, decide what is lawful, act, log, commit; beside SpiffWorkflow doing the like.

Both use Django's ORM on SQLite with WAL and synchronous=FULL and take turns, step by step, so that noise of the machine meets
both. The peer's own file says what it does. Ours loads the case, asks the policy and the procedure, writes the journal entry, the
case's kept answers, the audit entry with its commitment and the event with its deliveries. Limits: at most three times the
peer's time at step 1, and flat to step 500 (the peer's grows).

First a case and a process of the peer grow 460 steps old; then all that is told is measured in turns, step by step, in the same
minute: our young case, our old one, and the peer's young and old ones, so that the noise of the machine meets all alike. The
peer's young process is a fresh one for each step. `moving` is a step that changes what the case owes (an order to correct:
stage, limits and kept answers of every party are derived anew); the others are everyday work, which can be repeated 500 times.
CPU time is told beside the clock's. Growth is judged by CPU time, which contains the whole work of the database (SQLite runs in
the process) but no queue at the disk.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

ROUNDS = 500
TURNS = 40  # the last of them, which are measured
FOLDER = Path(tempfile.mkdtemp(prefix="dayu-bench-"))
os.environ.update(DAYU_VAR=str(FOLDER), DJANGO_SETTINGS_MODULE="dayu.config.settings_test")
os.environ.pop("DAYU_DATABASE_URL", None)


Step = Callable[[int], None]
Times = list[tuple[float, float]]


def our_steps() -> dict[str, Step]:
    """Functions that make one step in a played case: everyday work in two cases, and a step that moves a third."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from dataclasses import replace

    from dayu.cases import services
    from dayu.cases.models import Case, CaseParty
    from dayu.core import clock
    from dayu.demo.county import make_county
    from dayu.demo.playing import Company, play
    from dayu.demo.stories import PRESENT

    agency = make_county()
    company = Company(agency, clock.today())
    story = replace(next(s for s in PRESENT if s.at == "ordered"), rests=3)
    young, old, third = (play(company, story, today=clock.today()).pk for _case in range(3))
    party = CaseParty.objects.get(case_id=third).pk
    officer, moment = company.actor("officer"), clock.now() - timedelta(days=1)

    def everyday(pk: int, number: int) -> None:
        case = Case.objects.select_related("organ").get(pk=pk)
        services.record_education(
            case, actor=officer, moment=moment + timedelta(seconds=number), manner="当面说理", text=f"第{number}次"
        )

    def moving(number: int) -> None:
        found = CaseParty.objects.select_related("case__organ").get(pk=party)
        services.order_correction(
            found, actor=officer, moment=moment + timedelta(seconds=number), content=f"第{number}次责令", days=10
        )

    return {"young": partial(everyday, young), "old": partial(everyday, old), "moving": moving}


class Peer:
    """The peer in its own environment, told line by line what to do."""

    def __init__(self) -> None:
        python = os.environ.get("DAYU_PEER_PYTHON", ".bench-venv/bin/python")
        self.program = subprocess.Popen(
            [python, "bench/_peer_spiff.py", str(FOLDER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def step(self, *, fresh: bool) -> tuple[float, float]:
        """One step, of a fresh process or of the one that goes on: milliseconds on the clock and of CPU."""
        assert self.program.stdin is not None and self.program.stdout is not None
        self.program.stdin.write("fresh\n" if fresh else "same\n")
        self.program.stdin.flush()
        wall, cpu = json.loads(self.program.stdout.readline())
        return wall, cpu

    def stop(self) -> None:
        """Let it end."""
        assert self.program.stdin is not None
        self.program.stdin.close()
        self.program.wait()


def timed(step: Step, number: int) -> tuple[float, float]:
    """Milliseconds of one step: on the clock, and of CPU."""
    started, worked = time.perf_counter(), time.process_time()
    step(number)
    return (time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000


def take_turns() -> dict[str, Times]:
    """Let one case and one process of the peer grow old, then measure all in turns."""
    ours, peer = our_steps(), Peer()
    for number in range(ROUNDS - TURNS):
        ours["old"](number)
        peer.step(fresh=False)
    for number in range(3):
        ours["moving"](number)
    measured: list[tuple[str, Callable[[int], tuple[float, float]]]] = [
        *((name, partial(timed, step)) for name, step in ours.items()),
        ("peer_young", lambda _number: peer.step(fresh=True)),
        ("peer_old", lambda _number: peer.step(fresh=False)),
    ]
    taken: dict[str, Times] = {name: [] for name, _step in measured}
    for number in range(ROUNDS - TURNS, ROUNDS):
        for name, step in random.Random(number).sample(measured, len(measured)):  # who comes after a wait is slower
            taken[name].append(step(number))
    peer.stop()
    return taken


def main() -> int:
    """Print one JSON object."""
    taken, answer = take_turns(), dict[str, Any](what="one procedure step beside SpiffWorkflow, ms")
    for which, clock in enumerate(("wall", "cpu")):
        ms = {name: round(statistics.median(t[which] for t in times), 2) for name, times in taken.items()}
        answer[clock] = {
            "step_1": ms["young"], "moving": ms["moving"], f"step_{ROUNDS}": ms["old"], "peer_step_1": ms["peer_young"],
            f"peer_step_{ROUNDS}": ms["peer_old"], "ratio_at_step_1": round(ms["young"] / ms["peer_young"], 2),
            "ratio_of_moving": round(ms["moving"] / ms["peer_young"], 2), "growth": round(ms["old"] / ms["young"], 2),
            "peer_growth": round(ms["peer_old"] / ms["peer_young"], 2),
        }  # fmt: skip
    wall, cpu = answer["wall"], answer["cpu"]
    ratios = [part[key] for part in (wall, cpu) for key in ("ratio_at_step_1", "ratio_of_moving")]
    answer["limit"] = "every ratio <= 3, growth <= 1.25"
    answer["holds"] = max(ratios) <= 3 and cpu["growth"] <= 1.25
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
