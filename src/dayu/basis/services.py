"""Acts on the basis library: importing statutes, ending editions, noting citations, setting parameters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dayu.basis.changes import note_new_edition, note_repeal
from dayu.basis.events import ArticlesEnded, ParameterSet
from dayu.basis.importing import UnreadableStatute, read_statute
from dayu.basis.models import Article, Citation, Edition, ProfileValue, Statute
from dayu.basis.official_files import OfficialText, read_official_file
from dayu.basis.policies import may_keep_library, may_set_parameter
from dayu.basis.selectors import profile_of, profiles
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.events import publish
from dayu.core.files import store_bytes
from dayu.core.refused import Refused, refuse_now
from dayu.core.territories import Territory
from dayu.law.citations import CONFIRMATIONS, UNVERIFIED
from dayu.law.citations import Citation as LawCitation
from dayu.law.rulebook import RulebookError
from dayu.law.territories import Declaration, declarations, is_territory_code, levels, loosened


@action(label=_("导入依据"), policy=may_keep_library)
def import_statute(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    key: str,
    name: str,
    short_name: str,
    level: str,
    edition: str,
    in_force_from: date,
    text: str,
    issuer: str = "",
    in_force_until: date | None = None,
    territory: Territory | None = None,
) -> Edition:
    """One edition of a statute from its official text; an earlier open edition ends the day before."""
    if level not in dict(Statute.LEVELS):
        refuse_now("basis.unknown_choice", field="level", value=level)
    try:
        articles = read_statute(text)
    except UnreadableStatute as fault:
        refuse_now("basis.unreadable_statute", fault=str(fault))
    statute, _created = Statute.objects.get_or_create(
        key=key,
        defaults={
            "name": name,
            "short_name": short_name,
            "level": level,
            "issuer": issuer,
            "territory": territory,
        },
    )
    if statute.editions.filter(edition=edition).exists():
        refuse_now("basis.edition_exists", name=name, edition=edition)
    _end_open_editions(statute, in_force_from)
    stored = Edition.objects.create(
        statute=statute,
        edition=edition,
        in_force_from=in_force_from,
        in_force_until=in_force_until,
        source=store_bytes(text.encode(), media_type="text/plain"),
        imported_at=moment,
    )
    Article.objects.bulk_create(
        [
            Article(
                edition=stored,
                number=a.number,
                chapter=a.chapter[:120],
                paragraphs=[asdict(p) for p in a.paragraphs],
            )
            for a in articles
        ]
    )
    note(key=key, edition=edition, articles=len(articles))
    note_subject(stored)
    note_new_edition(stored, moment=moment)
    return stored


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file: `imported`, `known` (the edition is there already) or `failed` with the reason."""

    file: str
    standing: str
    reason: str = ""
    articles: int = 0

    @property
    def failed(self) -> bool:
        """Whether it has to be looked at."""
        return self.standing == "failed"


def import_files(files: Iterable[tuple[str, bytes]], *, actor: Actor, moment: datetime) -> list[FileOutcome]:
    """Many official files, `(name, content)`, older editions first. Each stands alone: a bad one hinders no other."""
    read: list[OfficialText] = []
    outcomes: list[FileOutcome] = []
    named: dict[int, str] = {}
    for name, content in files:
        try:
            read.append(read_official_file(name, content))
            named[id(read[-1])] = name
        except (UnreadableStatute, ValueError) as fault:
            outcomes.append(FileOutcome(name, "failed", str(fault)))
    for one in sorted(read, key=lambda r: (r.key, r.in_force_from, r.edition)):
        outcomes.append(_import_one(one, named[id(one)], actor=actor, moment=moment))
    return sorted(outcomes, key=lambda o: o.file)


def _import_one(one: OfficialText, file: str, *, actor: Actor, moment: datetime) -> FileOutcome:
    if Edition.objects.filter(statute__key=one.key, edition=one.edition).exists():
        return FileOutcome(file, "known")
    try:
        edition = import_statute(None, actor=actor, moment=moment, **asdict(one))
    except Refused as refused:
        return FileOutcome(file, "failed", "；".join(r.as_json()["reason"] for r in refused.refusals))
    return FileOutcome(file, "imported", articles=edition.articles.count())


@action(label=_("依据废止或失效"), policy=may_keep_library)
def end_edition(edition: Edition, *, actor: Actor, moment: datetime, in_force_until: date, reason: str = "") -> Edition:
    """The last day on which an edition is in force; whatever cites it hears of it."""
    if in_force_until < edition.in_force_from:
        refuse_now("basis.dates_out_of_order")
    edition.in_force_until = in_force_until
    edition.save(update_fields=["in_force_until"])
    note(in_force_until=in_force_until, reason=reason)
    note_repeal(edition, moment=moment)
    publish(ArticlesEnded(edition.statute.key, edition.edition, in_force_until), moment=moment)
    return edition


@action(label=_("设置地区规则"), policy=may_set_parameter)
def set_parameter(
    territory: Territory,
    *,
    actor: Actor,
    moment: datetime,
    key: str,
    value: Any,
    clause: str,
    valid_from: date,
    confirmation: str = "V",
    valid_until: date | None = None,
) -> ProfileValue:
    """A value from a day on, to a last day where it has one. It may tighten what a higher level orders, never loosen it.

    Values of lower levels that it makes too loose count no longer; they are noted with the act.
    """
    declared = declarations().get(key)
    if declared is None:
        refuse_now("basis.unknown_parameter", key=key)
    if not is_territory_code(territory.code):
        refuse_now("basis.below_county", territory=territory.name)
    if not clause.strip() and confirmation != UNVERIFIED:
        refuse_now("basis.value_without_clause", name=declared.name)
    if confirmation not in CONFIRMATIONS:
        refuse_now("basis.unknown_choice", field="confirmation", value=confirmation)
    if valid_until is not None and valid_until < valid_from:
        refuse_now("basis.dates_out_of_order")
    stored_value = read_value(declared, value)
    _end_open_value(territory, key, valid_from)
    stored = ProfileValue.objects.create(
        territory=territory,
        key=key,
        value=stored_value,
        clause=clause,
        confirmation=confirmation,
        valid_from=valid_from,
        valid_until=valid_until,
        entered_at=moment,
        entered_by=actor.name,
    )
    _check_not_loosened(territory, declared)
    note(key=key, value=stored_value, clause=clause, valid_from=valid_from, overrules=_overruled(territory, key))
    note_subject(stored)
    publish(ParameterSet(territory.code, key, valid_from), moment=moment)
    return stored


@action(label=_("终止地区规则"), policy=may_set_parameter)
def end_parameter(stored: ProfileValue, *, actor: Actor, moment: datetime, valid_until: date) -> ProfileValue:
    """The last day of a value; from the next day the level above counts again."""
    if valid_until < stored.valid_from:
        refuse_now("basis.dates_out_of_order")
    stored.valid_until = valid_until
    stored.save(update_fields=["valid_until"])
    note(key=stored.key, valid_until=valid_until)
    publish(ParameterSet(stored.territory_id, stored.key, valid_until), moment=moment)
    return stored


def cite_articles(
    subject: models.Model | str,
    citations: Iterable[LawCitation],
    *,
    moment: datetime,
    label: str = "",
    organ_id: int | None = None,
    territory: str | None = None,
) -> None:
    """Note which articles a record cites, in place of what it cited before. Called inside the act that writes it."""
    key = subject_key(subject)
    Citation.objects.filter(subject=key).delete()
    cite_in_bulk([(key, label, tuple(citations))], moment=moment, organ_id=organ_id, territory=territory)


def cite_in_bulk(
    rows: Iterable[tuple[str, str, tuple[LawCitation, ...]]],
    *,
    moment: datetime,
    organ_id: int | None = None,
    territory: str | None = None,
) -> None:
    """The citations of many new records at once: subject key, label, articles."""
    Citation.objects.bulk_create(
        [
            Citation(
                law=c.law,
                edition=c.edition,
                article=c.article,
                paragraph=c.paragraph,
                item=c.item,
                subject=subject,
                label=label[:200],
                organ_id=organ_id,
                territory_id=territory or None,
                noted_at=moment,
            )
            for subject, label, citations in rows
            for c in citations
        ]
    )


def read_value(declared: Declaration, raw: Any) -> Any:
    """A typed or posted value in the form that the parameter's kind asks for; refused where it does not fit."""
    try:
        return _READERS[declared.kind](raw)
    except (ValueError, TypeError, InvalidOperation):
        refuse_now("basis.value_of_wrong_kind", name=declared.name, kind=declared.kind, value=raw)


def _flag(raw: Any) -> bool:
    words = {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}
    if isinstance(raw, bool):
        return raw
    if str(raw).lower() not in words:
        raise ValueError(raw)
    return words[str(raw).lower()]


def _whole(raw: Any) -> int:
    number = int(raw)
    if isinstance(raw, bool) or not 0 <= number <= 100000:
        raise ValueError(raw)
    return number


def _days(raw: Any) -> list[int]:
    parts = raw if isinstance(raw, list) else [p for p in str(raw).replace("，", ",").split(",") if p.strip()]
    if not parts:
        raise ValueError(raw)
    return [_whole(p) for p in parts]


def _ratio(raw: Any) -> str:
    return format(Decimal(str(raw)), "f")


_READERS = {
    "days": _whole,
    "count": _whole,
    "text": lambda raw: str(raw).strip()[:500],
    "flag": _flag,
    "day_list": _days,
    "ratio": _ratio,
}


def _end_open_editions(statute: Statute, next_begins_on: date) -> None:
    statute.editions.filter(in_force_until=None, in_force_from__lt=next_begins_on).update(
        in_force_until=next_begins_on - timedelta(days=1)
    )


def _end_open_value(territory: Territory, key: str, next_begins_on: date) -> None:
    rows = ProfileValue.objects.filter(territory=territory, key=key)
    if rows.filter(valid_from__gte=next_begins_on).exists():
        refuse_now("basis.value_before_present_one", on=next_begins_on.isoformat())
    rows.filter(models.Q(valid_until=None) | models.Q(valid_until__gte=next_begins_on)).update(
        valid_until=next_begins_on - timedelta(days=1)
    )


def _overruled(territory: Territory, key: str) -> list[str]:
    """The places below whose own value of this parameter is now looser than what this level orders."""
    known = profiles()
    below = (p for p in known.values() if any(up.code == territory.code for up in levels(p.code, profiles=known)[:-1]))
    return sorted(profile.code for profile in below if key in loosened(profile, profiles=known))


def _check_not_loosened(territory: Territory, declared: Declaration) -> None:
    known = profiles()
    profile = profile_of(territory.code)
    try:
        faults = loosened(profile, profiles=known)
    except RulebookError as fault:
        refuse_now("basis.value_of_wrong_kind", name=declared.name, kind=declared.kind, value=plain(str(fault)))
    if declared.key in faults:
        refuse_now("basis.looser_than_above", name=declared.name)
