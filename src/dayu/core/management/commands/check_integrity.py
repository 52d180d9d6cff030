"""`manage.py check_integrity`: does the database still hold what the signed checkpoints say it held?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from dayu.core.integrity import check_integrity


class Command(BaseCommand):
    """Exit code 0 when everything holds, 1 when something was altered, removed, moved or slipped in."""

    help = "Compare all audit entries with the proof log and its signed checkpoints"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--files", action="store_true", help="also read every stored file and compare its digest")
        parser.add_argument(
            "--checkpoint", action="append", default=[], type=Path, help="a signed checkpoint kept elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and tell."""
        report = check_integrity(more_checkpoints=options["checkpoint"], with_files=options["files"])
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(
                _("记录 %(entries)d 条，检查点 %(checkpoints)d 个，待入链 %(pending)d 条")
                % {"entries": report.entries, "checkpoints": report.checkpoints, "pending": report.pending}
            )
            for finding in report.findings:
                self.stdout.write(f"{finding.kind}\t#{finding.index}\t{finding.entry}\t{finding.words}")
            self.stdout.write(_("完整") if report.holds else _("不完整"))
        if not report.holds:
            raise SystemExit(1)
