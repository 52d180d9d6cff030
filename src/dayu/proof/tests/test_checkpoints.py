"""Signed notes and checkpoints: the known key pair of the note format, and what a changed note says."""

from __future__ import annotations

import pytest

from dayu.proof.signing import SigningKey, add_signature, parse_signing_key, sign_checkpoint, sign_note
from dayu.proof.verifier import (
    EMPTY_ROOT,
    Checkpoint,
    ProofError,
    open_checkpoint,
    parse_checkpoint,
    parse_key,
    signature_holds,
    split_note,
)

# The example key and note of the Go package golang.org/x/mod/sumdb/note, which defined the format.
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = SigningKey("zechuan.example/log", bytes(range(32)))
CHECKPOINT = Checkpoint("zechuan.example/log", 0, EMPTY_ROOT)


def test_the_example_of_the_note_format_verifies_and_is_signed_alike() -> None:
    assert signature_holds(NOTE, key=parse_key(PUBLIC)) is True
    key = parse_signing_key(SECRET)
    assert key.verifier.text() == PUBLIC
    assert key.text() == SECRET
    assert sign_note(split_note(NOTE)[0], key=key) == NOTE


def test_a_checkpoint_reads_back() -> None:
    note = sign_checkpoint(CHECKPOINT, key=KEY)
    assert open_checkpoint(note, key=KEY.verifier) == (CHECKPOINT, True)
    assert note.startswith(
        "zechuan.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— zechuan.example/log "
    )


def test_a_changed_size_breaks_the_signature() -> None:
    note = sign_checkpoint(CHECKPOINT, key=KEY).replace("\n0\n", "\n1\n", 1)
    assert open_checkpoint(note, key=KEY.verifier)[1] is False


def test_a_key_that_did_not_sign_is_told_apart() -> None:
    note = sign_checkpoint(CHECKPOINT, key=KEY)
    other = SigningKey("zechuan.example/log", bytes(32))
    assert signature_holds(note, key=other.verifier) is False


def test_a_witness_adds_a_line_and_both_hold() -> None:
    witness = SigningKey("archive.example/witness", bytes(32))
    note = add_signature(sign_checkpoint(CHECKPOINT, key=KEY), key=witness)
    assert signature_holds(note, key=KEY.verifier) and signature_holds(note, key=witness.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n1\n",
        "o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n1\nAAAA\n",
        "o\n1\n!\n",
        "o\n\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    ],
)
def test_malformed_checkpoints_are_refused(text: str) -> None:
    with pytest.raises(ProofError):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    "note", ["text\n", "text\n\n", "text\n\nno dash\n", "text\n\n— name AAAA\n", "text\n\n— n !\n"]
)
def test_malformed_notes_are_refused(note: str) -> None:
    with pytest.raises(ProofError):
        split_note(note)


@pytest.mark.parametrize("text", ["", "a+b", "name+00000000+AQ==", PUBLIC.replace("c74f20a3", "c74f20a4")])
def test_malformed_keys_are_refused(text: str) -> None:
    with pytest.raises(ProofError):
        parse_key(text)


def test_a_secret_key_is_not_printed() -> None:
    assert "seed" not in repr(KEY)


def test_names_with_spaces_and_texts_without_an_end_are_refused() -> None:
    with pytest.raises(ProofError):
        SigningKey("two words", bytes(32))
    with pytest.raises(ProofError):
        sign_note("no newline", key=KEY)
