"""Referral to another organ (移送其他机关): what belongs elsewhere goes there, with receipt, or to the common superior."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Answered, Happened, NotHappened, OneOf, Open, Stated
from dayu.law.procedure import MAY, Procedure, Step
from dayu.law.procedures.matter_duties import LatestOf, MustAfter, OnlyAfter

P = "penalty-law"
PLACE = cite(P, 22, anchor="违法行为发生地的行政机关管辖")
FIRST = cite(P, 25, 1, anchor="由最先立案的行政机关管辖")
DISPUTE = cite(P, 25, 2, anchor="应当协商解决")
SUPERIOR = cite(P, 25, 2, anchor="共同的上一级行政机关指定管辖")
RECORD = cite(P, 47, anchor="全过程记录")
GROUNDS = ("not_our_matter", "not_our_place", "filed_there_first", "designated_elsewhere")

AGENCY_REFERRAL = Procedure(
    key="agency_referral",
    steps=(
        Step(
            "propose_transfer", "proposal", "transfer_proposed", (PLACE,), mainline=True, repeatable=True,
            requires=(
                Answered(("belongs_elsewhere",), PLACE), OneOf("ground", GROUNDS, FIRST),
                Stated(("receiving_organ", "reason", "basis"), PLACE), NotHappened(("case_transferred",), FIRST, ("transfer_refused",)),
            ),
            leads_to=("approve_transfer", "drop_transfer"),
        ),
        Step(
            "drop_transfer", "proposal", "transfer_dropped", (PLACE,), after=("propose_transfer",), duty=MAY,
            requires=(NotHappened(("case_transferred",), FIRST, ("transfer_refused",)), a_reason_is_given), roles=("agency_head",),
        ),
        Step(
            "approve_transfer", "proposal", "transfer_approved", (PLACE,), after=("propose_transfer",), mainline=True,
            repeatable=True, roles=("agency_head",), leads_to=("send_case",),
            requires=(Happened(("transfer_proposed",), PLACE, "propose_transfer", ("transfer_approved",)),),
        ),
        Step(
            "send_case", "sending", "case_transferred", (PLACE,), after=("approve_transfer",), mainline=True, repeatable=True,
            requires=(
                Happened(("transfer_approved",), PLACE, "approve_transfer", ("case_transferred",)),
                Stated(("transfer_letter", "materials", "goods_or_none"), RECORD),
            ),
            documents=("case_transfer_letter", "case_transfer_party_notice"),
            leads_to=("record_transfer_receipt", "record_transfer_refusal"),
        ),
        Step(
            "tell_informant", "sending", "informant_told", (RECORD,), after=("send_case",), duty=MAY, repeatable=True,
            requires=(Stated(("content",), RECORD),), moves=False,
        ),
        Step(
            "record_transfer_receipt", "answer", "transfer_received", (PLACE,), after=("send_case",), mainline=True,
            done_when=LatestOf(("transfer_received", "jurisdiction_designated", "jurisdiction_kept")),
            requires=(
                Happened(("case_transferred",), PLACE, "send_case", ("transfer_refused",)), Stated(("received_by",), PLACE),
            ),
            documents=("case_transfer_receipt",),
        ),
        Step(
            "record_transfer_refusal", "answer", "transfer_refused", (DISPUTE,), after=("send_case",), duty=MAY, repeatable=True,
            requires=(Happened(("case_transferred",), PLACE, "send_case", ("transfer_refused",)), a_reason_is_given),
            leads_to=("ask_for_designation", "propose_transfer", "keep_case"),
        ),
        Step(
            "ask_for_designation", "answer", "designation_asked", (SUPERIOR,), roles=("agency_head",), mainline=True,
            duty=MustAfter(
                ("transfer_refused",), "transfer_refused", DISPUTE, MAY,
                ("designation_asked", "case_transferred", "jurisdiction_kept"),
            ),
            requires=(Happened(("transfer_refused",), DISPUTE), Stated(("negotiation", "reason"), DISPUTE)), repeatable=True,
        ),
        Step(
            "record_designation", "answer", "jurisdiction_designated", (SUPERIOR,), mainline=True,
            duty=OnlyAfter(("designation_asked",), "no_dispute", SUPERIOR),
            requires=(Stated(("designated_organ",), SUPERIOR),), documents=("jurisdiction_designation",),
        ),
        Step(
            "keep_case", "answer", "jurisdiction_kept", (FIRST,), roles=("agency_head",),
            duty=OnlyAfter(("transfer_refused",), "no_dispute", DISPUTE, MAY), requires=(a_reason_is_given,),
        ),
    ),
    always=(
        Open(("transfer_dropped", "transfer_received", "jurisdiction_designated", "jurisdiction_kept"), RECORD),
    ),
    stages=("proposal", "sending", "answer"),
)
