"""Tables of the work domain, by subject."""

from dayu.work.models.approvals import ApprovalFlow, ApprovalMark, ApprovalRequest, ApprovalStep
from dayu.work.models.calendars import CalendarSnapshot, HolidayNotice
from dayu.work.models.deadlines import DeadlineChange, Reminder, RunningDeadline
from dayu.work.models.notices import Notification, SmsMessage
from dayu.work.models.standing_in import Delegation
from dayu.work.models.tasks import Task

__all__ = [
    "ApprovalFlow",
    "ApprovalMark",
    "ApprovalRequest",
    "ApprovalStep",
    "CalendarSnapshot",
    "DeadlineChange",
    "Delegation",
    "HolidayNotice",
    "Notification",
    "Reminder",
    "RunningDeadline",
    "SmsMessage",
    "Task",
]
