"""All procedures by key, in the order of the lawbook: the ordinary one, then those beside it."""

from __future__ import annotations

from collections.abc import Mapping

from dayu.law.procedure import Procedure
from dayu.law.procedures.court_enforcement import COURT_ENFORCEMENT
from dayu.law.procedures.evidence_preservation import EVIDENCE_PRESERVATION
from dayu.law.procedures.fine_deferral import FINE_DEFERRAL
from dayu.law.procedures.forced_removal import FORCED_REMOVAL
from dayu.law.procedures.no_penalty import NO_PENALTY
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.procedures.seizure import SEIZURE
from dayu.law.procedures.substitute_performance import SUBSTITUTE_PERFORMANCE
from dayu.law.procedures.summary_penalty import SUMMARY_PENALTY
from dayu.law.procedures.suspension import ENFORCEMENT_SUSPENSION, INVESTIGATION_SUSPENSION

PROCEDURES: Mapping[str, Procedure] = {
    procedure.key: procedure
    for procedure in (
        ORDINARY_PENALTY,
        SUMMARY_PENALTY,
        NO_PENALTY,
        EVIDENCE_PRESERVATION,
        SEIZURE,
        FORCED_REMOVAL,
        SUBSTITUTE_PERFORMANCE,
        COURT_ENFORCEMENT,
        FINE_DEFERRAL,
        ENFORCEMENT_SUSPENSION,
        INVESTIGATION_SUSPENSION,
    )
}
