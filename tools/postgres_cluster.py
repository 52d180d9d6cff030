"""A private PostgreSQL cluster for tests: made in a temporary folder, reached by a socket, thrown away at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "dayu"


def programs() -> Path | None:
    """The folder of the server's programs, newest version first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    if versions:
        return versions[0].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _as_server_user() -> list[str]:
    # The server refuses to run as root.
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return ["runuser", "-u", name, "--"]
    raise RuntimeError("PostgreSQL cannot run as root and there is no other user")


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; answers its address for DAYU_DATABASE_URL."""
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL's server is not installed")
    prefix = _as_server_user()
    home = Path(tempfile.mkdtemp(prefix="dayu-pg-"))
    if prefix:
        shutil.chown(home, prefix[2])
    data = home / "data"
    run = {"cwd": home, "check": True, "stdout": subprocess.DEVNULL}
    initdb = ["-D", str(data), "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*prefix, str(folder / "initdb"), *initdb], **run)  # type: ignore[call-overload]
    options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off -c max_connections=120"
    log = str(home / "log")
    start = [str(folder / "pg_ctl"), "-D", str(data), "-w", "-l", log, "-o", options, "start"]
    subprocess.run([*prefix, *start], **run)  # type: ignore[call-overload]
    try:
        # The host part of an address is a socket folder here, percent-encoded.
        yield f"postgresql://{USER}@{str(home).replace('/', '%2F')}/postgres"
    finally:
        stop = [str(folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
        subprocess.run([*prefix, *stop], cwd=home, check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(home, ignore_errors=True)
