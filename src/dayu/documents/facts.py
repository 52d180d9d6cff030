"""The bridge from rows to the pure packages: definitions, digests, composition, findings as refusals, defects of service."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from dayu.basis.models import Statute
from dayu.basis.selectors import article_on, edition_on
from dayu.core.audit import canonical
from dayu.core.refused import Refused
from dayu.documents.issued_forms import issued_version, issued_versions
from dayu.documents.models import Document, Hold, HoldRelease, OrganPaper, ServingMethod
from dayu.law.citations import Citation, cite
from dayu.law.refusals import ALLOWED, Refusal, Verdict, refuse
from dayu.law.rulebook import rulebook_root
from dayu.org.models import Agency
from dayu.paper.checks import REFUSAL, ArticleLookup, Finding, OtherDocument, check_document
from dayu.paper.compose import Composed, Letterhead, compose
from dayu.paper.definitions import Basis, Definition, Numbering, Version, load_definitions
from dayu.paper.typeset import Typesetter

DRAFT_WATERMARK = "送审稿"
SCREEN_DOTS_PER_INCH, KEPT_PICTURES = 100, 24
_pictures: dict[tuple[Any, ...], tuple[bytes, ...]] = {}
REVIEW, DISCUSSION = "legal_review", "collective_discussion"
_HOLD_RULES = {REVIEW: "documents.review_not_passed", DISCUSSION: "documents.not_discussed"}


@cache
def definitions() -> Mapping[str, Definition]:
    """All document types of the rulebook by key."""
    return load_definitions(rulebook_root() / "documents")


def definition_of(key: str) -> Definition:
    """One document type; an unknown key is refused."""
    try:
        return definitions()[key]
    except KeyError:
        raise Refused([Refusal("documents.unknown_type", {"key": key})]) from None


def version_for(key: str, *, on: date, territory: str) -> Version:
    """The version in force on a day in a territory, of the rulebook or of an issued set; none: refused."""
    definition = with_issued(key, territory=territory)
    version = definition.version_on(on, territory=territory[:6])
    if version is None:
        raise Refused([Refusal("documents.no_version", {"day": on.isoformat(), "title": definition.title})])
    return version


def with_issued(key: str, *, territory: str) -> Definition:
    """A document type with the versions of the rulebook and those of every set that may hold in the territory."""
    definition = definition_of(key)
    return replace(definition, versions=(*definition.versions, *issued_versions(key, territory=territory)))


def version_of(document: Document) -> Version:
    """The version that a document was made with, whatever is in force today."""
    definition = definition_of(document.key)
    for version in definition.versions:
        if version.id == document.form_version:
            return version
    return issued_version(document.key, document.form_version, document.form_digest)


def form_verdict(document: Document, *, on: date) -> Verdict:
    """Whether the document is written on the form in force: an old one and a home-made one are no unified form."""
    wanted = version_for(document.key, on=on, territory=document.organ.territory_id)
    if wanted.id == document.form_version:
        return ALLOWED
    return not_unified(document.key, document.form_version, wanted)


def not_unified(key: str, used: str, wanted: Version) -> Verdict:
    """「非统一格式文本」: which form was used, and which is in force."""
    title = definition_of(key).title
    return refuse("documents.not_unified_form", title=title, used=used, wanted=f"{wanted.form_set}{wanted.id}")


@cache
def typesetter() -> Typesetter:
    """The one typesetter of the process; fonts of the organ come before those of the system."""
    folders = [Path(settings.DAYU_FONTS)] if getattr(settings, "DAYU_FONTS", "") else []
    return Typesetter(font_folders=folders)


def digest_of(content: Any) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(content)).hexdigest()


def text_digest(key: str, version: str, fields: Mapping[str, Any]) -> str:
    """The digest of a whole text: kind, version of the form, and every field."""
    return digest_of({"key": key, "version": version, "fields": dict(fields)})


def substance_of(version: Version, fields: Mapping[str, Any]) -> str:
    """The digest of what matters when no higher domain gives one; a kind without such fields counts whole."""
    wanted = version.substance_fields or tuple(f.id for f in version.fields)
    return digest_of({name: fields.get(name) for name in wanted if fields.get(name) not in (None, "", [])})


def composed(document: Document, *, watermark: str = "") -> Composed:
    """The document ready to be set, as a sealed text or as a draft with its watermark."""
    definition, version = definition_of(document.key), version_of(document)
    organ = str(document.fields.get("organ_name") or _name_of(document.organ, document.dated))
    return compose(
        definition, version, document.fields, letterhead=letterhead_of(document, organ),
        number=document.number, document=document.mark, digest=document.digest,
        watermark=watermark or ("" if document.sealed else DRAFT_WATERMARK),
        mark_prefix=getattr(settings, "DAYU_MARK_PREFIX", ""), dated=document.dated,
    )


def page_pictures(document: Document) -> tuple[bytes, ...]:
    """The pages as PNG for the screen; the last few documents are kept, for a page of pictures asks for each of them."""
    key = (document.pk, document.digest, document.number, document.life, document.letterhead)
    if key not in _pictures:
        made = tuple(typesetter().page_images(composed(document), dots_per_inch=SCREEN_DOTS_PER_INCH))
        while len(_pictures) >= KEPT_PICTURES:
            _pictures.pop(next(iter(_pictures)), None)
        _pictures[key] = made
    return _pictures.get(key) or ()


def letterhead_of(document: Document, name: str) -> Letterhead:
    """The head as the organ's paper wants it: printed in red, plain, or left out on paper that bears it already."""
    paper = OrganPaper.objects.filter(organ_id=document.organ_id).first()
    if paper is None or document.letterhead != "red":
        return Letterhead(name, document.letterhead)
    return Letterhead(name, paper.letterhead, paper.offset_x_mm, paper.offset_y_mm)


def numbering_of(key: str, organ: Agency) -> Numbering | None:
    """How the organ forms the numbers of a kind: its own way where it has said so, else the default of the rulebook."""
    numbering = definition_of(key).numbering
    paper = OrganPaper.objects.filter(organ=organ).first()
    own = paper.number_forms.get(key) if paper and numbering else None
    if numbering is None or not own:
        return numbering
    return Numbering(numbering.series, own.get("code", numbering.code), own.get("pattern", numbering.pattern), True)


def _name_of(organ: Agency, day: date | None) -> str:
    return organ.name_on(day) if day else organ.name


def findings_of(document: Document, others: Sequence[Document], *, as_of: date | None = None) -> tuple[Finding, ...]:
    """What guided writing finds, alone and beside the other documents of the matter."""
    return check_document(
        definition_of(document.key), version_of(document), document.fields,
        [other_of(o) for o in others], article_exists=article_lookup(document.dated or as_of or date.max), as_of=as_of,
    )


def other_of(document: Document) -> OtherDocument:
    """A document as its neighbours are compared with it."""
    return OtherDocument(definition_of(document.key), version_of(document), document.fields, document.number)


def article_lookup(day: date) -> ArticleLookup:
    """Asks the library of laws what stood in force on a day; None where nobody imported the law."""
    known: dict[str, Statute | None] = {}

    def exists(name: str, article: int, paragraph: int | None, item: int | None) -> bool | None:
        if name not in known:
            known[name] = Statute.objects.filter(Q(name=name) | Q(short_name=name)).first()
        statute = known[name]
        if statute is None or edition_on(statute.key, day) is None:
            return None
        found = article_on(statute.key, article, day)
        return found is not None and bool(found.part(paragraph, item))

    return exists


def refusals_of(findings: Iterable[Finding]) -> tuple[Refusal, ...]:
    """The blocking findings in the house's form."""
    return tuple(as_refusal(f) for f in findings if f.severity == REFUSAL)


def as_refusal(finding: Finding) -> Refusal:
    """One finding, with its citations."""
    return Refusal(finding.rule, dict(finding.params), tuple(citation_of(b) for b in finding.basis))


def citation_of(basis: Basis) -> Citation:
    """A place in a law as the house cites it."""
    return cite(basis.law, basis.article, basis.paragraph, basis.item, anchor=basis.anchor,
                confirmation=basis.confirmation)


def open_holds(document: Document) -> list[Hold]:
    """The holds that nobody has released for the present substance. Two queries whatever the number of holds."""
    holds = list(document.holds.all())
    newest: dict[int, HoldRelease] = {}
    for release in HoldRelease.objects.filter(hold__document=document, digest=document.substance_digest).order_by("id"):
        newest[release.hold_id] = release
    return [h for h in holds if h.pk not in newest or newest[h.pk].outcome == "withdrawn"]


def holds_verdict(document: Document) -> Verdict:
    """Whether every hold is released for exactly this substance; legal review and discussion have words of their own."""
    refusals = []
    for hold in open_holds(document):
        basis = tuple(citation_of(Basis(**b)) for b in hold.basis)
        rule = _HOLD_RULES.get(hold.kind, "documents.hold_open")
        refusals.append(Refusal(rule, {"labels": hold.label}, basis))
    return Verdict(tuple(refusals))


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What is known about one service, as far as its lawfulness depends on it."""

    method: str
    has_recording: bool = False
    witness: str = ""
    refusal: str = ""
    consent: str = ""
    ground: str = ""
    servers: tuple[str, ...] = ()
    before_made: bool = False


def service_defects(facts: ServiceFacts) -> tuple[tuple[Refusal, ...], bool]:
    """The defects of a service and whether the law counts it as service at all.

    行政处罚法第六十一条 leads to 民事诉讼法第八十九条 (left with a witness or recorded), 第九十条 (electronic only with the
    consent of the recipient) and 第九十五条 (public notice only when nothing else works, with reason and course recorded).
    """
    found: list[Refusal] = []
    effective = True
    if facts.method == ServingMethod.LEAVE:
        if not (facts.witness or facts.has_recording):
            found.append(Refusal("documents.left_without_witness", {}, (cite("civil-procedure-law", 89),)))
            effective = False
        elif not facts.has_recording:
            found.append(Refusal("documents.left_without_recording", {}, (cite("civil-procedure-law", 89),)))
    if facts.method == ServingMethod.ELECTRONIC and not facts.consent:
        basis = (cite("penalty-law", 61, 2), cite("civil-procedure-law", 90))
        found.append(Refusal("documents.electronic_without_consent", {}, basis))
        effective = False
    if facts.method == ServingMethod.PUBLIC_NOTICE and not facts.ground:
        basis = (cite("civil-procedure-law", 95),)
        found.append(Refusal("documents.public_notice_without_ground", {}, basis))
        effective = False
    if facts.method in {ServingMethod.DIRECT, ServingMethod.LEAVE} and len(facts.servers) < 2:
        found.append(Refusal("documents.one_server", {}, (cite("penalty-law", 42, 1),)))
    if facts.before_made:
        found.append(Refusal("documents.served_before_made", {}))
        effective = False
    return tuple(found), effective
