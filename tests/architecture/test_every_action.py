"""House rule: every action has a label and a policy, takes actor and moment, and refuses a stranger."""

import importlib
import inspect
from datetime import UTC, datetime

import pytest
from django.apps import apps

from dayu.core.actions import registered_actions
from dayu.core.actors import STRANGER
from dayu.law.refusals import ALLOWED, refuse


def load_services() -> None:
    """Actions register when their module is imported."""
    for config in apps.get_app_configs():
        if config.name.startswith("dayu."):
            for module in ("services", "proof_log"):
                try:
                    importlib.import_module(f"{config.name}.{module}")
                except ModuleNotFoundError as error:
                    if error.name != f"{config.name}.{module}":
                        raise


load_services()
ACTIONS = sorted(registered_actions())


@pytest.mark.parametrize("key", ACTIONS)
def test_an_action_is_labelled_and_documented(key):
    action = registered_actions()[key]
    assert str(action.label).strip()
    assert inspect.getdoc(action.function), f"{key} has no docstring"


@pytest.mark.django_db
@pytest.mark.parametrize("key", ACTIONS)
def test_an_action_refuses_a_stranger_unless_it_is_public(key):
    action = registered_actions()[key]
    if "public" in action.doors:
        return
    parameters = inspect.signature(action.policy).parameters
    offered = {n: None for n, p in parameters.items() if p.kind is p.KEYWORD_ONLY}
    offered.update({n: v for n, v in {"actor": STRANGER, "moment": datetime.now(UTC)}.items() if n in parameters})
    verdict = action.policy(None, **offered)
    assert not verdict.allowed


def test_the_rule_would_notice_a_policy_that_allows_everybody():
    assert ALLOWED.allowed and not refuse("core.not_permitted", act="x").allowed
