"""The procedure as the page shows it: the column of steps, what to do now, and refusals as a to-do list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dayu.cases.doors import act_name, act_of, button_of, door_of, entry_name, stage_name
from dayu.core.actors import Actor
from dayu.core.remedies import remedy_of
from dayu.core.ui import parts
from dayu.core.ui.words import short_amount
from dayu.law.journal import Entry
from dayu.law.procedure import NextAct, Procedure, StepState
from dayu.law.refusals import Refusal, worded
from dayu.law.situation import Situation
from dayu.law.words import has_word, word
from dayu.org.models.people import PostKey

# Steps that one line of the column shows together: the second counts, the first is its beginning.
JOINED: Mapping[str, str] = {
    "file_case": "request_filing",
    "serve_penalty_notice": "give_penalty_notice",
    "pass_legal_review": "submit_legal_review",
    "examine_report": "report_investigation",
}
STAGE_NAMES = frozenset({"pass_legal_review"})  # lines that bear the name of their stage
NAMES: Mapping[str, str] = {
    "file_case": "filed",
    "serve_penalty_notice": "penalty_notice_given",
    "examine_report": "investigation_reported",
    "reexamine_defence": "defence_submitted",
    "serve_decision": "decision_served",
}
DUTY_WORDS: Mapping[str, str] = {"must": "must", "may": "may", "not": "na"}
# Where going on would break the law towards the party, not only leave something out.
DANGERS = frozenset({
    "procedure.heavier_after_defence", "procedure.heavier_needs_new_notice", "procedure.limitation_barred",
    "procedure.order_was_obeyed", "procedure.crime_instead_of_fine", "procedure.fined_by_court",
    "procedure.officer_recused", "procedure.certificate_expired", "procedure.one_officer",
    "procedure.crime_pending", "assess.above_range", "assess.below_range", "assess.no_penalty_due",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NowTask:
    """One act that comes next: whether it may be done, what stands against it, who does it, and where."""

    act: str
    name: str
    party: str | None
    party_name: str
    allowed: bool
    rows: Sequence[parts.RefusalRow]
    met: int
    url: str
    who: str
    inside: int = 0  # questions that the act's own page asks
    others_turn: bool = False
    ask_head: bool = False
    waiting: str = ""
    waiting_url: str = ""
    deadline: parts.Deadline | None = None
    duty: str = ""

    @property
    def title(self) -> str:
        """The head of its list."""
        if self.allowed and self.others_turn:
            return _("等待他人办理")
        if self.allowed and self.inside:
            return _("可以办理，办理时逐项回答 %(n)s 个问题") % {"n": self.inside}
        if self.allowed:
            return _("条件都已满足，可以办理")
        return _("还不能办，先办好 %(n)s 件事") % {"n": sum(1 for r in self.rows if not r.ok)}


def language() -> str:
    """The language of the page."""
    return get_language() or "zh"


# -- the column --------------------------------------------------------------------------------------------------------


def column(
    procedure: Procedure, s: Situation, *, party: str | None, url_of: Callable[[str, str | None], str]
) -> list[parts.Step]:
    """The main line for one party and the case: done, now, ahead, not applicable, with dates and why."""
    states = [st for st in procedure.progress(s) if st.party in (None, party)]
    by_act = {st.step.act: st for st in states}
    hidden = {JOINED[act] for act in JOINED if act in by_act}
    return [_step(st, by_act, s, url_of) for st in states if st.step.act not in hidden]


def _step(
    state: StepState, by_act: Mapping[str, StepState], s: Situation, url_of: Callable[[str, str | None], str]
) -> parts.Step:
    act = state.step.act
    begun = by_act.get(JOINED.get(act, ""))
    here = state.state == "now" or (begun is not None and begun.state == "now")
    shown = "here" if here else {"done": "done", "not": "na", "overtaken": "na"}.get(state.state, "todo")
    active = begun if begun is not None and begun.state == "now" else state
    return parts.Step(
        name=stage_name(state.step.stage) if act in STAGE_NAMES else entry_name(NAMES.get(act, state.step.records)),
        state=shown,  # type: ignore[arg-type]  # one of the four
        date=_date(state, shown, s),
        note=_note(state, begun, shown),
        duty=_duty(state, shown),  # type: ignore[arg-type]  # one of the four
        url=url_of(active.step.act, active.party) if here else "",
        basis=state.duty.basis[:1] if shown == "na" and state.duty.kind == "not" else (),
    )


def _date(state: StepState, shown: str, s: Situation) -> str:
    if state.on is not None and shown == "done":
        return f"{state.on:%m-%d}" if state.on.year == s.today.year else f"{state.on:%Y-%m-%d}"
    return _("现在") if shown == "here" else ""


def _duty(state: StepState, shown: str) -> str:
    """应当 stands only beside what depends on the case; a step that every case has says nothing."""
    if shown == "na" and state.duty.kind == "not":
        return "na"
    if shown not in ("todo", "here") or not state.duty.why:
        return ""
    return DUTY_WORDS[state.duty.kind]


def _note(state: StepState, begun: StepState | None, shown: str) -> str:
    said: list[str] = []
    if shown == "done" and state.entry is not None:
        said += _entry_words(state.entry)
    elif begun is not None and begun.entry is not None and state.entry is None:
        said.append(f"{entry_name(begun.step.records)} {begun.entry.on:%m-%d}")
    if state.state == "overtaken":
        said.append(_("没有记录，其后的步骤已办"))
    elif state.duty.why and shown != "done":
        said.append(word("reasons", state.duty.why, language()))
    if shown == "here":
        open_rows = len(begun.refusals if begun is not None and begun.state == "now" else state.refusals)
        if open_rows:
            said.append(_("还差 %(n)s 件事") % {"n": open_rows})
    return "，".join(w for w in said if w)


def _entry_words(entry: Entry) -> list[str]:
    """The one or two particulars of a done step that a reader looks for."""
    p, said = entry.params, []
    if p.get("head"):
        said.append(_("负责人%(name)s批准") % {"name": p["head"]})
    if p.get("amount_yuan") not in (None, "", "0", 0):
        said.append(_("罚款 %(amount)s") % {"amount": short_amount(str(p["amount_yuan"]))})
    if p.get("method") and has_word("serving_methods", str(p["method"])):
        said.append(word("serving_methods", str(p["method"]), language()))
    if p.get("route") and has_word("routes", str(p["route"])):
        said.append(word("routes", str(p["route"]), language()))
    if p.get("hearing_offered"):
        said.append(_("已告知听证权利"))
    if p.get("result") in ("corrected", "not_corrected"):
        said.append(_("已改正") if p["result"] == "corrected" else _("没有改正"))
    if entry.taken_over:
        said.append(_("补录"))
    if entry.defect:
        said.append(_("有瑕疵"))
    return said


# -- what to do now ----------------------------------------------------------------------------------------------------


def refusal_row(
    refusal: Refusal, *, case: int, party: str | None, named: Mapping[str, str] | None = None
) -> parts.RefusalRow:
    """What is wrong, the article, and the button that leads out. `named`: name -> key, where a refusal names its party."""
    words = worded(refusal, language())
    own = party or (named or {}).get(str(refusal.params.get("party", "")))
    if refusal.values:  # the way out lies in another domain and is filled in
        way = remedy_of(refusal.remedy, refusal.values)
        return parts.RefusalRow(words.reason, words.fix, refusal.basis, *way, rule=refusal.rule)
    return parts.RefusalRow(
        words.reason, words.fix, refusal.basis,
        action=button_of(refusal.remedy) if refusal.remedy else "",
        url=door_of(refusal.remedy, case, own) if refusal.remedy else "",
        danger=refusal.rule in DANGERS,
        rule=refusal.rule,
    )  # fmt: skip


def now_tasks(
    procedure: Procedure,
    s: Situation,
    *,
    case: int,
    actor: Actor,
    waiting: Mapping[tuple[str, str | None], tuple[str, str]],
    deadline_of: Callable[[Any], parts.Deadline | None],
) -> tuple[list[NowTask], list[NowTask]]:
    """The acts that are now (with what blocks them), and what else the law allows. `waiting`: approvals on their way."""
    now = {(st.step.act, st.party) for st in procedure.progress(s) if st.state == "now"}
    first: list[NowTask] = []
    others: list[NowTask] = []
    for found in procedure.next_acts(s):
        task = _task(procedure, s, found, case, actor, waiting, deadline_of)
        (first if (found.act, found.party) in now else others).append(task)
    return first, others


def _task(
    procedure: Procedure,
    s: Situation,
    found: NextAct,
    case: int,
    actor: Actor,
    waiting: Mapping[tuple[str, str | None], tuple[str, str]],
    deadline_of: Callable[[Any], parts.Deadline | None],
) -> NowTask:
    step = procedure.step(found.act)
    named = {view.name: view.key for view in s.parties}
    refusals = [r for r in found.verdict.refusals if act_of(r.remedy) != found.act]
    inside = len(found.verdict.refusals) - len(refusals)
    rows = [refusal_row(r, case=case, party=found.party, named=named) for r in refusals]
    rows.sort(key=lambda row: (not row.danger, not row.url))
    view = s.party(found.party)
    whom, address = waiting.get((found.act, found.party), ("", ""))
    total = len(step.requires) + len(step.after)
    return NowTask(
        act=found.act,
        name=act_name(found.act),
        party=found.party,
        party_name=view.name if view else "",
        allowed=not rows,
        rows=rows,
        inside=inside,
        others_turn=_others_turn(step.roles, actor) and not step.by_party,
        met=max(0, total - len({r.rule for r in found.verdict.refusals})),
        url=door_of(found.act, case, found.party),
        who=who_does(step.roles, step.by_party),
        ask_head="agency_head" in step.roles and not actor.holds("agency_head"),
        waiting=whom,
        waiting_url=address,
        deadline=deadline_of(found.limit) if found.limit is not None else None,
        duty=found.duty.kind,
    )


def _others_turn(roles: Iterable[str], actor: Actor) -> bool:
    """Whether neither the reader nor the head by his request can do it: a reviewer or presider must."""
    wanted = set(roles)
    return not wanted & {"handler", "agency_head"} and not actor.holds(*wanted)


def who_does(roles: Iterable[str], by_party: bool) -> str:
    """Who does an act, in words."""
    if by_party:
        return _("当事人提出，承办人登记")
    names = [str(PostKey(r).label) for r in roles if r in PostKey.values]
    return _("由%(posts)s办理") % {"posts": "、".join(names)} if names else ""


def grouped(tasks: Iterable[NowTask], procedure: Procedure) -> list[tuple[str, list[NowTask]]]:
    """What else is possible, by stage, for the menu."""
    found: dict[str, list[NowTask]] = {}
    for task in tasks:
        found.setdefault(procedure.step(task.act).stage, []).append(task)
    return [(stage_name(stage), rows) for stage, rows in found.items()]


# -- what stands between here and the decision -------------------------------------------------------------------------

# Steps that simply have not come yet say nothing new: the column shows them.
NOT_YET = frozenset({
    "procedure.step_missing", "procedure.not_filed", "procedure.investigation_unreported", "procedure.report_unexamined",
    "procedure.notice_missing", "procedure.notice_unserved", "procedure.defence_not_reexamined",
    "procedure.review_missing", "procedure.discussion_missing", "procedure.already_decided", "procedure.not_applicable",
    "procedure.hearing_not_held", "procedure.case_closed", "procedure.case_ended", "procedure.already_done",
})  # fmt: skip


def ahead_rows(
    procedure: Procedure, s: Situation, *, case: int, party: str | None, shown: Iterable[parts.RefusalRow]
) -> list[parts.RefusalRow]:
    """往前看: what would stand against the decision beside the steps that have not come yet, dangers first."""
    if party is None or "decide_penalty" not in procedure.by_act:
        return []
    known = {row.what for row in shown}
    refusals = [r for r in procedure.allowed("decide_penalty", s, party).refusals if r.rule not in NOT_YET]
    rows = [refusal_row(r, case=case, party=party) for r in refusals]
    rows.sort(key=lambda row: (not row.danger, not row.url))
    return [row for row in rows if row.what not in known]


# -- the flow chart ----------------------------------------------------------------------------------------------------


def flow(procedure: Procedure, s: Situation, *, party: str | None, name: str) -> parts.Flow:
    """The main line as a chart with "you are here"."""
    states = {st.step.act: st for st in procedure.progress(s) if st.party in (None, party)}
    shapes = {"done": "done", "now": "here", "not": "na", "overtaken": "na", "ahead": "todo"}
    nodes = [
        parts.Node(
            act, entry_name(st.step.records), shapes[st.state],  # type: ignore[arg-type]  # one of the five
            f"{st.on:%Y-%m-%d}" if st.on else word("duties", st.duty.kind, language()) if st.duty.why else "",
            shape="end" if act in ("decide_penalty", "archive_dossier") else "step",
        )
        for act, st in states.items()
    ]  # fmt: skip
    order = list(states)
    edges = [parts.Edge(a, b) for a, b in pairwise(order)]
    return parts.Flow(nodes, edges, name)
