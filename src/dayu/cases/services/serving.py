"""The proof of service of a case's papers: recorded with the act that serves them, and found again by the dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dayu.cases import facts
from dayu.cases.models import CaseParty
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.documents.models import Document, DocumentLife
from dayu.documents.services import record_service

DECISIONS = ("penalty_decision", "no_penalty_decision")
# Ways of serving that the register of proofs knows under another name.
METHODS = {"forwarded": "entrusted"}


def sealed_paper(party: CaseParty, keys: Sequence[str], *, named: str = "") -> Document | None:
    """The sealed paper of this kind for the party: the named one, else the newest."""
    rows = Document.objects.of(subject_key(party.case)).filter(key__in=keys, sealed_at__isnull=False)
    if named:
        return rows.filter(pk=int(named.rpartition(":")[2])).first()
    return rows.filter(party=subject_key(party)).exclude(life=DocumentLife.VOIDED).order_by("-id").first()


def prove_service(
    paper: Document | None,
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    method: str,
    proofs: Sequence[str],
    announced_on: date | None,
    told: Mapping[str, Any],
) -> None:
    """Record the proof of service that the act has just been allowed on; a paper already proved served stays as it is.

    `told` may hold place, receiver, receiver_relation, refusal, witness, tracking_no, channel, ground, explanation and media.
    """
    if paper is None or paper.served_on is not None:
        return
    handed_at = clock.legal_moment(announced_on, 9) if announced_on is not None else moment
    known = {name: value for name, value in told.items() if value}
    known.setdefault("place", party.service_address or party.address or _("见送达回证"))
    if method == "leave" and "witness" in proofs:
        known.setdefault("witness", _("见证人见送达回证"))
    if method == "public_notice":
        known.setdefault("ground", _("其他方式无法送达，原因和经过记入案卷"))
    known.setdefault("explanation", _proofs_in_words(method, proofs))
    names = [o.name for o in facts.officers_of(party.case, clock.legal_date(moment)) if not o.recused]
    record_service(
        paper, actor=actor, moment=handed_at, method=METHODS.get(method, method), recipient=party.name, servers=names,
        consent=party.electronic_consent if method == "electronic" else "", **known,
    )


def _proofs_in_words(method: str, proofs: Sequence[str]) -> str:
    """The register of proofs wants a word about each lack; what the law accepts as it is says so itself."""
    if method == "leave" and "recording" not in proofs:
        return _("有见证人签名，依民事诉讼法第八十九条成立，未作影像记录")
    if method == "leave":
        return _("已拍照、录像记录送达过程")
    return _("凭据见送达回证") if proofs else ""
