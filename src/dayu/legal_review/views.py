"""Screens of legal review: the queue, one review with file and checklist, and the acts on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dayu.basis.selectors import profiles
from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.file_pages import file_response
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.ui.parts import Cell, Column, FilterGroup, Link, Pager, Pair, RefusalRow, Row, Table
from dayu.documents.facts import composed, typesetter
from dayu.documents.models import Document
from dayu.law.calendar import Calendar
from dayu.law.deadlines import Profiles
from dayu.law.words import has_word, word
from dayu.legal_review import services
from dayu.legal_review.changes import change_after
from dayu.legal_review.definitions import points
from dayu.legal_review.facts import UNREVIEWED, open_red_points, question_words, review_body_of, unanswered_points
from dayu.legal_review.forms import (
    AskForm,
    AssignForm,
    BodyForm,
    ConcludeForm,
    PointForm,
    SupplyForm,
    WithdrawForm,
    conclusion_choices,
)
from dayu.legal_review.models import LegalReview, ReviewMaterial, ScopeAnswer
from dayu.legal_review.policies import (
    may_assign,
    may_confirm,
    may_judge,
    may_name_body,
    may_supply,
    may_withdraw,
)
from dayu.legal_review.selectors import checklist, queue_of, sampled_answers
from dayu.legal_review.services.clock import running_clock
from dayu.org.models import Agency, Person
from dayu.work.calendars import calendar_for
from dayu.work.deadline_view import shown_deadline
from dayu.work.models import RunningDeadline

PAGE = 50


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """待审: what lies with the review body, newest last, each with its clock."""
    actor = actor_of(request)
    which = request.GET.get("which", "open")
    rows = queue_of(actor, which=which)
    after = request.GET.get("after", "")
    if after.isdigit():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-id")[: PAGE + 1])
    clocks = _clocks(found[:PAGE])
    names, calendar, known = dict(conclusion_choices()), calendar_for(actor.territory), cache(profiles)
    table = Table(
        columns=[Column(_("事项")), Column(_("送审")), Column(_("审核人员")), Column(_("期限或结论"))],
        rows=[_queue_row(r, clocks.get(f"legal_review.legalreview:{r.pk}"), names, calendar, known) for r in found[:PAGE]],
        caption=_("法制审核"),
        filters=[FilterGroup(_("范围"), _queues(which))],
        pager=Pager(next_url=f"?which={which}&after={found[PAGE - 1].pk}") if len(found) > PAGE else None,
        empty_title=_("没有待审的草案"),
        empty_text=_("承办人提交后会出现在这里，并进入“我的工作”。"),
    )
    organ = Agency.objects.filter(pk=actor.organ_id).first()
    context = {
        "table": table,
        "sampled": _sampled(actor),
        "may_name_body": organ is not None and may_name_body(organ, actor=actor).allowed,
        "no_body": organ is not None and review_body_of(organ, on=clock.today()) is None,
    }
    return render(request, "legal_review/queue.html", context)


def _sampled(actor: Actor) -> list[tuple[str, ScopeAnswer]]:
    """Answers "no" to look at again, with their questions in words."""
    return [(question_words(a.question), a) for a in sampled_answers(actor).order_by("-id")[:20]]


def _queues(which: str) -> list[Link]:
    kinds = [("open", _("待审")), ("mine", _("我审核的")), ("waiting", _("等待补正")), ("over", _("已审结"))]
    return [Link(label, f"?which={key}", current=key == which) for key, label in kinds]


def _clocks(reviews: list[LegalReview]) -> dict[str, RunningDeadline]:
    keys = [f"legal_review.legalreview:{r.pk}" for r in reviews]
    rows = RunningDeadline.objects.open().filter(subject__in=keys)
    return {row.subject: row for row in rows}


def _queue_row(
    review: LegalReview, running: RunningDeadline | None, names: dict[str, str], calendar: Calendar, known: Profiles
) -> Row:
    url = reverse("legal_review:review", args=[review.pk])
    if running is not None:
        last = Cell(deadline=shown_deadline(running, now=clock.now(), calendar=calendar, with_days=False, known=known))
    elif review.concluded_at is not None:
        last = Cell(names.get(review.conclusion, review.conclusion), note=f"{clock.legal_date(review.concluded_at)}")
    elif review.withdrawn_at is not None:
        last = Cell(_("已撤回"), note=review.withdrawn_reason)
    else:
        last = Cell(_("等待补正"))
    return Row(
        [
            Cell(review.matter_title, url=url, note=f"{review.matter_no} {review.party_name}".strip()),
            Cell(review.submitted_by.name, note=f"{clock.legal_date(review.submitted_at)}"),
            review.reviewer.name if review.reviewer else Cell(_("未分办"), tone="soon"),
            last,
        ],
        url=url,
    )


def _find(request: HttpRequest, pk: int) -> tuple[LegalReview, Actor]:
    actor = actor_of(request)
    rows = LegalReview.objects.visible_to(actor).select_related(
        "reviewer", "submitted_by__unit", "organ", "reviewing_agency", "reviewing_unit", "signed_by"
    )
    return get_object_or_404(rows, pk=pk), actor


@login_required
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The file at the left, the checklist at the right, the opinion bound to the draft's digest below."""
    review, actor = _find(request, pk)
    note_access([review, review.subject], purpose=_("法制审核"))
    return render(request, "legal_review/review.html", _context(request, review, actor))


def _context(request: HttpRequest, review: LegalReview, actor: Actor) -> dict[str, Any]:
    materials = list(review.materials.select_related("stored"))
    chosen = _chosen(materials, request.GET.get("part", ""))
    running = running_clock(review)
    answers = {a.key: a for a in review.points.all()}
    judging = review.is_open and may_judge(review, actor=actor).allowed
    waiting = review.supplements.filter(answered_at=None).first()
    change = change_after(review)
    return {
        "review": review,
        "tabs": [Link(m.name, f"?part={m.pk}", current=chosen is not None and m.pk == chosen.pk) for m in materials],
        "chosen": chosen,
        "chosen_url": reverse("legal_review:material", args=[review.pk, chosen.pk]) if chosen and chosen.stored else "",
        "preview_url": _preview_of(chosen),
        "draft_pages": _draft_pages(review, chosen),
        "rows": checklist(review),
        "judged": len(answers),
        "deadline": shown_deadline(running, now=clock.now()) if running else None,
        "refusals": _against_pass(review, waiting is not None) if judging else [],
        "judging": judging,
        "may_assign": review.is_open and may_assign(review, actor=actor).allowed,
        "may_supply": waiting is not None and may_supply(review, actor=actor).allowed,
        "may_withdraw": review.is_open and may_withdraw(review, actor=actor).allowed,
        "waiting": waiting,
        "supplements": review.supplements.all(),
        "confirmations": review.confirmations.select_related("confirmed_by"),
        "conclude_form": ConcludeForm(),
        "change": change,
        "differences": [(substance_name(n), b, a) for n, b, a in change.differences] if change else [],
        "may_confirm": change is not None and may_confirm(review, actor=actor).allowed,
        "conclusion_name": dict(conclusion_choices()).get(review.conclusion, ""),
        "substance": substance_pairs(review.substance),
        "reasons": review.reasons,
        "point_answers": [("fine", _("符合")), ("problem", _("有问题")), ("not_applicable", _("不适用"))],
        "aspects": PointForm.base_fields["failing"].choices,  # type: ignore[attr-defined]
    }


def _chosen(materials: list[ReviewMaterial], wanted: str) -> ReviewMaterial | None:
    return next((m for m in materials if str(m.pk) == wanted), materials[0] if materials else None)


def _preview_of(chosen: ReviewMaterial | None) -> str:
    """A document that has no stored file yet is set for reading: the draft as it stands."""
    label, _colon, pk = (chosen.document if chosen else "").partition(":")
    return reverse("documents:preview", args=[int(pk)]) if label == "documents.document" and pk.isdigit() else ""


def _draft_pages(review: LegalReview, chosen: ReviewMaterial | None) -> list[str]:
    """The pages of a draft as pictures: they read on a phone too."""
    document = _document_of(chosen)
    if chosen is None or chosen.stored is not None or document is None:
        return []
    count = len(page_pictures(document.pk, document.digest))
    return [reverse("legal_review:draft_page", args=[review.pk, chosen.pk, n]) for n in range(1, count + 1)]


def _document_of(chosen: ReviewMaterial | None) -> Document | None:
    label, _colon, pk = (chosen.document if chosen else "").partition(":")
    return Document.objects.filter(pk=int(pk)).first() if label == "documents.document" and pk.isdigit() else None


@lru_cache(maxsize=32)
def page_pictures(pk: int, digest: str) -> tuple[bytes, ...]:
    """The pages of one text of a document; another digest is another text."""
    document = Document.objects.select_related("organ").get(pk=pk)
    return tuple(typesetter().page_images(composed(document), dots_per_inch=110))


@login_required
def draft_page(request: HttpRequest, pk: int, part: int, number: int) -> HttpResponse:
    """One page of a draft of the package."""
    review, _actor = _find(request, pk)
    document = _document_of(get_object_or_404(review.materials, pk=part))
    pictures = page_pictures(document.pk, document.digest) if document is not None else ()
    if not 1 <= number <= len(pictures):
        raise Http404
    note_access([review], purpose=_("法制审核"))
    return HttpResponse(
        pictures[number - 1], content_type="image/png", headers={"Cache-Control": "private, max-age=3600"}
    )


def substance_name(key: str) -> str:
    """A part of the substance in words."""
    names = {
        "party": _("当事人"),
        "facts": _("违法事实"),
        "evidence": _("证据"),
        "basis": _("处罚依据"),
        "kinds": _("处罚种类"),
        "amount_yuan": _("罚款（元）"),
        "confiscated_yuan": _("没收（元）"),
        "orders": _("责令内容"),
        "manner": _("履行方式和期限"),
    }
    return names.get(key, key)


def substance_pairs(substance: Mapping[str, Any]) -> list[Pair]:
    """The parts of the substance in words; empty ones are left out."""
    found = []
    for key, value in substance.items():
        words = _substance_words(key, value)
        if words and words not in ("0", "0.00"):
            found.append(Pair(substance_name(key), words))
    return found


def _substance_words(key: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    values = [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]
    if key == "kinds":
        language = get_language() or "zh"
        values = [word("penalty_kinds", v, language) if has_word("penalty_kinds", v) else v for v in values]
    return "；".join(values)


def _against_pass(review: LegalReview, waiting: bool) -> list[RefusalRow]:
    answers = {a.key: a for a in review.points.all()}
    english = (get_language() or "").startswith("en")
    name = lambda key: points()[key].en if english else points()[key].zh  # noqa: E731
    rows = []
    if waiting:
        rows.append(RefusalRow(_("还在等待补正")))
    if red := open_red_points(review, answers):
        words = _("%(number)d 项有问题：%(points)s") % {"number": len(red), "points": "、".join(map(name, red))}
        rows.append(RefusalRow(words, _("退回补正，或者逐项写明通过的理由。"), [UNREVIEWED], danger=True))
    if unjudged := unanswered_points(review, answers):
        words = _("%(number)d 项未判断：%(points)s") % {
            "number": len(unjudged),
            "points": "、".join(map(name, unjudged)),
        }
        rows.append(RefusalRow(words))
    return rows


@login_required
def material(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """A file of the package, opened in place."""
    review, _actor = _find(request, pk)
    found = get_object_or_404(review.materials.select_related("stored"), pk=part)
    if found.stored is None:
        raise Http404
    note_access([review], purpose=_("法制审核"))
    return file_response(request, found.stored, name=found.name, download="download" in request.GET)


@login_required
@require_POST
def judge(request: HttpRequest, pk: int, point: str) -> HttpResponse:
    """Judge one point; with htmx only the checklist comes back."""
    review, actor = _find(request, pk)
    form = PointForm(request.POST)
    if not form.is_valid():
        return _act_form(request, services.judge_point, review, PointForm, _("判断审核项目"))
    services.judge_point(review, actor=actor, moment=clock.now(), point=point, **form.cleaned_data)
    if getattr(request, "htmx", False):
        return render(request, "legal_review/_check.html", _context(request, review, actor))
    return redirect(f"{reverse('legal_review:review', args=[review.pk])}#{point}")


@login_required
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the opinion."""
    review, _actor = _find(request, pk)
    return _act_form(request, services.conclude_review, review, ConcludeForm, _("签署审核意见"))


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what the discussion changed."""
    review, actor = _find(request, pk)
    change = change_after(review)
    if change is None:
        raise Http404
    services.confirm_changed_substance(
        review,
        actor=actor,
        moment=clock.now(),
        digest=change.digest,
        changed=[name for name, _before, _after in change.differences],
        discussion=change.discussion,
        document=change.document,
    )
    messages.success(request, _("已确认"))
    return redirect("legal_review:review", pk=review.pk)


@login_required
def body_page(request: HttpRequest) -> HttpResponse:
    """Who reviews the decisions of one's own organ."""
    actor = actor_of(request)
    organ = get_object_or_404(Agency, pk=actor.organ_id)
    require(may_name_body(organ, actor=actor))
    known = review_body_of(organ, on=clock.today())
    return act_page(
        request,
        action=services.name_review_body,
        target=organ,
        form_class=BodyForm,
        title=_("确定法制审核机构"),
        back=reverse("legal_review:queue"),
        note=_("现为：%(body)s") % {"body": known} if known else _("还没有确定"),
        form_options={"organ": organ},
        initial={"valid_from": clock.today()},
    )


@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for more."""
    review, _actor = _find(request, pk)
    return _act_form(request, services.ask_supplement, review, AskForm, _("要求补正送审材料"))


@login_required
def supply(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring what was asked for."""
    review, _actor = _find(request, pk)
    waiting = review.supplements.filter(answered_at=None).first()
    note = waiting.asked_for if waiting else ""
    return _act_form(request, services.supply_supplement, review, SupplyForm, _("补正送审材料"), note=note)


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the submission back."""
    review, _actor = _find(request, pk)
    return _act_form(request, services.withdraw_submission, review, WithdrawForm, _("撤回送审"))


@login_required
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the review to somebody."""
    review, actor = _find(request, pk)
    if request.method == "POST" and request.POST.get("reviewer") == "me":
        services.assign_reviewer(review, actor=actor, moment=clock.now(), reviewer=_me(actor))
        messages.success(request, _("已领办"))
        return redirect("legal_review:review", pk=review.pk)
    return _act_form(
        request, services.assign_reviewer, review, AssignForm, _("分办法制审核"), form_options={"review": review}
    )


def _me(actor: Actor) -> Person:
    return get_object_or_404(Person, pk=actor.person_id)


def _act_form(
    request: HttpRequest, action: Any, review: LegalReview, form_class: Any, title: str, **more: Any
) -> HttpResponse:
    back = reverse("legal_review:review", args=[review.pk])
    return act_page(request, action=action, target=review, form_class=form_class, title=title, back=back, **more)
