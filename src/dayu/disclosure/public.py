"""What the public may see of decisions: the list, one decision, its masked PDF, and what was withdrawn and why.

Only released content is here, already masked; nothing in this file reads the case or the party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Value

from dayu.core.files import StoredFile
from dayu.core.search import ids_holding, query_grams
from dayu.disclosure.models import Publication
from dayu.org.models import Agency


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected, and when."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """A penalty decision as strangers see it. `withdrawn_on` is set when only the fact of withdrawal is left."""

    code: str
    decision_no: str
    organ: str
    party: str
    natural_person: bool
    uscc: str
    category: str
    facts: str
    basis: str
    kinds: tuple[str, ...]
    conclusion: str
    fine_yuan: Decimal | None
    confiscated_yuan: Decimal | None
    decided_on: date
    released_on: date
    ends_on: date | None
    digest: str
    has_pdf: bool
    corrections: tuple[Correction, ...] = ()
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""

    @property
    def verification_code(self) -> str:
        """Twelve characters that name exactly this content: 7F3A-91C4-0B2D."""
        return code_of(self.digest)


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One page of decisions; `next_mark` is where the following one starts, empty at the end."""

    rows: tuple[PublicDecision, ...]
    next_mark: str = ""


def decisions(
    *, territory: str = "", words: str = "", year: int | None = None, after: str = "", limit: int = 20
) -> DecisionPage:
    """Released decisions, newest first, whose masked content holds every word."""
    found = _released(territory)
    if year is not None:
        found = found.filter(decided_on__year=year)
    for word in words.split()[:8]:
        found = found.filter(_holds(word))
    if (mark := _read_mark(after)) is not None:
        found = found.filter(Q(released_on__lt=mark[0]) | Q(released_on=mark[0], pk__lt=mark[1]))
    rows = list(found.order_by("-released_on", "-pk")[: limit + 1])
    shown = rows[:limit]
    following = f"{shown[-1].released_on:%Y%m%d}-{shown[-1].pk}" if len(rows) > limit else ""
    return DecisionPage(tuple(_public(row) for row in shown), following)


def decision(code: str) -> PublicDecision | None:
    """One decision by its public code. A withdrawn one answers with nothing but number, organ, day and reason."""
    row = Publication.objects.filter(code=code, released_on__isnull=False).first()
    if row is None:
        return None
    if row.withdrawn_on is not None:
        return _withdrawn(row)
    corrections = tuple(
        Correction(on, text)
        for on, text in row.versions.exclude(public_note="").order_by("sequence").values_list("made_on", "public_note")
    )
    return _public(row, corrections)


def decision_pdf(code: str) -> StoredFile | None:
    """The masked PDF of a decision that is public today."""
    row = Publication.objects.public().filter(code=code).select_related("pdf").first()
    return None if row is None else row.pdf


def decisions_numbered(number: str) -> list[PublicDecision]:
    """Public decisions that bear exactly this number."""
    wanted = number.strip()
    return [_public(row) for row in Publication.objects.public().filter(decision_no=wanted)[:5]] if wanted else []


def genuine_decision(code: str) -> PublicDecision | None:
    """The decision whose content has this verification code; None where the content is another one or was withdrawn."""
    bare = "".join(c for c in code.lower() if c in "0123456789abcdef")
    if len(bare) != 12:
        return None
    row = Publication.objects.public().filter(digest__startswith=bare).first()
    return None if row is None else _public(row)


def code_of(digest: str) -> str:
    """The verification code of a digest: its first twelve hexadecimal digits in three groups."""
    head = digest[:12].upper()
    return "-".join((head[:4], head[4:8], head[8:12]))


def years(*, territory: str = "") -> Sequence[tuple[int, int]]:
    """The years in which decisions were made, each with how many are public, newest first."""
    organs = Agency.objects.filter(territory__path__contains=f"/{territory}/" if territory else "").order_by()
    own = Publication.objects.public().filter(agency=OuterRef("pk")).values("decided_on")
    edges = organs.annotate(first=own.order_by("decided_on")[:1], last=own.order_by("-decided_on")[:1]).aggregate(
        Min("first"), Max("last")
    )
    if edges["first__min"] is None:
        return []
    # The organs are a list, not a join, and each year is one range of their index: taking the year out of every row is slower.
    found = Publication.objects.public().filter(agency__in=organs.values("pk")).order_by()
    each = [
        found.filter(decided_on__gte=date(year, 1, 1), decided_on__lte=date(year, 12, 31))
        .values(one=Value(1)).annotate(n=Count("pk")).values_list(Value(year), "n")
        for year in range(edges["last__max"].year, edges["first__min"].year - 1, -1)
    ]  # fmt: skip
    counted = each[0].union(*each[1:], all=True) if len(each) > 1 else each[0]
    return sorted(((year, n) for year, n in counted), reverse=True)


def _released(territory: str) -> QuerySet[Publication]:
    found = Publication.objects.public()
    return found.filter(agency__territory__path__contains=f"/{territory}/") if territory else found


def _holds(word: str) -> Q:
    """Masked columns only: the full name of a natural person finds nothing."""
    condition = Q(decision_no__icontains=word)
    narrowed = ids_holding("publication", word)
    if query_grams(word):
        for name in ("party_name", "category", "facts", "basis", "conclusion", "organ_name", "uscc"):
            condition |= Q(**{f"{name}__icontains": word})
    return condition if narrowed is None else condition & Q(pk__in=narrowed)


def _read_mark(mark: str) -> tuple[date, int] | None:
    day, _dash, number = mark.partition("-")
    if len(day) != 8 or not day.isdigit() or not number.isdigit() or len(number) > 15:
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), int(number)
    except ValueError:
        return None


def _public(row: Publication, corrections: tuple[Correction, ...] = ()) -> PublicDecision:
    assert row.released_on is not None
    return PublicDecision(
        code=row.code,
        decision_no=row.decision_no,
        organ=row.organ_name,
        party=row.party_name,
        natural_person=row.natural_person,
        uscc=row.uscc,
        category=row.category,
        facts=row.facts,
        basis=row.basis,
        kinds=tuple(row.kinds),
        conclusion=row.conclusion,
        fine_yuan=row.fine_yuan,
        confiscated_yuan=row.confiscated_yuan,
        decided_on=row.decided_on,
        released_on=row.released_on,
        ends_on=row.ends_on,
        digest=row.digest,
        has_pdf=row.pdf_id is not None,
        corrections=corrections,
    )


def _withdrawn(row: Publication) -> PublicDecision:
    assert row.released_on is not None
    return PublicDecision(
        code=row.code,
        decision_no=row.decision_no,
        organ=row.organ_name,
        party="",
        natural_person=row.natural_person,
        uscc="",
        category="",
        facts="",
        basis="",
        kinds=(),
        conclusion="",
        fine_yuan=None,
        confiscated_yuan=None,
        decided_on=row.decided_on,
        released_on=row.released_on,
        ends_on=None,
        digest="",
        has_pdf=False,
        withdrawn_on=row.withdrawn_on,
        withdrawn_reason=row.withdrawn_reason,
    )


def genuine_file(sha256: str) -> PublicDecision | None:
    """The public decision whose masked PDF is exactly the file with this digest."""
    row = Publication.objects.public().filter(pdf_id=sha256).first()
    return None if row is None else _public(row)
