"""Writes of the dossiers domain."""

from dayu.dossiers.services.archiving import add_sheet, archive_dossier
from dayu.dossiers.services.compiling import (
    arrange_part,
    compile_dossier,
    describe_dossier,
    explain_missing,
    leave_out_part,
)
from dayu.dossiers.services.waiting import end_expecting, expect_archiving

__all__ = [
    "add_sheet",
    "archive_dossier",
    "arrange_part",
    "compile_dossier",
    "describe_dossier",
    "end_expecting",
    "expect_archiving",
    "explain_missing",
    "leave_out_part",
]
