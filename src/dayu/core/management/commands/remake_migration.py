"""`manage.py remake_migration cases`: write the single migration of a domain anew, although others depend on it.

Until the first release each domain keeps one migration. Removing the file would break the domains that depend on it, so a
stub takes its place while Django looks at the models.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

STUB = '''from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = []
'''


class Command(BaseCommand):
    """Writes `0001_initial.py` of one domain anew."""

    help = "Write the single migration of a domain anew, although others depend on it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The domain."""
        parser.add_argument("label")

    def handle(self, *args: Any, **options: Any) -> None:
        """Stub, makemigrations, and the new file in the stub's place; on failure the old file comes back."""
        label = options["label"]
        folder = Path(apps.get_app_config(label).path) / "migrations"
        first, again = folder / "0001_initial.py", folder / "0002_again.py"
        if sorted(p.name for p in folder.glob("0*.py")) not in ([], ["0001_initial.py"]):
            raise CommandError(f"{label} has further migrations")
        old = first.read_text("utf-8") if first.exists() else ""
        first.write_text(STUB, "utf-8")
        try:
            call_command("makemigrations", label, name="again", verbosity=0)
            made = again.read_text("utf-8")
        except BaseException:
            first.write_text(old or STUB, "utf-8")
            raise
        finally:
            again.unlink(missing_ok=True)
        lines = [line for line in made.splitlines() if f"('{label}', '0001_initial')" not in line]
        head = lines.index("class Migration(migrations.Migration):")
        if not any("initial = True" in line for line in lines):
            lines[head + 1 : head + 1] = ["", "    initial = True"]
        first.write_text("\n".join(lines) + "\n", "utf-8")
        self.stdout.write(f"{first} written")
