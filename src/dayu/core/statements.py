"""Statements whose text is made once: building a long one costs more time than running it.

What a page reads differs from request to request only in a key. The text of everything else is made at the first request of an
actor on a day, and kept by the caller (`functools.lru_cache`), since it follows from nothing but its arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def finished_columns(rows: QuerySet[Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns for `annotate` on `rows` (and on any narrower filter of them) as finished text.

    Only for columns that are subqueries of their own, tied to the table of `rows` by OuterRef: one that joins stays as it is.
    """
    query = rows.order_by().annotate(**columns).query
    compiler = query.get_compiler(connection=connection)
    found: dict[str, Any] = {}
    for name, column in columns.items():
        resolved = query.annotations[name]
        try:
            text, params = compiler.compile(resolved)
        except EmptyResultSet:  # whoever may see nothing asks for no rows at all
            found[name] = column
            continue
        found[name] = RawSQL(text, tuple(params), output_field=resolved.output_field)  # noqa: S611 - compiled, never typed
    return found


def finished_text(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]] | None:
    """The statement of `rows` with its parameters for `answered`; None where no row can ever be found."""
    try:
        text, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return text, tuple(params)


def answered(statement: tuple[str, tuple[Any, ...]] | None) -> list[tuple[Any, ...]]:
    """Run a finished statement of plain numbers and words; other values come as the database has them."""
    if statement is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
