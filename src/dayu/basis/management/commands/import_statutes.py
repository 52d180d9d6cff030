"""`dayu manage import_statutes FOLDER`: every official file of a folder becomes an edition in the basis library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dayu.basis.official_files import READABLE
from dayu.basis.services import FileOutcome, import_files
from dayu.core import clock
from dayu.core.actors import SYSTEM


class Command(BaseCommand):
    """Files that fail are named with the reason; the others go on. Editions that are there already are left alone."""

    help = "Import all official statute files (.md, .txt, .docx) of a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder, and whether to answer in JSON."""
        parser.add_argument("folder")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 when a file failed."""
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f"not a folder: {folder}", returncode=2)
        files = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in READABLE]
        outcomes = import_files([(p.name, p.read_bytes()) for p in files], actor=SYSTEM, moment=clock.now())
        self._answer(outcomes, as_json=options["json"])
        if any(o.failed for o in outcomes):
            raise SystemExit(1)

    def _answer(self, outcomes: list[FileOutcome], *, as_json: bool) -> None:
        if as_json:
            rows = [
                {"file": o.file, "standing": o.standing, "reason": o.reason, "articles": o.articles} for o in outcomes
            ]
            self.stdout.write(json.dumps({"files": rows}, ensure_ascii=False))
            return
        for o in outcomes:
            self.stdout.write(f"{o.standing}\t{o.file}\t{o.reason or o.articles}")
