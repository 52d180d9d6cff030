"""`kill -9` while cases are filed and papers sealed: nothing that was acknowledged is lost, no number is lost or doubled."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKER = ROOT / "tests" / "load" / "sealing_worker.py"
AUDITOR = """
import os, sys, json
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dayu.config.settings_test")
import django; django.setup()
from dayu.cases.models import Case, JournalEntry
from dayu.core.audit import AuditEntry, commitment_of, entry_content
from dayu.core.numbering import NumberSeries, TakenNumber
from dayu.documents.models import Document
filed = set(JournalEntry.objects.filter(kind="filed").values_list("case_id", flat=True))
sealed = set(Document.objects.exclude(number="").values_list("pk", flat=True))
gaps = [
    (s.key, s.year) for s in NumberSeries.objects.all()
    if sorted(TakenNumber.objects.filter(series=s).values_list("value", flat=True)) != list(range(1, s.last + 1))
]
broken = [e.pk for e in AuditEntry.objects.all() if e.commitment != commitment_of(e.salt, entry_content(e))]
unlogged = [
    c for c in filed if not AuditEntry.objects.filter(action="cases.file_case", subject__startswith="cases.").exists()
]
print(json.dumps({"filed": sorted(filed), "sealed": sorted(sealed), "gaps": gaps, "broken": broken, "unlogged": unlogged}))
"""
KILLS_IN_A_SAMPLE, KILLS_IN_A_CAMPAIGN = 3, 100


def kill_repeatedly(folder: Path, kills: int) -> None:
    """Run the worker, kill it at a random moment, and look whether everything it said is there; again and again."""
    environment = {**os.environ, "DAYU_VAR": str(folder), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    environment.pop("DAYU_DATABASE_URL", None)
    subprocess.run([sys.executable, str(WORKER), "prepare"], env=environment, cwd=ROOT, check=True, capture_output=True)
    chance = random.Random(20261120)
    acknowledged: set[tuple[str, int]] = set()
    for _ in range(kills):
        acknowledged |= _run_and_kill(environment, chance.uniform(0.4, 1.6))
        found = _audit(environment)
        assert found["gaps"] == [] and found["broken"] == [] and found["unlogged"] == []
        assert {n for what, n in acknowledged if what == "filed"} <= set(found["filed"])
        assert {n for what, n in acknowledged if what == "sealed"} <= set(found["sealed"])
    assert acknowledged, "the worker never got as far as an acknowledged act"
    with sqlite3.connect(folder / "dayu.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _run_and_kill(environment: dict[str, str], seconds: float) -> set[tuple[str, int]]:
    said: set[tuple[str, int]] = set()
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), "run"], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    for line in worker.stdout:  # the first act has been acknowledged: now anything may happen
        said.add(_read(line))
        break
    time.sleep(seconds)
    worker.kill()
    said |= {_read(line) for line in worker.stdout}
    worker.wait()
    return said


def _read(line: str) -> tuple[str, int]:
    what, number = line.split()
    return what, int(number)


def _audit(environment: dict[str, str]) -> dict[str, list[object]]:
    done = subprocess.run(
        [sys.executable, "-c", AUDITOR], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    answer: dict[str, list[object]] = json.loads(done.stdout)
    return answer


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    kill_repeatedly(tmp_path, KILLS_IN_A_SAMPLE)


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_in_a_hundred_kills(tmp_path: Path) -> None:
    kill_repeatedly(tmp_path, KILLS_IN_A_CAMPAIGN)
