"""Several short lists of one record in one statement: each list comes back as JSON beside the record.

A page may cost twelve statements and a case has more than twelve kinds of rows, so lists that stay short are read as columns:

    Case.objects.annotate(officer_rows=rows_of(CaseOfficer.objects.filter(case=OuterRef("pk")), name="person__name"))
"""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, Count, F, IntegerField, JSONField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject


class JsonList(Aggregate):
    """The objects of a group as one JSON list, on SQLite and on PostgreSQL."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite calls it otherwise."""
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)


def rows_of(rows: QuerySet[Any], **columns: Any) -> Coalesce:
    """`rows` (tied to the record by OuterRef) as a list of objects; no row is an empty list.

    The order of a list is not promised; whoever needs one sorts, the lists are short. Dates come as ISO text.
    """
    made = {name: F(value) if isinstance(value, str) else value for name, value in columns.items()}
    found = rows.order_by().values(one=Value(1)).annotate(made=JsonList(JSONObject(**made))).values("made")
    return Coalesce(Subquery(found, output_field=JSONField()), Value([], output_field=JSONField()))


def count_of(rows: QuerySet[Any]) -> Coalesce:
    """How many `rows` there are, as a column."""
    found = rows.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def first_of(rows: QuerySet[Any], field: str) -> Subquery:
    """One value of the first of `rows`, which the caller has ordered."""
    return Subquery(rows.values(field)[:1])
