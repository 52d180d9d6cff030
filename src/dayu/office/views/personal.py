"""个人设置: who I am here, my posts and certificate, and who stands in for me."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.ui.parts import Pair
from dayu.org.models import EnforcementCertificate, Person
from dayu.org.models.people import post_name
from dayu.work.models import Delegation
from dayu.work.people import colleagues_of, names_of
from dayu.work.services import delegate_work, revoke_delegation


class DelegationForm(forms.Form):
    """Who acts in one's place, and when."""

    delegate = forms.TypedChoiceField(label=gettext_lazy("委托给"), coerce=int)
    valid_from = forms.DateField(label=gettext_lazy("自"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_until = forms.DateField(label=gettext_lazy("至"), widget=forms.DateInput(attrs={"type": "date"}))
    covers = forms.ChoiceField(
        label=gettext_lazy("范围"), choices=Delegation._meta.get_field("covers").choices, initial=Delegation.ALL
    )
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200, help_text=gettext_lazy("例如：出差、休假。"))

    def __init__(self, *args: object, actor: Actor, **kwargs: object):
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        others = colleagues_of(actor.organ_id) if actor.organ_id else []
        self.fields["delegate"].choices = [  # type: ignore[attr-defined]
            (pk, f"{name} {unit}".strip()) for pk, name, unit in others if pk != actor.person_id
        ]


@login_required
def settings_page(request: HttpRequest) -> HttpResponse:
    """The page; a post adds a delegation."""
    actor = actor_of(request)
    form = DelegationForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        delegate_work(
            None,
            actor=actor,
            moment=clock.now(),
            delegate_id=given["delegate"],
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
            reason=given["reason"],
            covers=given["covers"],
        )
        messages.success(request, _("已委托，对方会收到通知。"))
        return redirect("office:settings")
    rows = list(Delegation.objects.filter(principal_id=actor.person_id).order_by("-id")[:20])
    names = names_of(r.delegate_id for r in rows)
    return render(
        request,
        "office/settings.html",
        {
            "form": form,
            "me": _me(actor),
            "delegations": [(r, names.get(r.delegate_id, "")) for r in rows],
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation."""
    actor = actor_of(request)
    row = get_object_or_404(Delegation, pk=pk, organ_id=actor.organ_id)
    revoke_delegation(row, actor=actor, moment=clock.now())
    messages.success(request, _("已撤销委托。"))
    return redirect("office:settings")


def _me(actor: Actor) -> list[Pair]:
    """What the organisation knows of the person."""
    person = Person.objects.filter(pk=actor.person_id).select_related("agency", "unit").first()
    if person is None:
        return [Pair(_("账号"), actor.name)]
    pairs = [
        Pair(_("姓名"), person.name),
        Pair(_("单位"), person.agency.name),
        Pair(_("科室"), person.unit.name if person.unit else _("未分科室")),
        Pair(_("岗位"), "、".join(post_name(p) for p in sorted(actor.posts)) or _("没有岗位")),
    ]
    certificate = EnforcementCertificate.objects.filter(person=person, revoked_on=None).order_by("-valid_until").first()
    if certificate is not None:
        left = (certificate.valid_until - clock.today()).days
        words = _("%(number)s，有效至 %(day)s") % {
            "number": certificate,
            "day": certificate.valid_until,
        }
        pairs.append(Pair(_("执法证件"), words, tone="danger" if left < 0 else "soon" if left < 60 else ""))
    return pairs
