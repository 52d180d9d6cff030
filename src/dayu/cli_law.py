"""`dayu law …`: the law core on the command line, JSON out. The answers are documented in docs/howto/command-line.md.

What cannot be answered exits with 2 and one line on standard error; standard output stays empty.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from typing import Any

from dayu.law.additional_fine import MOST_YUAN, additional_fine
from dayu.law.calendar import NotComputable, calendar_for
from dayu.law.counting import Interval
from dayu.law.deadlines import Deadline, deadline
from dayu.law.refusals import worded
from dayu.law.territories import is_territory_code
from dayu.law.working import moment_text, notes_of, working_of

EXIT_MISUSE = 2


def add_parser(groups: Any) -> None:
    """Add `law` and its commands."""
    law = groups.add_parser("law", help="the law core: deadlines, additional fines, assessments, procedures")
    commands = law.add_subparsers(
        title="commands", metavar="COMMAND", dest="law_command", required=True, parser_class=type(law)
    )
    _add_deadline(commands)
    _add_additional_fine(commands)
    importlib.import_module("dayu.cli_procedure").add_parser(commands)
    if find_spec("dayu.cli_assess") is not None:
        importlib.import_module("dayu.cli_assess").add_parser(commands)


def run(args: argparse.Namespace) -> int:
    """Run the command that was called."""
    if args.law_command == "deadline":
        return run_deadline(args)
    if args.law_command == "additional-fine":
        return run_additional_fine(args)
    if args.law_command == "procedure":
        return int(importlib.import_module("dayu.cli_procedure").run(args))
    return int(importlib.import_module("dayu.cli_assess").run(args))


def _add_deadline(commands: Any) -> None:
    parser = commands.add_parser("deadline", help="when a time limit ends, and why")
    parser.add_argument("key", help="a key of rulebook/limits.toml, e.g. hearing_request")
    parser.add_argument(
        "--from",
        dest="starts",
        type=_moment,
        required=True,
        metavar="DATE[THH:MM]",
        help="the day (or local moment) from which it runs; the day of the event for backward keys",
    )
    parser.add_argument(
        "--exclude",
        type=_interval,
        action="append",
        default=[],
        metavar="A..B",
        help="days that do not count, first and last included; may be repeated",
    )
    parser.add_argument("--extend", type=int, default=0, metavar="N", help="an approved extension, in the limit's unit")
    parser.add_argument("--days", type=int, metavar="N", help="the number that the paper fixed")
    parser.add_argument("--territory", type=_territory, metavar="CODE", help="six digits, e.g. 990121")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def _add_additional_fine(commands: Any) -> None:
    parser = commands.add_parser("additional-fine", help="the additional fine for late payment")
    parser.add_argument("--fine", type=_yuan, required=True, metavar="YUAN")
    parser.add_argument("--due", type=_day, required=True, metavar="DATE", help="the last day for payment")
    parser.add_argument("--paid", type=_day, required=True, metavar="DATE")
    parser.add_argument(
        "--pause",
        type=_interval,
        action="append",
        default=[],
        metavar="A..B",
        help="reconsideration or lawsuit, first and last day included; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run_deadline(args: argparse.Namespace) -> int:
    """`dayu law deadline`."""
    territory = args.territory or ""
    try:
        answer = deadline_json(
            deadline(
                args.key,
                args.starts,
                calendar=calendar_for(territory),
                excluded=args.exclude,
                extension_days=args.extend,
                days=args.days,
                territory=territory,
            )
        )
    except NotComputable as error:
        return refuse(error)
    return _print(answer, as_json=args.json, headline=f"{answer['due']}")


def run_additional_fine(args: argparse.Namespace) -> int:
    """`dayu law additional-fine`."""
    try:
        answer = additional_fine(args.fine, due_on=args.due, paid_on=args.paid, pauses=args.pause)
    except NotComputable as error:
        return refuse(error)
    output = {
        "amount": _number(answer.amount_yuan),
        "days": answer.days,
        "capped": answer.capped,
        "fine": _number(answer.fine_yuan),
        "due": answer.due_on.isoformat(),
        "paid": answer.paid_on.isoformat(),
        "pauses": [[first.isoformat(), last.isoformat()] for first, last in answer.pauses],
        "working": list(answer.working),
        "basis": [citation.as_json() for citation in answer.basis],
        "notes": ["“可以”加处：由负责人决定并留痕；标准须事先告知当事人。"],
    }
    return _print(output, as_json=args.json, headline=f"{answer.amount_yuan}")


def deadline_json(answer: Deadline) -> dict[str, Any]:
    """A deadline in the shape that the command line and the API answer."""
    return {
        "key": answer.key,
        "due": moment_text(answer.due),
        "unit": answer.unit.value,
        "count": answer.count,
        "working": [line.text for line in working_of(answer)],
        "basis": [citation.as_json() for citation in answer.basis],
        "notes": list(notes_of(answer)),
        "related": {name: day.isoformat() for name, day in answer.related.items()},
        "provisional": answer.provisional,
        "calendar": answer.calendar.version,
    }


def refuse(error: NotComputable) -> int:
    """Say in one line why there is no answer."""
    words = worded(error.refusal, "zh")
    print(f"dayu law: {words.reason}" + (f"（{words.fix}）" if words.fix else ""), file=sys.stderr)
    return EXIT_MISUSE


def _print(answer: dict[str, Any], *, as_json: bool, headline: str) -> int:
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return 0
    lines = [
        headline,
        *answer["working"],
        *(f"依据：{c['text']}" for c in answer["basis"]),
        *(f"注意：{note}" for note in answer["notes"]),
    ]
    print("\n".join(lines))
    return 0


def _day(text: str) -> date:
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"not a date (YYYY-MM-DD): {text}")


def _moment(text: str) -> date | datetime:
    if "T" not in text:
        return _day(text)
    try:
        if len(text) in {16, 19}:
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"not a local moment (YYYY-MM-DDTHH:MM): {text}")


def _interval(text: str) -> Interval:
    first, separator, last = text.partition("..")
    if not separator:
        raise argparse.ArgumentTypeError(f"not an interval (DATE..DATE): {text}")
    begin, end = _day(first), _day(last)
    if end < begin:
        raise argparse.ArgumentTypeError(f"the interval ends before it begins: {text}")
    return begin, end


def _yuan(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 < amount <= MOST_YUAN or amount != round(amount, 2):
        raise argparse.ArgumentTypeError(f"not an amount in yuan, above zero, at most two decimals: {text}")
    return amount


def _territory(text: str) -> str:
    if not is_territory_code(text):
        raise argparse.ArgumentTypeError(f"not an administrative division code of six digits: {text}")
    return text


def _number(amount: Decimal) -> int | float:
    """Whole yuan as a whole number: readers of JSON compare with ==."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
