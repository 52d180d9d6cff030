"""The journal keeps the order of the law, finds the latest event of a party or of the case, and forgets nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dayu.law.journal import Entry, Journal, essential, later

D1, D2 = date(2026, 3, 2), date(2026, 3, 3)


def test_events_are_ordered_by_their_day_and_not_by_when_they_were_entered() -> None:
    journal = Journal().adding(Entry("closed", D2)).adding(Entry("filed", D1, taken_over=True))
    assert [e.kind for e in journal] == ["filed", "closed"]


def test_events_of_one_day_are_ordered_by_moment_and_then_by_entry() -> None:
    morning = Entry("a", D1, datetime(2026, 3, 2, 1, tzinfo=UTC), sequence=2)
    noon = Entry("a", D1, datetime(2026, 3, 2, 4, tzinfo=UTC), sequence=1)
    undated = Entry("a", D1, sequence=3)
    assert [e.sequence for e in Journal([noon, morning, undated])] == [3, 2, 1]
    assert later(noon, morning)


def test_a_party_sees_its_own_events_and_those_of_the_whole_case() -> None:
    journal = Journal([Entry("order", D1, sequence=1), Entry("order", D2, party="a", sequence=2)])
    assert journal.last("order", "a").sequence == 2
    assert journal.last("order", "b").sequence == 1
    assert journal.first("order", "a").sequence == 1
    assert len(journal.all("order", "a")) == 2
    assert not journal.has("filed", "a")


def test_an_annulled_entry_is_not_found_but_still_counted() -> None:
    journal = Journal([
        Entry("filed", D1, sequence=1), Entry("annulled", D2, params={"sequence": 1}, sequence=2),
    ])
    assert journal.last("filed") is None
    assert journal.has("annulled")
    assert len(journal) == 2


def test_nothing_is_later_than_what_did_not_happen_only_if_it_happened() -> None:
    entry = Entry("filed", D1, sequence=1)
    assert later(entry, None)
    assert not later(None, entry)
    assert not later(entry, entry)


def test_the_essential_entries_are_few_and_keep_first_last_and_defects() -> None:
    entries = [Entry("note", D1, sequence=n, defect="x" if n == 50 else "") for n in range(1, 101)]
    kept = essential(entries)
    assert [e.sequence for e in kept] == [1, 50, 100]
    assert Journal(kept).last("note").sequence == 100
