"""House rule: only core/clock.py reads the clock, and only the doors ask it."""

import ast

from tests.architecture.sources import PACKAGE, modules, name

READERS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("timezone", "now"), ("time", "time")}
ALLOWED = {PACKAGE / "core" / "clock.py"}


def clock_reads(tree: ast.Module) -> list[int]:
    """Lines that read the machine's clock."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (ast.unparse(node.func.value).rsplit(".", 1)[-1], node.func.attr) in READERS
    ]


def test_only_the_clock_reads_the_clock():
    found = [f"{name(p)}:{line}" for p, tree in modules() if p not in ALLOWED for line in clock_reads(tree)]
    assert found == []


def test_the_rule_sees_a_read_and_passes_what_is_none():
    assert clock_reads(ast.parse("import datetime\nx = datetime.datetime.now()")) == [2]
    assert clock_reads(ast.parse("from dayu.core import clock\nx = clock.now()")) == []
