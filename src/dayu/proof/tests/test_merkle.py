"""The tree hash, proofs and their verification: the vectors every RFC 6962 log shares, and properties of any log."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayu.proof.merkle import consistency_proof, inclusion_proof, perfect_nodes, reader_of, root_of_range
from dayu.proof.verifier import (
    EMPTY_ROOT,
    CompactRange,
    ProofError,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def hashes(count: int) -> list[bytes]:
    """Leaf hashes of a small log."""
    return [leaf_hash(str(i).encode()) for i in range(count)]


def recursive_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(recursive_root(leaves[:k]), recursive_root(leaves[k:]))


@pytest.mark.parametrize("size", range(9))
def test_roots_equal_the_vectors_that_certificate_logs_share(size: int) -> None:
    assert root_of(map(leaf_hash, LEAVES[:size])).hex() == ROOTS[size]


def test_an_audit_path_equals_the_example_of_the_rfc() -> None:
    """RFC 6962 section 2.1.3: in the tree of seven, the path of d3 is [c, g, right]."""
    d = hashes(7)
    a, c = node_hash(d[0], d[1]), d[2]
    g = a
    right = node_hash(node_hash(d[4], d[5]), d[6])
    assert inclusion_proof(3, 7, read=reader_of(d)) == [c, g, right]


def test_consistency_proofs_equal_the_examples_of_the_rfc() -> None:
    d = hashes(7)
    g, c, h = node_hash(d[0], d[1]), d[2], node_hash(d[2], d[3])
    i, j = node_hash(d[4], d[5]), d[6]
    k, right = node_hash(g, h), node_hash(i, j)
    read = reader_of(d)
    assert consistency_proof(3, 7, read=read) == [c, d[3], g, right]
    assert consistency_proof(4, 7, read=read) == [right]
    assert consistency_proof(6, 7, read=read) == [i, j, k]


def test_every_inclusion_proof_of_small_logs_holds_and_no_other_leaf_passes() -> None:
    for size in range(1, 34):
        leaves = hashes(size)
        root = root_of(leaves)
        for index in range(size):
            path = inclusion_proof(index, size, read=reader_of(leaves))
            verify_inclusion(index=index, size=size, leaf=leaves[index], path=path, root=root)
            with pytest.raises(ProofError):
                verify_inclusion(index=index, size=size, leaf=leaf_hash(b"other"), path=path, root=root)


def test_every_consistency_proof_of_small_logs_holds() -> None:
    leaves = hashes(34)
    roots = [root_of(leaves[:n]) for n in range(35)]
    for new in range(35):
        for old in range(new + 1):
            path = consistency_proof(old, new, read=reader_of(leaves[:new]))
            verify_consistency(old_size=old, new_size=new, old_root=roots[old], new_root=roots[new], path=path)


@given(st.integers(0, 300))
def test_appending_gives_the_root_of_the_definition(size: int) -> None:
    leaves = hashes(size)
    tree = CompactRange()
    tree.extend(leaves)
    assert tree.root() == recursive_root(leaves)
    assert len(tree.peaks) == size.bit_count()


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_tree_reduced_to_its_peaks_goes_on_where_it_stopped(first: int, second: int) -> None:
    leaves = hashes(first + second)
    tree = CompactRange()
    tree.extend(leaves[:first])
    again = CompactRange(size=tree.size, peaks=tree.peaks)
    again.extend(leaves[first:])
    assert again.root() == root_of(leaves)


@given(st.integers(1, 120), st.data())
def test_a_proof_with_one_bit_changed_is_refused(size: int, data: st.DataObject) -> None:
    leaves = hashes(size)
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, size, read=reader_of(leaves))
    if not path:
        return
    place = data.draw(st.integers(0, len(path) - 1))
    bit = data.draw(st.integers(0, 255))
    changed = int.from_bytes(path[place], "big") ^ (1 << bit)
    path[place] = changed.to_bytes(32, "big")
    with pytest.raises(ProofError):
        verify_inclusion(index=index, size=size, leaf=leaves[index], path=path, root=root_of(leaves))


@given(st.integers(2, 120), st.data())
def test_a_log_that_changed_an_old_leaf_is_never_consistent(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    changed_at = data.draw(st.integers(0, old - 1))
    honest = hashes(size)
    rewritten = list(honest)
    rewritten[changed_at] = leaf_hash(b"rewritten")
    path = consistency_proof(old, size, read=reader_of(rewritten))
    with pytest.raises(ProofError):
        verify_consistency(
            old_size=old, new_size=size, old_root=root_of(honest[:old]), new_root=root_of(rewritten), path=path
        )


@given(st.integers(1, 100), st.data())
def test_proofs_too_long_or_too_short_are_refused(size: int, data: st.DataObject) -> None:
    leaves = hashes(size)
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, size, read=reader_of(leaves))
    for wrong in ([*path, leaf_hash(b"")], path[:-1] if path else [leaf_hash(b"")]):
        with pytest.raises(ProofError):
            verify_inclusion(index=index, size=size, leaf=leaves[index], path=wrong, root=root_of(leaves))


def test_sizes_and_indexes_that_cannot_be_are_refused() -> None:
    read = reader_of(hashes(3))
    with pytest.raises(ProofError):
        inclusion_proof(3, 3, read=read)
    with pytest.raises(ProofError):
        inclusion_proof(-1, 3, read=read)
    with pytest.raises(ProofError):
        consistency_proof(4, 3, read=read)
    with pytest.raises(ProofError):
        verify_consistency(old_size=4, new_size=3, old_root=EMPTY_ROOT, new_root=EMPTY_ROOT, path=[])
    with pytest.raises(ProofError):
        CompactRange(size=3, peaks=[leaf_hash(b"")])


def test_a_proof_needs_few_hashes() -> None:
    """Deciding about one of a million leaves reads some twenty subtrees, not a million."""
    assert len(perfect_nodes(0, 1_000_000)) == (1_000_000).bit_count()
    asked: list[int] = []

    def read(nodes: object) -> list[bytes]:
        assert isinstance(nodes, list)
        asked.append(len(nodes))
        return [leaf_hash(repr(n).encode()) for n in nodes]

    inclusion_proof(123_456, 1_000_000, read=read)
    assert asked == [asked[0]] and asked[0] <= 40


def test_a_range_that_begins_no_subtree_is_refused() -> None:
    with pytest.raises(ProofError):
        root_of_range(1, 4, read=reader_of(hashes(4)))
