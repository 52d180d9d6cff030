"""The command `dayu`: a small dispatcher. Each command lives in a module of its own, imported when it is called.

Such a module offers `add_parser(subparsers)` and `run(args) -> int`. `dayu law …` needs no settings and no database.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

EXIT_MISUSE = 2

# command -> (module, one line of help). Only the module of the command that was called is imported.
COMMANDS = {
    "law": ("dayu.cli_law", "the law core: deadlines, additional fines, assessments, procedures"),
    "rulebook": ("dayu.cli_rulebook", "the rulebook: lint, what-if, explain, benchmarks to Excel"),
    "serve": ("dayu.cli_serve", "serve Dayu: web, worker and scheduler"),
    "manage": ("dayu.cli_serve", "Django's own commands, e.g. `dayu manage check --deploy`"),
}


class OneLineParser(argparse.ArgumentParser):
    """A parser that complains in one line on standard error and exits with 2."""

    def error(self, message: str) -> NoReturn:
        """One clear line, no usage text: other programs read it."""
        self.exit(EXIT_MISUSE, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = _parser(arguments[0] if arguments else "")
    args = parser.parse_args(arguments)
    if args.command is None:
        parser.print_help(sys.stderr)
        return EXIT_MISUSE
    module, _ = COMMANDS[args.command]
    try:
        return int(importlib.import_module(module).run(args))
    except BrokenPipeError:  # the reader (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser(called: str) -> OneLineParser:
    """The parser of all commands; only the module of the called one is imported and fills in its own."""
    parser = OneLineParser(prog="dayu", description="Dayu (大禹): water law enforcement")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", parser_class=OneLineParser)
    module = COMMANDS[called][0] if called in COMMANDS else ""
    if module:
        importlib.import_module(module).add_parser(commands)
    for name, (other, help_text) in COMMANDS.items():
        if other != module:
            commands.add_parser(name, help=help_text, add_help=False)
    return parser


if __name__ == "__main__":
    sys.exit(main())
