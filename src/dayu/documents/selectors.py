"""Reads that join models or serve two doors: documents of a matter, the list panel, the seal register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from dayu.core.actors import Actor
from dayu.documents import facts
from dayu.documents.models import Document, DocumentLife, Hold, HoldRelease, ProofOfService


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line of the document panel of a matter."""

    document: Document
    open_holds: tuple[Hold, ...] = ()
    proofs: tuple[ProofOfService, ...] = field(default=())

    @property
    def state(self) -> str:
        """What a person reads: a draft with open holds is on hold."""
        if self.document.life == DocumentLife.DRAFT and self.open_holds:
            return "on_hold"
        return self.document.life

    @property
    def must_be_served(self) -> bool:
        """Whether the kind needs a proof of service and has none that counts."""
        definition = facts.definition_of(self.document.key)
        return definition.must_be_served and self.document.sealed and not any(p.effective for p in self.proofs)


def documents_of(subjects: Sequence[str], *, actor: Actor) -> list[DocumentRow]:
    """The documents of a matter as a panel shows them: four queries, however many there are."""
    releases = Prefetch("releases", HoldRelease.objects.order_by("id"))
    found = (
        Document.objects.of(*subjects).visible_to(actor).select_related("organ")
        .prefetch_related(Prefetch("holds", Hold.objects.prefetch_related(releases)), "proofs").order_by("id")
    )
    return [DocumentRow(d, tuple(h for h in d.holds.all() if _open(h, d)), tuple(d.proofs.all())) for d in found]


def _open(hold: Hold, document: Document) -> bool:
    newest = [r for r in hold.releases.all() if r.digest == document.substance_digest][-1:]
    return not newest or newest[0].outcome == "withdrawn"


def neighbours_of(document: Document) -> list[Document]:
    """The other documents that this one must agree with: same matter, same party or no party, not voided."""
    found = Document.objects.of(document.subject).current().exclude(pk=document.pk).order_by("id")
    return list(found.for_party(document.party)) if document.party else list(found.filter(party=""))


def newest_of(subject: str, key: str, *, party: str = "", sealed: bool = True) -> Document | None:
    """The newest document of a kind in a matter, for one party where one is named."""
    found = Document.objects.of(subject).filter(key=key).current()
    if party:
        found = found.for_party(party)
    if sealed:
        found = found.exclude(life=DocumentLife.DRAFT)
    return found.order_by("-id").first()


def visible_ids(actor: Actor, ids: Sequence[str]) -> Iterable[int]:
    """Which of the found documents an actor may see."""
    return Document.objects.visible_to(actor).filter(pk__in=[int(i) for i in ids]).values_list("pk", flat=True)
