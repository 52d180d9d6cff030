"""Every time limit of the rulebook: its worked examples come out right, its anchors stand in the articles cited."""

from datetime import date

import pytest

from dayu.law.additional_fine import CAP_RULE, PAUSE_RULE, RATE_RULE
from dayu.law.calendar import national_calendar
from dayu.law.citations import VERIFIED, Citation, law
from dayu.law.deadlines import ROLL_RULE, START_DAY_RULE, deadline
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.time_limits import Example, TimeLimit, Unit, time_limits

VERSIONS = [version for versions in time_limits().values() for version in versions]
EXAMPLES = [(v.key, e) for v in VERSIONS for e in v.examples]

# The keys of the table of time limits that every caller may rely on.
PROMISED = [
    "lead_verify",
    "decision",
    "register_preserve",
    "seizure",
    "seizure_report",
    "hearing_request",
    "hearing_notice",
    "serve_decision",
    "public_notice_service",
    "publish",
    "publish_other",
    "withdraw_publicity",
    "pay",
    "additional_fine",
    "onsite_cash_in",
    "demand",
    "substitute_demand",
    "court_apply",
    "court_apply_deferred",
    "court_accept",
    "court_rule",
    "transfer_decide",
    "transfer_send",
    "reconsider",
    "reconsider_answer",
    "sue",
    "sue_after_reconsider",
    "suit_answer",
    "procurator_reply",
    "limitation",
    "limitation_serious",
    "ordered",
]


@pytest.mark.parametrize(("key", "example"), EXAMPLES, ids=[f"{k}-{e.starts}" for k, e in EXAMPLES])
def test_the_worked_example_comes_out_as_written(key: str, example: Example) -> None:
    answer = deadline(
        key,
        example.starts,
        calendar=national_calendar(),
        excluded=example.excluded,
        extension_days=example.extension_days,
        days=example.days,
    )
    assert answer.due == example.due, example.why
    assert {name: answer.related[name] for name in example.related} == dict(example.related)


def test_every_promised_key_is_there_and_every_limit_has_an_example() -> None:
    assert set(PROMISED) <= set(time_limits())
    for key, versions in time_limits().items():
        assert any(version.examples for version in versions), key


def test_every_limit_cites_an_article_with_an_anchor_or_says_that_nobody_has_read_it() -> None:
    for version in VERSIONS:
        assert version.citations, version.key
        for citation in version.citations:
            has_text = any(e.corpus for e in law(citation.law).editions if e.edition == citation.edition)
            assert not has_text or (citation.article and citation.anchor), (version.key, citation.text())


def test_a_limit_marked_verified_rests_on_verified_citations() -> None:
    for version in VERSIONS:
        if version.confirmation == VERIFIED:
            assert all(c.confirmation == VERIFIED for c in version.citations), version.key


@pytest.mark.parametrize("version", VERSIONS, ids=[f"{v.key}-{v.in_force_from}" for v in VERSIONS])
def test_an_organ_s_own_limit_in_calendar_days_does_not_roll_unless_it_acts_before_a_court(version: TimeLimit) -> None:
    if version.holder == "organ" and version.span.unit is not Unit.WORKING_DAYS and version.span.rolls:
        assert version.key in {"court_apply", "court_apply_deferred", "court_window", "suit_answer"}
    if version.holder == "party":
        assert version.span.rolls


def anchored() -> list[Citation]:
    found = [c for v in VERSIONS for c in v.citations if c.anchor]
    found += [variant.citation for v in VERSIONS for variant in v.variants if variant.citation.anchor]
    return [*dict.fromkeys([*found, START_DAY_RULE, ROLL_RULE, RATE_RULE, CAP_RULE, PAUSE_RULE])]


@pytest.mark.skipif(statute_folder() is None, reason="no folder with statute texts on this machine")
@pytest.mark.parametrize("citation", anchored(), ids=lambda c: f"{c.text()} {c.anchor}")
def test_the_anchor_stands_in_the_place_cited(citation: Citation) -> None:
    edition = next(e for e in law(citation.law).editions if e.edition == citation.edition)
    assert edition.corpus, "an anchor needs a text to stand in"
    assert citation.article is not None
    text = article_text(edition.corpus, citation.article, citation.paragraph, citation.item)
    assert text is not None and citation.anchor in text


def test_versions_of_one_limit_never_overlap_and_answer_only_in_their_time() -> None:
    old, new = time_limits()["public_notice_service"]
    assert (old.span.n, new.span.n) == (60, 30)
    assert old.in_force_until == date(2021, 12, 31) and new.in_force_from == date(2022, 1, 1)
