"""What the pages of document types and of issued sets of forms show, made from definitions: for views only."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.ui.difference import difference_of
from dayu.core.ui.parts import Basis, Cell, Column, FilterGroup, Link, Pair, Row, Table
from dayu.documents import catalogue, facts
from dayu.documents.catalogue import TypeHere
from dayu.documents.models import FormIssuer, FormMove, FormSet
from dayu.paper.definitions import Definition, Element, Field, Version

CLASSES = {
    "internal": gettext_lazy("内部文书"), "external": gettext_lazy("对外文书"), "record": gettext_lazy("笔录"),
    "evidence": gettext_lazy("证据载体"), "list": gettext_lazy("清单、卷皮"), "party-submitted": gettext_lazy("当事人提交"),
    "party-signed": gettext_lazy("当事人签署"), "public": gettext_lazy("公告"),
}  # fmt: skip
FAMILIES = {"letter": gettext_lazy("公文格式（GB/T 9704）"), "form": gettext_lazy("表格"), "record": gettext_lazy("笔录，逐页签名")}
VOLUMES = {"main": gettext_lazy("正卷"), "sub": gettext_lazy("副卷"), "both": gettext_lazy("正卷、副卷"), "none": gettext_lazy("不入案卷")}
REQUIRED = {"required": gettext_lazy("必填"), "conditional": gettext_lazy("满足条件时必填"), "optional": gettext_lazy("选填")}
SOURCES = {"statute": gettext_lazy("法律规定"), "form": gettext_lazy("通行样式"), "unverified": gettext_lazy("缺省，未确认")}


def groups_of(types: list[TypeHere]) -> list[tuple[str, Table]]:
    """One table a group, in the order of the work."""
    found: dict[str, list[TypeHere]] = {}
    for one in types:
        found.setdefault(one.stage.key, []).append(one)
    return [(stage_name(key), _table(rows, stage_name(key))) for key, rows in found.items()]


def stage_filter(present: str, words: str, types: list[TypeHere]) -> FilterGroup:
    """A link for each group, with how many types it holds."""
    counts: dict[str, int] = {}
    for one in types:
        counts[one.stage.key] = counts.get(one.stage.key, 0) + 1
    links = [Link(_("全部"), "?" + urlencode({"q": words}), count=len(types), current=not present)]
    links += [
        Link(stage_name(key), "?" + urlencode({"q": words, "group": key}), count=counts[key], current=present == key)
        for key in catalogue.stages() if key in counts
    ]
    return FilterGroup(_("环节"), links)


def stage_name(key: str) -> str:
    """The group in the reader's language."""
    stage = catalogue.stages()[key]
    return stage.en if _english() else stage.zh


def issuer_of(version: Version | None) -> str:
    """Whose form it is."""
    if version is None:
        return _("没有生效的格式")
    if not version.issuer:
        return _("通行样式（未见统一格式）")
    return f"{FormIssuer(version.issuer).label}　{version.form_set}"


def _table(rows: list[TypeHere], caption: str) -> Table:
    return Table(
        columns=[Column(_("文书")), Column(_("类别")), Column(_("用于的步骤")), Column(_("本地现行格式")), Column(_("案卷"))],
        rows=[_row(one) for one in rows], caption=caption,
    )


def _row(one: TypeHere) -> Row:
    definition, url = one.definition, reverse("documents:type", args=[one.definition.key])
    title, other = (definition.title_en, definition.title) if _english() else (definition.title, definition.title_en)
    coming = _("%(day)s 起换用 %(form)s") % {"day": one.coming.valid_from, "form": one.coming.id} if one.coming else ""
    volume = str(VOLUMES[definition.volume]) + (f"（{definition.retention}）" if definition.retention else "")
    return Row(
        [Cell(title, url=url, note=other), str(CLASSES[definition.document_class]), use_words(one),
         Cell(issuer_of(one.in_force), note=coming), volume],
        url=url,
    )


def use_words(one: TypeHere) -> str:
    """The steps in one cell; a paper that no step of a procedure names says what it is for."""
    return "；".join(use.words(_language()) for use in one.uses) or one.definition.purpose


def type_context(one: TypeHere, version: Version) -> dict[str, Any]:
    """Everything the page of one document type shows."""
    definition = one.definition
    return {
        "type": one, "definition": definition, "version": version, "title": definition.title,
        "title_en": definition.title_en, "stage": stage_name(one.stage.key), "issuer": issuer_of(one.in_force),
        "pairs": _pairs(one, version), "fields": _fields(definition, version), "elements": _elements(version),
        "versions": _versions(one), "uses": [use.words(_language()) for use in one.uses],
        "basis": [Basis(c.text(), confirmation=c.confirmation) for c in map(facts.citation_of, definition.basis)],
        "holds": [(h.label, [facts.citation_of(b).text() for b in h.basis]) for h in definition.holds],
        "blank": reverse("documents:blank", args=[definition.key, version.id]),
        "picture": reverse("documents:blank_picture", args=[definition.key, version.id]),
    }  # fmt: skip


def _pairs(one: TypeHere, version: Version) -> list[Pair]:
    definition = one.definition
    numbering = definition.numbering
    sample = numbering.text(organ=_("机关代字"), year=clock.today().year, seq=1) if numbering else _("不编文号")
    return [
        Pair(_("用途"), definition.purpose), Pair(_("类别"), str(CLASSES[definition.document_class])),
        Pair(_("版式"), str(FAMILIES[version.family])), Pair(_("其他名称"), "、".join(definition.aliases) or _("无")),
        Pair(_("文号"), sample), Pair(_("签署"), "、".join(definition.signers) or _("无")),
        Pair(_("印章"), {"organ": _("机关印章"), "unit": _("业务专用章"), "none": _("不盖章")}[definition.seal]),
        Pair(_("逐页签名"), "、".join(version.page_signatures) or _("无")),
        Pair(_("份数"), definition.copies or _("不限")), Pair(_("送达"), _("需要送达回证") if definition.must_be_served else _("不需要")),
        Pair(_("案卷"), str(VOLUMES[definition.volume])),
        Pair(_("卷内次序"), definition.order if definition.volume != "none" else _("无")),
        Pair(_("保管期限"), definition.retention or _("随案卷")),
    ]  # fmt: skip


def _fields(definition: Definition, version: Version) -> Table:
    demanded: dict[str, list[str]] = {}
    for element in version.elements:
        for name in element.fields:
            demanded.setdefault(name, []).extend(facts.citation_of(b).text() for b in element.basis)
    return Table(
        columns=[Column(_("栏目")), Column(_("填写")), Column(_("来源")), Column(_("法律依据"))],
        rows=[Row([Cell(f.label, note=_note(f)), str(REQUIRED[f.required]), str(SOURCES[f.source]),
                   "；".join(dict.fromkeys(demanded.get(f.id, [])))]) for f in version.fields],
        caption=_("栏目"),
    )


def _note(spec: Field) -> str:
    return "、".join(spec.choices) or spec.hint.lstrip("|")


def _elements(version: Version) -> list[tuple[Element, list[Basis]]]:
    return [(e, [Basis(c.text(), confirmation=c.confirmation) for c in map(facts.citation_of, e.basis)])
            for e in version.elements]


def _versions(one: TypeHere) -> Table:
    here, today = one.in_force, clock.today()
    rows = []
    for version in sorted(one.definition.versions, key=lambda v: (v.valid_from, v.id), reverse=True):
        if version == here:
            state = _("本地现行")
        elif version.valid_from > today:
            state = _("尚未启用")
        else:
            state = _("不再使用")
        rows.append(Row([
            Cell(version.id, url=reverse("documents:type", args=[one.definition.key]) + "?" + urlencode({"form": version.id}),
                 nowrap=True),
            issuer_of(version), Cell(f"{version.valid_from} – {version.valid_until or ''}"),
            Cell(state, tone="" if version == here else "muted"),
        ]))  # fmt: skip
    return Table(
        columns=[Column(_("版本")), Column(_("谁的格式")), Column(_("有效期")), Column(_("状态"))], rows=rows, caption=_("版本"),
    )


def move_context(moves: list[FormMove]) -> list[dict[str, Any]]:
    """Each change of form of a draft, newest first, with both texts side by side."""
    return [
        {
            "move": move, "dropped": move.difference["dropped"], "added": move.difference["added"],
            "stricter": move.difference["stricter"],
            "text": difference_of(
                move.difference["before"], move.difference["after"], left_title=move.from_version,
                right_title=move.to_version,
            ),
        }
        for move in moves
    ]


def set_table(sets: list[FormSet]) -> Table:
    """The issued sets, nearest in the order of territories."""
    today = clock.today()
    return Table(
        columns=[Column(_("格式套")), Column(_("级别")), Column(_("适用地区")), Column(_("有效期")), Column(_("文书数"), align="right")],
        rows=[
            Row([Cell(s.name, url=s.get_absolute_url(), note=f"{s.issued_by}　{s.source_document}"), s.get_issuer_display(),
                 s.territory.name, Cell(f"{s.valid_from} – {s.valid_until or ''}", nowrap=True, note=_state(s, today)),
                 len(s.variants.all())], url=s.get_absolute_url())
            for s in sets
        ],
        caption=_("统一格式"), empty_title=_("还没有录入统一格式"),
        empty_text=_("没有统一格式时使用通行样式。上级发布统一格式后在这里录入，启用日零点自动换用，草稿随之换用并显示差别。"),
    )  # fmt: skip


def _state(form_set: FormSet, today: Any) -> str:
    if form_set.valid_from > today:
        return _("尚未启用")
    return _("已停用") if form_set.valid_until and form_set.valid_until < today else _("有效")


def _language() -> str:
    return get_language() or "zh"


def _english() -> bool:
    return _language().startswith("en")
