"""Files cases and seals papers one after the other and says each act once it is acknowledged. Killed by its test.

usage: sealing_worker.py prepare | run     (database and folder by environment)
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dayu.config.settings_test")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from dayu.cases import services as cases  # noqa: E402
from dayu.core import clock  # noqa: E402
from dayu.core.audit import subject_key  # noqa: E402
from dayu.demo.county import make_county  # noqa: E402
from dayu.demo.playing import Company, play  # noqa: E402
from dayu.demo.stories import PRESENT  # noqa: E402
from dayu.documents import services as documents  # noqa: E402
from dayu.documents.tests.papers import MOMENT, draft, release_all  # noqa: E402
from dayu.org.models import Agency  # noqa: E402


def prepare() -> None:
    """The county, once."""
    call_command("migrate", verbosity=0, interactive=False)
    make_county()
    print("ready", flush=True)


def run() -> None:
    """Until killed: a case is filed, then a paper of it is sealed; each is said after its commit."""
    company = Company(Agency.objects.get(sign="泽水"), clock.today())
    requested = next(s for s in PRESENT if s.at == "requested")
    while True:
        case = play(company, replace(requested, rests=4), today=clock.today())
        cases.file_case(case, actor=company.actor("head"), moment=clock.now(), opinion="同意立案")
        print(f"filed {case.pk}", flush=True)
        paper = draft(company.actor("officer"), subject=subject_key(case), organ=case.organ)
        release_all(paper)
        documents.seal_document(paper, actor=company.actor("officer"), moment=MOMENT)
        print(f"sealed {paper.pk}", flush=True)


if __name__ == "__main__":
    {"prepare": prepare, "run": run}[sys.argv[1]]()
