"""Writes of the work domain: what higher domains call inside their actions, and what people do themselves."""

from dayu.work.services.approvals import (
    add_signer,
    agree_to_request,
    confirm_phone_approval,
    countersign_request,
    delegate_signature,
    disown_phone_approval,
    drop_request,
    note_phone_approval,
    reassign_signature,
    refuse_request,
    request_approval,
    resubmit_request,
    return_request,
    withdraw_request,
)
from dayu.work.services.calendars import enter_holiday_notice, recompute_for_parameter, recompute_open_deadlines
from dayu.work.services.deadlines import (
    end_deadline,
    end_deadlines_of,
    exclude_days,
    extend_deadline,
    send_reminders,
    start_deadline,
)
from dayu.work.services.flows import publish_flow
from dayu.work.services.notices import mark_read, notify, send_waiting_messages
from dayu.work.services.standing_in import delegate_work, revoke_delegation
from dayu.work.services.tasks import (
    close_task,
    close_tasks_of,
    drop_tasks_of,
    hand_over_tasks_of,
    open_task,
    reassign_task,
)

__all__ = [
    "add_signer",
    "agree_to_request",
    "close_task",
    "close_tasks_of",
    "confirm_phone_approval",
    "countersign_request",
    "delegate_signature",
    "delegate_work",
    "disown_phone_approval",
    "drop_request",
    "drop_tasks_of",
    "end_deadline",
    "end_deadlines_of",
    "enter_holiday_notice",
    "exclude_days",
    "extend_deadline",
    "hand_over_tasks_of",
    "mark_read",
    "note_phone_approval",
    "notify",
    "open_task",
    "publish_flow",
    "reassign_signature",
    "reassign_task",
    "recompute_for_parameter",
    "recompute_open_deadlines",
    "refuse_request",
    "request_approval",
    "resubmit_request",
    "return_request",
    "revoke_delegation",
    "send_reminders",
    "send_waiting_messages",
    "start_deadline",
    "withdraw_request",
]
