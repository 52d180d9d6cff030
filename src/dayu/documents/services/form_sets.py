"""Issued sets of forms: brought in, ended, and drafts moved to the form in force."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.core.territories import Territory, lies_in
from dayu.documents import facts
from dayu.documents.issued_forms import as_version, issued_in
from dayu.documents.models import Document, DocumentLife, FormIssuer, FormMove, FormSet, FormVariant
from dayu.documents.policies import may_keep_form_sets, may_move_draft
from dayu.documents.services.drafting import keep_revision
from dayu.law.territories import NATION
from dayu.org.models import Person
from dayu.paper.compose import Letterhead, compose, placeholders
from dayu.paper.definitions import Definition, DefinitionError, Field, Version, lacking_fields, lineage_of
from dayu.paper.form_changes import FormChange, form_change, kept_values
from dayu.work.services import notify

_EDITION = re.compile(r"[0-9A-Za-z-]{1,13}")
_HEAD = {"name", "issuer", "issued_by", "document", "territory", "edition", "valid_from", "valid_until", "forms"}
COUNTY_LEVEL_CITIES = 81  # the last two digits of a county-level city's code begin here


@action(label=_("录入统一格式"), policy=may_keep_form_sets, doors={"office", "system"})
def import_form_set(target: None, *, actor: Actor, moment: datetime, text: str) -> FormSet:
    """A unified set of forms as TOML: who issued it, for which territory, from when, and its forms.

    A form may add to what a higher set demands and leave nothing of it out. Who may not issue forms is refused.
    """
    rows = _read(text)
    territory = Territory.objects.filter(code=rows["territory"]).first()
    if territory is None or not (actor.is_system or _concerns(actor, territory.code)):
        refuse_now("documents.form_set_elsewhere", territory=rows["territory"])
    if not _may_issue(rows["issuer"], rows["territory"]):
        refuse_now("documents.not_unified_form", title=rows["name"], used=rows["issued_by"], wanted=_text("统一格式"))
    if FormSet.objects.filter(territory=territory, edition=rows["edition"]).exists():
        refuse_now("documents.form_set_exists", edition=rows["edition"])
    made = FormSet.objects.create(
        name=rows["name"], issuer=rows["issuer"], issued_by=rows["issued_by"], source_document=rows.get("document", ""),
        territory=territory, edition=rows["edition"], valid_from=rows["valid_from"], valid_until=rows.get("valid_until"),
        entered_by=actor.name, entered_at=moment,
    )
    for row in rows["forms"]:
        content = {k: v for k, v in row.items() if k != "key"}
        _check_form(made, facts.definition_of(row["key"]), content)
        FormVariant.objects.create(form_set=made, key=row["key"], content=content)
    note_subject(made)
    note(name=made.name, territory=territory.code, edition=made.edition, forms=[r["key"] for r in rows["forms"]])
    return made


@action(label=_("停用统一格式"), policy=may_keep_form_sets, doors={"office", "system"})
def end_form_set(form_set: FormSet, *, actor: Actor, moment: datetime, last_day: date, reason: str) -> FormSet:
    """A set was abolished: from the next day on, the forms of the set above hold again."""
    if not reason.strip():
        refuse_now("documents.reason_needed")
    if last_day < form_set.valid_from:
        refuse_now("documents.form_set_days", day=last_day.isoformat())
    form_set.valid_until, form_set.end_reason = last_day, reason[:200]
    form_set.save()
    note_subject(form_set)
    note(last_day=last_day.isoformat(), reason=reason)
    return form_set


@action(label=_("换用现行格式"), policy=may_move_draft, doors={"office", "system"})
def move_draft(document: Document, *, actor: Actor, moment: datetime) -> Document:
    """Take a draft over to the form in force that day and keep what this changed. What has no place stays in its history."""
    old = facts.version_of(document)
    new = facts.version_for(document.key, on=clock.legal_date(moment), territory=document.organ.territory_id)
    if old.id == new.id:
        return document
    change = form_change(facts.definition_of(document.key), old, new, document.fields)
    _rewrite(document, old, new)
    keep_revision(document, actor=actor, moment=moment, reason=_text("换用现行格式 %(form)s") % {"form": new.id})
    FormMove.objects.create(
        document=document, from_version=old.id, to_version=new.id, difference=change.as_json(), moved_by=actor.name,
        moved_at=moment,
    )
    _tell_drafter(document, new, change, actor, moment)
    note_subject(document, related=document.subject)
    note(before=old.id, after=new.id, dropped=[row["label"] for row in change.dropped])
    return document


def _rewrite(document: Document, old: Version, new: Version) -> None:
    """The values that have a place; a digest of the substance that a higher domain gave stays as it is."""
    computed = document.substance_digest == facts.substance_of(old, document.fields)
    document.fields = kept_values(new, document.fields)
    document.form_version, document.form_digest = new.id, new.digest
    document.digest = facts.text_digest(document.key, new.id, document.fields)
    if computed:
        document.substance_digest = facts.substance_of(new, document.fields)
    document.save()


def _tell_drafter(document: Document, new: Version, change: FormChange, actor: Actor, moment: datetime) -> None:
    account = document.drafted_by_account
    drafter = Person.objects.filter(account_id=account, left_on=None).first() if account is not None else None
    if drafter is None or drafter.pk == actor.person_id:
        return
    words = _text("《%(title)s》草稿已换用现行格式 %(form)s，请核对差别") % {"title": document.title, "form": new.id}
    notify(
        drafter.pk, words, f"/documents/{document.pk}/form/", moment=moment, subject=f"documents.document:{document.pk}",
        urgent=change.values_lost,
    )


def move_outdated_drafts(*, actor: Actor, moment: datetime) -> list[int]:
    """Move every draft whose form is no longer the one in force; answers their ids. For the periodic job."""
    moved = []
    drafts, issued = Document.objects.filter(life=DocumentLife.DRAFT), issued_in("")
    kinds = drafts.order_by().values_list("key", "form_version", "organ__territory_id").distinct()
    for key, used, territory in list(kinds):
        known = facts.definition_of(key)
        definition = replace(known, versions=(*known.versions, *issued.get(key, ())))
        version = definition.version_on(clock.legal_date(moment), territory=territory[:6])
        if version is None or version.id == used:
            continue
        old = drafts.filter(key=key, form_version=used, organ__territory_id=territory).select_related("organ")
        for document in old.order_by("id"):
            move_draft(document, actor=actor, moment=moment)
            moved.append(document.pk)
    return moved


def _read(text: str) -> dict[str, Any]:
    try:
        rows = tomllib.loads(text)
        missing = {"name", "issuer", "issued_by", "territory", "edition", "valid_from", "forms"} - set(rows)
        if missing or set(rows) - _HEAD:
            raise ValueError(f"{sorted(missing or set(rows) - _HEAD)}")
        if rows["issuer"] not in FormIssuer.values or not _EDITION.fullmatch(str(rows["edition"])):
            raise ValueError(f"issuer, edition: {rows['issuer']}, {rows['edition']}")
        days = [rows["valid_from"], rows.get("valid_until", rows["valid_from"])]
        if any(type(day) is not date for day in days) or days[0] > days[1]:
            raise ValueError("valid_from, valid_until")
        if not rows["forms"] or any("key" not in row or set(row) & {"id", "valid_from", "valid_until", "territory"}
                                    for row in rows["forms"]):
            raise ValueError("forms")
        if len({row["key"] for row in rows["forms"]}) != len(rows["forms"]):
            raise ValueError("forms: key")
    except (tomllib.TOMLDecodeError, ValueError, TypeError) as fault:
        refuse_now("documents.form_set_unreadable", fault=str(fault))
    return rows


def _concerns(actor: Actor, territory: str) -> bool:
    """Sets of one's own territory, of those above it, and of those that lie in it."""
    above = {code or NATION for code in lineage_of(actor.territory[:6])}
    return territory in above or lies_in(territory, actor.territory)


def _may_issue(issuer: str, territory: str) -> bool:
    """The ministry for the nation, a province for itself, a city (of the prefecture or the county level) for itself."""
    if issuer == FormIssuer.MINISTRY:
        return territory == NATION
    if issuer == FormIssuer.PROVINCE:
        return territory.endswith("0000") and territory != NATION
    city = territory.endswith("00") or int(territory[4:6]) >= COUNTY_LEVEL_CITIES
    return city and not territory.endswith("0000")


def _check_form(form_set: FormSet, definition: Definition, content: Mapping[str, Any]) -> None:
    """It can be read and set, lacks nothing that the set above demands, and prints all that must be filled."""
    try:
        version = as_version(definition.key, dict(content), form_set)
        compose(definition, version, {}, letterhead=Letterhead(""))
    except (DefinitionError, KeyError, TypeError, StopIteration) as fault:
        refuse_now("documents.form_set_unreadable", fault=f"{definition.title}: {fault}")
    above = lineage_of(form_set.territory_id)[1] if form_set.territory_id != NATION else ""
    higher = facts.with_issued(definition.key, territory=above).version_on(form_set.valid_from, territory=above)
    if higher is not None and (lacking := lacking_fields(version, higher)):
        refuse_now("documents.form_lacks_fields", title=definition.title, labels=_labels(lacking), higher=higher.id)
    if hidden := _hidden(version, higher):
        refuse_now("documents.form_hides_fields", title=definition.title, labels=_labels(hidden))


def _hidden(version: Version, higher: Version | None) -> list[Field]:
    """Mandatory fields that the text does not show, but for those that the higher form has without showing them either."""
    printed = placeholders(version)
    silent = {f.id for f in higher.fields} - placeholders(higher) if higher is not None else set()
    wanted = {f.id for f in version.mandatory_fields if f.id not in silent} | {f for e in version.elements for f in e.fields}
    return [version.field(f) for f in sorted(wanted - printed)]


def _labels(fields: Iterable[Field]) -> str:
    return "、".join(f.label for f in fields)
