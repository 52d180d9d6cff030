"""Territories (行政区划): a tree of codes with validity. `path` holds all codes from the nation down, for subtree queries."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor


class Territory(models.Model):
    """行政区划: nation, province, city, county, township or village."""

    LEVELS = [
        ("nation", _("国家")),
        ("province", _("省级")),
        ("city", _("市级")),
        ("county", _("县级")),
        ("township", _("乡级")),
        ("village", _("村级")),
    ]

    code = models.CharField(_("代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=64)
    level = models.CharField(_("级别"), max_length=10, choices=LEVELS)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=120, db_index=True, editable=False)  # "/000000/990000/990121/"
    valid_from = models.DateField(_("启用"), null=True, blank=True)
    valid_until = models.DateField(_("停用"), null=True, blank=True)

    class Meta:
        app_label = "core"
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name


def make_territory(code: str, name: str, level: str, parent: Territory | None = None) -> Territory:
    """Create or rename a territory; its path follows from its parent. Called by the org domain's actions."""
    path = f"{parent.path if parent else '/'}{code}/"
    territory, _created = Territory.objects.update_or_create(
        code=code, defaults={"name": name, "level": level, "parent": parent, "path": path}
    )
    return territory


def lies_in(territory: str, ancestor: str) -> bool:
    """Whether one territory lies in (or is) another; an empty ancestor holds everything."""
    if not ancestor or territory == ancestor:
        return True
    return Territory.objects.filter(code=territory, path__contains=f"/{ancestor}/").exists()


def in_scopes(actor: Actor, *, territory_path: str, organ: str = "") -> Q:
    """A filter for rows within any of the actor's scopes.

    `territory_path` is the lookup of the row's territory path (e.g. `"territory__path"`); `organ` the lookup of its
    organisation id. An actor without scopes sees nothing.
    """
    within = Q(pk__in=[])
    for scope in actor.scopes:
        part = Q()
        if scope.territory:
            part &= Q(**{f"{territory_path}__contains": f"/{scope.territory}/"})
        if scope.organ_id is not None and organ:
            part &= Q(**{organ: scope.organ_id})
        within |= part
    return within


def paths_of(codes: Iterable[str]) -> dict[str, str]:
    """code -> path."""
    return dict(Territory.objects.filter(code__in=list(codes)).values_list("code", "path"))
