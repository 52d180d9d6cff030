"""Screens of evidence: the board of a matter, one piece with its proof, and the acts on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.audit import AuditEntry
from dayu.core.file_pages import file_response
from dayu.core.middleware import actor_of
from dayu.core.proof_log import proof_lines, proof_of, signing_key
from dayu.core.ui.parts import FileView, Pair
from dayu.records import services
from dayu.records.facts import GivenFile, evidence_digest, evidence_standing
from dayu.records.forms import (
    AddFileForm,
    AmendEvidenceForm,
    CheckEvidenceForm,
    ReasonForm,
    TakeEvidenceForm,
    WordsForm,
    kept,
)
from dayu.records.matters import matter_of
from dayu.records.models import EvidenceItem
from dayu.records.policies import may_check_evidence, may_take_evidence
from dayu.records.selectors import evidence_of, preservations_of, proceedings_of


def standing_words(standing: str) -> tuple[str, str]:
    """How a standing is said and drawn."""
    words = {
        "passed": (_("查证属实"), "fine"),
        "unchecked": (_("未查证"), "soon"),
        "changed": (_("查证后有变动"), "soon"),
        "failed": (_("查证不成立"), "overdue"),
        "withdrawn": (_("已撤回"), "waiting"),
    }
    return words[standing]


def card_of(item: EvidenceItem) -> dict[str, Any]:
    """A piece as the board draws it."""
    label, mark = standing_words(evidence_standing(item))
    picture = next((f for f in item.files.all() if f.stored.media_type.startswith("image/")), None)
    return {
        "item": item,
        "url": reverse("records:evidence", args=[item.pk]),
        "standing": label,
        "mark": mark,
        "picture": reverse("records:evidence_file", args=[item.pk, picture.pk]) if picture else "",
        "files": len(item.files.all()),
    }


@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Everything recorded in one matter: evidence as cards, records of proceedings, advance registrations."""
    actor, subject = actor_of(request), request.GET.get("subject", "")
    matter = matter_of(subject, actor)
    items = evidence_of(*matter.subjects, actor=actor)
    note_access([subject, *items])
    context = {
        "matter": matter,
        "subject": subject,
        "cards": [card_of(i) for i in items],
        "proceedings": proceedings_of(*matter.subjects, actor=actor),
        "preservations": preservations_of(*matter.subjects, actor=actor),
        "may_take": may_take_evidence(None, actor=actor).allowed,
    }
    return render(request, "records/board.html", context)


def _find(request: HttpRequest, pk: int) -> tuple[EvidenceItem, Actor]:
    actor = actor_of(request)
    rows = EvidenceItem.objects.visible_to(actor).select_related("taken_by", "second_taker", "organ")
    return get_object_or_404(rows.prefetch_related("files__stored", "checks__checked_by", "supplements"), pk=pk), actor


@login_required
def evidence_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece: its files in place, what is said of it, its checks, and what the proof log says."""
    item, actor = _find(request, pk)
    note_access([item, item.subject])
    label, mark = standing_words(evidence_standing(item))
    present = item.withdrawn_at is None
    context = {
        "item": item,
        "matter": matter_of(item.subject, actor),
        "standing": label,
        "mark": mark,
        "pairs": _pairs(item),
        "files": [_file_view(item, f) for f in item.files.all()],
        "checks": sorted(item.checks.all(), key=lambda c: -c.pk),
        "digest": evidence_digest(item),
        "proof": proof_lines(f"records.evidenceitem:{item.pk}"),
        "proof_base": f"{reverse('records:evidence', args=[item.pk])}proof/",
        "log_key": signing_key().verifier.text(),
        "may_check": present and may_check_evidence(item, actor=actor).allowed,
        "may_change": present and may_take_evidence(item, actor=actor).allowed,
    }
    return render(request, "records/evidence.html", context)


def _pairs(item: EvidenceItem) -> list[Pair]:
    takers = "、".join(p.name for p in item.takers)
    found = [
        (_("证据种类"), item.get_kind_display()),
        (_("形式"), item.get_form_display()),
        (_("原件（原物）存放处"), item.original_kept_at),
        (_("来源"), item.source),
        (_("提供人"), item.provided_by),
        (_("取证人"), takers),
        (_("取证时间"), _moment(item.taken_at)),
        (_("设备时间"), _moment(item.device_time)),
        (_("取证地点"), item.place),
        (_("设备"), item.device),
        (_("提取过程"), item.extraction),
        (_("数量"), item.quantity),
        (_("证明对象"), item.proves),
        (_("录入"), f"{item.entered_by} {_moment(item.entered_at)}"),
    ]
    return [Pair(key, value) for key, value in found if value]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(clock.LEGAL_ZONE):%Y-%m-%d %H:%M}" if at else ""


def _file_view(item: EvidenceItem, file: Any) -> FileView:
    url = reverse("records:evidence_file", args=[item.pk, file.pk])
    return FileView(
        file.name, url, file.stored.media_type, file.stored.size, file.stored.sha256, f"{url}?download", item.name
    )


@login_required
def evidence_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of a piece."""
    item, _actor = _find(request, pk)
    found = get_object_or_404(item.files.select_related("stored"), pk=file)
    note_access([item])
    return file_response(request, found.stored, name=found.name, download="download" in request.GET)


@login_required
def proof_file(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """The inclusion proof of one audit entry of a piece, for the stand-alone verifier."""
    item, _actor = _find(request, pk)
    found = get_object_or_404(AuditEntry, pk=entry, subject=f"records.evidenceitem:{item.pk}")
    proof = proof_of(found)
    if proof is None:
        return render(request, "records/no_proof_yet.html", {"item": item}, status=409)
    response = JsonResponse(proof.export(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{proof.index}.json"'
    return response


@login_required
def take(request: HttpRequest) -> HttpResponse:
    """Register a piece for a matter."""
    actor, subject = actor_of(request), request.GET.get("subject", "")
    form_options = {"actor": actor}

    def act(target: str, *, actor: Actor, moment: datetime, idempotency_key: str, **given: Any) -> EvidenceItem:
        return services.add_evidence(
            target, actor=actor, moment=moment, idempotency_key=idempotency_key, **TakeEvidenceForm.arguments(given)
        )

    return act_page(
        request,
        action=act,
        target=subject,
        form_class=TakeEvidenceForm,
        title=_("登记证据"),
        back=_board_url(subject),
        form_options=form_options,
        note=matter_of(subject, actor).title,
    )


@login_required
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """True, lawful, relevant."""
    item, _actor = _find(request, pk)
    return _act(request, services.check_evidence, item, CheckEvidenceForm, _("查证证据"))


@login_required
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is said about it."""
    item, _actor = _find(request, pk)
    initial = {name: getattr(item, name) for name in AmendEvidenceForm.base_fields}
    return _act(request, services.amend_evidence, item, AmendEvidenceForm, _("修改证据说明"), initial=initial)


@login_required
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A further file."""
    item, _actor = _find(request, pk)

    def act(target: EvidenceItem, *, upload: Any, **given: Any) -> Any:
        file: GivenFile = kept([upload])[0]
        return services.add_evidence_file(target, file=file, **given)

    return _act(request, act, item, AddFileForm, _("补充证据文件"))


@login_required
def supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """A later note."""
    item, _actor = _find(request, pk)
    return _act(request, services.supplement_evidence, item, WordsForm, _("补充说明证据"))


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of use."""
    item, _actor = _find(request, pk)
    return _act(request, services.withdraw_evidence, item, ReasonForm, _("撤回证据"))


def _act(request: HttpRequest, action: Any, item: EvidenceItem, form: Any, title: str, **more: Any) -> HttpResponse:
    back = reverse("records:evidence", args=[item.pk])
    return act_page(
        request, action=action, target=item, form_class=form, title=title, back=back, note=item.name, **more
    )


def _board_url(subject: str) -> str:
    return f"{reverse('records:board')}?subject={subject}"
