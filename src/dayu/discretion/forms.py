"""Forms of benchmarks: the head of the table, its tiers line by line as in Excel, and the acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.discretion.models import BenchmarkDraft
from dayu.law.benchmark_sheets import COLUMNS, HEAD, TIERS, Imported, tables_of
from dayu.law.fact_conditions import fact_kinds
from dayu.law.violations import violation, violation_keys

# The columns of the sheet, in the reader's language.
LINE_LABELS = {
    "阶次": _("阶次"), "适用情形": _("适用情形"), "幅度": _("幅度"), "公民幅度": _("公民幅度"), "单位幅度": _("单位幅度"),
    "不罚款": _("不罚款"), "其他处罚和措施": _("其他处罚和措施"), "方式": _("方式"), "时限": _("时限"),
}  # fmt: skip
LINE_FIELDS = tuple(LINE_LABELS)
SPARE_LINES = 3
MOST_LINES = 200


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class HeadForm(forms.Form):
    """What stands above the tiers."""

    key = forms.SlugField(label=_("代号"), max_length=60, help_text=_("字母、数字和连字符，如 sand-2026"))
    name = forms.CharField(label=_("名称"), max_length=200)
    document = forms.CharField(label=_("文件"), max_length=200)
    kind = forms.ChoiceField(
        label=_("种类"), choices=[("benchmark", _("裁量基准")), ("relief-list", _("减免责清单"))], initial="benchmark"
    )
    violations = forms.MultipleChoiceField(label=_("适用违法行为"), widget=forms.SelectMultiple(attrs={"size": 8}))
    gate = forms.ChoiceField(label=_("前提"), required=False)
    alternative_facts = forms.MultipleChoiceField(
        label=_("择一因素"), required=False, widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text=_("面积或者方量这样只需其一的因素"),
    )  # fmt: skip
    rate_fact = forms.ChoiceField(label=_("计算基数"), required=False, help_text=_("按倍数、每平方米等计算时选择"))
    refines = forms.CharField(label=_("细化的上级基准"), required=False, max_length=80)
    replaces = forms.CharField(label=_("代替"), required=False, max_length=80, help_text=_("规则库中被代替的基准的代号"))
    weights = forms.CharField(label=_("因素权重"), required=False, help_text=_("如 方量（立方米）：主要；初次违法：次要"))
    notes = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = fact_kinds()
        fields: Mapping[str, Any] = self.fields
        fields["violations"].choices = [(k, violation(k).name) for k in violation_keys()]
        fields["gate"].choices = [("", "—"), *((n, k.label_zh) for n, k in kinds.items() if k.kind == "yes_no")]
        numbers = [(n, k.label_zh) for n, k in kinds.items() if k.kind == "number"]
        fields["alternative_facts"].choices = [(n, k.label_zh) for n, k in kinds.items() if not k.derived]
        fields["rate_fact"].choices = [("", "—"), *numbers]

    def cells(self, territory: str) -> dict[str, str]:
        """The head as a line of the sheet, so that one parser reads pages and files."""
        told = self.cleaned_data
        cells = {
            "代号": told["key"], "名称": told["name"], "文件": told["document"], "种类": told["kind"], "地区": territory,
            "核实": "V", "违法行为": "；".join(told["violations"]), "前提": told["gate"],
            "择一因素": "；".join(told["alternative_facts"]), "计算基数": told["rate_fact"], "细化的上级基准": told["refines"],
            "代替": told["replaces"], "因素权重": told["weights"], "说明": told["notes"],
        }  # fmt: skip
        return {column: cells.get(column, "") for column in COLUMNS[HEAD]}


def head_initial(key: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """The head of a table in the fields of its form."""
    weights = "；".join(f"{fact_kinds()[name].label_zh}：{weight}" for name, weight in table.get("weights", {}).items())
    return {**table, "key": key, "weights": weights}


def posted_lines(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The lines of tiers as they were typed, empty ones left out."""
    found = []
    for number in range(MOST_LINES):
        line = {column: str(data.get(f"line-{number}-{place}", "")).strip() for place, column in enumerate(LINE_FIELDS)}
        if any(line.values()):
            found.append(line)
    return found


def read_table(head: HeadForm, lines: Sequence[Mapping[str, str]], territory: str) -> Imported:
    """The table that head and lines make, through the parser of the sheets."""
    key = head.cleaned_data["key"]
    tiers = [(number, {"代号": key, **line}) for number, line in enumerate(lines, start=1)]
    return tables_of({HEAD: [(1, head.cells(territory))], TIERS: tiers})


class ImportForm(forms.Form):
    """从 Excel 导入."""

    file = forms.FileField(label=_("Excel 文件"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))


class OpinionForm(forms.Form):
    """对草案提出意见."""

    opinion = forms.ChoiceField(label=_("意见"), choices=BenchmarkDraft.OPINIONS)
    words = forms.CharField(label=_("内容"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class IssueForm(forms.Form):
    """印发."""

    in_force_from = DayField(label=_("施行日期"))
    in_force_until = DayField(label=_("最后一日"), required=False)


class EndForm(forms.Form):
    """终止."""

    last_day = DayField(label=_("最后一日"))
    reason = forms.CharField(label=_("原因"), max_length=200)


class ReadForm(forms.Form):
    """签收."""
