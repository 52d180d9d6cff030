"""Editions side by side: what stayed, moved, changed, came and went."""

from __future__ import annotations

from dataclasses import dataclass

from dayu.basis.comparing import compare_editions


@dataclass(frozen=True)
class Printed:
    number: int
    text: str


def edition(*texts: str) -> list[Printed]:
    return [Printed(n, text) for n, text in enumerate(texts, start=1)]


OLD = edition(
    "为了节约用水，制定本条例。",
    "取水应当安装计量设施。",
    "逾期不改正的，处一千元以上五千元以下罚款。",
    "本条例自公布之日起施行。",
)


def kinds(new: list[Printed]) -> list[tuple[str, int | None, int | None]]:
    return [(c.kind, c.old, c.new) for c in compare_editions(OLD, new)]


def test_the_same_text_is_the_same_however_it_is_spaced() -> None:
    assert {k for k, _old, _new in kinds(edition(*(f" {a.text}\n" for a in OLD)))} == {"same"}


def test_a_changed_figure_is_one_changed_article_with_its_words() -> None:
    new = edition(OLD[0].text, OLD[1].text, OLD[2].text.replace("五千元", "一万元"), OLD[3].text)
    assert kinds(new) == [("same", 1, 1), ("same", 2, 2), ("changed", 3, 3), ("same", 4, 4)]
    pieces = compare_editions(OLD, new)[2].pieces()
    assert "".join(p.text for p in pieces if p.how != "new") == OLD[2].text
    assert "".join(p.text for p in pieces if p.how != "old") == new[2].text
    assert [p.text for p in pieces if p.how != "both"] == ["五千", "一万"]


def test_an_inserted_article_moves_the_rest_and_touches_none_of_it() -> None:
    new = edition(OLD[0].text, "鼓励使用再生水。", *(a.text for a in OLD[1:]))
    assert kinds(new) == [("same", 1, 1), ("added", None, 2), ("moved", 2, 3), ("moved", 3, 4), ("moved", 4, 5)]


def test_a_repealed_article_is_named_by_its_old_number() -> None:
    found = compare_editions(OLD, edition(OLD[0].text, OLD[2].text, OLD[3].text))
    assert [(c.old, c.touches_substance) for c in found if c.kind == "repealed"] == [(2, True)]


def test_a_replaced_article_that_shares_nothing_came_and_went() -> None:
    new = edition(OLD[0].text, "采砂船舶集中停放。", OLD[2].text, OLD[3].text)
    assert [k for k, _old, _new in kinds(new)] == ["same", "repealed", "added", "same", "same"]
