"""Acts on benchmarks of one's own: drafting, the opinion, issuing a version, ending it, reading it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.clock import legal_date
from dayu.core.refused import Refused, refuse_now
from dayu.discretion.models import BenchmarkDraft, BenchmarkReading, DiscretionBenchmark
from dayu.discretion.policies import (
    may_confirm_reading,
    may_draft_benchmark,
    may_end_benchmark,
    may_give_opinion,
    may_issue_benchmark,
)
from dayu.discretion.selectors import known_benchmarks, without_versions_of
from dayu.discretion.tables import benchmark_of, stored
from dayu.law.benchmark_findings import FAULT, Finding
from dayu.law.benchmark_linter import lint
from dayu.law.benchmarks import Benchmark, ancestors
from dayu.law.citations import cite
from dayu.law.refinement import parent_of, refinement_findings
from dayu.law.refusals import Refusal
from dayu.law.rulebook import RulebookError
from dayu.org.models import Agency, PostKey
from dayu.org.selectors import holders_of
from dayu.work.holders import Holder
from dayu.work.services import close_task, notify, open_task

READERS = (PostKey.HANDLER, PostKey.UNIT_HEAD, PostKey.LEGAL_REVIEWER, PostKey.REVIEW_HEAD)
HOLES = ("discretion.gap", "discretion.overlap", "discretion.amount_gap", "discretion.amount_overlap",
         "discretion.amount_double", "discretion.tier_shadowed", "discretion.tier_unreachable")  # fmt: skip
BEYOND = ("discretion.beyond_parent", "discretion.parent_lets_off", "discretion.gate_dropped")


@action(label=_("保存裁量基准草案"), policy=may_draft_benchmark)
def save_draft(
    agency: Agency, *, actor: Actor, moment: datetime, key: str, table: Mapping[str, Any]
) -> BenchmarkDraft:
    """The table of a benchmark, whole or not at all: what the linter faults is refused with the exact value."""
    benchmark = _benchmark(agency, key, table)
    _require_whole(benchmark, agency=agency, key=key)
    draft = BenchmarkDraft.objects.filter(agency=agency, key=key, issued_at=None).first() or BenchmarkDraft(
        agency=agency, key=key
    )
    if draft.digest != benchmark.digest:
        draft.opinion, draft.opinion_words, draft.opinion_by, draft.opinion_at = "", "", "", None
    draft.table, draft.digest = stored(table), benchmark.digest
    draft.written_by_id, draft.changed_at = actor.person_id or 0, moment
    draft.save()
    note(key=key, digest=benchmark.digest)
    note_subject(draft, related=agency)
    return draft


@action(label=_("对裁量基准草案提出意见"), policy=may_give_opinion)
def give_opinion(
    draft: BenchmarkDraft, *, actor: Actor, moment: datetime, opinion: str, words: str
) -> BenchmarkDraft:
    """同意 or 退回, on exactly this content; a return says why."""
    if opinion not in dict(BenchmarkDraft.OPINIONS):
        refuse_now("powers.unknown_choice", field="opinion", value=opinion)
    if draft.issued_at is not None:
        refuse_now("discretion.already_issued", name=str(draft))
    if opinion == BenchmarkDraft.RETURNED and not words.strip():
        refuse_now("discretion.return_without_reason")
    draft.opinion, draft.opinion_words = opinion, words
    draft.opinion_by, draft.opinion_at = actor.name, moment
    draft.save(update_fields=["opinion", "opinion_words", "opinion_by", "opinion_at"])
    note(opinion=opinion, words=words, digest=draft.digest)
    if draft.written_by_id:
        text = gettext("裁量基准草案%(name)s：%(opinion)s") % {"name": draft, "opinion": draft.get_opinion_display()}
        notify(draft.written_by_id, text, draft.get_absolute_url(), moment=moment)
    return draft


@action(label=_("印发裁量基准"), policy=may_issue_benchmark)
def issue_benchmark(
    draft: BenchmarkDraft, *, actor: Actor, moment: datetime, in_force_from: date, in_force_until: date | None = None
) -> DiscretionBenchmark:
    """The next version. The one before ends the day before; who enforces is asked to read; children are looked at again."""
    if draft.issued_at is not None:
        refuse_now("discretion.already_issued", name=str(draft))
    if draft.opinion != BenchmarkDraft.AGREED:
        refuse_now("discretion.opinion_missing", name=str(draft))
    if in_force_from < legal_date(moment) or (in_force_until is not None and in_force_until < in_force_from):
        refuse_now("discretion.issued_backwards")
    agency, key = draft.agency, draft.key
    benchmark = _benchmark(agency, key, draft.table)
    _require_whole(benchmark, agency=agency, key=key)
    before = DiscretionBenchmark.objects.filter(agency=agency, key=key).order_by("-number").first()
    if before is not None and before.in_force_from >= in_force_from:
        refuse_now("discretion.issued_backwards")
    if before is not None and (before.in_force_until is None or before.in_force_until >= in_force_from):
        before.in_force_until = in_force_from - timedelta(days=1)
        before.save(update_fields=["in_force_until"])
    issued = DiscretionBenchmark.objects.create(
        agency=agency, key=key, number=before.number + 1 if before else 1, table=draft.table, digest=draft.digest,
        in_force_from=in_force_from, in_force_until=in_force_until, issued_at=moment, issued_by=actor.name,
    )  # fmt: skip
    draft.issued_at = moment
    draft.save(update_fields=["issued_at"])
    _ask_to_read(issued, moment=moment)
    _look_at_children(issued, moment=moment)
    note(key=key, number=issued.number, digest=issued.digest, in_force_from=in_force_from)
    note_subject(issued, related=draft)
    return issued


@action(label=_("终止裁量基准"), policy=may_end_benchmark)
def end_benchmark(
    benchmark: DiscretionBenchmark, *, actor: Actor, moment: datetime, last_day: date, reason: str
) -> DiscretionBenchmark:
    """The last day on which a version applies to acts."""
    if last_day < benchmark.in_force_from:
        refuse_now("discretion.issued_backwards")
    benchmark.in_force_until = last_day
    benchmark.save(update_fields=["in_force_until"])
    note(last_day=last_day, reason=reason)
    return benchmark


@action(label=_("签收裁量基准"), policy=may_confirm_reading)
def confirm_reading(benchmark: DiscretionBenchmark, *, actor: Actor, moment: datetime) -> DiscretionBenchmark:
    """The person has read this version; the receipt keeps the first time."""
    reading = benchmark.readings.get(person_id=actor.person_id)
    if reading.read_at is None:
        reading.read_at = moment
        reading.save(update_fields=["read_at"])
    close_task(benchmark, "discretion.confirm_reading", moment=moment, by=actor, slot=str(actor.person_id))
    note(digest=benchmark.digest)
    return benchmark


def _benchmark(agency: Agency, key: str, table: Mapping[str, Any]) -> Benchmark:
    """The benchmark of a table; it speaks for the territory of its agency and for no other."""
    if not key.replace("-", "").replace("_", "").isalnum() or not key.isascii():
        refuse_now("discretion.bad_key", key=key)
    try:
        benchmark = benchmark_of(key, table)
    except RulebookError as error:
        refuse_now("discretion.unreadable", fault=str(error))
    if benchmark.territory != agency.territory_id:
        refuse_now("discretion.another_territory", territory=benchmark.territory, own=agency.territory_id)
    return benchmark


def findings_of(benchmark: Benchmark, *, agency: Agency, key: str) -> tuple[Finding, ...]:
    """What the linter says beside everything that holds, but for the versions that this one will end."""
    others = without_versions_of(known_benchmarks(), agency.pk, key, benchmark.replaces)
    return lint(benchmark, among=others).findings


def _require_whole(benchmark: Benchmark, *, agency: Agency, key: str) -> None:
    try:
        faults = [f for f in findings_of(benchmark, agency=agency, key=key) if f.severity == FAULT]
    except RulebookError as error:
        refuse_now("discretion.unreadable", fault=str(error))
    if not faults:
        return
    heads = []
    if holes := [f for f in faults if f.rule in HOLES]:
        heads.append(Refusal("discretion.not_whole", {"count": len(holes)}, faults[0].refusal().basis))
    if any(f.rule in BEYOND for f in faults):
        heads.append(Refusal("discretion.beyond_parent_range", {}, faults[0].refusal().basis))
    raise Refused(tuple(heads) + tuple(f.refusal() for f in faults))


def _ask_to_read(issued: DiscretionBenchmark, *, moment: datetime) -> None:
    """Training: a task and a notice for everybody of the agency who enforces or reviews."""
    for person in holders_of(*READERS, agency=issued.agency_id, on=legal_date(moment)):
        BenchmarkReading.objects.create(benchmark=issued, person_id=person.pk)
        title = gettext("学习裁量基准：%(name)s") % {"name": issued}
        open_task(
            issued, "discretion.confirm_reading", title=title[:200], button=gettext("签收"), holder=Holder(person_id=person.pk),
            organ_id=issued.agency_id, territory=issued.agency.territory_id, url=issued.get_absolute_url(), moment=moment,
            slot=str(person.pk), why=gettext("%(day)s起施行") % {"day": issued.in_force_from}, basis=[_training_basis()],
        )  # fmt: skip
        notify(person.pk, title, issued.get_absolute_url(), moment=moment)


def _look_at_children(parent: DiscretionBenchmark, *, moment: datetime) -> None:
    """A benchmark below that now leaves its parent is frozen on the day the parent comes into force, with a task."""
    known = known_benchmarks()
    now = without_versions_of(known, parent.agency_id, parent.key, "") | {parent.rule_key: known[parent.rule_key]}
    rows = DiscretionBenchmark.objects.filter(frozen_on=None, in_force_until=None).exclude(pk=parent.pk)
    for row in rows.select_related("agency"):
        if parent.agency.territory_id not in ancestors(row.agency.territory_id)[1:]:
            continue
        child = known[row.rule_key]
        above = parent_of(child, among=now)
        if above is None or above.key != parent.rule_key:
            continue
        faults = [f for f in refinement_findings(child, among={above.key: above}) if f.severity == FAULT]
        if not faults:
            continue
        row.frozen_on, row.frozen_why = parent.in_force_from, faults[0].text()[:300]
        row.save(update_fields=["frozen_on", "frozen_why"])
        open_task(
            row, "discretion.save_draft", title=(gettext("裁量基准冻结，须修订：%(name)s") % {"name": row})[:200],
            button=gettext("修订"), holder=Holder(post="review_head"),
            organ_id=row.agency_id, territory=row.agency.territory_id, url=row.get_absolute_url(), moment=moment,
            why=row.frozen_why, basis=[_training_basis()],
        )  # fmt: skip


def _training_basis() -> Any:
    return cite("penalty-law", 34, anchor="行政处罚裁量基准")
