"""Fifty sealings at once: numbers 1 to 50, each once, on whichever database the tests run on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dayu.documents.tests.parallel_sealing import DRAFTS

PROGRAM = Path(__file__).with_name("parallel_sealing.py")
ROOT = PROGRAM.resolve().parents[4]


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Variables that lead to a database of its own: a file of SQLite, or a new database of the cluster."""
    variables = {"DAYU_VAR": str(tmp_path), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    address = os.environ.get("DAYU_DATABASE_URL", "")
    if not address:
        yield variables
        return
    import psycopg

    name = f"sealing_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield {**variables, "DAYU_DATABASE_URL": f"{address.rsplit('/', 1)[0]}/{name}"}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.requirement("CAS-06")
def test_fifty_parallel_sealings_take_the_numbers_one_to_fifty_once_each(empty_database: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM)], env={**os.environ, **empty_database}, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    answer = json.loads(done.stdout)
    assert answer["vendor"] == ("postgresql" if os.environ.get("DAYU_DATABASE_URL") else "sqlite")
    assert answer["stored"] == [f"泽水罚决〔2026〕{n}号" for n in range(1, DRAFTS + 1)]
    assert sorted(answer["given"]) == sorted(answer["stored"])
