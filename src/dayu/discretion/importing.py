"""Benchmarks from an Excel file: each good one becomes a draft through the same act as by hand; the rest is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.core.refused import Refused
from dayu.discretion.models import BenchmarkDraft
from dayu.discretion.services import save_draft
from dayu.org.models import Agency
from dayu.powers.benchmark_excel import read


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The drafts that were saved, and what was not taken: where, and why."""

    drafts: tuple[BenchmarkDraft, ...]
    failed: tuple[tuple[str, str], ...]


def import_benchmarks(file: IO[bytes], *, agency: Agency, actor: Actor, moment: datetime) -> ImportResult:
    """Every benchmark in a transaction of its own; one that lost a row is not saved in part."""
    found = read(file)
    language = get_language() or "zh"
    failed = [
        (_("%(sheet)s 第%(row)s行") % {"sheet": f.sheet, "row": f.row}, f"{f.column}：{f.reason}") for f in found.faults
    ]
    drafts = []
    for key, table in found.tables.items():
        if key in found.incomplete:
            failed.append((key, _("有没有读入的行，改好后再导入")))
            continue
        try:
            with transaction.atomic():
                drafts.append(save_draft(agency, actor=actor, moment=moment, key=key, table=table))
        except Refused as refused:
            failed.append((key, "；".join(r.as_json(language)["reason"] for r in refused.refusals)))
    return ImportResult(tuple(drafts), tuple(failed))
