"""Long work of cases: old ledgers go in row by row, failed rows are named, the good ones go on. Tasks renewed as days pass."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django_tasks import task

from dayu.cases.old_ledgers import read_ledger
from dayu.cases.services.old_ledger import import_old_case
from dayu.cases.services.tasks import renew_waiting
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.files import StoredFile
from dayu.core.jobs import JobProgress, every, finish_progress, report_progress
from dayu.core.refused import Refused
from dayu.org.actors import actor_of_person
from dayu.org.models import Person

STEP = 10  # rows between two reports


@every(minutes=60)
def renew_tasks_as_days_pass(*, now: datetime) -> None:
    """What only time held back may be done now; what was watched until its last day is overdue."""
    renew_waiting(actor=SYSTEM, moment=now)


@task()
def import_ledger(progress_id: int, sha256: str, source_note: str, person_id: int) -> None:
    """Every good row through the same action as by hand, each in a transaction of its own."""
    progress = JobProgress.objects.get(pk=progress_id)
    person = Person.objects.select_related("agency", "unit").get(pk=person_id)
    actor = actor_of_person(person, on=clock.today())
    with StoredFile.objects.get(pk=sha256).open() as file:
        reading = read_ledger(file)
    failures: list[dict[str, object]] = [
        {"row": number, "name": name, "reason": reason} for number, name, reason in reading.bad
    ]
    done = len(reading.bad)
    for number, old in reading.good:
        try:
            with transaction.atomic():
                import_old_case(
                    None, actor=actor, moment=clock.now(), old=old, source_note=source_note,
                    idempotency_key=f"ledger:{sha256[:24]}:{number}",
                )  # fmt: skip
        except Refused as refused:
            reasons = "；".join(r.as_json()["reason"] for r in refused.refusals)
            failures.append({"row": number, "name": old.title, "reason": reasons})
        done += 1
        if done % STEP == 0:
            report_progress(progress, done=done, failures=failures)
    report_progress(progress, done=done, failures=failures)
    finish_progress(progress, moment=clock.now())
