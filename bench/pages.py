"""My work, the ledger, a case page, search and the public's search, with 100,000 cases and 16 users at once: p95 in ms.

The data are copies of cases that were played through the acts, and pass the integrity check (`_bulk.py` says what they are like).
Sixteen signed-in people of the bureau ask for one page after another and read each for three seconds on average, which is
quicker than anybody works; a public visitor searches the decisions beside them. The clock is the client's, until the whole
page is there, so that waiting for the server is in it; the server is the product's own with two processes, the access log is on.
Half of the case pages are open cases. CPU time for a page is told beside. Limit: 100 ms each.
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
from urllib.parse import quote

CASES = int(os.environ.get("DAYU_BENCH_CASES", "100000"))
USERS, SECONDS, PAUSE = 16, 90, 3.0
LIMIT_MS = 100
FOLDER = Path(os.environ.get("DAYU_BENCH_VAR") or tempfile.mkdtemp(prefix="dayu-bench-"))
os.environ.update(DAYU_VAR=str(FOLDER), DJANGO_SETTINGS_MODULE="dayu.config.settings")
os.environ.pop("DAYU_DATABASE_URL", None)
NAMES = (
    "officer", "second_officer", "third_officer", "soil_officer", "unit_head", "head", "deputy_head", "reviewer", "review_head",
    "presider", "archivist", "disclosure_officer", "fine_clerk", "registrar", "supervisor",
)  # fmt: skip
WORDS = tuple(map(quote, ("采砂", "取水", "青石滩", "张望舒")))


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
    numbers = [
        pk for rows in (Case.objects.open(), Case.objects.exclude(closed_on=None))
        for pk in rows.order_by("?").values_list("pk", flat=True)[:100]
    ]  # fmt: skip
    return cookies, numbers


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


def cpu_seconds(parent: int) -> float:
    """What the processes of the server have worked so far."""
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) == parent or int(fields[1]) == parent:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def ask(port: int, path: str, cookie: str) -> float:
    """Milliseconds until the whole page was there."""
    headers = {"Cookie": f"sessionid={cookie}"} if cookie else {}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()
        assert "/accounts/login" not in answer.url, path
    return (time.perf_counter() - started) * 1000


def main() -> int:
    """Print one JSON object."""
    cookies, numbers = prepare()
    server, port = serve()
    kinds = ("my_work", "ledger", "case", "search")
    taken: dict[str, list[float]] = {kind: [] for kind in (*kinds, "public_search")}
    end = time.monotonic() + SECONDS

    def path_of(kind: str, chance: random.Random) -> str:
        return {
            "my_work": "/", "ledger": "/cases/", "case": f"/cases/{chance.choice(numbers)}/",
            "search": f"/search/?q={chance.choice(WORDS)}", "public_search": f"/public/decisions/?q={chance.choice(WORDS)}",
        }[kind]  # fmt: skip

    def user(cookie: str, chance: random.Random) -> None:
        time.sleep(chance.random() * PAUSE)
        while time.monotonic() < end:
            kind = chance.choice(kinds) if cookie else "public_search"
            taken[kind].append(ask(port, path_of(kind, chance), cookie))
            time.sleep(chance.expovariate(1 / PAUSE))

    try:
        for cookie in cookies * 2:  # both processes have made their statements of the day
            for kind in kinds:
                ask(port, path_of(kind, random.Random(cookie)), cookie)
        worked = cpu_seconds(server.pid)
        threads = [threading.Thread(target=user, args=(c, random.Random(n))) for n, c in enumerate([*cookies, ""])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        worked = cpu_seconds(server.pid) - worked
    finally:
        server.terminate()
        server.wait()
    p95 = {kind: round(statistics.quantiles(times, n=20)[18], 1) for kind, times in taken.items()}
    asked = sum(map(len, taken.values()))
    print(json.dumps({
        "what": f"pages with {CASES} cases and {USERS} users, p95 in ms", **p95, "asked": asked,
        "median": {kind: round(statistics.median(times), 1) for kind, times in taken.items()},
        "cpu_ms_a_page": round(worked / asked * 1000, 1), "load_of_the_machine": round(os.getloadavg()[0], 1),
        "limit": LIMIT_MS, "holds": all(v <= LIMIT_MS for v in p95.values()),
    }))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
