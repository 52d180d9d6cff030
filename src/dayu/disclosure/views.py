"""Pages: what waits for publication, the late list, one publication as the public sees it, and a form for each act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.cases.models import CaseParty
from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.file_pages import file_response
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, Entry, FileView, FilterGroup, Link, Pair, Row, Table
from dayu.disclosure import facts, forms, services
from dayu.disclosure.doors import LED
from dayu.disclosure.grounds import grounds
from dayu.disclosure.models import LatePublication, Publication
from dayu.disclosure.policies import may_publish, may_withhold
from dayu.disclosure.public import code_of
from dayu.law.refusals import Verdict
from dayu.work.deadline_view import answered_deadline

MASKED_WORDS: dict[str, str | Promise] = {
    "name": gettext_lazy("姓名"),
    "address": gettext_lazy("住址"),
    "identity": gettext_lazy("证件号码"),
    "phone": gettext_lazy("电话"),
    "account": gettext_lazy("账号"),
    "email": gettext_lazy("电子邮箱"),
    "person_id_no": gettext_lazy("证件号码"),
    "person_id_type": gettext_lazy("证件类型"),
    "person_gender": gettext_lazy("性别"),
    "person_birth_on": gettext_lazy("出生日期"),
    "party_phone": gettext_lazy("当事人电话"),
}


@login_required
def publications(request: HttpRequest) -> HttpResponseBase:
    """What waits for publication first; the other states behind a filter."""
    actor = actor_of(request)
    show, words = request.GET.get("show", ""), request.GET.get("q", "").strip()
    found = _shown(Publication.objects.visible_to(actor), show)
    for word in words.split():
        found = found.filter(
            Q(decision_no__icontains=word) | Q(party_name__icontains=word) | Q(category__icontains=word)
        )
    found = found.select_related("agency", "case")
    if request.GET.get("export"):
        return _sheet(found)
    order = ["due_on", "pk"] if show in ("", "pending") else ["-decided_on", "-pk"]
    page = key_page(found, order, query=request.GET, size=50)
    query = request.GET.copy()
    query["export"] = "1"
    table = Table(
        columns=[Column(_("决定书文号、当事人")), Column(_("违法行为")), Column(_("处罚内容")), Column(_("决定日期")),
                 Column(_("公示期限")), Column(_("状态"))],
        rows=[_row(p) for p in page.rows],
        caption=_("处罚决定公示"),
        filters=[FilterGroup(_("状态"), _choices(request, show))],
        pager=page.pager(request.GET),
        export_url=f"?{query.urlencode()}",
        empty_title=_("没有需要公示的决定"),
        empty_text=_("决定定稿时自动生成公示草稿，送达后在这里公示。"),
    )  # fmt: skip
    return render(request, "disclosure/list.html", {"table": table, "words": words})


def _shown(found: Any, show: str) -> Any:
    match show:
        case "pending":
            return found.open().filter(served_on=None)
        case "released":
            return found.public()
        case "withheld":
            return found.filter(withheld_on__isnull=False)
        case "withdrawn":
            return found.filter(withdrawn_on__isnull=False)
        case "withdraw":
            return found.public().filter(revoked_on__isnull=False)
        case "overdue":
            return found.open().filter(served_on__isnull=False, due_on__lt=clock.today())
    return found.open().filter(served_on__isnull=False)


def _choices(request: HttpRequest, show: str) -> list[Link]:
    names = [("", _("待公示")), ("overdue", _("已逾期")), ("pending", _("待送达")), ("released", _("已公示")),
             ("withdraw", _("应撤回")), ("withheld", _("不予公开")), ("withdrawn", _("已撤回"))]  # fmt: skip
    links = []
    for value, label in names:
        query = request.GET.copy()
        for old in ("after", "before", "export", "show"):
            query.pop(old, None)
        if value:
            query["show"] = value
        links.append(Link(label, f"?{query.urlencode()}", current=value == show))
    return links


def _row(publication: Publication) -> Row:
    url = publication.get_absolute_url()
    open_now = publication.state in (Publication.READY, Publication.PENDING)
    return Row(
        [
            Cell(publication.decision_no, url=url, note=publication.party_name, nowrap=True),
            publication.category,
            publication.conclusion,
            Cell(publication.decided_on.isoformat(), nowrap=True),
            Cell("" if open_now else publication.due_on.isoformat(), deadline=_deadline(publication) if open_now else None,
                 note=publication.due_on.isoformat() if open_now else "", nowrap=True),
            Cell(publication.state_name, note=publication.reason_for_wait if open_now else ""),
        ],
        url=url,
    )


def _deadline(publication: Publication, *, with_days: bool = False) -> Any:
    """The time limit as chip and arithmetic; waiting while the decision is not served."""
    territory = publication.agency.territory_id
    starts = publication.decided_on
    answer = facts.publish_limit(territory, starts)
    if publication.served_on is not None and answer.due_on < publication.due_on:
        answer = facts.publish_limit(territory, publication.served_on)
    return answered_deadline(
        answer,
        now=clock.now(),
        name=_("公示期限"),
        why=publication.reason_for_wait or _("自作出决定之日起"),
        waiting=publication.served_on is None,
        ended=publication.released_on is not None,
        done=publication.released_on is not None,
        after=_("逾期的，永久记入逾期公示台账"),
        with_days=with_days,
        id=f"publication-{publication.pk}",
    )


def _sheet(found: QuerySet[Publication]) -> FileResponse:
    columns = [_("决定书文号"), _("行政相对人"),
               _("统一社会信用代码"), _("违法行为类型"), _("违法事实"), _("处罚依据"), _("处罚内容"),
               _("罚款（元）"), _("没收（元）"), _("决定日期"), _("公示期限"), _("公示日期"), _("状态")]  # fmt: skip

    def rows() -> Iterator[list[Any]]:
        for p in found.order_by("-decided_on", "-pk").iterator(chunk_size=500):
            yield [p.decision_no, p.party_name, p.uscc, p.category, p.facts, p.basis, p.conclusion, p.fine_yuan,
                   p.confiscated_yuan, p.decided_on, p.due_on, p.released_on, p.state_name]  # fmt: skip

    return sheet_response(_("处罚决定公示"), columns, rows())


@login_required
def late_list(request: HttpRequest) -> HttpResponseBase:
    """The permanent late list: settled late, and late today without being settled."""
    actor = actor_of(request)
    found = LatePublication.objects.visible_to(actor).select_related("publication__agency")
    page = key_page(found, ["-pk"], query=request.GET, size=50)
    running = Publication.objects.visible_to(actor).open().filter(served_on__isnull=False, due_on__lt=clock.today())
    rows = [] if request.GET.get("after") or request.GET.get("before") else [
        _late_row(p, _("尚未公示"), p.due_on, "", facts.working_days_between(p.agency.territory_id, p.due_on, clock.today()),
                  p.owner.name if p.owner else "", tone="danger")
        for p in running.select_related("agency", "owner").order_by("due_on")[:200]
    ]  # fmt: skip
    rows += [
        _late_row(e.publication, e.get_manner_display(), e.due_on, e.settled_on.isoformat(), e.working_days_late, e.owner_name)
        for e in page.rows
    ]
    table = Table(
        columns=[Column(_("决定书文号")), Column(_("情形")), Column(_("期限")), Column(_("办理日期")),
                 Column(_("逾期工作日"), align="right"), Column(_("责任人"))],
        rows=rows,
        caption=_("逾期公示台账"),
        pager=page.pager(request.GET),
        empty_title=_("没有逾期公示"),
        empty_text=_("凡逾期公示的都永久记入本台账，以后修改公示内容也不会消除。"),
    )  # fmt: skip
    return render(request, "disclosure/late.html", {"table": table})


def _late_row(
    publication: Publication, manner: Any, due_on: Any, settled: str, late: int, owner: str, tone: Any = ""
) -> Row:
    url = publication.get_absolute_url()
    return Row(
        [Cell(publication.decision_no, url=url, note=publication.agency.name), Cell(manner, tone=tone), due_on.isoformat(),
         settled, late, owner],
        url=url,
    )  # fmt: skip


@login_required
def publication_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the public reads, what was hidden, the limit with its arithmetic, the course, and what may be done."""
    actor = actor_of(request)
    publication = _publication(request, pk)
    left = facts.left_in(publication) if publication.state in (Publication.PENDING, Publication.READY) else ()
    note_access([publication.case], purpose=_("公示处罚决定"), masked=True)
    pdf = publication.pdf
    return render(
        request,
        "disclosure/publication.html",
        {
            "publication": publication,
            "state": publication.state,
            "pairs": _content_pairs(publication),
            "hidden": _hidden_words(publication),
            "left": "、".join(str(MASKED_WORDS.get(kind, kind)) for kind in left),
            "deadline": _deadline(publication, with_days=True),
            "entries": _course(publication),
            "acts": _acts(publication, actor),
            "main_act": _main_act(publication, actor),
            "file": pdf and FileView(
                _("公开版决定书"), reverse("disclosure:pdf", args=[pk]), "application/pdf", pdf.size, pdf.sha256,
                f"{reverse('disclosure:pdf', args=[pk])}?download=1",
            ),
            "verification": code_of(publication.digest),
            "late": list(publication.late_entries.all()),
        },
    )  # fmt: skip


def _content_pairs(publication: Publication) -> list[Pair]:
    pairs = [
        Pair(_("行政相对人"), publication.party_name),
        Pair(_("统一社会信用代码"), publication.uscc or "—"),
        Pair(_("决定书文号"), publication.decision_no),
        Pair(_("处罚机关"), publication.organ_name),
        Pair(_("违法行为类型"), publication.category),
        Pair(_("违法事实"), publication.facts),
        Pair(_("处罚依据"), publication.basis),
        Pair(_("处罚类别"), "、".join(publication.kinds)),
        Pair(_("处罚内容"), publication.conclusion),
        Pair(_("决定日期"), publication.decided_on.isoformat()),
        Pair(_("公示截止日"), publication.ends_on.isoformat() if publication.ends_on else "—"),
    ]
    return [p for p in pairs if p.value != "—" or p.key != _("统一社会信用代码")]


def _hidden_words(publication: Publication) -> str:
    """姓名 12 处、证件号码 1 处."""
    counted: dict[str, int] = {}
    for kind, number in publication.masked.items():
        word = str(MASKED_WORDS.get(kind, kind))
        counted[word] = counted.get(word, 0) + int(number)
    return "、".join(_("{word} {n} 处").format(word=word, n=n) for word, n in counted.items())


def _course(publication: Publication) -> list[Entry]:
    """What happened, newest first."""
    entries = [
        Entry(
            at=v.made_at, title=_("更正") if v.public_note else _("公示内容"), text=v.public_note or v.reason, who=v.made_by,
            digest=v.digest[:12],
        )
        for v in publication.versions.all()
    ]  # fmt: skip
    if publication.served_on:
        entries.append(Entry(at=publication.served_on, title=_("决定书送达")))
    if publication.released_on:
        entries.append(Entry(at=publication.released_on, title=_("公示"), who=publication.released_by, tone="fine"))
    if publication.withheld_on:
        ground = grounds()[publication.withheld_ground]
        entries.append(
            Entry(
                at=publication.withheld_on, title=_("决定不予公开：{ground}").format(ground=ground.name),
                text=publication.withheld_reason, who=publication.withheld_by, tone="soon",
            )
        )  # fmt: skip
    if publication.revoked_on:
        entries.append(Entry(at=publication.revoked_on, title=_("决定被变更或撤销"), tone="danger"))
    if publication.withdrawn_on:
        entries.append(Entry(at=publication.withdrawn_on, title=_("撤回公示"), text=publication.withdrawn_reason, tone="danger"))
    return sorted(entries, key=lambda e: str(e.at), reverse=True)


@dataclass(frozen=True, slots=True)
class ActForm:
    """An act, its form, in which states it makes sense, and with what the form starts."""

    title: str | Promise
    action: Callable[..., Any]
    form: type[forms.PublicationForm]
    policy: Callable[..., Verdict]
    states: frozenset[str]
    note: str | Promise = ""
    content: bool = False


OPEN = frozenset({Publication.PENDING, Publication.READY})
ACTS: dict[str, ActForm] = {
    "publish": ActForm(
        gettext_lazy("公示处罚决定"), services.publish_decision, forms.ConfirmForm, may_publish,
        frozenset({Publication.READY}),
        gettext_lazy("公示后任何人不登录即可看到。请再核对一遍隐去的内容。"),
    ),
    "revise": ActForm(
        gettext_lazy("修改公示内容"), services.revise_draft, forms.ReviseForm, may_publish, OPEN, content=True
    ),
    "withhold": ActForm(
        gettext_lazy("决定不予公开"), services.withhold_publication, forms.WithholdForm, may_withhold, OPEN
    ),
    "review": ActForm(
        gettext_lazy("复核不予公开"), services.review_withholding, forms.ReviewForm, may_withhold,
        frozenset({Publication.WITHHELD}),
    ),
    "correct": ActForm(
        gettext_lazy("更正公示内容"), services.correct_publication, forms.CorrectForm, may_publish,
        frozenset({Publication.RELEASED}), gettext_lazy("更正说明连同日期对公众显示。"), content=True,
    ),
    "withdraw": ActForm(
        gettext_lazy("撤回公示"), services.withdraw_publication, forms.WithdrawForm, may_publish,
        frozenset({Publication.RELEASED}), gettext_lazy("内容不再显示；撤回的日期和理由对公众显示。"),
    ),
}  # fmt: skip


def _acts(publication: Publication, actor: Actor) -> list[Link]:
    """The acts that make sense now and that the actor may do."""
    return [
        Link(str(act.title), reverse("disclosure:act", args=[publication.pk, slug]))
        for slug, act in ACTS.items()
        if publication.state in act.states and act.policy(publication, actor=actor).allowed
    ]


def _main_act(publication: Publication, actor: Actor) -> Link | None:
    """The next lawful act: publish what is ready, withdraw what was revoked."""
    wanted = "publish" if publication.state == Publication.READY else ""
    if publication.state == Publication.RELEASED and publication.revoked_on is not None:
        wanted = "withdraw"
    url = reverse("disclosure:act", args=[publication.pk, wanted]) if wanted else ""
    return next((link for link in _acts(publication, actor) if link.url == url), None)


@login_required
def publication_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A form for one act."""
    chosen = ACTS.get(act)
    if chosen is None:
        raise Http404
    publication = _publication(request, pk)
    require(chosen.policy(publication, actor=actor_of(request)))
    initial: dict[str, Any] = {"review_on": clock.today() + timedelta(days=180)}
    if chosen.content:
        initial = {"category": publication.category, "facts_text": publication.facts, "basis": publication.basis,
                   "conclusion": publication.conclusion, "ends_on": publication.ends_on}  # fmt: skip
    return act_page(
        request,
        action=chosen.action,
        target=publication,
        form_class=chosen.form,
        form_options={"publication": publication},
        initial=initial,
        title=str(chosen.title),
        note=f"{publication}　{chosen.note}",
        back=publication.get_absolute_url(),
    )


@login_required
def of_party(request: HttpRequest, party: int, act: str) -> HttpResponse:
    """From a case to the act on its publication; a decision that exists on paper alone is noted in the case itself."""
    row = get_object_or_404(CaseParty.objects.visible_to(actor_of(request)), pk=party)
    if act not in LED:
        raise Http404
    found = Publication.objects.visible_to(actor_of(request)).filter(party=row).order_by("-pk").first()
    if found is None:
        return redirect(f"{reverse('cases:act', args=[row.case_id, act])}?party={row.pk}")
    chosen = ACTS[LED[act]]
    if found.state not in chosen.states or not chosen.policy(found, actor=actor_of(request)).allowed:
        return redirect(found)
    return redirect("disclosure:act", pk=found.pk, act=LED[act])


@login_required
def masked_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The masked PDF, in place or as a download."""
    publication = _publication(request, pk)
    if publication.pdf is None:
        raise Http404
    name = f"{publication.decision_no}（公开版）.pdf"
    return file_response(request, publication.pdf, name=name, download="download" in request.GET)


def _publication(request: HttpRequest, pk: int) -> Publication:
    rows = Publication.objects.visible_to(actor_of(request))
    return get_object_or_404(rows.select_related("agency", "case__organ", "party", "document__organ", "owner", "pdf"), pk=pk)


