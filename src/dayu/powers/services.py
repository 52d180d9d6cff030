"""Acts on the list of powers: adopting the catalogue, items, assignment to units and posts, benchmarks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from dayu.basis.services import cite_articles, cite_in_bulk
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.clock import legal_date
from dayu.core.refused import refuse_now
from dayu.core.territories import Territory
from dayu.law.benchmarks import ancestors, benchmarks
from dayu.law.violations import violation, violation_keys
from dayu.org.models import Agency, OrgUnit, PostKey
from dayu.powers.catalogue import entries_on
from dayu.powers.models import BenchmarkPublication, EnforcementItem, ItemViolation, PowerAssignment
from dayu.powers.policies import may_keep_items, may_publish_benchmark

ENFORCING_POSTS = ("handler", "unit_head")


@action(label=_("按违法行为目录建立清单"), policy=may_keep_items)
def adopt_catalogue(
    agency: Agency, *, actor: Actor, moment: datetime, valid_from: date, units: list[OrgUnit] | None = None
) -> Agency:
    """Every violation of the rulebook in force today becomes an item; units with enforcement power exercise them."""
    known = set(agency.items.values_list("code", flat=True))
    others = set(EnforcementItem.objects.filter(agency=None).values_list("code", flat=True))
    entries = [e for e in entries_on(legal_date(moment)) if e.key not in (known if e.department == "water" else others)]
    items = EnforcementItem.objects.bulk_create(
        [
            EnforcementItem(
                code=e.key,
                name=e.name[:200],
                act_type="penalty",
                matter=e.matter,
                department=e.department,
                agency=agency if e.department == "water" else None,
                territory=agency.territory if e.department == "water" else _nation_of(agency.territory),
                basis=e.basis[:500],
                violation_keys=[e.key],
                valid_from=valid_from,
                version=1,
            )
            for e in entries
        ]
    )
    ItemViolation.objects.bulk_create([ItemViolation(item=i, violation=i.code) for i in items])
    enforcing = units if units is not None else list(agency.units.filter(has_enforcement_power=True))
    own = [i for i in items if i.agency_id is not None]
    PowerAssignment.objects.bulk_create(
        [
            PowerAssignment(item=i, unit=u, post_key=p, valid_from=valid_from)
            for i in own
            for u in enforcing
            for p in ENFORCING_POSTS
        ]
    )
    cited = [(i, (subject_key(i), i.name, e.citations)) for i, e in zip(items, entries, strict=True)]
    place = {"organ_id": agency.pk, "territory": agency.territory_id}
    cite_in_bulk([row for i, row in cited if i.agency_id is not None], moment=moment, **place)
    cite_in_bulk([row for i, row in cited if i.agency_id is None], moment=moment)
    note(items=len(own), of_other_departments=len(items) - len(own), units=[u.name for u in enforcing])
    note_subject(agency)
    return agency


@action(label=_("登记执法事项"), policy=may_keep_items)
def register_item(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    agency: Agency,
    code: str,
    name: str,
    act_type: str,
    basis: str,
    valid_from: date,
    matter: str = "",
    violations: list[str] | None = None,
    territory: Territory | None = None,
) -> EnforcementItem:
    """One item of the agency, for what the catalogue does not have: licences, inspections, local law."""
    if act_type not in dict(EnforcementItem.ACT_TYPES):
        refuse_now("powers.unknown_choice", field="act_type", value=act_type)
    if not basis.strip():
        refuse_now("powers.item_without_basis", name=name)
    unknown = sorted(set(violations or []) - set(violation_keys()))
    if unknown:
        refuse_now("powers.unknown_choice", field="violations", value="、".join(unknown))
    if EnforcementItem.objects.filter(agency=agency, code=code, valid_until=None).exists():
        refuse_now("powers.item_code_taken", code=code)
    item = EnforcementItem.objects.create(
        agency=agency,
        code=code,
        name=name,
        act_type=act_type,
        basis=basis,
        matter=matter,
        valid_from=valid_from,
        violation_keys=violations or [],
        territory=territory or agency.territory,
    )
    ItemViolation.objects.bulk_create([ItemViolation(item=item, violation=v) for v in violations or []])
    cited = [c for v in violations or [] for version in violation(v).versions[-1:] for c in version.citations]
    cite_articles(item, cited, moment=moment, label=name, organ_id=agency.pk, territory=agency.territory_id)
    note(code=code, name=name, basis=basis)
    note_subject(item, related=agency)
    return item


@action(label=_("终止执法事项"), policy=may_keep_items)
def end_item(
    item: EnforcementItem, *, actor: Actor, moment: datetime, valid_until: date, reason: str
) -> EnforcementItem:
    """The last day on which the item may be exercised."""
    if valid_until < item.valid_from:
        refuse_now("powers.dates_out_of_order")
    item.valid_until, item.end_reason = valid_until, reason
    item.save(update_fields=["valid_until", "end_reason"])
    note(valid_until=valid_until, reason=reason)
    return item


@action(label=_("分解职权到岗位"), policy=may_keep_items)
def assign_power(
    item: EnforcementItem, *, actor: Actor, moment: datetime, unit: OrgUnit, post_key: str, valid_from: date
) -> PowerAssignment:
    """A unit of the item's agency exercises it through a kind of post, from a day on."""
    if post_key not in PostKey.values:
        refuse_now("powers.unknown_choice", field="post_key", value=post_key)
    if unit.agency_id != item.agency_id:
        refuse_now("powers.unit_of_another_agency", unit=unit.name)
    if not unit.has_enforcement_power and item.act_type in ("penalty", "coercion", "inspection"):
        refuse_now("org.unit_without_power", unit=unit.name)
    if PowerAssignment.objects.filter(item=item, unit=unit, post_key=post_key, valid_until=None).exists():
        refuse_now("powers.already_assigned", unit=unit.name)
    assignment = PowerAssignment.objects.create(item=item, unit=unit, post_key=post_key, valid_from=valid_from)
    note(unit=unit.name, post=post_key, valid_from=valid_from)
    note_subject(assignment, related=item)
    return assignment


@action(label=_("收回岗位职权"), policy=may_keep_items)
def end_assignment(assignment: PowerAssignment, *, actor: Actor, moment: datetime, last_day: date) -> PowerAssignment:
    """The last day on which the unit's post exercises the item."""
    if last_day < assignment.valid_from - timedelta(days=1):
        refuse_now("powers.dates_out_of_order")
    assignment.valid_until = last_day
    assignment.save(update_fields=["valid_until"])
    note(last_day=last_day)
    note_subject(assignment, related=assignment.item)
    return assignment


@action(label=_("公布裁量基准"), policy=may_publish_benchmark)
def publish_benchmark(
    agency: Agency, *, actor: Actor, moment: datetime, benchmark: str, published_on: date
) -> BenchmarkPublication:
    """The public sees the benchmark that the agency applies, in exactly this version."""
    known = benchmarks().get(benchmark)
    if known is None or known.territory not in ancestors(agency.territory_id):
        refuse_now("powers.unknown_benchmark", benchmark=benchmark)
    present = BenchmarkPublication.objects.filter(agency=agency, benchmark=benchmark, withdrawn_on=None).first()
    if present is not None and present.digest == known.digest:
        refuse_now("powers.already_published", benchmark=known.name)
    if present is not None:
        present.withdrawn_on, present.withdrawn_reason = published_on, str(_("公布新版本"))
        present.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    publication = BenchmarkPublication.objects.create(
        agency=agency, benchmark=benchmark, digest=known.digest, published_on=published_on, published_by=actor.name
    )
    note(benchmark=benchmark, digest=known.digest, published_on=published_on)
    note_subject(publication, related=agency)
    return publication


@action(label=_("撤下裁量基准"), policy=may_publish_benchmark)
def withdraw_benchmark(
    publication: BenchmarkPublication, *, actor: Actor, moment: datetime, withdrawn_on: date, reason: str
) -> BenchmarkPublication:
    """The page says from then on that it was withdrawn, and why."""
    if publication.withdrawn_on is not None:
        refuse_now("powers.already_withdrawn")
    publication.withdrawn_on, publication.withdrawn_reason = withdrawn_on, reason
    publication.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    note(reason=reason)
    note_subject(publication, related=publication.agency)
    return publication


def _nation_of(territory: Territory) -> Territory:
    return Territory(code=territory.path.strip("/").split("/")[0])
