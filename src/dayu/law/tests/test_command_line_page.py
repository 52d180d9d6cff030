"""docs/howto/command-line.md: every example on the page answers what the page says, and every key is listed."""

import re
import shlex
from pathlib import Path

import pytest

from dayu.cli import main
from dayu.law.time_limits import time_limits

PAGE = Path(__file__).resolve().parents[4] / "docs" / "howto" / "command-line.md"
EXAMPLES = re.findall(r"```console\n\$ (dayu [^\n]+)\n(.*?)\n```", PAGE.read_text("utf-8"), re.DOTALL)


def same(expected: str, actual: str) -> bool:
    """Equal line by line; a line `…` stands for any lines. The version of the calendar is a name, not an answer."""
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^…$", expected, flags=re.MULTILINE)]
    version = r"(版本\\ |\"calendar\":\\ \")[0-9a-f]{12}"
    pattern = re.sub(version, lambda found: found[1] + "[0-9a-f]{12}", r"\n?.*\n?".join(parts))
    return re.fullmatch(pattern, actual.strip("\n"), re.DOTALL) is not None


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize(("command", "expected"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_of_the_page_answers_what_the_page_says(
    command: str, expected: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PAGE.parents[2])
    try:
        main(shlex.split(command)[1:])
    except SystemExit as stopped:
        assert stopped.code == 2
    output = capsys.readouterr()
    assert same(expected, output.out + output.err), output.out + output.err


def test_every_key_of_a_time_limit_stands_in_the_table_of_the_page() -> None:
    text = PAGE.read_text("utf-8")
    assert [key for key in time_limits() if f"| `{key}` |" not in text] == []
