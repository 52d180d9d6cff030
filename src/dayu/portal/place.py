"""Whose portal this is, and the words that every page of it carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.ui.parts import Link
from dayu.org import public as org


@dataclass(frozen=True, slots=True)
class Place:
    """The territory of the portal and the organ behind it; empty before anybody has set up an organisation."""

    territory: str
    name: str
    organ: str
    phone: str

    @property
    def title(self) -> str:
        """The name in the head of every page."""
        return _("%(place)s水行政执法公示") % {"place": self.name}


def the_place() -> Place:
    """The territory named by the settings, or that of the first enforcement subject."""
    found = org.home(getattr(settings, "DAYU_PORTAL_TERRITORY", ""), on=clock.today())
    return Place("", "", "", "") if found is None else Place(found.territory, found.name, found.organ, found.phone)


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, place: Place | None = None, status: int = 200
) -> HttpResponse:
    """A page in the portal's frame."""
    here = place or the_place()
    foot = _("决定作出之日起 7 个工作日内公开。")
    if here.organ:
        foot = _("%(organ)s主办 · %(rule)s") % {"organ": here.organ, "rule": foot}
    shown = {
        "portal_name": here.title,
        "portal_home": reverse("portal:home"),
        "portal_links": [
            Link(_("办案程序和权利"), reverse("portal:guide")),
            Link(_("规则手册"), reverse("portal:lawbook")),
            Link(_("文书验真"), reverse("portal:verify")),
        ],
        "portal_foot": foot,
        "portal_foot_links": [
            Link(_("对公开内容有异议"), f"{reverse('portal:guide')}#rights"),
            Link(_("工作人员登录"), settings.LOGIN_URL),
        ],
        "place": here,
        **context,
    }
    return render(request, template, shown, status=status)
