"""The proving half of the log: inclusion and consistency proofs from a source of subtree hashes.

A `Node` names a perfect subtree: level 0 are leaves, node (level, position) covers the leaves from `position << level`.
A proof of a tree of any size is written in such nodes, so that the hashes may come from memory, tiles or a database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from dayu.proof.verifier import EMPTY_ROOT, ProofError, node_hash


class Node(NamedTuple):
    """A perfect subtree of the log."""

    level: int
    position: int


Reader = Callable[[Sequence[Node]], Sequence[bytes]]
"""Answers the hashes of perfect subtrees, in the order asked."""


def perfect_nodes(begin: int, end: int) -> list[Node]:
    """The perfect subtrees, left to right, that make up the leaves from `begin` up to but not including `end`.

    `begin` must be a multiple of the width of what follows, as all ranges within RFC 6962 proofs are.
    """
    found: list[Node] = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        if begin & ((1 << level) - 1):
            raise ProofError(f"{begin} does not begin a subtree of {end - begin} leaves")
        found.append(Node(level, begin >> level))
        begin += 1 << level
    return found


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """Ranges of leaves whose roots make the audit path of leaf `index`, lowest first (RFC 6962 section 2.1.1)."""
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is not in a tree of {size}")
    begin, end = 0, size
    found: list[tuple[int, int]] = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    return found[::-1]


def consistency_ranges(old_size: int, new_size: int) -> list[tuple[int, int]]:
    """Ranges of leaves whose roots make the consistency proof, in proof order (RFC 6962 section 2.1.2)."""
    if not 0 <= old_size <= new_size:
        raise ProofError(f"a tree of {new_size} does not extend one of {old_size}")
    if old_size in (0, new_size):
        return []
    begin, end = 0, new_size
    found: list[tuple[int, int]] = []
    while end != old_size:
        middle = begin + _split(end - begin)
        if old_size <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    if begin:
        found.append((begin, end))
    return found[::-1]


def _split(width: int) -> int:
    """The largest power of two below `width`: where RFC 6962 divides a tree."""
    return 1 << ((width - 1).bit_length() - 1)


def root_of_range(begin: int, end: int, *, read: Reader) -> bytes:
    """The root over the leaves from `begin` up to `end`."""
    return _folded(read(perfect_nodes(begin, end)))


def _folded(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return EMPTY_ROOT
    result = hashes[-1]
    for left in reversed(hashes[:-1]):
        result = node_hash(left, result)
    return result


def _proof(ranges: Sequence[tuple[int, int]], *, read: Reader) -> list[bytes]:
    """The roots of several ranges with one question to the reader."""
    groups = [perfect_nodes(begin, end) for begin, end in ranges]
    hashes = iter(read([node for group in groups for node in group]))
    return [_folded([next(hashes) for _ in group]) for group in groups]


def inclusion_proof(index: int, size: int, *, read: Reader) -> list[bytes]:
    """The audit path of leaf `index` in the tree of the first `size` leaves."""
    return _proof(inclusion_ranges(index, size), read=read)


def consistency_proof(old_size: int, new_size: int, *, read: Reader) -> list[bytes]:
    """The proof that the first `old_size` leaves stand unchanged in the tree of `new_size`."""
    return _proof(consistency_ranges(old_size, new_size), read=read)


def reader_of(leaves: Sequence[bytes]) -> Reader:
    """A reader over leaf hashes held in memory, for small logs and tests."""

    def read(nodes: Sequence[Node]) -> list[bytes]:
        return [_subtree(leaves, node) for node in nodes]

    return read


def _subtree(leaves: Sequence[bytes], node: Node) -> bytes:
    hashes = list(leaves[node.position << node.level : (node.position + 1) << node.level])
    if len(hashes) != 1 << node.level:
        raise ProofError(f"the log has no subtree {node}")
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]
