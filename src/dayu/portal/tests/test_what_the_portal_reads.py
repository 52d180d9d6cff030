"""House rule: the portal reads only `public.py` of the domains, and calls only actions that are open to the public."""

import ast
from pathlib import Path

from django.conf import settings

from dayu.core.actions import registered_actions

PORTAL = Path(__file__).resolve().parent.parent
DOMAINS = set(settings.DOMAINS) - {"portal"}


def imports(tree: ast.Module) -> list[tuple[str, str]]:
    """(module, name) of everything that is imported from the house."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dayu."):
            found += [(node.module, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names if alias.name.startswith("dayu.")]
    return found


def strays(tree: ast.Module) -> list[str]:
    """Imports that reach into a domain beside its public face."""
    wrong = []
    for module, name in imports(tree):
        parts = module.split(".")
        if parts[1] in DOMAINS and not (parts[2:] == ["public"] or (len(parts) == 2 and name == "public")):
            wrong.append(f"{module}:{name}")
    return wrong


def sources() -> list[Path]:
    return [p for p in PORTAL.rglob("*.py") if "tests" not in p.parts and "migrations" not in p.parts]


def test_only_public_faces_are_read():
    assert {f"{p.name}: {w}" for p in sources() for w in strays(ast.parse(p.read_text("utf-8")))} == set()


def test_the_rule_sees_a_stray_and_passes_a_public_face():
    assert strays(ast.parse("from dayu.cases.models import Case")) == ["dayu.cases.models:Case"]
    assert strays(ast.parse("from dayu.org import public\nfrom dayu.leads.public import send_tip")) == []


def test_the_only_act_of_the_portal_is_open_to_the_public(county):
    assert "public" in registered_actions()["leads.send_tip"].doors
