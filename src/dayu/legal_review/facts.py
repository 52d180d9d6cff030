"""What a review says of itself: digests, open points, whether a person may review, whether a matter must be reviewed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dayu.core.audit import canonical
from dayu.core.files import StoredFile
from dayu.law.citations import Citation, cite
from dayu.law.refusals import Verdict, all_of, refuse
from dayu.legal_review.definitions import points, qualification_rule, questions
from dayu.legal_review.models import LegalReview, ReviewBody, ReviewMaterial, ReviewPoint, ScopeAnswer
from dayu.org.models import Agency, Person, PostHolding
from dayu.org.models.organisations import valid_on
from dayu.org.selectors import has_qualification

UNREVIEWED = cite("penalty-law", 58, 1, anchor="未经法制审核或者审核未通过的")
REVIEWER_POSTS = ("legal_reviewer", "review_head")


@dataclass(frozen=True, slots=True)
class DraftForReview:
    """The draft that is submitted: which document, and the digest of its substance with its parts in words."""

    document: str
    digest: str
    substance: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Matter:
    """The matter as a person knows it: title, number and page, and the party the draft is for (an opaque key)."""

    title: str
    number: str = ""
    url: str = ""
    party: str = ""
    party_name: str = ""


@dataclass(frozen=True, slots=True)
class GivenMaterial:
    """One part of the package: a document or a stored file, with the digest that is signed for."""

    key: str
    name: str
    digest: str
    document: str = ""
    stored: StoredFile | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Premark:
    """A fact the system already knows about one point. `state`: fine, soon (to be looked at) or bad (a fault)."""

    point: str
    state: str
    text: str
    url: str = ""
    basis: str = ""

    def as_json(self) -> dict[str, str]:
        """For the row."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether a matter must be reviewed, and why: the questions that say so, with their articles."""

    required: bool
    because: tuple[tuple[str, str, Citation], ...]  # (question, how: fact | answer | unanswered, article)

    def reasons(self) -> list[dict[str, str]]:
        """For rows and screens."""
        return [
            {"question": key, "how": how, "words": question_words(key), "basis": basis.text()}
            for key, how, basis in self.because
        ]


def question_words(key: str) -> str:
    """The question in the present language."""
    question = questions()[key]
    return question.en if (get_language() or "").startswith("en") else question.zh


def scope_of(*, known: Mapping[str, bool | None], answers: Mapping[str, ScopeAnswer]) -> Scope:
    """Decide the need for review. What nobody answered counts as yes; a "no" against a known fact does not count."""
    because = []
    for key, question in questions().items():
        if question.hard:
            if known.get(key) is not False:
                because.append((key, "fact" if known.get(key) else "unanswered", question.citation))
            continue
        answer = answers.get(key)
        if answer is None:
            because.append((key, "unanswered", question.citation))
        elif answer.value:
            because.append((key, "answer", question.citation))
    return Scope(bool(because), tuple(because))


def latest_answers(subject: str, party: str = "") -> dict[str, ScopeAnswer]:
    """The latest answer to each question: for `scope_of` and for the procedure's own condition."""
    rows = ScopeAnswer.objects.filter(subject=subject, party=party).order_by("id")
    return {row.question: row for row in rows}


def package_digest(materials: Iterable[GivenMaterial | ReviewMaterial], *, draft_digest: str) -> str:
    """What the handler signs: the digests of all parts together with the substance of the draft."""
    parts = sorted([m.key, m.name, m.digest] for m in materials)
    return hashlib.sha256(canonical({"draft": draft_digest, "parts": parts})).hexdigest()


def opinion_digest(review: LegalReview, answers: Sequence[ReviewPoint]) -> str:
    """What the reviewer signs: conclusion, opinion and every point, bound to the substance and the package."""
    content = {
        "review": review.pk,
        "digest": review.digest,
        "package": review.package_digest,
        "conclusion": review.conclusion,
        "opinion": review.opinion,
        "points": [
            [a.key, a.answer, sorted(a.failing), a.remark, a.ground] for a in sorted(answers, key=lambda a: a.key)
        ],
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def premarked_bad(review: LegalReview, key: str) -> bool:
    """Whether the system marked a fault at this point."""
    return any(m["point"] == key and m["state"] == "bad" for m in review.premarks)


def unanswered_points(review: LegalReview, answers: Mapping[str, ReviewPoint]) -> list[str]:
    """Points that nobody has judged yet."""
    return [key for key in points() if key not in answers]


def open_red_points(review: LegalReview, answers: Mapping[str, ReviewPoint]) -> list[str]:
    """Points with a fault, found by the system or by the reviewer, that nobody overruled in writing."""
    found = []
    for key in points():
        answer = answers.get(key)
        is_red = premarked_bad(review, key) or (answer is not None and answer.answer == "problem")
        if is_red and not (answer is not None and answer.ground.strip()):
            found.append(key)
    return found


def review_body_of(organ: Agency | int, *, on: date) -> ReviewBody | None:
    """The review body of an organ on a day."""
    pk = organ.pk if isinstance(organ, Agency) else organ
    found = ReviewBody.objects.filter(valid_on(on), organ_id=pk).select_related("unit", "reviewing_agency")
    return found.order_by("-valid_from", "-id").first()


def may_review(person: Person, review: LegalReview, *, on: date) -> Verdict:
    """Whether a person may review this draft: of the body, not of the case, and qualified by date (REV-04)."""
    return all_of([_of_the_body(person, review, on), _not_involved(person, review), _qualified(person, on)])


def _of_the_body(person: Person, review: LegalReview, on: date) -> Verdict:
    posts = PostHolding.objects.filter(valid_on(on), person=person, post__key__in=REVIEWER_POSTS)
    in_body = person.agency_id == review.reviewing_agency_id and (
        review.reviewing_unit_id is None or person.unit_id == review.reviewing_unit_id
    )
    if in_body and posts.exists():
        return Verdict()
    return _unfit(person, _("不是本案审核机构的法制审核人员"))


def _not_involved(person: Person, review: LegalReview) -> Verdict:
    roles = [row["role"] for row in review.involved if row["person"] == person.pk]
    if not roles:
        return Verdict()
    return _unfit(person, _("在本案担任：%(roles)s") % {"roles": "、".join(roles)})


def _qualified(person: Person, on: date) -> Verdict:
    """行政处罚法第五十八条第二款: newcomers need the legal profession; those who reviewed before the rule do not."""
    rule = qualification_rule()
    if has_qualification(person, "legal_profession", on=on):
        return Verdict()
    began = PostHolding.objects.filter(Q(valid_from__lt=rule.since), person=person, post__key__in=REVIEWER_POSTS)
    if began.exists():
        return Verdict()
    return refuse(
        "legal_review.reviewer_unfit", rule.citation, reviewer=person.name, why=_("初次从事审核，未取得法律职业资格")
    )


def _unfit(person: Person, why: str) -> Verdict:
    return refuse("legal_review.reviewer_unfit", UNREVIEWED, reviewer=person.name, why=why)


def is_passed_on(review: LegalReview, digest: str) -> bool:
    """Whether the opinion lets exactly this substance through, by itself or by a confirmation."""
    if not review.passed or review.concluded_at is None:
        return False
    return review.digest == digest or any(c.digest == digest for c in review.confirmations.all())
