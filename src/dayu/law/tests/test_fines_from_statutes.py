"""Every fine of the catalogue derived a second time, from the words of its article, and compared with the rulebook."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from dayu.law.citations import Citation, law
from dayu.law.tests.statute_fines import ReadFine, fines_in, yuan
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.thresholds import ON_SPOT_COLLECTION, SUMMARY_DECISION, threshold_editions
from dayu.law.violations import FIXED, LOCAL, Fine, Version, violation, violation_keys

needs_texts = pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")

# What cannot be derived, by name: no text of the article is at hand. Each carries `S`, "from a public secondary source".
NO_TEXT = "the statute texts do not include this regulation"
CUT_OFF = "the text of the Yangtze Protection Law ends at article 79"
NOT_DERIVED = {
    "yz-84-3-eco-dispatch": CUT_OFF,
    "yz-87-occupy-shoreline": CUT_OFF,
    "yz-91-sand-mining": CUT_OFF,
    "qual-54-unqualified-contractor": NO_TEXT,
    "qual-56-no-supervision": NO_TEXT,
    "qual-57-no-start-approval": NO_TEXT,
    "qual-58-no-acceptance": NO_TEXT,
    "qual-62-subcontract": NO_TEXT,
    "qual-64-cut-corners": NO_TEXT,
    "qual-65-no-testing": NO_TEXT,
    "qual-67-supervisor-collusion": NO_TEXT,
    "drain-49-misconnect": NO_TEXT,
    "drain-50-1-no-permit": NO_TEXT,
    "drain-50-2-not-per-permit": NO_TEXT,
    "drain-56-endanger": NO_TEXT,
    "drain-57-2-alter": NO_TEXT,
    "mig-58-adjust-plan": NO_TEXT,
    "mig-59-falsify": NO_TEXT,
    "mig-60-embezzle": NO_TEXT,
    "bid-49-avoid-tender": NO_TEXT,
    "bid-53-collusion": NO_TEXT,
    "supply-35-steal": NO_TEXT,
}
# How many fixed ranges there are, and how many of them stand in a text that is not at hand.
FIXED_RANGES = 127
FIXED_RANGES_WITHOUT_TEXT = 21
# One article, two entries of the catalogue: the second covers the zones of the second half-sentence.
ZONES = {"code-1218-groundwater": False, "code-1218-groundwater-prohibited-zone": True}
# Circumstances that the rulebook adds to a reading, because the article it cites names them elsewhere.
ADDED = {"nsbd-53-damage-works": {"water_law_covers"}}
# The party of a provision whose subject can only be an organisation.
ORGANISATIONS = re.compile("单位|企业|枢纽|水工程|经营者")
# 「在线计量设施不合格」: the organisation of the first paragraph is meant.
SUBJECT_ABOVE = {"yr-115-2-online-meter-faulty"}


def corpus(citation: Citation) -> str:
    return next(e.corpus for e in law(citation.law).editions if e.edition == citation.edition)


def cited_texts(version: Version) -> list[str]:
    found = []
    for citation in version.citations:
        text = article_text(corpus(citation), citation.article or 0, citation.paragraph)
        assert text, citation
        # An old article with a second paragraph for another conduct: the entry is the first one.
        found.append(text.split("\n")[0] if citation.edition == "2001-10-25" else text)
    return found


def read_again(key: str, version: Version) -> list[ReadFine]:
    found = [fine for text in cited_texts(version) for fine in fines_in(text)]
    if key in ZONES:
        zone = "groundwater_restricted_zone"
        found = [f for f in found if (zone in f.when) is ZONES[key]]
        found = [ReadFine(f.basis, f.low, f.high, f.optional, f.party, f.when - {zone}) for f in found]
    return found


def as_read(key: str, fine: Fine) -> ReadFine:
    assert fine.low is not None and fine.high is not None
    when = frozenset(fine.circumstances) - ADDED.get(key, set())
    return ReadFine(fine.basis, fine.low, fine.high, fine.optional, fine.party, when)


DERIVED = [key for key in violation_keys() if key not in NOT_DERIVED]


@needs_texts
@pytest.mark.parametrize("key", DERIVED)
def test_the_words_of_the_article_give_the_fines_of_the_rulebook(key: str) -> None:
    for version in violation(key).versions:
        mine = [as_read(key, fine) for fine in version.fines if fine.basis != LOCAL]
        theirs = read_again(key, version)
        text = "\n".join(cited_texts(version))
        if ORGANISATIONS.search(text.split("的，")[0]) or key in SUBJECT_ABOVE:
            theirs = [_as_party_of(f, mine) for f in theirs]
        assert Counter(mine) == Counter(theirs), (key, version.in_force_from)


def _as_party_of(fine: ReadFine, mine: list[ReadFine]) -> ReadFine:
    """The article has no party beside the fine and its subject is an organisation: the rulebook may say so."""
    parties = {m.party for m in mine}
    if fine.party != "any" or parties != {"organisation"}:
        return fine
    return ReadFine(fine.basis, fine.low, fine.high, fine.optional, "organisation", fine.when)


@needs_texts
@pytest.mark.parametrize("key", DERIVED)
def test_where_the_rulebook_has_no_figure_the_article_has_none_either(key: str) -> None:
    """Local law is needed where the article says 罚款 and names no amount; no fine where it does not say 罚款 at all."""
    for version in violation(key).versions:
        text = "\n".join(cited_texts(version))
        bases = {fine.basis for fine in version.fines}
        assert bases == {LOCAL} or LOCAL not in bases
        if bases == {LOCAL}:
            assert "罚款" in text and not fines_in(text)
        elif not bases:
            assert "罚款" not in text
        else:
            assert fines_in(text)


@needs_texts
@pytest.mark.parametrize("key", DERIVED)
def test_an_order_first_gate_stands_in_the_words_before_the_fine(key: str) -> None:
    for version in violation(key).versions:
        if key in ("drought-60-refuse-dispatch", "save-48-over-quota", "save-49-no-recycling"):
            continue  # 拒不改正: the fine itself names the circumstance, the table knows no gate
        orders = {c for f in read_again(key, version) for c in f.when if c.startswith("order_unmet")}
        assert bool(orders) is (version.order_first is not None), key
        if version.order_first is not None:
            assert version.order_first.stages == (2 if orders == {"order_unmet_twice"} else 1)


def test_what_cannot_be_derived_is_known_by_name_and_marked() -> None:
    assert len(NOT_DERIVED) == len(violation_keys()) - len(DERIVED)
    for key in NOT_DERIVED:
        citations = [c for v in violation(key).versions for c in v.citations]
        assert {c.confirmation for c in citations} == {"S"}, key
    for key in DERIVED:
        assert {c.confirmation for v in violation(key).versions for c in v.citations} == {"V"}, key


def test_every_fixed_range_is_derived_or_named() -> None:
    fixed = [key for key in violation_keys() for v in violation(key).versions for f in v.fines if f.basis == FIXED]
    assert (len(fixed), sum(key in NOT_DERIVED for key in fixed)) == (FIXED_RANGES, FIXED_RANGES_WITHOUT_TEXT)


@needs_texts
def test_the_ceilings_of_fines_on_the_spot_stand_in_the_penalty_law() -> None:
    penalty_law = "行政处罚法(2021-01-22)"
    summary, collection = threshold_editions(SUMMARY_DECISION)[-1], threshold_editions(ON_SPOT_COLLECTION)[-1]
    decided = re.search(
        r"对公民处以(.+?)元以下、对法人或者其他组织处以(.+?)元以下罚款", article_text(penalty_law, 51) or ""
    )
    collected = re.search(r"依法给予(.+?)元以下罚款", article_text(penalty_law, 68) or "")
    assert decided and collected
    assert (summary.citizen_yuan, summary.organisation_yuan) == (yuan(decided[1]), yuan(decided[2]))
    assert {collection.citizen_yuan, collection.organisation_yuan} == {yuan(collected[1])}


def test_the_reader_knows_both_ways_of_writing_figures() -> None:
    assert [yuan(t) for t in ("5000", "2万", "五万", "一百万", "二十", "1.5万")] == [
        Decimal(n) for n in (5000, 20000, 50000, 1000000, 20, 15000)
    ]


def test_the_reader_sees_a_change_of_any_figure_word_or_condition() -> None:
    article = "责令限期改正；逾期不改正的，可以处一万元以上五万元以下的罚款。"
    (fine,) = fines_in(article)
    assert (fine.low, fine.high, fine.optional, fine.when) == (10000, 50000, True, frozenset({"order_unmet"}))
    for other in (
        article.replace("一万", "二万"),
        article.replace("五万", "六万"),
        article.replace("可以处", "处"),
        article.replace("；逾期不改正的", ""),
        article.replace("可以处", "可以对个人处"),
        article.replace("处一万元", "处每平方米一万元"),
    ):
        assert fines_in(other) != (fine,), other
