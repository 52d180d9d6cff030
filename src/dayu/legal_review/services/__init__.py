"""Writes of legal review."""

from dayu.legal_review.services.reviewing import (
    ask_confirmation,
    ask_supplement,
    assign_reviewer,
    conclude_review,
    confirm_changed_substance,
    judge_point,
)
from dayu.legal_review.services.submitting import (
    answer_scope,
    name_review_body,
    submit_for_review,
    supply_supplement,
    withdraw_submission,
)

__all__ = [
    "answer_scope",
    "ask_confirmation",
    "ask_supplement",
    "assign_reviewer",
    "conclude_review",
    "confirm_changed_substance",
    "judge_point",
    "name_review_body",
    "submit_for_review",
    "supply_supplement",
    "withdraw_submission",
]
