"""Fills a database with copies of a few cases that were really played: `fill(cases)`. Each copy has its own rows and its audit entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

STEP = 100_000  # distance between the row numbers of two copies; larger than any number of the originals
TEMPLATES = ("archived", "archived", "archived", "served", "examined")


def fill(wanted: int) -> None:
    """An invented county with `wanted` cases, its copies passed through the integrity check by the caller."""
    from dayu.core import clock
    from dayu.demo.county import make_county
    from dayu.demo.playing import Company, play
    from dayu.demo.stories import PRESENT, past_stories

    agency = make_county()
    company = Company(agency, clock.today())
    stories = [replace(s, at=at, rests=20 + n) for n, (s, at) in enumerate(zip(past_stories(), TEMPLATES, strict=False))]
    originals = [play(company, s, today=clock.today()).pk for s in stories]
    play(company, PRESENT[0], today=clock.today())
    each = wanted // len(originals)
    for pk in originals:
        copy_case(pk, each)
    note_copies(originals, each, agency.pk)


def copy_case(pk: int, copies: int) -> None:
    """Copy a case with its parties, journal, papers of work and search entries, `copies` times, inside the database."""
    from django.db import connection, transaction

    from dayu.cases.models import (
        Case,
        CaseAnswer,
        CaseFact,
        CaseKept,
        CaseOfficer,
        CaseParty,
        JournalEntry,
        PenaltyDraft,
    )
    from dayu.core.search import SearchEntry
    from dayu.work.models import RunningDeadline, Task

    key = f"cases.case:{pk}"
    copied: dict[type[Any], str] = {
        Case: f"id = {pk}",
        CaseParty: f"case_id = {pk}",
        PenaltyDraft: f"party_id IN (SELECT id FROM cases_caseparty WHERE case_id = {pk})",
        CaseOfficer: f"case_id = {pk}",
        CaseFact: f"case_id = {pk}",
        CaseAnswer: f"case_id = {pk}",
        JournalEntry: f"case_id = {pk}",
        CaseKept: f"case_id = {pk}",
        RunningDeadline: f"related = '{key}' AND ended_at IS NULL",
        Task: f"related = '{key}' AND closed_at IS NULL",
        SearchEntry: f"url LIKE '/cases/{pk}/%'",
    }
    party = CaseParty.objects.get(case_id=pk).pk
    moved = f"'cases.case:' || ({pk} + n.i * {STEP})"
    special = {
        ("cases_case", "case_no"): "CASE WHEN case_no = '' THEN '' ELSE case_no || '-' || n.i END",
        ("cases_case", "filed_on"): "date(filed_on, '-' || (n.i % 1500) || ' days')",
        ("cases_casekept", "essence"): f"replace(essence, '\"{party}\"', '\"' || ({party} + n.i * {STEP}) || '\"')",
        ("core_searchentry", "object_id"): f"CAST(object_id AS INTEGER) + n.i * {STEP}",
        ("core_searchentry", "url"): f"'/cases/' || ({pk} + n.i * {STEP}) || '/'",
        ("work_runningdeadline", "subject"): moved,
        ("work_runningdeadline", "related"): moved,
        ("work_task", "subject"): moved,
        ("work_task", "related"): moved,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for model, where in copied.items():
            table, columns, values = model._meta.db_table, [], []
            for field in model._meta.concrete_fields:
                columns.append(f'"{field.column}"')
                if (table, field.column) in special:
                    values.append(special[(table, field.column)])
                elif (field.primary_key and not field.is_relation) or (field.is_relation and field.related_model in copied):
                    values.append(f'"{field.column}" + n.i * {STEP}')
                else:
                    values.append(f'"{field.column}"')
            cursor.execute(
                f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {copies}) "
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table}, n WHERE {where}"
            )


def note_copies(originals: list[int], copies: int, organ: int) -> None:
    """One audit entry for each copy, with a true commitment, as every act leaves one."""
    import secrets

    from dayu.core import clock
    from dayu.core.actors import SYSTEM
    from dayu.core.audit import AuditEntry, commitment_of, entry_content

    now, rows = clock.now() - timedelta(days=1), []
    for pk in originals:
        for number in range(1, copies + 1):
            entry = AuditEntry(
                action="bench.copy_case", subject=f"cases.case:{pk + number * STEP}", actor_name=SYSTEM.name, organ_id=organ,
                door="system", happened_at=now, entered_at=now, detail={"copy_of": pk}, salt=secrets.token_hex(16),
            )  # fmt: skip
            entry.commitment = commitment_of(entry.salt, entry_content(entry))
            rows.append(entry)
    AuditEntry.objects.bulk_create(rows, batch_size=2000)
