"""All procedures by key, in the order of the lawbook: the ordinary one, then those beside it."""

from __future__ import annotations

from collections.abc import Mapping

from dayu.law.procedure import Procedure
from dayu.law.procedures.agency_referral import AGENCY_REFERRAL
from dayu.law.procedures.court_enforcement import COURT_ENFORCEMENT
from dayu.law.procedures.criminal_referral import CRIMINAL_REFERRAL
from dayu.law.procedures.evidence_preservation import EVIDENCE_PRESERVATION
from dayu.law.procedures.fine_deferral import FINE_DEFERRAL
from dayu.law.procedures.forced_removal import FORCED_REMOVAL
from dayu.law.procedures.major_penalty_filing import MAJOR_PENALTY_FILING
from dayu.law.procedures.no_penalty import NO_PENALTY
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.procedures.organ_answers import PROCURATOR_REPLY, RECONSIDERATION_ANSWER, SUIT_ANSWER
from dayu.law.procedures.party_remedies import PARTY_REMEDIES
from dayu.law.procedures.seizure import SEIZURE
from dayu.law.procedures.self_correction import SELF_CORRECTION
from dayu.law.procedures.substitute_performance import SUBSTITUTE_PERFORMANCE
from dayu.law.procedures.summary_penalty import SUMMARY_PENALTY
from dayu.law.procedures.suspension import ENFORCEMENT_SUSPENSION, INVESTIGATION_SUSPENSION
from dayu.law.procedures.water_licensing import WATER_LICENSING

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
        CRIMINAL_REFERRAL,
        AGENCY_REFERRAL,
        PARTY_REMEDIES,
        RECONSIDERATION_ANSWER,
        SUIT_ANSWER,
        PROCURATOR_REPLY,
        SELF_CORRECTION,
        MAJOR_PENALTY_FILING,
        WATER_LICENSING,
    )
}
