"""House rule: every action has a label and a policy, takes actor and moment, and refuses a stranger."""

import importlib
import inspect
from datetime import UTC, datetime

import pytest
from django.apps import apps

from dayu.core import actions
from dayu.core.actions import registered_actions
from dayu.core.actors import STRANGER
from dayu.core.audit import RefusedAttempt
from dayu.core.refused import Refused
from dayu.law.refusals import ALLOWED


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
    given = {
        name: None
        for name, p in inspect.signature(action.function).parameters.items()
        if p.kind is p.KEYWORD_ONLY and p.default is p.empty
    }
    given.update(actor=STRANGER, moment=datetime.now(UTC))
    performed = getattr(importlib.import_module(action.function.__module__), action.name)
    with pytest.raises(Refused) as refused:
        performed(None, **given)
    assert refused.value.refusals[0].rule == "core.sign_in_first"
    assert RefusedAttempt.objects.filter(action=key).exists()


@pytest.mark.django_db
def test_the_rule_would_notice_an_action_that_lets_everybody_in():
    @actions.action(label="试", policy=lambda target: ALLOWED, doors={"public"})
    def open_to_all(target: None, *, actor: object, moment: datetime) -> str:
        """For this test."""
        return "in"

    try:
        assert open_to_all(None, actor=STRANGER, moment=datetime.now(UTC)) == "in"
    finally:
        del actions._registry[registered_key(open_to_all)]


def registered_key(function: object) -> str:
    return function.dayu_action.key
