"""The log as immutable files (C2SP tlog-tiles): 256 hashes a tile, tiles of tiles above, entry bundles beside.

Appending writes only tiles that changed; nothing that was written is ever written differently. Partial tiles are
written under a name of their own and may be removed once the full tile stands.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from dayu.proof.merkle import Node, perfect_nodes
from dayu.proof.verifier import (
    HASH_SIZE,
    TILE_HEIGHT,
    TILE_WIDTH,
    CompactRange,
    ProofError,
    entries_path,
    leaf_hash,
    node_hash,
    tile_path,
)

MAX_ENTRY_SIZE = 0xFFFF


class TileStore(Protocol):
    """A place for immutable files, named by relative path."""

    def read(self, path: str) -> bytes | None:
        """The content, or None where nothing lies."""

    def write(self, path: str, content: bytes) -> None:
        """Store durably. Writing the same content again is allowed, other content is not."""


class FolderTiles:
    """Tiles in a folder. Files are complete or absent: written beside, flushed to disk, then renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, path: str) -> bytes | None:
        """The content of a file of the log, or None."""
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, path: str, content: bytes) -> None:
        """Write once; a file that is already there must hold the same content."""
        known = self.read(path)
        if known is not None:
            if known != content:
                raise ProofError(f"{path} already holds something else: the log would be rewritten")
            return
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_durably(target, content)


def write_durably(target: Path, content: bytes) -> None:
    """Write so that after a power cut the file holds all of the content or the earlier one."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    with beside.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class TileLog:
    """A log of `size` leaves over a tile store. It trusts `size` from its caller: the store may hold more."""

    def __init__(self, store: TileStore, *, size: int) -> None:
        self.store = store
        self.size = size
        self._seen: dict[tuple[int, int, int], bytes] = {}

    def hashes(self, nodes: Sequence[Node]) -> list[bytes]:
        """Hashes of perfect subtrees: the `Reader` of this log, for proofs."""
        return [self._hash(node) for node in nodes]

    def root(self) -> bytes:
        """The root of the log."""
        return self.compact().root()

    def compact(self) -> CompactRange:
        """The log reduced to its perfect subtrees."""
        return CompactRange(size=self.size, peaks=self.hashes(perfect_nodes(0, self.size)))

    def append(self, entries: Sequence[bytes]) -> bytes:
        """Append entries as leaves, write what changed, and answer the new root."""
        for entry in entries:
            if len(entry) > MAX_ENTRY_SIZE:
                raise ProofError(f"an entry has at most {MAX_ENTRY_SIZE} bytes")
        tree = self.compact()
        self._append_bundles(entries)
        hashes = [leaf_hash(entry) for entry in entries]
        self._append_hashes(hashes)
        tree.extend(hashes)
        self.size += len(entries)
        return tree.root()

    def entries(self, begin: int, end: int) -> list[bytes]:
        """The entries from `begin` up to `end`."""
        if not 0 <= begin <= end <= self.size:
            raise ProofError(f"the log has {self.size} entries")
        found: list[bytes] = []
        for index in range(begin // TILE_WIDTH, -(-end // TILE_WIDTH)):
            bundle = self._bundle(index, min(TILE_WIDTH, self.size - index * TILE_WIDTH))
            first = index * TILE_WIDTH
            found.extend(bundle[max(0, begin - first) : end - first])
        return found

    def _hash(self, node: Node) -> bytes:
        tile_level, inner = divmod(node.level, TILE_HEIGHT)
        first = node.position << inner
        count = 1 << inner
        tile_index, offset = divmod(first, TILE_WIDTH)
        width = min(TILE_WIDTH, (self.size >> (tile_level * TILE_HEIGHT)) - tile_index * TILE_WIDTH)
        if offset + count > width:
            raise ProofError(f"the log of {self.size} has no subtree {node}")
        raw = self._tile(tile_level, tile_index, width)
        hashes = [raw[(offset + i) * HASH_SIZE : (offset + i + 1) * HASH_SIZE] for i in range(count)]
        while len(hashes) > 1:
            hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
        return hashes[0]

    def _tile(self, level: int, index: int, width: int) -> bytes:
        key = (level, index, width)
        if key not in self._seen:
            raw = self.store.read(tile_path(level, index, width))
            if raw is None and width < TILE_WIDTH:
                raw = self.store.read(tile_path(level, index))
            if raw is None:
                raise ProofError(f"{tile_path(level, index, width)} is missing")
            if len(raw) < width * HASH_SIZE:
                raise ProofError(f"{tile_path(level, index, width)} is too short")
            self._seen[key] = raw[: width * HASH_SIZE]
        return self._seen[key]

    def _append_hashes(self, leaves: Sequence[bytes]) -> None:
        level, begin, fresh = 0, self.size, list(leaves)
        while fresh:
            upper: list[bytes] = []
            position, rest = begin, fresh
            while rest:
                index, offset = divmod(position, TILE_WIDTH)
                taken, rest = rest[: TILE_WIDTH - offset], rest[TILE_WIDTH - offset :]
                head = self._tile(level, index, offset) if offset else b""
                raw = head + b"".join(taken)
                width = offset + len(taken)
                self.store.write(tile_path(level, index, width), raw)
                self._seen[(level, index, width)] = raw
                if width == TILE_WIDTH:
                    upper.append(_tile_root(raw))
                position += len(taken)
            begin, fresh, level = begin // TILE_WIDTH, upper, level + 1

    def _append_bundles(self, entries: Sequence[bytes]) -> None:
        position, rest = self.size, list(entries)
        while rest:
            index, offset = divmod(position, TILE_WIDTH)
            taken, rest = rest[: TILE_WIDTH - offset], rest[TILE_WIDTH - offset :]
            bundle = (self._bundle(index, offset) if offset else []) + taken
            self.store.write(entries_path(index, len(bundle)), pack_entries(bundle))
            position += len(taken)

    def _bundle(self, index: int, width: int) -> list[bytes]:
        raw = self.store.read(entries_path(index, width))
        if raw is None and width < TILE_WIDTH:
            raw = self.store.read(entries_path(index))
        if raw is None:
            raise ProofError(f"{entries_path(index, width)} is missing")
        found = unpack_entries(raw)
        if len(found) < width:
            raise ProofError(f"{entries_path(index, width)} is too short")
        return found[:width]


def _tile_root(raw: bytes) -> bytes:
    hashes = [raw[i : i + HASH_SIZE] for i in range(0, len(raw), HASH_SIZE)]
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """An entry bundle: each entry after its length as a big-endian 16-bit number."""
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def unpack_entries(raw: bytes) -> list[bytes]:
    """The entries of a bundle."""
    found: list[bytes] = []
    position = 0
    while position < len(raw):
        if position + 2 > len(raw):
            raise ProofError("an entry bundle breaks off")
        (length,) = struct.unpack_from(">H", raw, position)
        position += 2
        if position + length > len(raw):
            raise ProofError("an entry bundle breaks off")
        found.append(raw[position : position + length])
        position += length
    return found
