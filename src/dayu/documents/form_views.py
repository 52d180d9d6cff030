"""Pages of document types: the catalogue, one type with its blank form, issued sets, and drafts that changed their form."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.documents import catalogue, facts, form_screens, services
from dayu.documents.form_set_forms import EndFormSetForm, FormSetForm
from dayu.documents.issued_forms import issued_in
from dayu.documents.models import Document, FormSet
from dayu.documents.policies import may_keep_form_sets, may_move_draft
from dayu.law.territories import NATION
from dayu.paper.compose import Composed, Letterhead, compose
from dayu.paper.definitions import Definition, Version

SPECIMEN, NO_NAME = "样张", "（机关名称）"
PICTURE_DOTS_PER_INCH = 72


@login_required
def type_list(request: HttpRequest) -> HttpResponse:
    """All document types by group, searched by name, purpose or step."""
    words, group = request.GET.get("q", "").strip(), request.GET.get("group", "")
    types = catalogue.types_in(_territory(request), on=clock.today())
    found = [t for t in types if catalogue.matches(t, words)]
    shown = [t for t in found if not group or t.stage.key == group]
    context = {
        "groups": form_screens.groups_of(shown), "filters_shown": [form_screens.stage_filter(group, words, found)], "words": words,
        "group": group, "count": len(shown), "total": len(types),
    }  # fmt: skip
    return render(request, "documents/types.html", context)


@login_required
def type_page(request: HttpRequest, key: str) -> HttpResponse:
    """One type: its blank form, fields, what the law demands, its versions and the steps that use it."""
    territory = _territory(request)
    definition = _definition(key, territory)
    one = catalogue.type_here(definition, territory, on=clock.today())
    version = _version(definition, request.GET["form"]) if request.GET.get("form") else one.in_force
    return render(request, "documents/type.html", form_screens.type_context(one, version or definition.versions[-1]))


@login_required
def blank(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The blank form as PDF, marked as a specimen: what is used is drafted, so that it has a number and a code."""
    content = facts.typesetter().pdf(_blank(request, key, form))
    return HttpResponse(content, content_type="application/pdf")


@login_required
def blank_picture(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The first page of the blank form as a picture."""
    pages = facts.typesetter().page_images(_blank(request, key, form), dots_per_inch=PICTURE_DOTS_PER_INCH)
    response = HttpResponse(pages[0], content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@login_required
def form_sets(request: HttpRequest) -> HttpResponse:
    """The issued sets of forms."""
    sets = list(FormSet.objects.select_related("territory").prefetch_related("variants"))
    context = {
        "table": form_screens.set_table(sets), "may_keep": may_keep_form_sets(None, actor=actor_of(request)).allowed,
    }
    return render(request, "documents/form_sets.html", context)


@login_required
def form_set(request: HttpRequest, pk: int) -> HttpResponse:
    """One set and its forms."""
    found = get_object_or_404(FormSet.objects.select_related("territory"), pk=pk)
    forms = [(v.key, facts.definition_of(v.key).title) for v in found.variants.all()]
    context = {"set": found, "forms": forms, "may_keep": may_keep_form_sets(found, actor=actor_of(request)).allowed}
    return render(request, "documents/form_set.html", context)


@login_required
def import_set(request: HttpRequest) -> HttpResponse:
    """Bring a set in."""
    require(may_keep_form_sets(None, actor=actor_of(request)))
    return act_page(
        request, action=services.import_form_set, target=None, form_class=FormSetForm, title=_("录入统一格式"),
        note=_("只有国务院部门、省级和市级发布的统一格式可以录入；本单位自制的格式不得使用。下级格式可以增加栏目，不得减少上级的必填栏目。"),
        back=reverse("documents:form_sets"),
    )


@login_required
def end_set(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a set."""
    found = get_object_or_404(FormSet, pk=pk)
    require(may_keep_form_sets(found, actor=actor_of(request)))
    return act_page(
        request, action=services.end_form_set, target=found, form_class=EndFormSetForm, title=_("停用统一格式"),
        note=str(found), back=found.get_absolute_url(),
    )


@login_required
def form_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed when a draft went over to another form."""
    document = _seen(request, pk)
    moves = list(document.form_moves.order_by("-id"))
    outdated = not document.sealed and not facts.form_verdict(document, on=clock.today()).allowed
    context = {
        "document": document, "moves": form_screens.move_context(moves), "outdated": outdated,
        "may_move": outdated and may_move_draft(document, actor=actor_of(request)).allowed,
    }
    return render(request, "documents/form_changes.html", context)


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a draft over to the form in force now, without waiting for the next round of the system."""
    services.move_draft(_seen(request, pk), actor=actor_of(request), moment=clock.now())
    messages.success(request, _("已换用现行格式"))
    return redirect("documents:form", pk=pk)


def _territory(request: HttpRequest) -> str:
    return actor_of(request).territory or NATION


def _definition(key: str, territory: str) -> Definition:
    if key not in facts.definitions():
        raise Http404
    return facts.with_issued(key, territory=territory)


def _version(definition: Definition, form: str) -> Version:
    for version in definition.versions:
        if version.id == form:
            return version
    raise Http404


def _blank(request: HttpRequest, key: str, form: str) -> Composed:
    definition = _definition(key, _territory(request))
    known = {v.id: v for v in (*definition.versions, *issued_in("", key=key).get(key, ()))}
    if form not in known:
        raise Http404
    return compose(definition, known[form], {}, letterhead=Letterhead(NO_NAME), watermark=SPECIMEN)


def _seen(request: HttpRequest, pk: int) -> Document:
    document = get_object_or_404(Document.objects.visible_to(actor_of(request)).select_related("organ"), pk=pk)
    note_access([document])
    return document
