"""docs/howto/api.md: every request on the page is sent as it stands there, and answers what the page says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cast import County

from dayu.api.tests.conftest import Program

PAGE = Path(__file__).resolve().parents[4] / "docs" / "howto" / "api.md"
EXAMPLE = re.compile(r"```http\n(?P<request>.*?)```\n```json (?P<status>\d+)\n(?P<answer>.*?)```", re.DOTALL)
EXAMPLES = [m.groupdict() for m in EXAMPLE.finditer(PAGE.read_text("utf-8"))]


def matches(wanted: Any, found: Any) -> bool:
    """Whether an answer is the one on the page; `…` stands for anything, also at the end of a text."""
    if wanted == "…":
        return True
    if isinstance(wanted, dict):
        return (
            isinstance(found, dict)
            and wanted.keys() == found.keys()
            and all(matches(wanted[k], found[k]) for k in wanted)
        )
    if isinstance(wanted, list):
        return isinstance(found, list) and len(wanted) == len(found) and all(map(matches, wanted, found))
    if isinstance(wanted, str) and wanted.endswith("…"):
        return isinstance(found, str) and found.startswith(wanted[:-1])
    return bool(wanted == found)


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["request"].split("\n")[0] for e in EXAMPLES])
def test_an_example_answers_as_written(
    county: County, program: Callable[..., Program], example: dict[str, str]
) -> None:
    head, _blank, body = example["request"].replace("org.agency:1", f"org.agency:{county.agency.pk}").partition("\n\n")
    first, *headers = head.strip().split("\n")
    method, path = first.split(" ")
    caller = program("administrator" if any(h.startswith("Authorization") for h in headers) else "")
    answer = caller.get(path) if method == "GET" else caller.post(path, body)
    wanted = json.loads(example["answer"].replace("org.agency:1", f"org.agency:{county.agency.pk}"))
    assert str(answer.status_code) == example["status"], answer.content.decode()
    assert matches(wanted, answer.json()), answer.content.decode()


def test_the_page_has_examples_and_the_comparison_can_fail() -> None:
    assert len(EXAMPLES) >= 8
    assert not matches({"a": "b…"}, {"a": "c"}) and not matches({"a": 1}, {"a": 1, "b": 2})
