"""Acts before archiving: gather the parts, order them, leave one out, explain what is missing, describe the dossier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.dossiers.assembly import Assembly, Piece, assemble
from dayu.dossiers.binding import page_count
from dayu.dossiers.definitions import keeping
from dayu.dossiers.models import Dossier, DossierPart, MissingExplained
from dayu.dossiers.policies import may_compile
from dayu.law.citations import cite

ARCHIVED = cite("penalty-law", 47, anchor="归档保存")
DESCRIBED = ("title", "mode", "retention", "fonds_no", "catalogue_no", "file_no", "remark", "checked_by")


@action(label=_("整理案卷"), policy=may_compile, doors={"office", "system"})
def compile_dossier(case: Case, *, actor: Actor, moment: datetime) -> Dossier:
    """Gather everything of the case, in order and with page numbers. May be repeated until the dossier is archived."""
    dossier = Dossier.objects.select_for_update().filter(case=case).first()
    if dossier is None:
        dossier = Dossier(
            case=case,
            organ=case.organ,
            kind=case.procedure,
            title=title_of(case),
            mode=keeping().mode,
            retention=keeping().retention,
            compiled_by=actor.name,
            compiled_at=moment,
        )
    require_open(dossier)
    dossier.compiled_by, dossier.compiled_at = actor.name, moment
    dossier.save()
    assembly = gathered(dossier)
    note_subject(dossier, related=case)
    note(pieces=len(assembly.pieces), missing=[m.title for m in assembly.missing])
    return dossier


@action(label=_("调整卷内文件"), policy=may_compile)
def arrange_part(part: DossierPart, *, actor: Actor, moment: datetime, volume: str, position: int) -> DossierPart:
    """Put a part into another volume or place; compiling again keeps it there."""
    require_open(part.dossier)
    if volume not in dict(DossierPart.VOLUMES) or position < 1:
        refuse_now("dossiers.unknown_place", volume=volume)
    part.volume, part.position, part.arranged = volume, position, True
    part.save()
    gathered(part.dossier)
    note_subject(part.dossier, related=part.dossier.case)
    note(part=part.title, volume=volume, position=position)
    return part


@action(label=_("不入卷或恢复入卷"), policy=may_compile)
def leave_out_part(part: DossierPart, *, actor: Actor, moment: datetime, reason: str) -> DossierPart:
    """Leave a part out, with the reason; without a reason it comes back."""
    require_open(part.dossier)
    part.left_out_reason = reason.strip()
    part.save()
    gathered(part.dossier)
    note_subject(part.dossier, related=part.dossier.case)
    note(part=part.title, reason=reason.strip())
    return part


@action(label=_("说明缺件"), policy=may_compile)
def explain_missing(dossier: Dossier, *, actor: Actor, moment: datetime, key: str, reason: str) -> MissingExplained:
    """Say why a part that should be there is not. The words stand in the closing note; they make nothing unhappen."""
    require_open(dossier)
    single = dossier.mode == "single"
    missing = {m.key: m for m in assemble(dossier.case, kind=dossier.kind, single=single).missing}
    if key not in missing:
        refuse_now("dossiers.not_missing", key=key)
    if not reason.strip():
        refuse_now("dossiers.words_missing")
    if dossier.explanations.filter(key=key).exists():
        refuse_now("dossiers.already_explained", title=missing[key].title)
    row = MissingExplained.objects.create(
        dossier=dossier,
        key=key,
        title=missing[key].title,
        reason=reason.strip(),
        explained_by=actor.name,
        explained_at=moment,
    )
    note_subject(dossier, related=dossier.case)
    note(missing=row.title, reason=row.reason)
    return row


@action(label=_("填写案卷信息"), policy=may_compile)
def describe_dossier(dossier: Dossier, *, actor: Actor, moment: datetime, **description: Any) -> Dossier:
    """Title, division, retention, archive numbers and the words of the closing note."""
    require_open(dossier)
    unknown = set(description) - set(DESCRIBED)
    if unknown:
        raise TypeError(f"a dossier has no {sorted(unknown)}")
    if description.get("retention", dossier.retention) not in keeping().retentions:
        refuse_now("dossiers.unknown_retention", retention=description["retention"])
    if description.get("mode", dossier.mode) not in dict(Dossier.MODES):
        refuse_now("dossiers.unknown_place", volume=description["mode"])
    divided = description.get("mode", dossier.mode) != dossier.mode
    for name, value in description.items():
        setattr(dossier, name, value)
    dossier.save()
    if divided:
        gathered(dossier)
    note_subject(dossier, related=dossier.case)
    note(**{k: str(v) for k, v in description.items()})
    return dossier


def require_open(dossier: Dossier) -> None:
    """After archiving nothing is changed, only added."""
    if dossier.is_archived:
        refuse_now("dossiers.archived", ARCHIVED, remedy="dossiers.add_sheet", number=dossier.archive_no)


def title_of(case: Case) -> str:
    """当事人全称＋违法行为＋案."""
    names = "、".join(case.parties.filter(left_on=None).values_list("name", flat=True)[:3])
    title = case.title if case.title.endswith("案") else _text("%(title)s案") % {"title": case.title}
    return title if not names or names.split("、")[0] in title else f"{names}{title}"


def gathered(dossier: Dossier) -> Assembly:
    """Make the parts equal to what belongs into the dossier now, number their places and pages."""
    assembly = assemble(dossier.case, kind=dossier.kind, single=dossier.mode == "single")
    known = {p.source: p for p in dossier.parts.all()}
    for source in set(known) - {p.source for p in assembly.pieces}:
        known.pop(source).delete()
    made: dict[str, Piece] = {p.source: p for p in assembly.pieces}
    for piece in assembly.pieces:
        known[piece.source] = _written(dossier, known.get(piece.source), piece)
    for volume in dict(DossierPart.VOLUMES):
        _number(_in_order(known.values(), assembly.pieces, volume), made)
    return assembly


def _written(dossier: Dossier, part: DossierPart | None, piece: Piece) -> DossierPart:
    part = part or DossierPart(dossier=dossier, source=piece.source, volume=piece.volume, position=0)
    if not part.arranged or dossier.mode == "single":
        part.volume = piece.volume
    part.key, part.title, part.document_no = piece.key, piece.title[:200], piece.document_no
    part.responsible, part.dated = piece.responsible[:120], piece.dated
    part.remark, part.generated = piece.remark[:200], piece.generated
    return part


def _in_order(parts: Any, pieces: Sequence[Piece], volume: str) -> list[DossierPart]:
    """The lawful order, with those that a person placed put where that person wanted them."""
    natural = {p.source: n for n, p in enumerate(pieces)}
    own = sorted((p for p in parts if p.volume == volume), key=lambda p: natural[p.source])
    ordered = [p for p in own if not p.arranged]
    for part in sorted((p for p in own if p.arranged), key=lambda p: p.position):
        ordered.insert(min(part.position - 1, len(ordered)), part)
    return ordered


def _number(parts: Sequence[DossierPart], made: dict[str, Piece]) -> None:
    page, place = 1, 1
    for part in parts:
        part.position = place
        place += 1
        if part.left_out_reason:
            part.first_page = part.last_page = None
        else:
            pages = page_count(made[part.source].make())
            part.first_page, part.last_page = page, page + pages - 1
            page += pages
        part.save()
