"""The proof log (防删改记录): audit entries become leaves of a Merkle log, in batches after their acts were committed.

Two steps, each safe to repeat after a crash:
1. `sequence_entries` gives committed audit entries their gapless index (one transaction).
2. `publish_checkpoint` writes the leaves as tiles and signs the new root. The index of a leaf is fixed by then, so writing
   again writes the same bytes.

Signed checkpoints lie in a folder outside the database: `latest.txt`, and one file for each day (`2026-11-20.txt`) that is
never touched again after the day. Copy the folder to another place; with yesterday's file alone every later change of what
was recorded before is found.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from dayu.core import clock
from dayu.core.audit import AuditEntry, entry_content, plain
from dayu.core.jobs import every
from dayu.core.proof_models import Checkpoint, ProofEntry
from dayu.proof import verifier
from dayu.proof.merkle import inclusion_proof
from dayu.proof.signing import SigningKey, parse_signing_key, sign_checkpoint
from dayu.proof.tiles import FolderTiles, TileLog, write_durably
from dayu.proof.verifier import ProofError

BATCH = 5_000
LATE_COMMITS = 10_000  # a transaction that began earlier may commit later: look back over so many row numbers


def checkpoint_folder() -> Path:
    """Where signed checkpoints lie (setting `DAYU_CHECKPOINTS`)."""
    return Path(settings.DAYU_CHECKPOINTS)


def tile_folder() -> Path:
    """Where the tiles lie (setting `DAYU_TILES`)."""
    return Path(settings.DAYU_TILES)


def log_at(size: int) -> TileLog:
    """The published log at one of its sizes."""
    return TileLog(FolderTiles(tile_folder()), size=size)


def signing_key() -> SigningKey:
    """The key of this log, made at first use. It lies in a file that only the server's account can read."""
    default = checkpoint_folder().parent / "proof-log.key"
    path = Path(getattr(settings, "DAYU_PROOF_KEY", "") or default)
    if not path.exists():
        _make_key(path)
    return parse_signing_key(path.read_text("utf-8"))


def _make_key(path: Path) -> None:
    key = SigningKey(getattr(settings, "DAYU_PROOF_ORIGIN", "") or "dayu.local/log", secrets.token_bytes(32))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another worker made it in the same moment
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(key.text() + "\n")


@every(minutes=1)
def advance_proof_log(*, now: datetime) -> None:
    """The periodic job: everything committed so far is in the log and under a signature."""
    while sequence_entries():
        pass
    publish_checkpoint(now=now)


@transaction.atomic
def sequence_entries(*, limit: int = BATCH) -> int:
    """Give audit entries that have no place in the log the next ones; answers how many.

    A second sequencer at the same moment breaks on the primary key and rolls back: no gap, no double.
    """
    last = ProofEntry.objects.select_related("entry").order_by("-index").first()
    start = last.index + 1 if last else 0
    after = last.entry_id - LATE_COMMITS if last else -1
    waiting = AuditEntry.objects.filter(id__gt=after, proof=None).order_by("id").values_list("id", "commitment")[:limit]
    rows = [ProofEntry(index=start + n, entry_id=pk, leaf=leaf) for n, (pk, leaf) in enumerate(waiting)]
    ProofEntry.objects.bulk_create(rows)
    return len(rows)


def publish_checkpoint(*, now: datetime) -> Checkpoint | None:
    """Write tiles for what was sequenced and sign the new root; None when nothing is new."""
    known = Checkpoint.objects.order_by("-size").first()
    size = known.size if known else 0
    leaves = [
        bytes.fromhex(leaf)
        for leaf in ProofEntry.objects.filter(index__gte=size).order_by("index").values_list("leaf", flat=True)
    ]
    if not leaves:
        return None
    if known and not _tiles_are_there(known):
        _rebuild_tiles(known)
    log = log_at(size)
    root = log.append(leaves)
    signed = verifier.Checkpoint(signing_key().name, log.size, root)
    note = sign_checkpoint(signed, key=signing_key())
    _keep_outside(note, day=clock.legal_date(now).isoformat())
    row, _created = Checkpoint.objects.get_or_create(
        size=log.size, defaults={"root": root.hex(), "note": note, "signed_at": now}
    )
    return row


def _tiles_are_there(known: Checkpoint) -> bool:
    try:
        return log_at(known.size).root().hex() == known.root
    except ProofError:
        return False


def _rebuild_tiles(known: Checkpoint) -> None:
    """Tiles that were lost are written again, but only if they give the root that was signed."""
    leaves = ProofEntry.objects.filter(index__lt=known.size).order_by("index").values_list("leaf", flat=True)
    entries = [bytes.fromhex(leaf) for leaf in leaves]
    if verifier.root_of(verifier.leaf_hash(e) for e in entries).hex() != known.root:
        raise ProofError("the rows of the proof log do not give the signed root; see check_integrity")
    log_at(0).append(entries)


def _keep_outside(note: str, *, day: str) -> None:
    folder = checkpoint_folder()
    folder.mkdir(parents=True, exist_ok=True)
    raw = note.encode("utf-8")
    write_durably(folder / f"{day}.txt", raw)
    write_durably(folder / "latest.txt", raw)
    write_durably(folder / "key.txt", (signing_key().verifier.text() + "\n").encode("utf-8"))


@dataclass(frozen=True, slots=True)
class EntryProof:
    """What a person is shown of one record: where it stands in the log and how to verify it without the server."""

    entry: AuditEntry
    index: int
    checkpoint: Checkpoint
    path: tuple[bytes, ...]

    @property
    def leaf(self) -> str:
        """The commitment that the log holds, hexadecimal."""
        return self.entry.commitment

    def export(self) -> dict[str, Any]:
        """The proof as `verifier.py inclusion` reads it."""
        return {
            **exported_entry(self.entry, self.index),
            "path": [_b64(step) for step in self.path],
            "checkpoint": self.checkpoint.note,
        }


def proof_of(entry: AuditEntry) -> EntryProof | None:
    """The inclusion proof of one audit entry in the oldest checkpoint that covers it; None while it waits for one."""
    row = ProofEntry.objects.filter(entry=entry).first()
    if row is None:
        return None
    checkpoint = Checkpoint.objects.filter(size__gt=row.index).order_by("size").first()
    if checkpoint is None:
        return None
    path = inclusion_proof(row.index, checkpoint.size, read=log_at(checkpoint.size).hashes)
    return EntryProof(entry, row.index, checkpoint, tuple(path))


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One line of the fragment 防删改记录: an entry, its index (None while it waits) and when it came under a signature."""

    entry: AuditEntry
    index: int | None
    signed_at: datetime | None


def proof_lines(subject: str, *, limit: int = 50) -> list[ProofLine]:
    """The newest audit entries of a subject (`records.evidenceitem:7`) with their standing in the log. One query."""
    covering = Checkpoint.objects.filter(size__gt=OuterRef("proof__index")).order_by("size").values("signed_at")[:1]
    entries = AuditEntry.objects.filter(subject=subject).annotate(
        proof_index=F("proof__index"), proof_signed_at=Subquery(covering)
    )
    return [ProofLine(e, e.proof_index, e.proof_signed_at) for e in entries.order_by("-id")[:limit]]


def exported_entry(entry: AuditEntry, index: int | None) -> dict[str, Any]:
    """A record as the stand-alone verifier reads it. A record whose content was erased has neither salt nor content."""
    exported: dict[str, Any] = {
        "index": index,
        "name": f"audit entry {entry.pk}",
        "entry": _b64(bytes.fromhex(entry.commitment)),
    }
    if entry.salt:
        exported |= {"salt": _b64(bytes.fromhex(entry.salt)), "content": plain(entry_content(entry))}
    return exported


def export_entries() -> Iterator[dict[str, Any]]:
    """All records in the order of the log, for `verifier.py log`."""
    for row in ProofEntry.objects.select_related("entry").order_by("index").iterator(chunk_size=2000):
        yield exported_entry(row.entry, row.index)


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
