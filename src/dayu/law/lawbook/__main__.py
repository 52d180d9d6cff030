"""`python -m dayu.law.lawbook FOLDER`: write the lawbook and say which pages changed."""

from __future__ import annotations

import sys
from pathlib import Path

from dayu.law.lawbook import write_all


def main() -> int:
    """Write the pages to the folder named on the command line."""
    if len(sys.argv) != 2:
        print("usage: python -m dayu.law.lawbook FOLDER", file=sys.stderr)
        return 2
    for name in write_all(Path(sys.argv[1])):
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
