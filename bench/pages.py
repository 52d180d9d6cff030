"""My work, the ledger, a case page and search, with 100,000 cases and 16 users at once: p95 of the server's answer in ms.

The data are copies of cases that were played through the acts, and pass the integrity check. Sixteen users ask with a pause of a
second between two pages, as people do; the access log is on. Limit: 100 ms each.
"""

from __future__ import annotations

import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

CASES = int(os.environ.get("DAYU_BENCH_CASES", "100000"))
USERS, SECONDS, PAUSE = 16, 40, 1.0
LIMIT_MS = 100
FOLDER = Path(os.environ.get("DAYU_BENCH_VAR") or tempfile.mkdtemp(prefix="dayu-bench-"))
os.environ.update(DAYU_VAR=str(FOLDER), DJANGO_SETTINGS_MODULE="dayu.config.settings")
os.environ.pop("DAYU_DATABASE_URL", None)
NAMES = ("officer", "second_officer", "head", "reviewer")


def prepare() -> tuple[list[str], list[int]]:
    """Fill the database; answer the session cookies of the users and numbers of cases to open."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    import django

    django.setup()
    from _bulk import fill
    from django.core.management import call_command
    from django.test import Client

    from dayu.cases.models import Case
    from dayu.core.accounts import Account

    call_command("migrate", verbosity=0)
    if not Case.objects.exists():
        fill(CASES)
        call_command("check_integrity", verbosity=0)
    cookies = []
    for number in range(USERS):
        client = Client()
        client.force_login(Account.objects.get(username=NAMES[number % len(NAMES)]))
        cookies.append(client.cookies["sessionid"].value)
    return cookies, list(Case.objects.order_by("?").values_list("pk", flat=True)[:200])


def serve() -> tuple[subprocess.Popen[bytes], int]:
    """The web server of the product on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    granian = str(Path(sys.executable).parent / "granian")
    server = subprocess.Popen(
        [granian, "--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "2",
         "--log-level", "error", "dayu.config.wsgi:application"]
    )
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5)
            break
        except OSError:
            time.sleep(0.2)
    return server, port


def ask(port: int, path: str, cookie: str) -> float:
    """Milliseconds until the whole page was there."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": f"sessionid={cookie}"})
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()
        assert "/accounts/login" not in answer.url, path
    return (time.perf_counter() - started) * 1000


def main() -> int:
    """Print one JSON object."""
    cookies, numbers = prepare()
    server, port = serve()
    taken: dict[str, list[float]] = {"my_work": [], "ledger": [], "case": [], "search": []}
    end = time.monotonic() + SECONDS

    def user(cookie: str, chance: random.Random) -> None:
        time.sleep(chance.random() * PAUSE)
        while time.monotonic() < end:
            kind = chance.choice(list(taken))
            path = {
                "my_work": "/", "ledger": "/cases/", "case": f"/cases/{chance.choice(numbers)}/",
                "search": "/search/?q=%E9%87%87%E7%A0%82",
            }[kind]  # fmt: skip
            taken[kind].append(ask(port, path, cookie))
            time.sleep(PAUSE)

    try:
        for path in ("/", "/cases/", f"/cases/{numbers[0]}/"):
            ask(port, path, cookies[0])
        threads = [threading.Thread(target=user, args=(c, random.Random(n))) for n, c in enumerate(cookies)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.wait()
    p95 = {kind: round(statistics.quantiles(times, n=20)[18], 1) for kind, times in taken.items()}
    print(json.dumps({
        "what": f"pages with {CASES} cases and {USERS} users, p95 in ms", **p95, "asked": sum(map(len, taken.values())),
        "limit": LIMIT_MS, "holds": all(v <= LIMIT_MS for v in p95.values()),
    }))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
