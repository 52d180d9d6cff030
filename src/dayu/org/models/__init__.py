"""All tables of the organisation domain."""

from dayu.org.models.certificates import (
    CertificateAlert,
    CertificateCheck,
    CertificateSuspension,
    EnforcementCertificate,
    Qualification,
)
from dayu.org.models.organisations import Agency, AgencyName, EnforcementSubject, OrgUnit
from dayu.org.models.people import ConductNote, DutyShift, Person, Post, PostHolding, PostKey

__all__ = [
    "Agency",
    "AgencyName",
    "CertificateAlert",
    "CertificateCheck",
    "CertificateSuspension",
    "ConductNote",
    "DutyShift",
    "EnforcementCertificate",
    "EnforcementSubject",
    "OrgUnit",
    "Person",
    "Post",
    "PostHolding",
    "PostKey",
    "Qualification",
]
