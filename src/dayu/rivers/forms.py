"""Forms in which rivers and reaches are registered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.territories import Territory
from dayu.rivers.models import River


def territories_of(actor: Actor) -> Any:
    """The territories that an actor works in."""
    return Territory.objects.filter(path__contains=f"/{actor.territory}/") if actor.territory else Territory.objects.none()


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ChangeRiverForm(forms.ModelForm):  # type: ignore[type-arg]
    """What may be corrected."""

    class Meta:
        model = River
        fields = [
            "name",
            "other_names",
            "kind",
            "level",
            "basin",
            "flows_into",
            "length_km",
            "area_km2",
            "source_place",
            "mouth_place",
        ]


class NewRiverForm(ChangeRiverForm):
    """A new river: also its code and place."""

    class Meta(ChangeRiverForm.Meta):
        fields = ["code", "territory", *ChangeRiverForm.Meta.fields]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories_of(actor)  # type: ignore[attr-defined]


class RemoveRiverForm(forms.Form):
    """When and why."""

    removed_on = DayField(label=_("移出日期"))
    reason = forms.CharField(label=_("原因"), max_length=200)


class ReachForm(forms.Form):
    """A stretch counted from the source."""

    name = forms.CharField(label=_("河段名称"), max_length=60)
    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("所在地区"))
    from_km = forms.DecimalField(label=_("起点里程（千米）"), required=False, min_value=0, max_digits=8, decimal_places=2)
    until_km = forms.DecimalField(label=_("终点里程（千米）"), required=False, min_value=0, max_digits=8, decimal_places=2)
    from_place = forms.CharField(label=_("起点"), max_length=120, required=False)
    until_place = forms.CharField(label=_("终点"), max_length=120, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories_of(actor)  # type: ignore[attr-defined]
