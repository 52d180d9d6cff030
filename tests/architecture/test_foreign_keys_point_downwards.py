"""House rule: a foreign key is an import, even when it is written as a string."""

import tomllib

from django.apps import apps

from tests.architecture.sources import ROOT


def order() -> dict[str, int]:
    """Domain -> its line in the picture, the bottom one highest."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    found = {}
    for line, layer in enumerate(contracts[0]["layers"]):
        for package in layer.split("|"):
            found[package.strip(" ()").removeprefix("dayu.")] = line
    return found


def upward(edges: list[tuple[str, str]], lines: dict[str, int]) -> list[tuple[str, str]]:
    """Edges that point up or sideways."""
    return [(a, b) for a, b in edges if a != b and lines[a] >= lines[b]]


def test_no_foreign_key_points_up():
    edges = {
        (model._meta.app_label, field.related_model._meta.app_label)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and not field.auto_created and field.related_model
    }
    lines = order()
    edges = [(a, b) for a, b in edges if a in lines and b in lines]
    assert edges and upward(edges, lines) == []


def test_the_rule_sees_an_edge_upwards():
    assert upward([("core", "cases"), ("cases", "core")], {"cases": 1, "core": 2}) == [("core", "cases")]
