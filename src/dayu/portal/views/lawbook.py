"""The lawbook: chapters, search, the page of a rule, and every procedure as a chart. Open to everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dayu.law.explain import CONFIRMED, KINDS, UnknownRule, explain
from dayu.law.refusals import wordings
from dayu.portal import lawbook
from dayu.portal.place import page


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """All chapters; with words, the sections that hold them."""
    words = request.GET.get("q", "").strip()[:80]
    found = [(c, c.matching(words)) for c in lawbook.chapters()] if words else []
    shown = {
        "chapters": [(c, sum(1 for s in c.sections if s.title)) for c in lawbook.chapters()],
        "words": words,
        "found": [(c, sections[:50], len(sections)) for c, sections in found if sections],
    }
    return page(request, "portal/lawbook.html", shown)


@require_safe
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter with its contents."""
    found = lawbook.chapter(slug)
    if found is None:
        raise Http404
    return page(request, "portal/lawbook_chapter.html", {"chapter": found, "chapters": lawbook.chapters()})


@require_safe
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """What a rule says: where every refusal leads. A rule with a section of its own leads there."""
    place = lawbook.section_of(rule.removeprefix("refusal:"))
    if place is not None:
        return redirect(reverse("portal:lawbook_chapter", args=[place[0].slug]) + f"#{place[1].anchor}")
    try:
        found = explain(rule if ":" in rule else f"refusal:{rule}")
    except UnknownRule as unknown:
        raise Http404 from unknown
    words = wordings().get(found.key, {}) if found.kind == "refusal" else {}
    language = "en" if (get_language() or "").startswith("en") else "zh"
    shown = {
        "rule": found,
        "kind": KINDS[found.kind][0],
        "confirmed": CONFIRMED[found.confirmation],
        "reason": words.get(language, ""),
        "way_out": words.get(f"fix_{language}", ""),
        "lines": found.text.splitlines(),
    }
    return page(request, "portal/rule.html", shown)
