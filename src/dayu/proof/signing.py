"""Signing checkpoints: Ed25519 keys and C2SP signed notes. Keys are made and kept by the caller."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dayu.proof.verifier import ED25519, Checkpoint, ProofError, VerifierKey


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with the name it signs under. `seed` is 32 secret bytes and never printed."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise ProofError("an Ed25519 seed has 32 bytes")
        if not self.name or any(c.isspace() or c == "+" for c in self.name):
            raise ProofError("the name of a key has no spaces and no plus sign")

    @property
    def verifier(self) -> VerifierKey:
        """The public half, to publish."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return VerifierKey(self.name, public.public_bytes(Encoding.Raw, PublicFormat.Raw))

    def text(self) -> str:
        """The key as one secret line: `PRIVATE+KEY+name+hash+base64`."""
        encoded = base64.b64encode(bytes([ED25519]) + self.seed).decode("ascii")
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{encoded}"


def parse_signing_key(text: str) -> SigningKey:
    """Read a secret key line."""
    parts = text.strip().split("+", 4)
    if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"]:
        raise ProofError("a signing key reads PRIVATE+KEY+name+hash+base64")
    raw = base64.b64decode(parts[4], validate=True)
    if len(raw) != 33 or raw[0] != ED25519:
        raise ProofError("only Ed25519 keys are known")
    key = SigningKey(parts[2], raw[1:])
    if key.verifier.key_id.hex() != parts[3]:
        raise ProofError("the signing key does not match its own hash")
    return key


def sign_note(text: str, *, key: SigningKey) -> str:
    """The text with one signature line of `key`."""
    if not text.endswith("\n") or "\n\n" in text:
        raise ProofError("the text of a note ends with a newline and has no empty line")
    value = Ed25519PrivateKey.from_private_bytes(key.seed).sign(text.encode("utf-8"))
    encoded = base64.b64encode(key.verifier.key_id + value).decode("ascii")
    return f"{text}\n\u2014 {key.name} {encoded}\n"


def add_signature(note: str, *, key: SigningKey) -> str:
    """A signed note with a further signature, of a witness for example."""
    text, _, signatures = note.rpartition("\n\n")
    fresh = sign_note(text + "\n", key=key).rpartition("\n\n")[2]
    return f"{text}\n\n{signatures}{fresh}"


def sign_checkpoint(checkpoint: Checkpoint, *, key: SigningKey) -> str:
    """A signed checkpoint note."""
    return sign_note(checkpoint.text(), key=key)
