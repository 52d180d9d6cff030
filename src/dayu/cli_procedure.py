"""`dayu law procedure`: a procedure as the program itself follows it, in JSON, as Mermaid text or as a drawing (SVG).

The declarations are imported when a procedure is asked for, so that the other commands of `dayu law` stay quick.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

EXIT_MISUSE = 2


def add_parser(commands: Any) -> None:
    """Add `procedure`."""
    parser = commands.add_parser("procedure", help="the steps, conditions and limits of a procedure; its flow chart")
    parser.add_argument("name", nargs="?", metavar="NAME", help="a key such as seizure; without one, the list of all")
    parser.add_argument(
        "--chart", nargs="?", const="mermaid", choices=("mermaid", "svg"), help="the flow chart instead (default: mermaid)"
    )
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of names and reasons")
    parser.add_argument("--json", action="store_true", help="answer in JSON (a procedure always is)")


def run(args: argparse.Namespace) -> int:
    """Print the procedure, its chart, or the list."""
    from dayu.law.declaration import procedure_json  # imported when asked for
    from dayu.law.flow_chart import chart_mermaid, chart_svg
    from dayu.law.procedures.register import PROCEDURES

    if args.name is None:
        return _refuse("--chart needs the NAME of a procedure") if args.chart else _list(args)
    procedure = PROCEDURES.get(args.name)
    if procedure is None:
        return _refuse(f"unknown procedure {args.name!r}; known: {', '.join(PROCEDURES)}")
    if args.chart is not None:
        print(chart_svg(procedure, args.lang) if args.chart == "svg" else chart_mermaid(procedure, args.lang))
        return 0
    print(json.dumps(procedure_json(procedure, args.lang), ensure_ascii=False, indent=2))
    return 0


def _list(args: argparse.Namespace) -> int:
    from dayu.law.procedures.register import PROCEDURES
    from dayu.law.words import word

    names = {key: word("procedures", key, args.lang) for key in PROCEDURES}
    print(json.dumps(names, ensure_ascii=False, indent=2) if args.json else "\n".join(f"{k}  {n}" for k, n in names.items()))
    return 0


def _refuse(reason: str) -> int:
    print(f"dayu law procedure: {reason}", file=sys.stderr)
    return EXIT_MISUSE
