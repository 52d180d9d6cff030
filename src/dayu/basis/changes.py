"""Acts on what a change of law touches: found when an edition is imported or ended, settled by whoever answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.basis.comparing import ArticleChange, compare_editions
from dayu.basis.events import ImpactSettled, ImpactsFound
from dayu.basis.impact import resting_on
from dayu.basis.models import ChangeImpact, Citation, Edition
from dayu.basis.policies import may_settle_impact
from dayu.core import clock
from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.law.citations import laws


def note_new_edition(edition: Edition, *, moment: datetime) -> list[ChangeImpact]:
    """List what rests on articles that the edition changes or drops. Nothing where it is no change to the present law."""
    before = previous_edition(edition)
    if before is None or _is_known(edition) or _has_successor(edition):
        return []
    changes = compare_editions(list(before.articles.all()), list(edition.articles.all()))
    touched = [c for c in changes if c.touches_substance]
    return _list_impacts(edition, touched, starts=edition.in_force_from, moment=moment)


def note_repeal(edition: Edition, *, moment: datetime) -> list[ChangeImpact]:
    """List what rests on any article of an edition that ends without a successor."""
    assert edition.in_force_until is not None
    if _has_successor(edition):
        return []
    gone = [ArticleChange("repealed", a.number, None) for a in edition.articles.all()]
    return _list_impacts(edition, gone, starts=edition.in_force_until + timedelta(days=1), moment=moment)


def previous_edition(edition: Edition) -> Edition | None:
    """The edition that was in force before this one."""
    earlier = edition.statute.editions.filter(in_force_from__lt=edition.in_force_from)
    return earlier.order_by("-in_force_from").first()


@action(label=_("处理依据变更"), policy=may_settle_impact)
def settle_impact(impact: ChangeImpact, *, actor: Actor, moment: datetime, outcome: str, reason: str) -> ChangeImpact:
    """Say what became of a record after the law it rests on changed; an item that was frozen works again."""
    if impact.settled_at is not None:
        refuse_now("basis.already_settled", label=impact.label)
    if outcome not in dict(ChangeImpact.OUTCOMES):
        refuse_now("basis.unknown_choice", field="outcome", value=outcome)
    if not reason.strip():
        refuse_now("basis.settled_without_reason", label=impact.label)
    same = ChangeImpact.objects.open().filter(
        law=impact.law, subject=impact.subject, freezes_on=impact.freezes_on, organ_id=impact.organ_id
    )
    note(label=impact.label, outcome=outcome, articles=sorted(a for a in same.values_list("article", flat=True) if a))
    same.update(settled_at=moment, settled_by=actor.name[:64], outcome=outcome, reason=reason)
    impact.refresh_from_db()
    rest = ChangeImpact.objects.open().filter(law=impact.law, freezes_on=impact.freezes_on, organ_id=impact.organ_id)
    told = ImpactSettled(impact.law, impact.freezes_on, impact.subject, impact.organ_id, was_last=not rest.exists())
    publish(told, moment=moment)
    return impact


def _is_known(edition: Edition) -> bool:
    """The rulebook was written for this edition already, so its rules and what was made of them rest on it."""
    known = laws().get(edition.statute.key)
    return known is not None and any(e.edition == edition.edition for e in known.editions)


def _has_successor(edition: Edition) -> bool:
    return edition.statute.editions.filter(in_force_from__gt=edition.in_force_from).exists()


def _list_impacts(
    edition: Edition, changes: Sequence[ArticleChange], *, starts: date, moment: datetime
) -> list[ChangeImpact]:
    law = edition.statute.key
    new_number = {c.old: c.new for c in changes if c.old is not None}
    fresh = _made_for(edition)
    found = [t for t in resting_on(law, [n for n in new_number if n is not None]) if t.subject not in fresh]
    rows = ChangeImpact.objects.bulk_create(
        ChangeImpact(
            law=law,
            edition=edition,
            article=t.article,
            new_article=new_number.get(t.article),
            kind=t.kind,
            subject=t.subject[:120],
            label=t.label[:200],
            organ_id=t.organ_id,
            territory_id=t.territory or None,
            found_at=moment,
            freezes_on=starts,
        )
        for t in found
    )
    note(impacts=len(rows))
    _tell(edition, rows, starts, moment)
    return rows


def _made_for(edition: Edition) -> frozenset[str]:
    """Records that cite the new edition itself, or were made when it was in force: no leftovers of the old one."""
    since = Q(noted_at__gte=clock.legal_moment(edition.in_force_from, 0))
    cited = Citation.objects.filter(Q(edition=edition.edition) | since, law=edition.statute.key)
    return frozenset(cited.values_list("subject", flat=True))


def _tell(edition: Edition, rows: Iterable[ChangeImpact], starts: date, moment: datetime) -> None:
    owned = [r for r in rows if r.organ_id is not None]
    organs, subjects = sorted({r.organ_id for r in owned}), sorted({r.subject for r in owned})
    if owned:
        statute = edition.statute
        told = ImpactsFound(statute.key, statute.short_name, starts, tuple(organs), tuple(subjects))
        publish(told, moment=moment)
