"""The peer: SpiffWorkflow loads a 15-step process from SQLite, completes one step, saves it, with the same commit.

Runs in the second environment. usage: _peer_spiff.py FOLDER ROUNDS -> JSON {"step_1_ms", "late_ms", "steps"}

The process is a loop of 15 user tasks, so that it can be stepped for as long as a case lives.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
import time
from pathlib import Path

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

STEPS = 15


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


def main(folder: Path, rounds: int) -> None:
    """Step the process `rounds` times; report the first steps and the last ones."""
    (folder / "case.bpmn").write_text(process_xml(), "utf-8")
    parser = BpmnParser()
    parser.add_bpmn_file(str(folder / "case.bpmn"))
    workflow = BpmnWorkflow(parser.get_spec("case"))
    workflow.data["go"] = True
    workflow.do_engine_steps()
    serializer = BpmnWorkflowSerializer()
    database = sqlite3.connect(folder / "peer.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE process (id INTEGER PRIMARY KEY, state TEXT)")
    database.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT)")
    database.execute("INSERT INTO process VALUES (1, ?)", (serializer.serialize_json(workflow),))
    taken = []
    for number in range(rounds):
        started = time.perf_counter()
        database.execute("BEGIN IMMEDIATE")
        (state,) = database.execute("SELECT state FROM process WHERE id = 1").fetchone()
        present = serializer.deserialize_json(state)
        task = present.get_tasks(state=TaskState.READY, manual=True)[0]
        task.data["go"] = True
        task.run()
        present.do_engine_steps()
        database.execute("UPDATE process SET state = ? WHERE id = 1", (serializer.serialize_json(present),))
        database.execute("INSERT INTO log (what) VALUES (?)", (f"step {number}",))
        database.execute("COMMIT")
        taken.append((time.perf_counter() - started) * 1000)
    print(json.dumps({
        "step_1_ms": round(statistics.median(taken[:15]), 3),
        "late_ms": round(statistics.median(taken[-15:]), 3),
        "steps": rounds,
    }))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
