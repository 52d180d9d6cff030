"""Run every bench beside its peer or limit and print one table. Exit 1 when a figure does not hold.

usage: python tools/run_benches.py [NAME…]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".bench-venv"


def install_peers() -> Path:
    """The second environment with the peers; answers its Python."""
    python = PEERS / "bin" / "python"
    stamp = PEERS / ".installed"
    wanted = (ROOT / "bench" / "peers.txt").read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        if not python.exists():
            venv.create(PEERS, with_pip=False)
        uv = Path(sys.executable).parent / "uv"
        subprocess.run([uv, "pip", "install", "-q", "--python", python, "-r", "bench/peers.txt"], cwd=ROOT, check=True)
        stamp.write_text(wanted, "utf-8")
    return python


def main(names: list[str]) -> int:
    """Run the named benches, or all."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DAYU_PEER_PYTHON": str(install_peers())}
    failed = []
    for path in sorted((ROOT / "bench").glob("*.py")):
        if path.name.startswith("_") or (names and path.stem not in names):
            continue
        answer = subprocess.run(
            [sys.executable, str(path)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        line = answer.stdout.strip().splitlines()[-1] if answer.stdout.strip() else ""
        try:
            holds = bool(json.loads(line).get("holds"))
        except json.JSONDecodeError:
            holds, line = False, answer.stderr.strip()[-400:]
        print(f"{'holds ' if holds else 'FAILS '} {path.stem}: {line}", flush=True)
        if not holds:
            failed.append(path.stem)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
