"""The peer: SpiffWorkflow loads a 15-step process from the database, completes one step and saves it, with the same commit.

Runs in the second environment: `_peer_spiff.py FOLDER`. For each line it reads, `fresh` (the first step of a process made for
it) or `same` (the next step of the process that goes on), it answers `[milliseconds, milliseconds of CPU]` as JSON.

It does what an application that adopts the engine must do and no more: Django models on SQLite with the same settings as ours
(WAL, synchronous=FULL, an immediate transaction around the step), one row of the process read for update, its state turned
into a workflow, the ready task completed by a named person, the state written back, and one row of a log of who did what when.
No permission, no time limit and no condition of law is looked at, and no outbox is written. The process is fifteen user tasks
in a loop, so that it can be stepped for as long as a case lives.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

FOLDER = Path(sys.argv[1])
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": FOLDER / "peer.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
    },
}
settings.configure(
    DATABASES={"default": SQLITE}, INSTALLED_APPS=[], USE_TZ=True, TIME_ZONE="Asia/Shanghai",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)  # fmt: skip
django.setup()

from django.db import connection, models, transaction  # noqa: E402 - models need settings
from django.utils import timezone  # noqa: E402 - behind the settings like the line above

STEPS = 15
SERIALIZER = BpmnWorkflowSerializer()


class Matter(models.Model):
    """One process of one case."""

    title = models.CharField(max_length=200)
    state = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "peer"


class StepLog(models.Model):
    """Who did what when."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    step = models.CharField(max_length=80)
    actor = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    content = models.JSONField(default=dict)

    class Meta:
        app_label = "peer"


def process_xml() -> str:
    """A start event, fifteen user tasks in a row, and a gateway back to the first."""
    tasks = "".join(f'<bpmn:userTask id="t{i}" name="step {i}"/>' for i in range(STEPS))
    flows = ['<bpmn:sequenceFlow id="f_start" sourceRef="start" targetRef="loop"/>',
             '<bpmn:sequenceFlow id="f_in" sourceRef="loop" targetRef="t0"/>']
    flows += [f'<bpmn:sequenceFlow id="f{i}" sourceRef="t{i}" targetRef="t{i + 1}"/>' for i in range(STEPS - 1)]
    flows += [f'<bpmn:sequenceFlow id="f_last" sourceRef="t{STEPS - 1}" targetRef="again"/>',
              '<bpmn:sequenceFlow id="f_back" sourceRef="again" targetRef="loop">'
              '<bpmn:conditionExpression>go</bpmn:conditionExpression></bpmn:sequenceFlow>',
              '<bpmn:sequenceFlow id="f_end" sourceRef="again" targetRef="end"/>']
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">'
        '<bpmn:process id="case" isExecutable="true"><bpmn:startEvent id="start"/>'
        '<bpmn:exclusiveGateway id="loop"/><bpmn:exclusiveGateway id="again" default="f_end"/>'
        f'<bpmn:endEvent id="end"/>{tasks}{"".join(flows)}</bpmn:process></bpmn:definitions>'
    )


def first_state() -> str:
    """The tables, and a process at its first step as it is kept."""
    (FOLDER / "case.bpmn").write_text(process_xml(), "utf-8")
    parser = BpmnParser()
    parser.add_bpmn_file(str(FOLDER / "case.bpmn"))
    workflow = BpmnWorkflow(parser.get_spec("case"))
    workflow.data["go"] = True
    workflow.do_engine_steps()
    with connection.schema_editor() as editor:
        editor.create_model(Matter)
        editor.create_model(StepLog)
    kept: str = SERIALIZER.serialize_json(workflow)
    return kept


def begin(state: str) -> Any:
    """A process at its first step."""
    return Matter.objects.create(title="a case", state=state, changed_at=timezone.now()).pk


def step(pk: Any, text: str) -> None:
    """Load, complete the ready task, save, log, commit."""
    with transaction.atomic():
        matter = Matter.objects.select_for_update().get(pk=pk)
        present = SERIALIZER.deserialize_json(matter.state)
        task = present.get_tasks(state=TaskState.READY, manual=True)[0]
        task.data["go"] = True
        task.run()
        present.do_engine_steps()
        matter.state, matter.changed_at = SERIALIZER.serialize_json(present), timezone.now()
        matter.save(update_fields=["state", "changed_at"])
        StepLog.objects.create(
            matter=matter, step=task.task_spec.name, actor="officer", happened_at=matter.changed_at, content={"text": text}
        )


def main() -> None:
    """Make a step for each line that is read."""
    state = first_state()
    same = begin(state)
    for number, line in enumerate(sys.stdin):
        pk = begin(state) if line.strip() == "fresh" else same
        started, worked = time.perf_counter(), time.process_time()
        step(pk, f"第{number}次")
        print(json.dumps([(time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000]), flush=True)


if __name__ == "__main__":
    main()
