"""`manage.py export_proof`: proofs for the stand-alone verifier, which needs neither this server nor its database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dayu.core.audit import AuditEntry
from dayu.core.proof_log import export_entries, proof_of


class Command(BaseCommand):
    """One record with its proof, or all records as JSON lines."""

    help = "Write the inclusion proof of one audit entry, or all records of the log, for `verifier.py`"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--entry", type=int, help="number of an audit entry")
        which.add_argument("--all", action="store_true", help="every record, in the order of the log")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write to standard output."""
        if options["all"]:
            for record in export_entries():
                self.stdout.write(json.dumps(record, ensure_ascii=False))
            return
        entry = AuditEntry.objects.filter(pk=options["entry"]).first()
        if entry is None:
            raise CommandError(f"there is no audit entry {options['entry']}")
        proof = proof_of(entry)
        if proof is None:
            raise CommandError(f"audit entry {entry.pk} waits for its first checkpoint")
        self.stdout.write(json.dumps(proof.export(), ensure_ascii=False, indent=2))
