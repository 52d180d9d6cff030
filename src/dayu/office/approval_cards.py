"""From approval requests to what the pages show: cards, places for signatures, marks, the paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.ui import parts
from dayu.core.ui.words import short_day
from dayu.law.calendar import Calendar
from dayu.office.work_rows import waited_words
from dayu.org.models.people import post_name
from dayu.work.models import ApprovalMark, ApprovalRequest, ApprovalStep
from dayu.work.people import names_of, unit_names_of
from dayu.work.policies import may_sign_step
from dayu.work.selectors import InboxRow

BY_PHONE = "by_phone"
ICONS = {"agree": "check", "confirm_phone": "check", "return": "back", "refuse": "close", "submit": "send",
         "resubmit": "send", "withdraw": "back", "delegate": "people", "countersign": "people", "add_signer": "people",
         "note_phone": "phone"}  # fmt: skip
TONES: dict[str, parts.Tone] = {"agree": "fine", "confirm_phone": "fine", "refuse": "danger", "return": "soon"}


def sign_decisions() -> tuple[parts.Decision, ...]:
    """The answers to a request that waits for a signature."""
    return (
        parts.Decision(_("同意"), "agree", "primary"),
        parts.Decision(_("退回"), "return", needs_reason=True),
        parts.Decision(_("不同意"), "refuse", "danger", needs_reason=True),
    )


def confirm_decisions() -> tuple[parts.Decision, ...]:
    """The answers to what was agreed by telephone."""
    return (
        parts.Decision(_("确认，补签"), "confirm_phone", "primary"),
        parts.Decision(_("没有同意过"), "disown_phone", "danger", needs_reason=True),
    )


def inbox_card(row: InboxRow, *, now: datetime, calendar: Calendar) -> parts.ApprovalCard:
    """A request that waits for a signature."""
    since = waited_words(row.task.held_since, today=clock.legal_date(now), calendar=calendar)
    decisions = confirm_decisions() if row.confirms_phone else sign_decisions()
    return request_card(row.request, decisions=decisions, since=since)


def request_card(
    found: ApprovalRequest,
    *,
    decisions: Sequence[parts.Decision],
    since: str = "",
    in_place: bool = False,
) -> parts.ApprovalCard:
    """What is asked for, with the facts that decide it. The digest travels along: a changed paper cannot be signed."""
    address = reverse("office:approval", args=[found.pk])
    return parts.ApprovalCard(
        title=found.title,
        url=address,
        kind=found.get_standing_display() if found.standing != found.OPEN else _("待签批"),
        number=found.matter_no,
        submitter=_("%(name)s 提交") % {"name": found.requested_by_name},
        since=since,
        facts=[parts.Pair(str(label), value) for label, value in found.deciding_facts],
        action_url=address,
        decisions=decisions,
        hidden={"digest": found.digest},
        in_place=in_place,
    )


def waiting_steps(found: ApprovalRequest) -> list[ApprovalStep]:
    """The places that are asked now: those of the first stage that is not complete."""
    missing = [s for s in found.steps.all() if not s.answer]
    if found.standing != found.OPEN or not missing:
        return []
    first = min(s.stage for s in missing)
    return [s for s in missing if s.stage == first]


def my_place(steps: Sequence[ApprovalStep], actor: Actor, now: datetime) -> ApprovalStep | None:
    """The first of the places that the actor may sign."""
    return next((s for s in steps if may_sign_step(s, actor=actor, moment=now)), None)


def unconfirmed_steps(found: ApprovalRequest) -> list[ApprovalStep]:
    """Places that were agreed to by telephone and not yet signed."""
    if found.standing in (found.REFUSED, found.DROPPED):
        return []
    return [s for s in found.steps.all() if s.answer == BY_PHONE]


def step_column(found: ApprovalRequest) -> list[parts.Step]:
    """All places as a column with "you are here"."""
    asked = {s.pk for s in waiting_steps(found)}
    steps = list(found.steps.all())
    names = names_of([s.holder_person_id for s in steps] + [s.principal_person_id for s in steps])
    units = unit_names_of(s.holder_unit_id for s in steps if s.holder_person_id is None)
    column = [parts.Step(_("提交"), "done", short_day(found.requested_at), found.requested_by_name)]
    for step in sorted(steps, key=lambda s: (s.stage, s.position)):
        column.append(_column_step(step, asked, names, units))
    return column


def _column_step(step: ApprovalStep, asked: set[int], names: dict[int, str], units: dict[int, str]) -> parts.Step:
    holder = names.get(step.holder_person_id or 0, "")
    if not holder:
        holder = f"{units.get(step.holder_unit_id or 0, '')} {post_name(step.holder_post)}".strip()
    said = [step.answered_by_name or holder]
    if step.origin != "flow":
        said.append(step.get_origin_display())
    if step.principal_person_id:
        said.append(_("受%(name)s委托") % {"name": names.get(step.principal_person_id, "")})
    if step.answer == BY_PHONE:
        said.append(_("电话同意，待补签"))
    state = "done" if step.answer else "here" if step.pk in asked else "todo"
    date = short_day(step.answered_at) if step.answered_at else _("现在") if state == "here" else ""
    return parts.Step(step.label or holder, state, date, "，".join(said))  # type: ignore[arg-type]  # one of the three


def mark_entry(mark: ApprovalMark) -> parts.Entry:
    """What somebody did."""
    who = f"{mark.person_name}（{mark.in_place_of}）" if mark.in_place_of else mark.person_name
    return parts.Entry(
        mark.moment, mark.get_kind_display(), mark.words, who, icon=ICONS.get(mark.kind, "edit"),
        tone=TONES.get(mark.kind, ""), digest=mark.digest[:16],
    )  # fmt: skip


def paper_view(found: ApprovalRequest) -> parts.FileView | None:
    """The paper that is asked for, opened in place."""
    if found.file is None:
        return None
    address = reverse("office:approval_paper", args=[found.pk])
    return parts.FileView(
        found.file_name or found.title, address, found.file.media_type, found.file.size, found.file.sha256[:16], address
    )
