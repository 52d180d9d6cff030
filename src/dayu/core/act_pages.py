"""One page for one act: a form whose answer calls an action; what was typed stays when a rule refuses.

    return act_page(request, action=services.end_post, target=holding, form_class=EndPostForm, title=_("免去岗位"),
                    back=holding.person.get_absolute_url())
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from dayu.core import clock
from dayu.core.middleware import actor_of
from dayu.core.refused import Refused
from dayu.core.remedies import remedy_of
from dayu.core.ui.parts import RefusalRow


def act_page(
    request: HttpRequest,
    *,
    action: Callable[..., Any],
    target: Any,
    form_class: type[forms.BaseForm],
    title: str,
    back: str,
    note: str = "",
    initial: Mapping[str, Any] | None = None,
    form_options: Mapping[str, Any] | None = None,
    template: str = "frames/act.html",
    context: Mapping[str, Any] | None = None,
    done: str = "",
) -> HttpResponse:
    """Show the form, or do the act and go where its result lives (`get_absolute_url`), else `back`."""
    options = dict(form_options or {})
    form = form_class(request.POST or None, request.FILES or None, initial=dict(initial or {}), **options)
    refusals: list[RefusalRow] = []
    if request.method == "POST" and form.is_valid():
        try:
            result = action(
                target,
                actor=actor_of(request),
                moment=clock.now(),
                idempotency_key=request.POST.get("once", "")[:80],
                **form.cleaned_data,
            )
        except Refused as refused:
            refusals = refusal_rows(refused)
        else:
            messages.success(request, done or gettext("已办理：%(act)s") % {"act": title})
            return redirect(result if hasattr(result, "get_absolute_url") else back)
    status = 422 if request.method == "POST" else 200
    shown = {
        "form": form,
        "refusal_rows": refusals,
        "title": title,
        "note": note,
        "back": back,
        "once": request.POST.get("once", "") if not refusals else secrets.token_urlsafe(16),
        **(context or {}),
    }
    shown["once"] = shown["once"] or secrets.token_urlsafe(16)
    return render(request, template, shown, status=status)


def refusal_rows(refused: Refused) -> list[RefusalRow]:
    """Refusals as the component draws them."""
    rows = []
    for refusal in refused.refusals:
        words = refusal.as_json(get_language() or "zh")
        label, url = remedy_of(refusal.remedy, refusal.values)
        rows.append(RefusalRow(words["reason"], words["fix"], refusal.basis, label, url, rule=refusal.rule))
    return rows
