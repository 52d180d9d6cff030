"""The log as files: the names C2SP gives them, appending in batches, and what happens when files are touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayu.proof.merkle import Node, consistency_proof, inclusion_proof
from dayu.proof.tiles import FolderTiles, TileLog, pack_entries, unpack_entries
from dayu.proof.verifier import (
    ProofError,
    entries_path,
    leaf_hash,
    leaf_hashes_from_tiles,
    root_of,
    tile_path,
    verify_consistency,
    verify_inclusion,
)


class MemoryTiles:
    """Tiles in a dictionary."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def read(self, path: str) -> bytes | None:
        """What lies at the path."""
        return self.files.get(path)

    def write(self, path: str, content: bytes) -> None:
        """Write once."""
        assert self.files.setdefault(path, content) == content


def entry(number: int) -> bytes:
    """An entry of some length."""
    return f"entry {number}".encode()


def test_paths_are_those_of_the_tile_specification() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(0, 273, 64) == "tile/0/273.p/64"
    assert tile_path(2, 0) == "tile/2/000"
    assert entries_path(1, 8) == "tile/entries/001.p/8"
    assert tile_path(0, 1000) == "tile/0/x001/000"


def test_a_log_of_seventy_thousand_leaves_has_the_tiles_the_specification_lists() -> None:
    """C2SP: 70,000 entries are 273 full tiles and one of 112 at level 0; one full and one of 17 at level 1; one of 1."""
    store = MemoryTiles()
    log = TileLog(store, size=0)
    root = log.append([entry(i) for i in range(70_000)])
    assert root == root_of(leaf_hash(entry(i)) for i in range(70_000))
    assert {"tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"} <= set(store.files)
    assert len([p for p in store.files if p.startswith("tile/0/") and ".p/" not in p]) == 273


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=6), st.data())
def test_batches_of_any_size_give_the_same_log(batches: list[int], data: st.DataObject) -> None:
    store, roots, total = MemoryTiles(), [], 0
    for batch in batches:
        log = TileLog(store, size=total)
        roots.append((total + batch, log.append([entry(total + i) for i in range(batch)])))
        total += batch
    log = TileLog(store, size=total)
    leaves = [leaf_hash(entry(i)) for i in range(total)]
    for size, root in roots:
        assert root == root_of(leaves[:size])
        path = consistency_proof(size, total, read=log.hashes)
        verify_consistency(old_size=size, new_size=total, old_root=root, new_root=log.root(), path=path)
    if total:
        index = data.draw(st.integers(0, total - 1))
        path = inclusion_proof(index, total, read=log.hashes)
        verify_inclusion(index=index, size=total, leaf=leaves[index], path=path, root=log.root())
        assert log.entries(index, total) == [entry(i) for i in range(index, total)]


def test_a_batch_written_twice_after_a_crash_changes_nothing(tmp_path: Path) -> None:
    store = FolderTiles(tmp_path)
    TileLog(store, size=0).append([entry(i) for i in range(300)])
    first = TileLog(store, size=300).append([entry(i) for i in range(300, 310)])
    again = TileLog(store, size=300).append([entry(i) for i in range(300, 310)])
    assert first == again


def test_other_content_at_the_same_place_is_refused(tmp_path: Path) -> None:
    store = FolderTiles(tmp_path)
    TileLog(store, size=0).append([entry(1)])
    with pytest.raises(ProofError, match="already holds something else"):
        TileLog(store, size=0).append([entry(2)])


def test_a_missing_or_cut_tile_is_named(tmp_path: Path) -> None:
    store = FolderTiles(tmp_path)
    TileLog(store, size=0).append([entry(i) for i in range(5)])
    (tmp_path / "tile/0/000.p/5").write_bytes(b"short")
    with pytest.raises(ProofError, match="too short"):
        TileLog(store, size=5).root()
    (tmp_path / "tile/0/000.p/5").unlink()
    with pytest.raises(ProofError, match="missing"):
        TileLog(store, size=5).root()


def test_leaf_hashes_come_back_from_full_and_larger_partial_tiles(tmp_path: Path) -> None:
    store = FolderTiles(tmp_path)
    TileLog(store, size=0).append([entry(i) for i in range(260)])
    assert leaf_hashes_from_tiles(tmp_path, 258) == [leaf_hash(entry(i)) for i in range(258)]
    with pytest.raises(ProofError):
        leaf_hashes_from_tiles(tmp_path, 261)


def test_a_subtree_beyond_the_end_is_refused() -> None:
    store = MemoryTiles()
    TileLog(store, size=0).append([entry(i) for i in range(5)])
    with pytest.raises(ProofError):
        TileLog(store, size=5).hashes([Node(1, 2)])


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_entry_bundles_read_back(entries: list[bytes]) -> None:
    assert unpack_entries(pack_entries(entries)) == entries


def test_a_bundle_that_breaks_off_is_refused() -> None:
    with pytest.raises(ProofError):
        unpack_entries(pack_entries([b"abc"])[:-1])
    with pytest.raises(ProofError):
        unpack_entries(b"\x00")


def test_an_entry_too_long_for_a_bundle_is_refused() -> None:
    with pytest.raises(ProofError, match="65535"):
        TileLog(MemoryTiles(), size=0).append([b"x" * 65536])
