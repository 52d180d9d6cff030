"""The verifying half of the proof log, in one file: copy it anywhere, it needs Python 3.11 and nothing else.

It answers, without the server and without trusting its owner:
- does this record stand in the log that this checkpoint signs (inclusion),
- is yesterday's log an unchanged beginning of today's (consistency),
- do these records, in this order, give the signed root (whole log), and which record was changed, removed,
  inserted or moved.

Hashing follows RFC 6962 section 2.1, tiles and checkpoints follow C2SP tlog-tiles, tlog-checkpoint and signed-note.
Signatures are checked where the package `cryptography` is installed; without it the answer says "not checked".

    python verifier.py inclusion proof.json [--vkey KEY]
    python verifier.py consistency proof.json [--vkey KEY]
    python verifier.py log leaves.jsonl --checkpoint FILE [--tiles FOLDER] [--vkey KEY]
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import hmac
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HASH_SIZE = 32
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
EMPTY_ROOT = hashlib.sha256(b"").digest()
ED25519 = 1  # signature type of C2SP signed-note
SALT_SIZE = 16


class ProofError(ValueError):
    """A proof, checkpoint or tile is malformed or does not hold. The message says what and where."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of a leaf: SHA-256(0x00 || entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def canonical_json(value: Any) -> bytes:
    """The one spelling of a JSON value that is hashed: keys sorted, no spaces, UTF-8, no NaN, no floats.

    Floats are refused because two programs may print the same number differently; write amounts as strings.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise ProofError("a float has no canonical spelling; use a string or an integer")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ProofError(f"JSON keys are strings, not {type(key).__name__}")
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)


def commitment(content: bytes, *, salt: bytes) -> bytes:
    """A 32-byte commitment to `content`, SHA-256(salt || content): opens only with both content and salt.

    When content and salt are erased, nobody can find the content by trying likely values, and the leaf that holds the
    commitment stays provable.
    """
    if len(salt) != SALT_SIZE:
        raise ProofError(f"a salt has {SALT_SIZE} bytes, not {len(salt)}")
    return hashlib.sha256(salt + content).digest()


def opens(sealed: bytes, content: bytes, *, salt: bytes) -> bool:
    """Whether `content` with `salt` is what was committed to."""
    return hmac.compare_digest(sealed, commitment(content, salt=salt))


def root_from_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes:
    """The root that follows from a leaf hash, its index and its audit path (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is not in a tree of {size}")
    node, last, result = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise ProofError("the inclusion proof is too long")
        if node & 1 or node == last:
            result = node_hash(step, result)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = node_hash(result, step)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofError("the inclusion proof is too short")
    return result


def verify_inclusion(*, index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> None:
    """Raise ProofError unless `leaf` stands at `index` in the tree of `size` leaves with this `root`."""
    if root_from_inclusion(index, size, leaf, path) != root:
        raise ProofError(f"leaf {index} does not lead to the root of the tree of {size}")


def verify_consistency(
    *, old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Raise ProofError unless the old tree is an unchanged beginning of the new one (RFC 9162 section 2.1.4.2)."""
    if not 0 <= old_size <= new_size:
        raise ProofError(f"a tree of {new_size} cannot extend one of {old_size}")
    if old_size in (0, new_size):
        expected = EMPTY_ROOT if old_size == 0 else new_root
        if path:
            raise ProofError("the consistency proof must be empty")
        if old_root != expected:
            raise ProofError("equal sizes, different roots" if old_size else "the empty tree has another root")
        return
    steps = list(path)
    if old_size & (old_size - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        raise ProofError("the consistency proof is empty")
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise ProofError("the consistency proof is too long")
        if node & 1 or node == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, step)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofError("the consistency proof is too short")
    if old != old_root:
        raise ProofError(f"the proof does not lead to the old root of {old_size}")
    if new != new_root:
        raise ProofError(f"the proof does not lead to the new root of {new_size}")


class CompactRange:
    """A tree reduced to the roots of its perfect subtrees: at most log2(n) hashes, appending is O(log n)."""

    def __init__(self, *, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise ProofError(f"a tree of {size} has {size.bit_count()} perfect subtrees, not {len(peaks)}")
        self.size = size
        self._peaks = list(peaks)

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Roots of the perfect subtrees, largest first."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        carry, size = leaf, self.size
        while size & 1:
            carry, size = node_hash(self._peaks.pop(), carry), size >> 1
        self._peaks.append(carry)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes in order."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The RFC 6962 root of the leaves added so far."""
        if not self._peaks:
            return EMPTY_ROOT
        result = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            result = node_hash(peak, result)
        return result


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The RFC 6962 root over leaf hashes."""
    tree = CompactRange()
    tree.extend(leaves)
    return tree.root()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: who, how many leaves, which root (C2SP tlog-checkpoint)."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text that is signed; it ends with a newline."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode("ascii"), *self.extensions]
        if not self.origin or any("\n" in line or not line for line in lines):
            raise ProofError("a checkpoint has no empty lines")
        return "\n".join(lines) + "\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint (the part of the note above the empty line)."""
    if not text.endswith("\n"):
        raise ProofError("a checkpoint ends with a newline")
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise ProofError("a checkpoint has at least three lines and no empty one")
    size = lines[1]
    if not size.isascii() or not size.isdigit() or (size != "0" and size.startswith("0")):
        raise ProofError(f"{size!r} is not a tree size")
    root = _decode(lines[2], what="root hash")
    if len(root) != HASH_SIZE:
        raise ProofError("the root hash has the wrong length")
    return Checkpoint(lines[0], int(size), root, tuple(lines[3:]))


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note: the name of the key, its 4-byte id, and the signature itself."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public Ed25519 key as C2SP signed-note writes it: `name+hash+base64`."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA-256(name || newline || type || key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([ED25519]) + self.public).digest()[:4]

    def text(self) -> str:
        """The key as one line, to publish and to hand to others."""
        encoded = base64.b64encode(bytes([ED25519]) + self.public).decode("ascii")
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


def parse_key(text: str) -> VerifierKey:
    """Read a public key written as `name+hash+base64`."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not parts[0]:
        raise ProofError("a key reads name+hash+base64")
    raw = _decode(parts[2], what="key")
    if len(raw) != 33 or raw[0] != ED25519:
        raise ProofError("only Ed25519 keys are known")
    key = VerifierKey(parts[0], raw[1:])
    if key.key_id.hex() != parts[1]:
        raise ProofError("the key does not match its own hash")
    return key


def split_note(note: str) -> tuple[str, tuple[Signature, ...]]:
    """A signed note as its text and its signatures. At least one signature must be there."""
    text, mark, tail = note.rpartition("\n\n")
    if not mark or not tail.endswith("\n"):
        raise ProofError("a signed note is a text, an empty line and signatures")
    found = []
    for line in tail[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if dash != "\u2014" or not name or not encoded:
            raise ProofError("a signature line is malformed")
        raw = _decode(encoded, what="signature")
        if len(raw) < 5:
            raise ProofError("a signature is too short")
        found.append(Signature(name, raw[:4], raw[4:]))
    return text + "\n", tuple(found)


def signature_holds(note: str, *, key: VerifierKey) -> bool | None:
    """Whether `key` signed the note; None where `cryptography` is missing and so nobody can say.

    A note without a line of this key is not signed by it: False, with or without `cryptography`.
    """
    text, signatures = split_note(note)
    ours = [s for s in signatures if s.name == key.name and s.key_id == key.key_id]
    if not ours:
        return False
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None
    public = Ed25519PublicKey.from_public_bytes(key.public)
    try:
        for signature in ours:
            public.verify(signature.value, text.encode("utf-8"))
    except InvalidSignature:
        return False
    return True


def open_checkpoint(note: str, *, key: VerifierKey | None = None) -> tuple[Checkpoint, bool | None]:
    """A signed checkpoint and whether its signature holds (None: not checked)."""
    text, _ = split_note(note)
    return parse_checkpoint(text), (signature_holds(note, key=key) if key else None)


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """Where a tile lies below the log's folder: `tile/0/x001/x234/067`, a partial one with `.p/<width>`."""
    return f"tile/{level}/{_index_path(index)}{_partial(width)}"


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """Where an entry bundle lies below the log's folder."""
    return f"tile/entries/{_index_path(index)}{_partial(width)}"


def _index_path(index: int) -> str:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    return "/".join([*("x" + group for group in groups[:-1]), groups[-1]])


def _partial(width: int) -> str:
    if not 1 <= width <= TILE_WIDTH:
        raise ProofError(f"a tile has 1 to {TILE_WIDTH} hashes, not {width}")
    return "" if width == TILE_WIDTH else f".p/{width}"


def leaf_hashes_from_tiles(folder: Path, size: int) -> list[bytes]:
    """The leaf hashes of a log of `size` leaves, read from its level 0 tiles."""
    found: list[bytes] = []
    for index in range(-(-size // TILE_WIDTH)):
        width = min(TILE_WIDTH, size - index * TILE_WIDTH)
        found.extend(read_leaf_tile(folder, index, width))
    return found


def read_leaf_tile(folder: Path, index: int, width: int) -> list[bytes]:
    """The first `width` hashes of a level 0 tile, from the full tile or the smallest partial one that has them."""
    candidates = [folder / tile_path(0, index)]
    partial = folder / (tile_path(0, index) + ".p")
    if partial.is_dir():
        names = sorted(int(p.name) for p in partial.iterdir() if p.name.isdigit() and int(p.name) >= width)
        candidates += [partial / str(name) for name in names]
    for path in candidates:
        if path.is_file():
            raw = path.read_bytes()
            if len(raw) % HASH_SIZE or len(raw) < width * HASH_SIZE:
                raise ProofError(f"tile {path} has a wrong length")
            return [raw[i * HASH_SIZE : (i + 1) * HASH_SIZE] for i in range(width)]
    raise ProofError(f"tile {tile_path(0, index, width)} is missing")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the records given and the log disagree. `kind`: altered | removed | inserted | moved."""

    kind: str
    index: int
    note: str = ""


def compare_leaves(recorded: Sequence[bytes], present: Mapping[int, bytes]) -> list[Difference]:
    """Name what differs between the leaf hashes the log recorded and those the records give now (by index)."""
    places: dict[bytes, list[int]] = {}
    for place, known in enumerate(recorded):
        places.setdefault(known, []).append(place)
    found = []
    for place, known in enumerate(recorded):
        now = present.get(place)
        if now is None:
            found.append(Difference("removed", place))
        elif now != known:
            elsewhere = [p for p in places.get(now, []) if p != place]
            if elsewhere:
                found.append(Difference("moved", place, f"stood at {elsewhere[0]}"))
            else:
                found.append(Difference("altered", place))
    found.extend(Difference("inserted", place) for place in sorted(present) if not 0 <= place < len(recorded))
    return found


def _decode(text: str, *, what: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ProofError(f"the {what} is not base64") from error


# ---------------------------------------------------------------- command line


def _hash_field(data: Mapping[str, Any], name: str) -> bytes:
    value = _decode(str(data.get(name, "")), what=name)
    if len(value) != HASH_SIZE:
        raise ProofError(f"{name} is not a SHA-256 hash")
    return value


def _path_field(data: Mapping[str, Any]) -> list[bytes]:
    return [_decode(step, what="proof step") for step in data.get("path", [])]


def _leaf_of(data: Mapping[str, Any]) -> bytes:
    """The leaf hash of a record: from its entry, after opening the commitment where content and salt are given."""
    entry = _decode(str(data["entry"]), what="entry")
    if data.get("salt"):
        salt = _decode(str(data["salt"]), what="salt")
        content = data["content"]
        raw = content.encode("utf-8") if isinstance(content, str) else canonical_json(content)
        if not opens(entry, raw, salt=salt):
            raise ProofError("the content is not what was recorded")
    return leaf_hash(entry)


def check_inclusion(proof: Mapping[str, Any], *, key: VerifierKey | None) -> list[str]:
    """Check an exported inclusion proof; the findings in words. Raises ProofError where it does not hold."""
    checkpoint, signed = open_checkpoint(str(proof["checkpoint"]), key=key)
    index = int(proof["index"])
    verify_inclusion(
        index=index, size=checkpoint.size, leaf=_leaf_of(proof), path=_path_field(proof), root=checkpoint.root
    )
    return [f"record {index} stands in the log {checkpoint.origin} of {checkpoint.size} records", _signed(signed)]


def check_consistency(proof: Mapping[str, Any], *, key: VerifierKey | None) -> list[str]:
    """Check an exported consistency proof between two checkpoints."""
    old, old_signed = open_checkpoint(str(proof["old"]), key=key)
    new, new_signed = open_checkpoint(str(proof["new"]), key=key)
    if old.origin != new.origin:
        raise ProofError("the checkpoints are of two different logs")
    verify_consistency(
        old_size=old.size, new_size=new.size, old_root=old.root, new_root=new.root, path=_path_field(proof)
    )
    return [
        f"the first {old.size} records are unchanged in the log of {new.size}",
        _signed(None if None in (old_signed, new_signed) else bool(old_signed and new_signed)),
    ]


def check_log(
    lines: Iterable[str], *, note: str, tiles: Path | None, key: VerifierKey | None
) -> tuple[list[str], list[Difference]]:
    """Check exported records against a checkpoint: findings in words, and each record that differs.

    Records are JSON lines `{index, entry[, salt, content]}`. Later records than the checkpoint knows are not judged.
    With the tiles the changed record is named; with the root alone it is only known that one was.
    """
    checkpoint, signed = open_checkpoint(note, key=key)
    present, differences = _read_records(lines, size=checkpoint.size)
    if tiles is not None:
        recorded = leaf_hashes_from_tiles(tiles, checkpoint.size)
        if root_of(recorded) != checkpoint.root:
            raise ProofError("the tiles do not give the signed root: the tiles themselves were changed")
        named = {(d.kind, d.index) for d in differences}
        differences += [d for d in compare_leaves(recorded, present) if (d.kind, d.index) not in named]
    else:
        gaps = [i for i in range(checkpoint.size) if i not in present]
        differences += [Difference("removed", i) for i in gaps]
        if not gaps and root_of(present[i] for i in range(checkpoint.size)) != checkpoint.root:
            differences.append(Difference("altered", -1, "somewhere; the tiles would tell where"))
    words = [f"{len(present)} records against the log {checkpoint.origin} of {checkpoint.size}", _signed(signed)]
    return words, differences


def _read_records(lines: Iterable[str], *, size: int) -> tuple[dict[int, bytes], list[Difference]]:
    present: dict[int, bytes] = {}
    differences: list[Difference] = []
    for line in lines:
        if not line.strip():
            continue
        record = json.loads(line)
        if record.get("index") is None:
            differences.append(Difference("inserted", -1, str(record.get("name", "record without a place"))))
            continue
        index = int(record["index"])
        if index >= size:
            continue
        if index in present:
            differences.append(Difference("inserted", index, "a second record at this place"))
            continue
        try:
            present[index] = _leaf_of(record)
        except ProofError:
            present[index] = b""
            differences.append(Difference("altered", index, "the content is not what was recorded"))
    return present, differences


def _signed(holds: bool | None) -> str:
    if holds is None:
        return "signature not checked (no key given, or the package cryptography is missing)"
    if not holds:
        raise ProofError("the checkpoint is not signed by this key")
    return "signature holds"


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: exit 0 when everything holds, 1 when something does not, 2 on wrong use."""
    parser = argparse.ArgumentParser(description="Check records of a Dayu proof log without the server.")
    parser.add_argument("what", choices=["inclusion", "consistency", "log"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--checkpoint", type=Path, help="signed checkpoint (for log)")
    parser.add_argument("--tiles", type=Path, help="folder that holds tile/ (for log)")
    parser.add_argument("--vkey", help="public key of the log: name+hash+base64")
    options = parser.parse_args(arguments)
    try:
        key = parse_key(options.vkey) if options.vkey else None
        text = options.file.read_text("utf-8")
        differences: list[Difference] = []
        if options.what == "log":
            if options.checkpoint is None:
                parser.error("log needs --checkpoint")
            note = options.checkpoint.read_text("utf-8")
            words, differences = check_log(text.splitlines(), note=note, tiles=options.tiles, key=key)
        else:
            check = check_inclusion if options.what == "inclusion" else check_consistency
            words = check(json.loads(text), key=key)
    except (ProofError, OSError, KeyError, json.JSONDecodeError) as error:
        print(f"FAILED: {error}")
        return 1
    for word in words:
        print(word)
    for difference in differences:
        print(f"FAILED: record {difference.index} {difference.kind} {difference.note}".rstrip())
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
