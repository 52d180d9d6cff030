"""`dayu serve` and `dayu manage`: web, worker and scheduler in one command, and Django's own commands."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

TICK_SECONDS = 5


def add_parser(subparsers: Any) -> None:
    """Register `serve` and `manage`."""
    serve = subparsers.add_parser("serve", help="serve Dayu: web, worker and scheduler")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1, help="web processes; one is enough for a county")
    serve.add_argument("--demo", action="store_true", help="fill an empty installation with an invented county")
    manage = subparsers.add_parser("manage", help="Django's own commands, e.g. `dayu manage check --deploy`")
    manage.add_argument("arguments", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dayu.config.settings")
    if args.command == "manage":
        from django.core.management import execute_from_command_line

        execute_from_command_line(["dayu manage", *args.arguments])
        return 0
    return _serve(args)


def _serve(args: argparse.Namespace) -> int:
    if args.demo:
        os.environ["DAYU_DEMO"] = "1"
    if args.host not in {"127.0.0.1", "localhost"} and "DAYU_HOSTS" not in os.environ:
        os.environ["DAYU_HOSTS"] = "*" if args.host in {"0.0.0.0", "::"} else args.host  # noqa: S104 - asked for by --host
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    if args.demo:
        call_command("make_demo", people_only=True)
    children = [_web(args), _manage("db_worker")]
    if args.demo:
        children.append(_manage("make_demo"))
    print(f"Dayu is at http://{args.host}:{args.port}/", flush=True)
    return _watch(children, optional=children[2:])


def _web(args: argparse.Namespace) -> subprocess.Popen[bytes]:
    granian = str(Path(sys.executable).parent / "granian")
    options = ["--interface", "wsgi", "--host", args.host, "--port", str(args.port), "--workers", str(args.workers)]
    options += ["--blocking-threads", "8", "--log-level", "warning"]
    return subprocess.Popen([granian, *options, "dayu.config.wsgi:application"])


def _manage(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "django", *command])


def _watch(children: list[subprocess.Popen[bytes]], *, optional: list[subprocess.Popen[bytes]]) -> int:
    """Run the schedule and deliver events until a child ends or a signal comes; then end all of them."""
    from django.db import close_old_connections

    from dayu.core import clock
    from dayu.core.events import deliver_due
    from dayu.core.jobs import run_due

    stopping = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    needed = [child for child in children if child not in optional]
    while not stopping and all(child.poll() is None for child in needed):
        close_old_connections()
        now = clock.now()
        if deliver_due(now) == 0:
            run_due(now)
            time.sleep(TICK_SECONDS if not stopping else 0)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if stopping else 1
