"""Random requests made from the OpenAPI description: nothing fails inside, and every answer is one of those described."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from tests.cast import County

from dayu.api.door import the_door
from dayu.api.references import model_of
from dayu.api.tests.conftest import Program
from dayu.config.wsgi import application
from dayu.core.audit import AuditEntry, RefusedAttempt, subject_key

checks.load_all_checks()
HELD = [
    checks.CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
]
HOUSE = ("/api/me", "/api/actions", "/api/actions/{key}", "/api/subjects/{key}", "/api/files")
ACTS = {
    "org": "administrator",
    "work": "head",
    "documents": "officer",
    "rivers": "registrar",
    "powers": "administrator",
}
OTHERWISE = "officer"
EXAMPLES = {"house": 12, "acts": 4}


def operations(schema: schemathesis.BaseSchema) -> list[schemathesis.APIOperation]:
    return [found.ok() for found in schema.get_all_operations()]


def real_keys(value: object) -> object:
    """Keys that random texts never hit, replaced by those of records that exist, so that acts run beyond the door."""
    if isinstance(value, dict):
        return {k: real_keys(v) for k, v in value.items()}
    if isinstance(value, list):
        return [real_keys(v) for v in value]
    model = model_of(value) if isinstance(value, str) else None
    found = model._base_manager.first() if model is not None else None
    return subject_key(found) if found is not None else value


def play(operation: schemathesis.APIOperation, secret: str, examples: int) -> None:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def once(case: schemathesis.Case) -> None:
        case.body = real_keys(case.body)
        for name in [n for n in case.headers or {} if n.lower() == "authorization"]:
            del case.headers[name]  # a drawn key is no caller's: strangers are played with an empty secret
        response = case.call(headers=headers)
        case.validate_response(response, checks=HELD)

    once()


@pytest.fixture
def description(county: County, settings: Any) -> Iterator[schemathesis.BaseSchema]:
    settings.DAYU_API_PER_MINUTE = settings.DAYU_API_STRANGERS_PER_MINUTE = 1_000_000
    # A request through WSGI would close the connection that holds the test's transaction; Django's own client keeps it too.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("caller", ["administrator", "officer", ""])
def test_the_endpoints_of_the_house_hold_what_they_describe(
    county: County, program: Callable[..., Program], description: schemathesis.BaseSchema, caller: str
) -> None:
    played = [o for o in operations(description) if o.path in HOUSE]
    assert {o.path for o in played} == set(HOUSE)
    for operation in played:
        play(operation, program(caller).secret, EXAMPLES["house"])


def test_no_action_fails_inside_whatever_it_is_given(
    county: County, program: Callable[..., Program], description: schemathesis.BaseSchema
) -> None:
    """The acts of quiet domains several times, and every third of the others, whose records stand in no case here, once."""
    secrets = {caller: program(caller).secret for caller in {*ACTS.values(), OTHERWISE}}
    before, played = AuditEntry.objects.count(), 0
    for number, operation in enumerate(o for o in operations(description) if o.path.startswith("/api/actions/")):
        domain = operation.path.removeprefix("/api/actions/").split(".")[0]
        if domain in ACTS or (number % 3 == 0 and operation.path not in HOUSE):
            play(operation, secrets[ACTS.get(domain, OTHERWISE)], EXAMPLES["acts"] if domain in ACTS else 1)
            played += 1
    assert played > 90
    beyond_the_door = AuditEntry.objects.count() - before + RefusedAttempt.objects.count()
    assert beyond_the_door > 20, "hardly any call came to an act: the campaign looks at nothing"


def test_the_description_names_every_error_in_the_same_shape() -> None:
    paths = the_door().get_openapi_schema(path_prefix="api/")["paths"]
    for path, methods in paths.items():
        if not path.startswith("/api/actions/"):
            continue
        for method in methods.values():
            shapes = {c: r["content"]["application/json"]["schema"] for c, r in method["responses"].items()}
            assert {"401", "404", "422", "429"} <= {str(c) for c in shapes}
            assert {s["$ref"].rsplit("/", 1)[1] for c, s in shapes.items() if str(c) in {"401", "404", "422"}} == {
                "RefusalsOut"
            }
