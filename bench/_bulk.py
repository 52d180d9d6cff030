"""Fills a database with copies of a few cases that were really played: `fill(cases)`.

Each copy has its own rows (parties, officers, facts, answers, journal, decision, publication, tasks, deadlines, search entry) and an
audit entry of its own in the signed proof log. One case in a hundred is open, shared out among the four officers of the bureau:
with 100,000 cases each of them has 250 open ones, several times what an officer has in life.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

STEP = 100_000  # distance between the row numbers of two copies; larger than any number of the originals
TEMPLATES = ("archived", "archived", "archived", "served", "examined")
OPEN_SHARE = 200  # of so many cases one stands at each of the two open stages
HANDLERS = ("officer", "second_officer", "third_officer", "soil_officer")


def fill(wanted: int) -> None:
    """An invented county with `wanted` cases; the caller runs the integrity check."""
    from dayu.core import clock
    from dayu.core.proof_log import advance_proof_log
    from dayu.demo.county import make_county
    from dayu.demo.playing import Company, play
    from dayu.demo.stories import PRESENT, past_stories

    agency = make_county()
    company = Company(agency, clock.today())
    stories = [replace(s, at=at, rests=20 + n) for n, (s, at) in enumerate(zip(past_stories(), TEMPLATES, strict=False))]
    originals = [play(company, s, today=clock.today()).pk for s in stories]
    play(company, PRESENT[0], today=clock.today())
    still_open = max(1, wanted // OPEN_SHARE)
    closed = (wanted - 2 * still_open) // 3
    copies = {pk: closed if at == "archived" else still_open for pk, at in zip(originals, TEMPLATES, strict=True)}
    handlers = [company.people[name].pk for name in HANDLERS]
    for pk, number in copies.items():
        copy_case(pk, number, handlers)
    note_copies(copies, agency.pk)
    advance_proof_log(now=clock.now())


def copy_case(pk: int, copies: int, handlers: list[int]) -> None:
    """Copy a case with its parties, journal, papers of work and search entries, `copies` times, inside the database."""
    from django.db import connection, transaction

    from dayu.cases.models import (
        Case,
        CaseAnswer,
        CaseEvidence,
        CaseFact,
        CaseKept,
        CaseOfficer,
        CaseParty,
        JournalEntry,
        PenaltyDraft,
    )
    from dayu.core.search import SearchEntry
    from dayu.disclosure.models import Publication, PublicationVersion
    from dayu.documents.models import Document
    from dayu.work.models import RunningDeadline, Task

    key = f"cases.case:{pk}"
    copied: dict[type[Any], str] = {
        Case: f"id = {pk}",
        CaseParty: f"case_id = {pk}",
        PenaltyDraft: f"party_id IN (SELECT id FROM cases_caseparty WHERE case_id = {pk})",
        CaseOfficer: f"case_id = {pk}",
        CaseFact: f"case_id = {pk}",
        CaseEvidence: f"fact_id IN (SELECT id FROM cases_casefact WHERE case_id = {pk})",
        CaseAnswer: f"case_id = {pk}",
        JournalEntry: f"case_id = {pk}",
        CaseKept: f"case_id = {pk}",
        Document: f"subject = '{key}'",
        Publication: f"case_id = {pk}",
        PublicationVersion: f"publication_id IN (SELECT id FROM disclosure_publication WHERE case_id = {pk})",
        RunningDeadline: f"related = '{key}' AND ended_at IS NULL",
        Task: f"related = '{key}' AND closed_at IS NULL",
        SearchEntry: f"url LIKE '/cases/{pk}/%' OR (kind = 'publication' AND CAST(object_id AS INTEGER) IN "
        f"(SELECT id FROM disclosure_publication WHERE case_id = {pk}))",
    }
    party = CaseParty.objects.get(case_id=pk).pk
    moved = f"'cases.case:' || ({pk} + n.i * {STEP})"
    about = f"CASE WHEN subject = '{key}' THEN {moved} ELSE 'cases.caseparty:' || ({party} + n.i * {STEP}) END"

    def of_handlers(column: str, first: int) -> str:
        """Another handler for each copy, where the original has one."""
        each = " ".join(f"WHEN {k} THEN {handlers[(k + first) % len(handlers)]}" for k in range(len(handlers)))
        return f"CASE WHEN {column} IS NULL THEN NULL ELSE CASE n.i % {len(handlers)} {each} END END"

    def earlier(column: str) -> str:
        """The cases of four years."""
        return f"date({column}, '-' || (n.i % 1500) || ' days')"

    special = {
        ("cases_case", "case_no"): "CASE WHEN case_no = '' THEN '' ELSE case_no || '-' || n.i END",
        ("cases_case", "filed_on"): earlier("filed_on"),
        ("cases_caseofficer", "person_id"): f"CASE role WHEN 'lead' THEN {of_handlers('person_id', 0)} "
        f"ELSE {of_handlers('person_id', 1)} END",
        ("cases_caseparty", "id_no"): "CASE WHEN id_no = '' THEN '' ELSE substr(id_no, 1, 10) || printf('%08d', n.i) END",
        ("cases_caseparty", "uscc"): "CASE WHEN uscc = '' THEN '' ELSE substr(uscc, 1, 10) || printf('%08d', n.i) END",
        ("cases_casekept", "essence"): f"replace(essence, '\"{party}\"', '\"' || ({party} + n.i * {STEP}) || '\"')",
        ("core_searchentry", "object_id"): f"CAST(object_id AS INTEGER) + n.i * {STEP}",
        ("core_searchentry", "url"): f"replace(url, '/' || object_id || '/', '/' || (object_id + n.i * {STEP}) || '/')",
        ("documents_document", "subject"): moved,
        ("documents_document", "party"): f"'cases.caseparty:' || ({party} + n.i * {STEP})",
        ("documents_document", "number"): "CASE WHEN number = '' THEN '' ELSE number || '-' || n.i END",
        ("documents_document", "taken_number_id"): "NULL",
        ("disclosure_publication", "code"): "substr(code, 1, 8) || printf('%08d', n.i)",
        ("disclosure_publication", "decision_no"): "decision_no || '-' || n.i",
        ("disclosure_publication", "decided_on"): earlier("decided_on"),
        ("disclosure_publication", "released_on"): earlier("released_on"),
        ("work_runningdeadline", "subject"): about,
        ("work_runningdeadline", "related"): moved,
        ("work_runningdeadline", "responsible_person_id"): of_handlers("responsible_person_id", 0),
        ("work_task", "subject"): about,
        ("work_task", "related"): moved,
        ("work_task", "url"): f"replace(url, '/cases/{pk}/', '/cases/' || ({pk} + n.i * {STEP}) || '/')",
        ("work_task", "holder_person_id"): of_handlers("holder_person_id", 0),
        ("work_task", "awaited_by_id"): of_handlers("awaited_by_id", 0),
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
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} CROSS JOIN n WHERE {where}"
            )


def note_copies(copies: dict[int, int], organ: int) -> None:
    """One audit entry for each copy, with a true commitment, as every act leaves one."""
    import secrets

    from dayu.core import clock
    from dayu.core.actors import SYSTEM
    from dayu.core.audit import AuditEntry, commitment_of, entry_content

    now, rows = clock.now(), []
    for pk, made in copies.items():
        for number in range(1, made + 1):
            entry = AuditEntry(
                action="bench.copy_case", subject=f"cases.case:{pk + number * STEP}", actor_name=SYSTEM.name, organ_id=organ,
                door="system", happened_at=now, entered_at=now, detail={"copy_of": pk}, salt=secrets.token_hex(16),
            )  # fmt: skip
            entry.commitment = commitment_of(entry.salt, entry_content(entry))
            rows.append(entry)
    AuditEntry.objects.bulk_create(rows, batch_size=2000)
