"""Screens of the remedies domain."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases.facts import settings_of
from dayu.cases.models import CaseParty
from dayu.cases.selectors import case_url
from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.ui.parts import Cell, Column, Link, Pair, Row, Table
from dayu.remedies import forms, services
from dayu.remedies.bundle import bundle_of
from dayu.remedies.models import Litigation, ProcuratorialRecommendation, Reconsideration
from dayu.remedies.policies import may_keep_remedy, may_register_recommendation, may_register_remedy, may_reply
from dayu.work.selectors import deadlines_of

MOST = 100


@login_required
def remedy_list(request: HttpRequest) -> HttpResponse:
    """Reconsiderations, suits and recommendations, the newest hundred of each."""
    actor = actor_of(request)
    asked = Reconsideration.objects.visible_to(actor).select_related("party__case", "handler")[:MOST]
    sued = Litigation.objects.visible_to(actor).select_related("party__case", "handler")[:MOST]
    advised = ProcuratorialRecommendation.objects.visible_to(actor).select_related("handler")[:MOST]
    context = {
        "asked": _table(_("行政复议"), [_remedy_row(r, r.filed_on, r.answered_on, r.decided_on) for r in asked]),
        "sued": _table(_("行政诉讼"), [_remedy_row(s, s.filed_on, s.answered_on, s.judged_on) for s in sued]),
        "advised": Table(
            columns=[Column(_("检察建议")), Column(_("收到")), Column(_("承办人")), Column(_("回复"))],
            rows=[
                Row(
                    [Cell(str(a), url=a.get_absolute_url()), _iso(a.received_on), str(a.handler or ""), _iso(a.replied_on)],
                    url=a.get_absolute_url(),
                )
                for a in advised
            ],
            caption=_("检察建议"),
            empty_title=_("没有检察建议"),
        ),
        "may_register": may_register_recommendation(None, actor=actor).allowed,
    }
    return render(request, "remedies/list.html", context)


def _table(caption: str, rows: list[Row]) -> Table:
    columns = [
        Column(caption), Column(_("案件")), Column(_("提起")), Column(_("承办人")), Column(_("答复")), Column(_("结果")),
    ]  # fmt: skip
    return Table(columns, rows, caption, empty_title=_("没有%(what)s") % {"what": caption})


def _remedy_row(row: Any, filed: Any, answered: Any, ended: Any) -> Row:
    case = row.party.case
    return Row(
        [
            Cell(str(row), url=row.get_absolute_url(), note=row.party.name),
            Cell(case.case_no or case.title, url=case_url(case)),
            _iso(filed),
            str(row.handler or ""),
            _iso(answered),
            Cell(row.get_result_display() or _("进行中"), note=_iso(ended)),
        ],
        url=row.get_absolute_url(),
    )


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


@login_required
def reconsideration(request: HttpRequest, pk: int) -> HttpResponse:
    """One reconsideration."""
    row = _find(request, Reconsideration, pk)
    pairs = [
        Pair(_("复议机关"), row.body), Pair(_("申请"), _iso(row.filed_on)), Pair(_("复议请求"), row.claim or "—"),
        Pair(_("收到副本"), _iso(row.copy_received_on) or "—"),
        Pair(_("答复"), _answered(row.answered_on, row.answer_late), tone="danger" if row.answer_late else ""),
        Pair(_("停止执行"), _("是") if row.execution_stayed else _("否")),
    ]  # fmt: skip
    acts = []
    if not row.result:
        if row.copy_received_on is None:
            acts.append((_("收到副本"), "reconsideration_copy"))
        elif row.answered_on is None:
            acts.append((_("登记答复"), "reconsideration_answer"))
        acts.append((_("登记复议决定"), "reconsideration_conclude"))
    return _page(request, row, pairs, acts, _ended(row.result, row.get_result_display(), row.decided_on, row.result_text))


@login_required
def suit(request: HttpRequest, pk: int) -> HttpResponse:
    """One suit."""
    row = _find(request, Litigation, pk)
    head = "—" if row.head_appeared is None else row.head_name if row.head_appeared else row.absence_reason
    pairs = [
        Pair(_("法院"), f"{row.court}　{row.get_instance_display()}"), Pair(_("起诉"), _iso(row.filed_on)),
        Pair(_("诉讼请求"), row.claim or "—"), Pair(_("收到副本"), _iso(row.copy_received_on) or "—"),
        Pair(_("答辩"), _answered(row.answered_on, row.answer_late), tone="danger" if row.answer_late else ""),
        Pair(_("提交证据"), _iso(row.evidence_on) or "—"),
        Pair(_("开庭"), _iso(row.hearing_on) or "—"),
        Pair(_("负责人出庭"), head, tone="danger" if row.head_appeared is False else ""),
    ]  # fmt: skip
    acts = []
    if not row.result:
        if row.copy_received_on is None:
            acts.append((_("收到副本"), "suit_copy"))
        elif row.answered_on is None:
            acts.append((_("登记答辩和证据"), "suit_answer"))
        acts += [(_("登记出庭情况"), "suit_hearing"), (_("登记裁判结果"), "suit_conclude")]
    return _page(request, row, pairs, acts, _ended(row.result, row.get_result_display(), row.judged_on, row.result_text))


def _answered(day: Any, late: bool) -> str:
    if day is None:
        return "—"
    return f"{_iso(day)}　{_('逾期')}" if late else _iso(day)


def _ended(result: str, words: str, day: Any, text: str) -> dict[str, str] | None:
    return {"words": words, "day": _iso(day), "text": text} if result else None


def _page(
    request: HttpRequest, row: Any, pairs: list[Pair], acts: list[tuple[str, str]], ended: dict[str, str] | None
) -> HttpResponse:
    actor = actor_of(request)
    note_access([row.party.case], purpose=str(row.party.case.case_no or row.party.case.title))
    allowed = may_keep_remedy(row, actor=actor).allowed
    context = {
        "row": row,
        "case": row.party.case,
        "case_url": case_url(row.party.case),
        "pairs": pairs,
        "acts": [Link(label, reverse(f"remedies:{name}", args=[row.pk])) for label, name in acts] if allowed else [],
        "ended": ended,
        "deadlines": [part for _r, part in deadlines_of(subject_key(row), now=clock.now())],
    }
    return render(request, "remedies/remedy.html", context)


@login_required
def new_reconsideration(request: HttpRequest, party_id: int) -> HttpResponse:
    """The party asked for reconsideration."""
    party = _party(request, party_id)
    body = settings_of(party.case, clock.today())["reconsideration_body"]
    return _register(
        request, services.register_reconsideration, party, forms.ReconsiderationForm, _("登记行政复议"), {"body": body}
    )


@login_required
def new_suit(request: HttpRequest, party_id: int) -> HttpResponse:
    """The party sued."""
    party = _party(request, party_id)
    court = settings_of(party.case, clock.today())["court"]
    return _register(request, services.register_suit, party, forms.SuitForm, _("登记行政诉讼"), {"court": court})


def _register(
    request: HttpRequest, action: Any, party: CaseParty, form_class: Any, title: str, initial: dict[str, Any]
) -> HttpResponse:
    actor = actor_of(request)
    require(may_register_remedy(party, actor=actor))
    return act_page(
        request, action=action, target=party, form_class=form_class, title=title, note=f"{party.name}　{party.decision_no}",
        form_options={"organ_id": party.case.organ_id}, initial={**initial, "handler": actor.person_id},
        back=case_url(party.case),
    )  # fmt: skip


@login_required
def reconsideration_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy came."""
    row = _find(request, Reconsideration, pk)
    return _act(request, services.receive_reconsideration_copy, row, forms.ReconsiderationCopyForm, _("收到副本"))


@login_required
def reconsideration_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer went out."""
    row = _find(request, Reconsideration, pk)
    return _act(request, services.answer_reconsideration, row, forms.AnswerReconsiderationForm, _("登记答复"))


@login_required
def reconsideration_conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewing body decided."""
    row = _find(request, Reconsideration, pk)
    return _act(request, services.conclude_reconsideration, row, forms.ReconsiderationResultForm, _("登记复议决定"))


@login_required
def suit_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy came."""
    return _act(request, services.receive_suit_copy, _find(request, Litigation, pk), forms.CopyForm, _("收到副本"))


@login_required
def suit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer and evidence went to the court."""
    return _act(request, services.answer_suit, _find(request, Litigation, pk), forms.AnswerSuitForm, _("登记答辩和证据"))


@login_required
def suit_hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """The head in court."""
    row = _find(request, Litigation, pk)
    return _act(request, services.record_court_hearing, row, forms.HearingForm, _("登记出庭情况"))


@login_required
def suit_conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """The court judged."""
    return _act(request, services.conclude_suit, _find(request, Litigation, pk), forms.SuitResultForm, _("登记裁判结果"))


@login_required
def bundle(request: HttpRequest, party_id: int) -> HttpResponse:
    """Everything for the court on paper: catalogue with pages, course, basis texts."""
    party = _party(request, party_id)
    note_access([party.case], purpose=str(party.case.case_no or party.case.title))
    return render(request, "remedies/bundle.html", {"bundle": bundle_of(party), "back_url": case_url(party.case)})


@login_required
def new_recommendation(request: HttpRequest) -> HttpResponse:
    """A recommendation came in."""
    actor = actor_of(request)
    require(may_register_recommendation(None, actor=actor))
    return act_page(
        request, action=services.register_recommendation, target=None, form_class=forms.RecommendationForm,
        title=_("登记检察建议"), form_options={"actor": actor}, initial={"handler": actor.person_id},
        back=reverse("remedies:list"),
    )  # fmt: skip


@login_required
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """One recommendation."""
    actor = actor_of(request)
    row = get_object_or_404(ProcuratorialRecommendation.objects.visible_to(actor).select_related("case", "handler"), pk=pk)
    pairs = [
        Pair(_("检察院"), row.procuratorate), Pair(_("收到"), _iso(row.received_on)), Pair(_("承办人"), row.handler or "—"),
        Pair(_("回复"), _answered(row.replied_on, row.reply_late), tone="danger" if row.reply_late else ""),
    ]  # fmt: skip
    may = row.replied_on is None and may_reply(row, actor=actor).allowed
    context = {
        "row": row,
        "pairs": pairs,
        "case_url": case_url(row.case) if row.case else "",
        "acts": [Link(_("登记回复"), reverse("remedies:reply", args=[pk]))] if may else [],
        "deadlines": [part for _r, part in deadlines_of(subject_key(row), now=clock.now())],
    }
    return render(request, "remedies/recommendation.html", context)


@login_required
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The reply went out."""
    row = get_object_or_404(ProcuratorialRecommendation.objects.visible_to(actor_of(request)), pk=pk)
    return _act(request, services.reply_to_recommendation, row, forms.ReplyForm, _("登记回复"))


def _act(request: HttpRequest, action: Any, row: Any, form_class: Any, title: str) -> HttpResponse:
    return act_page(
        request, action=action, target=row, form_class=form_class, title=title, note=str(row), back=row.get_absolute_url()
    )


def _find(request: HttpRequest, model: Any, pk: int) -> Any:
    found = model.objects.visible_to(actor_of(request)).select_related("party__case__organ", "handler")
    return get_object_or_404(found, pk=pk)


def _party(request: HttpRequest, pk: int) -> CaseParty:
    actor: Actor = actor_of(request)
    return get_object_or_404(CaseParty.objects.visible_to(actor).select_related("case__organ", "draft"), pk=pk)
