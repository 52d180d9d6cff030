"""What happens in a penalty case, drawn from the procedure itself, and what a party may do at each point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dayu.core.ui.parts import Edge, Flow, Node
from dayu.law.citations import Citation, cite
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.time_limits import TimeLimit, time_limit
from dayu.law.words import word

INSIDE = frozenset({"archive"})  # what the organ does with its papers afterwards concerns no party
SKIPPED = (("notice", "legal_review"), ("defence", "discussion"), ("legal_review", "decision"))
LIMITS = ("decision", "defence", "hearing_request", "serve_decision", "publish", "pay", "reconsider", "sue")
P = "penalty-law"


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One act of a stage, with its article."""

    name: str
    duty: str
    basis: Sequence[str]


@dataclass(frozen=True, slots=True)
class GuideStage:
    """A stage with its acts in order."""

    key: str
    name: str
    steps: Sequence[GuideStep]


@dataclass(frozen=True, slots=True)
class Right:
    """What a party may do, when, and where that stands."""

    name: str
    text: str
    basis: Citation
    limit: str = ""


def stages() -> list[GuideStage]:
    """The stages of the ordinary procedure, as the program itself follows them."""
    language = get_language() or "zh"
    nodes = [n for n in ORDINARY_PENALTY.chart().nodes if n.mainline and n.stage not in INSIDE]
    found = []
    for key in dict.fromkeys(n.stage for n in nodes):
        steps = [
            GuideStep(word("acts", n.act, language), _("依情形") if n.duty == "depends" else _("应当"), n.basis)
            for n in nodes
            if n.stage == key
        ]
        found.append(GuideStage(key, word("stages", key, language), steps))
    return found


def chart(found: Sequence[GuideStage]) -> Flow:
    """The stages as a flow chart; each box leads to its description below. Arrows at the side: what the law lets skip."""
    nodes = [Node(s.key, s.name, url=f"#stage-{s.key}", shape="step") for s in found]
    known = {s.key for s in found}
    edges = [Edge(a.key, b.key) for a, b in pairwise(found)]
    edges += [Edge(a, b) for a, b in SKIPPED if a in known and b in known]
    return Flow(nodes, edges, name=_("普通程序的主要环节"))


def limits(on: date) -> list[tuple[TimeLimit, str]]:
    """The time limits that matter to a party, as they are in force on a day, with their length in words."""
    return [(found, length(found)) for found in (time_limit(key, on) for key in LIMITS)]


def length(limit: TimeLimit) -> str:
    """5 个工作日."""
    return f"{limit.span.n} {_unit(limit.span.unit.value)}"


def _unit(key: str) -> str:
    return {
        "working_days": _("个工作日"), "calendar_days": _("日"), "months": _("个月"), "years": _("年"), "hours": _("小时"),
    }[key]  # fmt: skip


def rights(on: date) -> list[Right]:
    """The rights of a party in the order in which they come up."""

    def counted(key: str) -> str:
        return length(time_limit(key, on))

    return [
        Right(_("看证件"), _("执法人员调查、检查时应当主动出示执法证件；不出示的，可以拒绝接受。证件真假可以在本站查。"),
              cite(P, 55, 1, anchor="有权拒绝接受调查")),
        Right(_("申请回避"), _("认为执法人员与案件有利害关系、可能影响公正的，可以申请换人，由机关负责人决定。"),
              cite(P, 43, 2, anchor="有权申请回避")),
        Right(_("事先知道"), _("作出处罚决定之前，应当告知拟处罚的内容、事实、理由和依据，以及您的权利。"),
              cite(P, 44, anchor="应当告知当事人")),
        Right(_("陈述和申辩"), _("可以口头或者书面提出事实、理由和证据，机关必须复核；成立的应当采纳。"),
              cite(P, 45, 1, anchor="有权进行陈述和申辩"), counted("defence")),
        Right(_("不因申辩加重"), _("不得因为您陈述、申辩而给予更重的处罚。"), cite(P, 45, 2, anchor="不得因当事人陈述")),
        Right(_("要求听证"), _("拟作较大数额罚款、没收较大价值财物、吊销许可证件等决定的，可以要求公开听证，不承担费用。"),
              cite(P, 63, 1, anchor="有要求听证的权利"), counted("hearing_request")),
        Right(_("到银行缴款"), _("罚款到指定的银行或者通过电子支付系统缴纳；当场收缴不出具专用票据的，可以拒绝缴纳。"),
              cite(P, 70, anchor="有权拒绝缴纳罚款"), counted("pay")),
        Right(_("延期或者分期"), _("确有经济困难的，可以申请暂缓或者分期缴纳罚款。"), cite(P, 66, 2, anchor="暂缓或者分期缴纳")),
        Right(_("申请行政复议"), _("不服处罚的，可以在收到决定书后申请行政复议，由决定书上写明的机关受理。"),
              cite("reconsideration-law", 20, 1, anchor="六十日内提出"), counted("reconsider")),
        Right(_("提起行政诉讼"), _("也可以直接向决定书上写明的人民法院起诉。复议、诉讼期间不计算加处罚款。"),
              cite("litigation-law", 46, 1, anchor="六个月内提出"), counted("sue")),
        Right(_("对公开内容提出异议"), _("公开的内容有错误的，可以要求更正；决定被变更、撤销的，公开信息应当撤回并说明理由。"),
              cite(P, 48, 2, anchor="撤回行政处罚决定信息"), counted("withdraw_publicity")),
        Right(_("申诉和检举"), _("对处罚行为有意见的，可以申诉或者检举，机关应当认真审查，发现有错误的应当主动改正。"),
              cite(P, 75, 2, anchor="有权申诉或者检举")),
    ]  # fmt: skip
