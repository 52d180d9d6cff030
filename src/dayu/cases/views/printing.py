"""Pages for paper (A4): the course of a case, and the list of its files (案卷目录)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dayu.cases.views.shared import open_page
from dayu.cases.views.tabs import entry_lines
from dayu.documents.selectors import documents_of
from dayu.records.models import EvidenceItem
from dayu.records.selectors import proceedings_of


@login_required
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """经过, oldest first."""
    page = open_page(request, pk)
    rows = list(page.case.journal.select_related("party").order_by("happened_on", "sequence"))
    back = reverse("cases:timeline", args=[pk])
    context = {"page": page, "case": page.case, "lines": entry_lines(rows, page), "back_url": back}
    return render(request, "cases/print_timeline.html", context)


@login_required
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """案卷目录: papers, records and evidence in order, with pages where they are known."""
    page = open_page(request, pk)
    papers = [r.document for r in documents_of(page.subjects, actor=page.actor) if r.document.life != "voided"]
    items = EvidenceItem.objects.visible_to(page.actor).of(*page.subjects).filter(withdrawn_at=None).order_by("id")
    context = {
        "page": page,
        "case": page.case,
        "papers": papers,
        "proceedings": proceedings_of(*page.subjects, actor=page.actor),
        "items": list(items),
        "back_url": reverse("cases:case", args=[pk]),
    }
    return render(request, "cases/print_files.html", context)
