"""House rule: doors read and call actions; only services (and what they are made of) write."""

import ast

from tests.architecture.sources import modules, name

WRITERS = {"create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create", "save"}
READING_FILES = {"views.py", "selectors.py", "policies.py", "public.py", "forms.py", "api.py", "facts.py", "panels.py"}


def writes(tree: ast.Module) -> list[int]:
    """Lines that call a writing method of a queryset, a manager or a model."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS):
            continue
        target = ast.unparse(node.func.value)
        if ".objects" in target or (node.func.attr in {"save", "delete"} and "storage" not in target):
            found.append(node.lineno)
    return found


def test_reading_files_do_not_write():
    found = [
        f"{name(p)}:{line}"
        for p, tree in modules()
        if p.name in READING_FILES or "views" in p.parent.name
        for line in writes(tree)
    ]
    assert found == []


def test_the_rule_sees_a_write_and_passes_a_read():
    assert writes(ast.parse("Case.objects.filter(a=1).update(b=2)")) == [1]
    assert writes(ast.parse("Case.objects.filter(a=1).first()")) == []
