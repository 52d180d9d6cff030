"""The integrity check: does the database still hold what the signed checkpoints say it held?

Found are entries that were altered, removed, exchanged, or written with a past time; tiles and checkpoint files that were
touched; stored files whose bytes changed; records of kinds that nobody deletes which are no longer there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps

from dayu.core.audit import AuditEntry, commitment_of, entry_content
from dayu.core.files import StoredFile
from dayu.core.proof_log import checkpoint_folder, signing_key, tile_folder
from dayu.core.proof_models import Checkpoint, ProofEntry
from dayu.core.records import kept_kinds
from dayu.proof.verifier import (
    TILE_WIDTH,
    CompactRange,
    ProofError,
    leaf_hash,
    open_checkpoint,
    read_leaf_tile,
)

CHUNK = TILE_WIDTH * 16
LATE = timedelta(hours=1)  # an entry that enters the log later than this after its own time was not written then


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement. `kind`: altered, removed, moved, inserted, backdated, erased, gone, tiles, checkpoint, file."""

    kind: str
    index: int | None = None
    entry: int | None = None
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the command line."""
        return {"kind": self.kind, "index": self.index, "entry": self.entry, "words": self.words}


@dataclass(slots=True)
class IntegrityReport:
    """What was checked and what was found. `pending` entries wait for their first checkpoint."""

    entries: int = 0
    checkpoints: int = 0
    files: int = 0
    pending: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing disagrees. Lawfully erased content is told, but is no disagreement."""
        return not any(f.kind != "erased" for f in self.findings)

    def as_json(self) -> dict[str, Any]:
        """For the command line."""
        return {
            "holds": self.holds,
            "entries": self.entries,
            "checkpoints": self.checkpoints,
            "files": self.files,
            "pending": self.pending,
            "findings": [f.as_json() for f in self.findings],
        }


def check_integrity(*, more_checkpoints: Sequence[Path] = (), with_files: bool = False) -> IntegrityReport:
    """Compare the database with the tiles, and the tiles with every signed checkpoint at hand."""
    report = IntegrityReport()
    signed = _read_checkpoints(report, more_checkpoints)
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    _check_entries(report, max(newest, max(signed, default=0)), signed)
    _check_unlisted(report)
    _check_kept(report)
    if with_files:
        _check_files(report)
    return report


def _read_checkpoints(report: IntegrityReport, more: Sequence[Path]) -> dict[int, list[tuple[str, bytes]]]:
    """Signed roots by the size they were signed at, from every file at hand whose signature holds."""
    key = signing_key().verifier
    kept = [p for p in sorted(checkpoint_folder().glob("*.txt")) if p.name != "key.txt"]
    found: dict[int, list[tuple[str, bytes]]] = {}
    for path in [*kept, *more]:
        report.checkpoints += 1
        try:
            signed, holds = open_checkpoint(path.read_text("utf-8"), key=key)
            if not holds:
                raise ProofError("the signature does not hold")
            found.setdefault(signed.size, []).append((path.name, signed.root))
        except (ProofError, OSError) as error:
            report.findings.append(Finding("checkpoint", words=f"{path.name}: {error}"))
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    largest = max(found, default=0)
    if newest > largest:
        words = f"{newest} records were signed, the files at hand end at {largest}"
        report.findings.append(Finding("checkpoint", words=words))
    return found


def _check_entries(report: IntegrityReport, size: int, signed: dict[int, list[tuple[str, bytes]]]) -> None:
    suspects: dict[int, bytes] = {}
    tree = CompactRange()
    late = _Lateness()
    for begin in range(0, size, CHUNK):
        end = min(begin + CHUNK, size)
        recorded = _recorded(report, begin, end)
        rows = _rows(begin, end)
        for index in range(begin, end):
            known = recorded.get(index)
            row = rows.get(index)
            tree.append(known or leaf_hash(b""))
            for name, root in signed.get(tree.size, ()):
                if tree.root() != root:
                    words = f"{name}: the tiles do not give the root signed for {tree.size} records"
                    report.findings.append(Finding("checkpoint", words=words))
            report.entries += 1
            finding = _judge(index, known, row, late)
            if finding is None:
                continue
            report.findings.append(finding)
            if row is not None and finding.kind == "altered":
                suspects[index] = leaf_hash(_raw(row.entry.commitment))
    _name_moves(report, suspects, size)


def _judge(index: int, known: bytes | None, row: ProofEntry | None, late: _Lateness) -> Finding | None:
    if row is None:
        return Finding("removed", index, words="the audit entry is gone")
    entry = row.entry
    if known is not None and leaf_hash(_raw(entry.commitment)) != known:
        return Finding("altered", index, entry.pk, "the entry is not the one that was recorded here")
    if not entry.salt:
        return Finding("erased", index, entry.pk, "content erased, commitment kept")
    if commitment_of(entry.salt, entry_content(entry)) != entry.commitment:
        return Finding("altered", index, entry.pk, "the content is not what was recorded")
    if late.is_late(index, entry):
        return Finding("backdated", index, entry.pk, f"dated {entry.entered_at:%Y-%m-%d %H:%M}, recorded much later")
    return None


class _Lateness:
    """Tells entries that carry a time long before the newest checkpoint that was already signed without them."""

    def __init__(self) -> None:
        self._marks = iter(Checkpoint.objects.order_by("size").values_list("size", "signed_at").iterator())
        self._next = next(self._marks, None)
        self._signed_before: Any = None

    def is_late(self, index: int, entry: AuditEntry) -> bool:
        """Entries are asked in the order of the log."""
        while self._next is not None and self._next[0] <= index:
            self._signed_before = self._next[1]
            self._next = next(self._marks, None)
        return self._signed_before is not None and entry.entered_at + LATE < self._signed_before


def _raw(commitment: str) -> bytes:
    try:
        return bytes.fromhex(commitment)
    except ValueError:
        return b""


def _recorded(report: IntegrityReport, begin: int, end: int) -> dict[int, bytes]:
    """Leaf hashes as the tiles hold them. `begin` is the first leaf of a tile."""
    found: dict[int, bytes] = {}
    for index in range(begin // TILE_WIDTH, -(-end // TILE_WIDTH)):
        first = index * TILE_WIDTH
        width = min(TILE_WIDTH, end - first)
        try:
            found.update(enumerate(read_leaf_tile(tile_folder(), index, width), first))
        except ProofError as error:
            report.findings.append(Finding("tiles", words=str(error)))
    return found


def _rows(begin: int, end: int) -> dict[int, ProofEntry]:
    """Rows of the log with their entries; a row whose entry is gone is left out by the join."""
    rows = ProofEntry.objects.select_related("entry").filter(index__gte=begin, index__lt=end)
    return {row.index: row for row in rows}


def _name_moves(report: IntegrityReport, suspects: dict[int, bytes], size: int) -> None:
    """An entry that stands elsewhere in the record was moved, not altered."""
    if not suspects:
        return
    wanted = set(suspects.values())
    places = {known: place for place, known in _all_recorded(size) if known in wanted}
    for number, finding in enumerate(report.findings):
        place = places.get(suspects.get(finding.index, b"")) if finding.index is not None else None
        if finding.kind == "altered" and place is not None and place != finding.index:
            report.findings[number] = Finding("moved", finding.index, finding.entry, f"was recorded at {place}")


def _all_recorded(size: int) -> Iterator[tuple[int, bytes]]:
    scratch = IntegrityReport()
    for begin in range(0, size, CHUNK):
        yield from _recorded(scratch, begin, min(begin + CHUNK, size)).items()


def _check_unlisted(report: IntegrityReport) -> None:
    """Entries outside the log: new ones wait; one with a time long before the newest checkpoint was slipped in."""
    newest = Checkpoint.objects.order_by("-size").values_list("signed_at", flat=True).first()
    waiting: Iterable[AuditEntry] = AuditEntry.objects.filter(proof=None).only("id", "entered_at").iterator()
    for entry in waiting:
        report.pending += 1
        if newest is not None and entry.entered_at + LATE < newest:
            report.findings.append(
                Finding("inserted", None, entry.pk, f"dated {entry.entered_at:%Y-%m-%d %H:%M}, not in the log")
            )


def _check_kept(report: IntegrityReport) -> None:
    """Records that nobody deletes (leads, cases): each one that an act names in the log must still be there."""
    for label in kept_kinds():
        model = apps.get_model(label)
        named = AuditEntry.objects.filter(subject__startswith=f"{label}:").order_by().values_list("subject", flat=True)
        known = {int(key.rpartition(":")[2]) for key in named.distinct().iterator(chunk_size=CHUNK)}
        there = set(model._base_manager.order_by().values_list("pk", flat=True).iterator(chunk_size=CHUNK))
        for pk in sorted(known - there):
            report.findings.append(Finding("gone", words=f"{label}:{pk}: the record was deleted in the database"))


def _check_files(report: IntegrityReport) -> None:
    for stored in StoredFile.objects.iterator(chunk_size=500):
        report.files += 1
        try:
            intact = stored.is_intact()
        except OSError:
            report.findings.append(Finding("file", words=f"{stored.sha256}: missing"))
            continue
        if not intact:
            report.findings.append(Finding("file", words=f"{stored.sha256}: bytes changed"))
