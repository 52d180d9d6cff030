"""Acts on documents; each lives in the file of its stage."""

from dayu.documents.services.blanks import enter_blank_form, issue_blank_forms
from dayu.documents.services.drafting import draft_document, enter_document, revise_document
from dayu.documents.services.form_sets import end_form_set, import_form_set, move_draft, move_outdated_drafts
from dayu.documents.services.holding import place_hold, release_hold, withdraw_release
from dayu.documents.services.returning import (
    accept_returned_field,
    attach_file,
    match_scan,
    receive_docx,
    record_signature,
    reject_returned_field,
)
from dayu.documents.services.sealing import (
    issue_document,
    print_draft,
    print_pocket,
    seal_document,
    set_organ_paper,
    void_document,
)
from dayu.documents.services.serving import GivenMedia, record_service

__all__ = [
    "GivenMedia",
    "accept_returned_field",
    "attach_file",
    "draft_document",
    "end_form_set",
    "enter_blank_form",
    "enter_document",
    "import_form_set",
    "issue_blank_forms",
    "issue_document",
    "match_scan",
    "move_draft",
    "move_outdated_drafts",
    "place_hold",
    "print_draft",
    "print_pocket",
    "receive_docx",
    "record_service",
    "record_signature",
    "reject_returned_field",
    "release_hold",
    "revise_document",
    "seal_document",
    "set_organ_paper",
    "void_document",
    "withdraw_release",
]
