"""`dayu law assess FILE|-`: one violation by one party, JSON in and JSON out. Misuse exits with 2 and one line.

`--with KEY` names further violations that the same act fulfils: one fine, by the provision with the higher one.
"""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from dayu.law.assess import Assessment, assess
from dayu.law.assess_input import InputError, read_input
from dayu.law.concurrence import Concurrence, higher_fine
from dayu.law.receipts import Step
from dayu.law.wording import question_text, step_text

EXIT_MISUSE = 2


def add_parser(subparsers: Any) -> None:
    """The parser of `dayu law assess`."""
    parser = subparsers.add_parser("assess", help="range, gates, limitation, steps and benchmark of one violation")
    parser.add_argument("file", help="a JSON file, or - for standard input")
    parser.add_argument(
        "--with",
        dest="others",
        action="append",
        default=[],
        metavar="KEY",
        help="a further violation that the same act fulfils; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of reasons and questions")


def run(args: argparse.Namespace) -> int:
    """Reads, assesses, prints. Nothing goes to standard output unless all of it is right."""
    try:
        given = _load(args.file)
        found = assess(read_input(given))
        keys = [key for key in args.others if key != given["violation"]]
        told = [read_input(given | {"violation": key}) for key in (given["violation"], *dict.fromkeys(keys))]
        together = higher_fine(told) if keys else None
    except InputError as error:
        print(f"dayu law assess: {error}", file=sys.stderr)
        return EXIT_MISUSE
    if args.json:
        beside = {"concurrence": together.as_json()} if together else {}
        print(json.dumps(found.as_json(args.lang) | beside, ensure_ascii=False, indent=2))
    else:
        print("\n".join([_plain_text(found, args.lang), *_together_lines(together, found, args.lang)]))
    return 0


def _together_lines(together: Concurrence | None, found: Assessment, language: str) -> list[str]:
    """The provision that fines, and what is open about it beside the questions asked already."""
    if together is None:
        return []
    basis = "、".join(c.text() for c in together.basis)
    name = together.chosen.violation.name if together.chosen else "—"
    lines = [f"= {name}（{basis}）"]
    asked = [q for q in together.asks if q not in found.questions and not q.startswith("violation:")]
    return lines + [f"? {question_text(q, language=language)}" for q in asked]


def _load(file: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {file}: {error.__class__.__name__}") from None
    try:
        given = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} in line {error.lineno}") from None
    if not isinstance(given, dict):
        raise InputError("the input must be a JSON object")
    return given


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A field given twice is a contradiction, not a choice."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(f"field {key!r} is given twice")
        found[key] = value
    return found


def _plain_text(found: Assessment, language: str) -> str:
    """The trace, the refusals and the open questions, one a line."""
    lines = [_step_line(step, language) for step in found.trace]
    lines += [f"✗ {r['reason']}" for r in found.answer(language)["refusals"]]
    lines += [f"? {q['question']}" for q in found.answer(language)["person_decides"]]
    return "\n".join(lines)


def _step_line(step: Step, language: str) -> str:
    basis = "、".join(c.text() for c in step.basis)
    return f"· {step_text(step, language=language)}{f'（{basis}）' if basis else ''}"
