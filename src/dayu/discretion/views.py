"""Pages: drafts and issued benchmarks, the editor, Excel in and out, what-if, and a form for each act."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.act_pages import act_page, refusal_rows
from dayu.core.middleware import actor_of
from dayu.core.refused import Refused, refuse_now, require
from dayu.core.ui.drawing import bar_svg
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, Pair, Row, Table
from dayu.discretion import forms, past, services
from dayu.discretion.importing import import_benchmarks
from dayu.discretion.models import BenchmarkDraft, DiscretionBenchmark
from dayu.discretion.policies import (
    may_confirm_reading,
    may_draft_benchmark,
    may_end_benchmark,
    may_give_opinion,
    may_issue_benchmark,
)
from dayu.discretion.selectors import known_benchmarks
from dayu.discretion.tables import benchmark_of, opened
from dayu.law.benchmark_linter import Lint
from dayu.law.benchmark_sheets import TIERS, sheets_of
from dayu.law.benchmarks import Benchmark
from dayu.law.refusals import Verdict
from dayu.law.violations import violation
from dayu.law.what_if import KINDS, WhatIf, what_if
from dayu.org.models import Agency, Person
from dayu.powers.benchmark_excel import NotAWorkbook, written

KEPT_CHANGES = 200
KIND_NAMES = {
    "same": gettext_lazy("不变"),
    "lighter": gettext_lazy("更轻"),
    "harsher": gettext_lazy("更重"),
    "other_tier": gettext_lazy("换档"),
    "now_covered": gettext_lazy("新纳入"),
    "no_longer_covered": gettext_lazy("不再有档"),
    "facts_needed": gettext_lazy("缺少因素"),
}


def _agency(request: HttpRequest) -> Agency:
    """The agency of whoever looks."""
    found = Agency.objects.select_related("territory").filter(pk=actor_of(request).organ_id or 0).first()
    if found is None:
        refuse_now("core.not_permitted", act=_("起草裁量基准"))
    return found


def _draft(request: HttpRequest, pk: int) -> BenchmarkDraft:
    rows = BenchmarkDraft.objects.visible_to(actor_of(request)).select_related("agency__territory")
    return get_object_or_404(rows, pk=pk)


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Drafts in work, and the versions that were issued."""
    actor = actor_of(request)
    drafts = BenchmarkDraft.objects.visible_to(actor).filter(issued_at=None).select_related("agency")[:50]
    issued = DiscretionBenchmark.objects.visible_to(actor).select_related("agency")
    page = key_page(issued, ["-issued_at", "-pk"], query=request.GET, size=50)
    context = {
        "drafts": Table(
            columns=[Column(_("草案")), Column(_("制定机关")), Column(_("意见")), Column(_("修改时间"))],
            rows=[
                Row([Cell(str(d), url=d.get_absolute_url(), note=d.key), d.agency.name, _opinion_cell(d), d.changed_at.date()])
                for d in drafts
            ],
            caption=_("草案"),
            empty_title=_("没有正在起草的裁量基准"),
            empty_text=_("可以逐档填写，也可以导入 Excel。"),
        ),
        "issued": Table(
            columns=[Column(_("裁量基准")), Column(_("制定机关")), Column(_("版次"), align="right"), Column(_("施行"))],
            rows=[
                Row([Cell(str(b), url=b.get_absolute_url(), note=b.key), b.agency.name, b.number, _validity_cell(b)])
                for b in page.rows
            ],
            caption=_("已印发的裁量基准"),
            pager=page.pager(request.GET),
            empty_title=_("还没有印发裁量基准"),
            empty_text=_("没有本地基准时，适用规则库中上级的基准。"),
        ),
        "may_draft": may_draft_benchmark(Agency(pk=actor.organ_id or 0), actor=actor).allowed,
    }
    return render(request, "discretion/list.html", context)


def _opinion_cell(draft: BenchmarkDraft) -> Cell:
    tones: Mapping[str, Any] = {BenchmarkDraft.AGREED: "fine", BenchmarkDraft.RETURNED: "soon", "": "muted"}
    return Cell(draft.get_opinion_display() or _("待提出意见"), note=draft.opinion_words, tone=tones[draft.opinion])


def _validity_cell(benchmark: DiscretionBenchmark) -> Cell:
    text = f"{benchmark.in_force_from} – {benchmark.in_force_until or ''}"
    if benchmark.frozen_on:
        return Cell(text, note=_("%(day)s起冻结") % {"day": benchmark.frozen_on}, tone="soon")
    return Cell(text)


def tier_lines(key: str, table: Mapping[str, Any]) -> list[dict[str, str]]:
    """The tiers of a table line by line, as the sheets have them."""
    head, *lines = sheets_of({key: opened(table)})[TIERS]
    return [dict(zip(head, line, strict=True)) for line in lines]


def _tiers_table(key: str, table: Mapping[str, Any]) -> Table:
    lines = tier_lines(key, table)
    shown = [c for c in forms.LINE_FIELDS if any(line.get(c) for line in lines)]
    return Table(
        columns=[Column(str(forms.LINE_LABELS[c])) for c in shown],
        rows=[Row([line.get(c, "") for c in shown]) for line in lines],
        caption=_("裁量阶次"),
    )


def _pairs(agency: Agency, benchmark: Benchmark) -> list[Pair]:
    return [
        Pair(_("制定机关"), agency.name),
        Pair(_("文件"), benchmark.document),
        Pair(_("适用违法行为"), "；".join(violation(v).name for v in benchmark.violations) or "—"),
        Pair(_("上级基准"), benchmark.refines or "—"),
        Pair(_("说明"), benchmark.notes or "—"),
        Pair(_("版本"), benchmark.digest[:12]),
    ]


def _findings(found: Lint) -> Table:
    language = get_language() or "zh"
    return Table(
        columns=[Column(_("检查结果")), Column(_("位置"))],
        rows=[Row([Cell(f.text(language), tone="soon" if f in found.faults else ""), f.at]) for f in found.findings],
        caption=_("检查结果"),
        empty_title=_("没有空档、重叠和超出幅度的数额"),
    )


@login_required
def draft_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: its tiers, what the linter says, the opinion, and what may be done next."""
    actor, draft = actor_of(request), _draft(request, pk)
    benchmark = benchmark_of(draft.key, draft.table)
    findings = services.findings_of(benchmark, agency=draft.agency, key=draft.key)
    open_draft = draft.issued_at is None
    context = {
        "draft": draft,
        "pairs": _pairs(draft.agency, benchmark),
        "tiers": _tiers_table(draft.key, draft.table),
        "findings": _findings(Lint(benchmark, findings)),
        "opinion": _opinion_cell(draft),
        "may_edit": open_draft and may_draft_benchmark(draft, actor=actor).allowed,
        "may_give_opinion": open_draft and may_give_opinion(draft, actor=actor).allowed,
        "may_issue": open_draft and may_issue_benchmark(draft, actor=actor).allowed,
    }
    return render(request, "discretion/draft.html", context)


@login_required
def benchmark_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One issued version: tiers, validity, other versions, and who has read it."""
    actor = actor_of(request)
    found = _issued(request, pk)
    readings = {r.person_id: r.read_at for r in found.readings.all()}
    people = Person.objects.filter(pk__in=readings).select_related("unit").order_by("unit_id", "pk")
    versions = DiscretionBenchmark.objects.filter(agency=found.agency, key=found.key).order_by("-number")
    waiting = may_confirm_reading(found, actor=actor).allowed and readings.get(actor.person_id or 0) is None
    context = {
        "benchmark": found,
        "pairs": [*_pairs(found.agency, benchmark_of(found.key, found.table)), Pair(_("施行"), _validity_cell(found).text)],
        "tiers": _tiers_table(found.key, found.table),
        "versions": Table(
            columns=[Column(_("版次"), align="right"), Column(_("施行")), Column(_("印发人"))],
            rows=[Row([v.number, Cell(_validity_cell(v).text, url=v.get_absolute_url()), v.issued_by]) for v in versions],
            caption=_("各版本"),
        ),
        "readings": Table(
            columns=[Column(_("姓名")), Column(_("内设机构")), Column(_("签收"))],
            rows=[
                Row([p.name, p.unit.name if p.unit else "—", _read_cell(readings[p.pk])]) for p in people
            ],
            caption=_("学习签收"),
        ),
        "may_read": waiting,
        "may_end": found.in_force_until is None and may_end_benchmark(found, actor=actor).allowed,
        "may_revise": may_draft_benchmark(found, actor=actor).allowed,
    }
    return render(request, "discretion/benchmark.html", context)


def _read_cell(read_at: Any) -> Cell:
    return Cell(read_at.date(), tone="fine") if read_at else Cell(_("未签收"), tone="soon")


def _issued(request: HttpRequest, pk: int) -> DiscretionBenchmark:
    rows = DiscretionBenchmark.objects.visible_to(actor_of(request)).select_related("agency__territory")
    return get_object_or_404(rows, pk=pk)


@login_required
def new_draft(request: HttpRequest) -> HttpResponse:
    """An empty editor, or one that starts from an issued version (`?from=`)."""
    source = DiscretionBenchmark.objects.visible_to(actor_of(request)).filter(pk=_number(request.GET.get("from"))).first()
    key, table = (source.key, source.table) if source else ("", {})
    return _editor(request, _agency(request), key=key, table=table, back=reverse("discretion:list"))


@login_required
def edit_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a draft."""
    draft = _draft(request, pk)
    return _editor(request, draft.agency, key=draft.key, table=draft.table, back=draft.get_absolute_url())


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _editor(request: HttpRequest, agency: Agency, *, key: str, table: Mapping[str, Any], back: str) -> HttpResponse:
    """Head and lines; a line that cannot be read and a finding of the linter are shown beside what was typed."""
    require(may_draft_benchmark(agency, actor=actor_of(request)))
    head = forms.HeadForm(request.POST or None, initial=forms.head_initial(key, table) if table else None)
    lines = forms.posted_lines(request.POST) if request.method == "POST" else (tier_lines(key, table) if table else [])
    refusals: list[Any] = []
    faults: Sequence[str] = ()
    if request.method == "POST" and head.is_valid():
        read = forms.read_table(head, lines, agency.territory_id)
        faults = [f.text() for f in read.faults]
        if not faults:
            try:
                draft = services.save_draft(
                    agency, actor=actor_of(request), moment=clock.now(), key=head.cleaned_data["key"],
                    table=next(iter(read.tables.values())), idempotency_key=request.POST.get("once", "")[:80],
                )  # fmt: skip
            except Refused as refused:
                refusals = refusal_rows(refused)
            else:
                messages.success(request, _("已保存：%(name)s") % {"name": draft})
                return redirect(draft)
    typed = [*lines, *({} for _spare in range(forms.SPARE_LINES))]
    rows = [
        [(f"line-{n}-{place}", label, line.get(column, "")) for place, (column, label) in enumerate(forms.LINE_LABELS.items())]
        for n, line in enumerate(typed)
    ]
    context = {
        "head": head, "columns": list(forms.LINE_LABELS.values()), "rows": rows, "refusal_rows": refusals, "faults": faults, "back": back,
        "once": secrets.token_urlsafe(16), "key": key,
    }  # fmt: skip
    return render(request, "discretion/edit.html", context, status=422 if request.method == "POST" else 200)


@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """Benchmarks from Excel: each becomes a draft; what could not be taken is named."""
    agency = _agency(request)
    require(may_draft_benchmark(agency, actor=actor_of(request)))
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            result = import_benchmarks(
                form.cleaned_data["file"], agency=agency, actor=actor_of(request), moment=clock.now()
            )
        except NotAWorkbook as fault:
            form.add_error("file", str(fault))
    failed = Table(
        columns=[Column(_("位置")), Column(_("原因"))],
        rows=[Row(list(pair)) for pair in (result.failed if result else ())],
        caption=_("没有导入的内容"),
    )
    context = {"form": form, "result": result, "failed": failed}
    return render(request, "discretion/import.html", context, status=422 if form.errors else 200)


@login_required
def export(request: HttpRequest) -> HttpResponse:
    """One's own drafts and the versions in force as one Excel file, in the form that the import reads."""
    actor = actor_of(request)
    tables = {d.key: opened(d.table) for d in BenchmarkDraft.objects.visible_to(actor).filter(issued_at=None)}
    issued = DiscretionBenchmark.objects.visible_to(actor).filter(agency_id=actor.organ_id or 0).order_by("number")
    tables |= {b.key: opened(b.table) for b in issued if b.key not in tables}
    response = HttpResponse(
        written(tables), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = 'attachment; filename="benchmarks.xlsx"'
    return response


@login_required
def what_if_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Past cases judged again under the draft: how many change, how fines would spread, which cases."""
    actor, draft = actor_of(request), _draft(request, pk)
    benchmark = benchmark_of(draft.key, draft.table)
    cases = past.past_cases(actor, frozenset(benchmark.violations))
    found = what_if(benchmark, cases, known=known_benchmarks(), keep=KEPT_CHANGES)
    context = {
        "draft": draft,
        "found": found,
        "pairs": [
            Pair(_("比对案件"), found.judged),
            *(Pair(KIND_NAMES[kind], found.kinds[kind]) for kind in KINDS if found.kinds[kind]),
            Pair(_("原罚款不在新档内"), found.leaving),
            Pair(_("罚款合计（元）"), f"{found.total_before:,.0f} → {found.total_after:,.0f}"),
        ],
        "distribution": _distribution(found),
        "changes": _changes(found),
    }
    return render(request, "discretion/what_if.html", context)


def _distribution(found: WhatIf) -> Table:
    """The fines before and under the draft as bars, one line for each stretch of amounts."""
    bars = found.histogram()
    most = max((max(b["before"], b["after"]) for b in bars), default=1) or 1

    def bar(count: int) -> Cell:
        return Cell(bar_svg(100 * count // most, str(count), height=10), note=str(count))

    return Table(
        columns=[Column(_("罚款（元）")), Column(_("原处罚")), Column(_("按草案推算"))],
        rows=[
            Row([f"{b['from_yuan']:,}–" + (f"{b['below_yuan']:,}" if b["below_yuan"] else ""), bar(b["before"]), bar(b["after"])])
            for b in bars
        ],
        caption=_("罚款分布"),
        empty_title=_("没有可以比对的案件"),
    )


def _changes(found: WhatIf) -> Table:
    return Table(
        columns=[Column(_("案件")), Column(_("变化")), Column(_("原档")), Column(_("新档")), Column(_("罚款（元）"), align="right"),
                 Column(_("推算（元）"), align="right")],
        rows=[
            Row([
                c.case.reference, KIND_NAMES[c.kind], (c.before.tier if c.before else None) or "—", c.after.tier or "—",
                "—" if c.case.fine_yuan is None else f"{c.case.fine_yuan:,.0f}",
                Cell("—" if c.projected_yuan is None else f"{c.projected_yuan:,.0f}", note=_("须说明理由") if c.leaves_tier else ""),
            ])
            for c in found.changes
        ],
        caption=_("结果会改变的案件"),
        empty_title=_("没有案件的结果会改变"),
    )  # fmt: skip


def _act(request: HttpRequest, target: Any, *, may: Callable[..., Verdict], **page: Any) -> HttpResponse:
    """The page of one act on a draft or an issued version; it leads back to it."""
    require(may(target, actor=actor_of(request)))
    return act_page(request, target=target, note=str(target), back=target.get_absolute_url(), **page)


@login_required
def opinion_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The opinion of the supervising office."""
    return _act(
        request, _draft(request, pk), may=may_give_opinion, action=services.give_opinion, form_class=forms.OpinionForm,
        title=_("对裁量基准草案提出意见"),
    )  # fmt: skip


@login_required
def issue_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the next version."""
    return _act(
        request, _draft(request, pk), may=may_issue_benchmark, action=services.issue_benchmark, form_class=forms.IssueForm,
        initial={"in_force_from": clock.today()}, title=_("印发裁量基准"),
    )  # fmt: skip


@login_required
def end_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End a version."""
    return _act(
        request, _issued(request, pk), may=may_end_benchmark, action=services.end_benchmark, form_class=forms.EndForm,
        initial={"last_day": clock.today()}, title=_("终止裁量基准"),
    )  # fmt: skip


@login_required
def read_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that one has read a version."""
    return _act(
        request, _issued(request, pk), may=may_confirm_reading, action=services.confirm_reading, form_class=forms.ReadForm,
        title=_("签收裁量基准"),
    )  # fmt: skip
