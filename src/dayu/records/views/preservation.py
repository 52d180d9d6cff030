"""Screens of advance registration and preservation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.org.selectors import holders_of
from dayu.records import services
from dayu.records.forms import CarryOutForm, DisposalForm, ProposePreservationForm
from dayu.records.matters import matter_of
from dayu.records.models import EvidencePreservation
from dayu.records.policies import may_approve_preservation, may_decide_preserved, may_propose_preservation
from dayu.work.deadline_view import shown_deadline
from dayu.work.models import RunningDeadline


def _find(request: HttpRequest, pk: int) -> tuple[EvidencePreservation, Actor]:
    actor = actor_of(request)
    rows = EvidencePreservation.objects.visible_to(actor).select_related(
        "first_officer", "second_officer", "approved_by", "organ"
    )
    return get_object_or_404(rows.prefetch_related("items__disposed_by"), pk=pk), actor


@login_required
def preservation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of things, the approval, the clock, and the next act."""
    preservation, actor = _find(request, pk)
    note_access([preservation, preservation.subject])
    running = RunningDeadline.objects.open().filter(subject=f"records.evidencepreservation:{pk}").first()
    open_items = any(not i.disposal for i in preservation.items.all())
    carried_out = preservation.preserved_at is not None
    context = {
        "preservation": preservation,
        "matter": matter_of(preservation.subject, actor),
        "deadline": shown_deadline(running, now=clock.now()) if running else None,
        "may_approve": preservation.approved_at is None and may_approve_preservation(preservation, actor=actor).allowed,
        "may_carry_out": not carried_out and may_propose_preservation(preservation, actor=actor).allowed,
        "may_decide": carried_out and open_items and may_decide_preserved(preservation, actor=actor).allowed,
        "may_release": preservation.lapsed_at is not None and open_items,
    }
    return render(request, "records/preservation.html", context)


@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """Ask the head for a matter."""
    actor, subject = actor_of(request), request.GET.get("subject", "")
    form_options = {"actor": actor}

    def act(target: str, *, actor: Actor, moment: datetime, idempotency_key: str, **given: Any) -> EvidencePreservation:
        values = ProposePreservationForm.arguments(given)
        return services.propose_preservation(
            target, actor=actor, moment=moment, idempotency_key=idempotency_key, **values
        )

    return act_page(
        request,
        action=act,
        target=subject,
        form_class=ProposePreservationForm,
        title=_("报请先行登记保存"),
        back=f"{reverse('records:board')}?subject={subject}",
        form_options=form_options,
        note=matter_of(subject, actor).title,
    )


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The head agrees."""
    preservation, actor = _find(request, pk)
    services.approve_preservation(preservation, actor=actor, moment=clock.now())
    return redirect("records:preservation", pk=pk)


@login_required
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter when it was carried out."""
    preservation, _actor = _find(request, pk)

    def act(target: EvidencePreservation, *, happened_at: Any, moment: Any, **given: Any) -> EvidencePreservation:
        return services.preserve_evidence(target, moment=min(happened_at, moment), **given)

    now = clock.now().astimezone(clock.LEGAL_ZONE)
    return _act(request, act, preservation, CarryOutForm, _("实施先行登记保存"), initial={"happened_at": now})


@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about things."""
    preservation, _actor = _find(request, pk)
    items = [i for i in preservation.items.all() if not i.disposal]
    heads = holders_of("agency_head", agency=preservation.organ_id, on=clock.today())
    form_options = {"items": items, "heads": heads}

    def act(
        target: EvidencePreservation, *, actor: Actor, moment: datetime, idempotency_key: str, **given: Any
    ) -> EvidencePreservation:
        values = DisposalForm.arguments(given)
        return services.decide_preserved_items(
            target, actor=actor, moment=moment, idempotency_key=idempotency_key, **values
        )

    return _act(request, act, preservation, DisposalForm, _("对登记保存物品作出处理决定"), form_options=form_options)


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back what lapsed."""
    preservation, actor = _find(request, pk)
    services.release_lapsed_items(preservation, actor=actor, moment=clock.now())
    return redirect("records:preservation", pk=pk)


def _act(
    request: HttpRequest, action: Any, preservation: EvidencePreservation, form: Any, title: str, **more: Any
) -> HttpResponse:
    back = reverse("records:preservation", args=[preservation.pk])
    return act_page(request, action=action, target=preservation, form_class=form, title=title, back=back, **more)
