"""Archiving: bind the volumes, give the number, freeze; afterwards add sheets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.cases import services as case_services
from dayu.cases.models import Case
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.files import StoredFile, store_bytes
from dayu.core.numbering import take_number
from dayu.core.refused import refuse_now
from dayu.dossiers.assembly import Assembly, form_pdf
from dayu.dossiers.binding import Sheet, Unbindable, as_pdf, bound, joined, page_count, sheet_pdf
from dayu.dossiers.models import AddedSheet, BoundVolume, Dossier, DossierPart
from dayu.dossiers.policies import may_add_sheet, may_archive
from dayu.dossiers.services.compiling import ARCHIVED, gathered, require_open
from dayu.dossiers.services.waiting import end_expecting
from dayu.records.services import record_event


@action(label=_("归档"), policy=may_archive, doors={"office", "system"})
def archive_dossier(dossier: Dossier, *, actor: Actor, moment: datetime, checked_by: str = "") -> Dossier:
    """Bind the volumes with cover, index, page numbers and closing note, give the archive number, and freeze."""
    require_open(dossier)
    case = dossier.case
    if case.closed_on is None:
        refuse_now("dossiers.not_closed", ARCHIVED, remedy="cases.close_case")
    assembly = gathered(dossier)
    if missing := unexplained(dossier, assembly):
        refuse_now("dossiers.incomplete", ARCHIVED, remedy="dossiers.explain_missing", missing="、".join(missing))
    dossier.checked_by = checked_by or dossier.checked_by or actor.name
    dossier.archive_no = _archive_number(dossier, case, moment)
    dossier.archived_at, dossier.archived_by = moment, actor.name
    volumes = [_bind(dossier, assembly, volume, moment) for volume in present_volumes(dossier)]
    dossier.digest = hashlib.sha256("".join(v.pdf_id for v in volumes).encode()).hexdigest()
    dossier.save()
    case_services.archive_dossier(
        case, actor=actor, moment=moment, digest=dossier.digest, missing=(), dossier=subject_key(dossier)
    )
    end_expecting(case, actor=actor, moment=moment)
    note_subject(dossier, related=case)
    note(number=dossier.archive_no, volumes=[v.pdf_id for v in volumes], pages=[v.pages for v in volumes])
    record_event(
        case,
        stage="archive",
        kind="archived",
        title=_text("归档：%(number)s") % {"number": dossier.archive_no},
        actor=actor,
        happened_at=moment,
        organ_id=case.organ_id,
        source=dossier,
    )
    return dossier


@action(label=_("补充案卷"), policy=may_add_sheet)
def add_sheet(
    dossier: Dossier,
    *,
    actor: Actor,
    moment: datetime,
    title: str,
    reason: str,
    files: Sequence[StoredFile],
    volume: str = "main",
) -> AddedSheet:
    """After archiving: add a sheet that says why, followed by what came. The archived volumes stay as they are."""
    if not dossier.is_archived:
        refuse_now("dossiers.not_archived_yet")
    if not reason.strip() or not title.strip():
        refuse_now("dossiers.words_missing")
    position = dossier.added_sheets.count() + 1
    rows = [
        (_text("案卷题名"), dossier.title),
        (_text("归档号"), dossier.archive_no),
        (_text("补充材料"), title.strip()),
        (_text("补充理由"), reason.strip()),
        (_text("补充人"), actor.name),
        (_text("补充时间"), f"{moment.astimezone(clock.LEGAL_ZONE):%Y-%m-%d %H:%M}"),
    ]
    pages = [sheet_pdf(Sheet(_text("案卷补充页"), rows, note=_text("原卷未作改动。"))), *_pages(files)]
    pdf = bound([], [joined(pages)], [], label=f"补{position}-")
    sheet = AddedSheet.objects.create(
        dossier=dossier,
        position=position,
        volume=volume if volume in dict(DossierPart.VOLUMES) else "main",
        title=title.strip(),
        reason=reason.strip(),
        pdf=store_bytes(pdf, media_type="application/pdf"),
        pages=page_count(pdf),
        added_by=actor.name,
        added_at=moment,
    )
    note_subject(dossier, related=dossier.case)
    note(sheet=position, title=sheet.title, reason=sheet.reason, pdf=sheet.pdf_id)
    return sheet


def unexplained(dossier: Dossier, assembly: Assembly) -> list[str]:
    """What is missing and nobody has explained."""
    explained = set(dossier.explanations.values_list("key", flat=True))
    return [m.title for m in assembly.missing if m.key not in explained]


def present_volumes(dossier: Dossier) -> list[str]:
    """The volumes that hold anything; the main one always."""
    filled = set(dossier.parts.filter(left_out_reason="").values_list("volume", flat=True))
    return [v for v in dict(DossierPart.VOLUMES) if v == "main" or v in filled]


def volume_pdf(dossier: Dossier, assembly: Assembly, volume: str, *, on: date) -> tuple[bytes, int, int]:
    """One volume as PDF, with the number of its pieces and of its numbered pages."""
    parts = list(dossier.parts.filter(volume=volume, left_out_reason="").order_by("position"))
    make = {p.source: p.make for p in assembly.pieces}
    pages = parts[-1].last_page if parts and parts[-1].last_page else 0
    front = [_cover(dossier, volume, len(parts), pages, on), _index(dossier, volume, parts, on)]
    pdf = bound(front, [make[p.source]() for p in parts], [_closing_note(dossier, volume, len(parts), pages, on)])
    return pdf, len(parts), pages


def _bind(dossier: Dossier, assembly: Assembly, volume: str, moment: datetime) -> BoundVolume:
    pdf, pieces, pages = volume_pdf(dossier, assembly, volume, on=clock.legal_date(moment))
    return BoundVolume.objects.create(
        dossier=dossier,
        volume=volume,
        pdf=store_bytes(pdf, media_type="application/pdf"),
        pieces=pieces,
        pages=pages,
        bound_at=moment,
    )


def _archive_number(dossier: Dossier, case: Case, moment: datetime) -> str:
    """Year of closing and a running number of four digits, without gaps."""
    year = case.closed_on.year if case.closed_on else clock.legal_date(moment).year
    taken = take_number(f"archive:{dossier.organ_id}", year, taken_by=subject_key(dossier), moment=moment)
    return f"{year}{taken.value:04}"


def _cover(dossier: Dossier, volume: str, pieces: int, pages: int, on: date) -> bytes:
    case = dossier.case
    parties = list(case.parties.filter(left_on=None))
    fields: dict[str, object] = {
        "case_name": dossier.title,
        "decision_no": "、".join(dict.fromkeys(p.decision_no for p in parties if p.decision_no)),
        "unit": case.unit.name if case.unit else case.organ.name,
        "handlers": list(dict.fromkeys(o.person.name for o in case.officers.filter(until_on=None))),
        "filed_on": case.filed_on.isoformat() if case.filed_on else "",
        "closed_on": case.closed_on.isoformat() if case.closed_on else "",
        "archived_on": clock.legal_date(dossier.archived_at).isoformat() if dossier.archived_at else "",
        "retention": dossier.retention,
        "volume_text": volume_words(dossier, volume),
        "pieces": pieces,
        "pages": pages,
        "archive_no": dossier.archive_no,
        "fonds_no": dossier.fonds_no,
        "catalog_no": dossier.catalogue_no,
        "file_no": dossier.file_no,
    }
    return _form(dossier, "dossier_cover", fields, on)


def _index(dossier: Dossier, volume: str, parts: Sequence[DossierPart], on: date) -> bytes:
    rows = [
        {
            "doc_no": p.document_no,
            "responsible": p.responsible,
            "title": p.title,
            "dated": p.dated.isoformat() if p.dated else "",
            "page": p.pages,
            "remark": p.remark,
        }
        for p in parts
    ]
    fields: dict[str, object] = {"case_name": dossier.title, "volume_text": volume_words(dossier, volume), "rows": rows}
    return _form(dossier, "dossier_catalog", fields, on)


def _closing_note(dossier: Dossier, volume: str, pieces: int, pages: int, on: date) -> bytes:
    words = [_text("本卷共%(pieces)d件，%(pages)d页。") % {"pieces": pieces, "pages": pages}]
    words += [
        _text("缺“%(title)s”：%(reason)s") % {"title": e.title, "reason": e.reason} for e in dossier.explanations.all()
    ]
    left_out = dossier.parts.filter(volume=volume).exclude(left_out_reason="")
    words += [
        _text("“%(title)s”未入卷：%(reason)s") % {"title": p.title, "reason": p.left_out_reason} for p in left_out
    ]
    generated = dossier.parts.filter(volume=volume, generated=True, left_out_reason="").count()
    if generated:
        words.append(_text("其中%(number)d件由系统按案件记录生成。") % {"number": generated})
    words += [dossier.remark] if dossier.remark else []
    fields: dict[str, object] = {
        "situation": " ".join(words),
        "compiled_by": dossier.compiled_by,
        "checked_by": dossier.checked_by,
        "compiled_on": clock.legal_date(dossier.compiled_at).isoformat(),
    }
    return _form(dossier, "dossier_memo", fields, on)


def _form(dossier: Dossier, key: str, fields: dict[str, object], on: date) -> bytes:
    organ = dossier.organ.name_on(dossier.case.closed_on or on)
    return form_pdf(key, fields, case_organ=organ, on=on, territory=dossier.case.territory_code)


def volume_words(dossier: Dossier, volume: str) -> str:
    """共2卷，正卷."""
    volumes = present_volumes(dossier)
    if dossier.mode == "single":
        return _text("共1卷，第1卷")
    name = dict(DossierPart.VOLUMES)[volume]
    return _text("共%(number)d卷，%(volume)s") % {"number": len(volumes), "volume": name}


def _pages(files: Sequence[StoredFile]) -> list[bytes]:
    found = []
    for file in files:
        try:
            found.append(as_pdf(file.read(), media_type=file.media_type))
        except Unbindable:
            found.append(
                sheet_pdf(Sheet(_text("电子材料"), [("SHA-256", file.sha256), (_text("类型"), file.media_type)]))
            )
    return found
