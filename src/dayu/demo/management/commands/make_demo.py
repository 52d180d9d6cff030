"""`dayu manage make_demo`: fill an empty installation with the invented county."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from dayu.core import clock
from dayu.demo.county import make_county
from dayu.demo.matters import play_all


class Command(BaseCommand):
    """People first, so that somebody can sign in; then leads and cases."""

    help = "Fill an empty installation with an invented county."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--people-only`."""
        parser.add_argument("--people-only", action="store_true", help="only organisations and logins")
        parser.add_argument("--only", type=int, default=0, help="play only so many cases")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a second run finds what is there."""
        agency = make_county()
        if options["people_only"]:
            return
        made = play_all(agency, today=clock.today(), only=options["only"], say=self.stdout.write)
        self.stdout.write(f"the invented county is ready: {made} cases")
