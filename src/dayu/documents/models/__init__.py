"""Documents, their revisions, holds, seals, signatures, what comes back on paper, and proofs of service."""

from dayu.documents.models.documents import (
    CURRENT_LIVES,
    Document,
    DocumentAttachment,
    DocumentLife,
    DocumentRevision,
    Hold,
    HoldRelease,
)
from dayu.documents.models.form_sets import FormIssuer, FormMove, FormSet, FormVariant
from dayu.documents.models.paper import (
    OrganPaper,
    PrintRun,
    ReturnedDocx,
    ReturnedField,
    ScanOutcome,
    ScanPage,
    SealUse,
    Signature,
    SignatureManner,
)
from dayu.documents.models.service import ProofOfService, ServiceMedia, ServingMethod

__all__ = [
    "CURRENT_LIVES",
    "Document",
    "DocumentAttachment",
    "DocumentLife",
    "DocumentRevision",
    "FormIssuer",
    "FormMove",
    "FormSet",
    "FormVariant",
    "Hold",
    "HoldRelease",
    "OrganPaper",
    "PrintRun",
    "ProofOfService",
    "ReturnedDocx",
    "ReturnedField",
    "ScanOutcome",
    "ScanPage",
    "SealUse",
    "ServiceMedia",
    "ServingMethod",
    "Signature",
    "SignatureManner",
]
