"""The stand-alone verifier, run as a stranger runs it: the one file, copied elsewhere, in a Python of its own."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayu.proof import verifier
from dayu.proof.merkle import consistency_proof, inclusion_proof
from dayu.proof.signing import SigningKey, sign_checkpoint
from dayu.proof.tiles import FolderTiles, TileLog
from dayu.proof.verifier import (
    Checkpoint,
    Difference,
    ProofError,
    canonical_json,
    commitment,
    compare_leaves,
    leaf_hash,
    opens,
)

KEY = SigningKey("zechuan.example/log", bytes(range(32)))
CONTENTS = [{"act": "file_case", "number": n} for n in range(10)]


def salt(number: int) -> bytes:
    """A different salt for each record."""
    return bytes([number]) * 16


def b64(raw: bytes) -> str:
    """Base64 text."""
    return base64.b64encode(raw).decode()


def record(number: int) -> dict[str, Any]:
    """An exported record with its opening."""
    sealed = commitment(canonical_json(CONTENTS[number]), salt=salt(number))
    return {"index": number, "entry": b64(sealed), "salt": b64(salt(number)), "content": CONTENTS[number]}


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A folder with the verifier file, tiles, the checkpoint of ten records and the records."""
    shutil.copy(verifier.__file__, tmp_path / "verifier.py")
    log = TileLog(FolderTiles(tmp_path / "log"), size=0)
    root = log.append([base64.b64decode(record(n)["entry"]) for n in range(10)])
    (tmp_path / "checkpoint").write_text(sign_checkpoint(Checkpoint(KEY.name, 10, root), key=KEY), "utf-8")
    write_records(tmp_path, [record(n) for n in range(10)])
    return tmp_path


def write_records(folder: Path, records: list[dict[str, Any]]) -> None:
    """Records as JSON lines."""
    (folder / "leaves.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")


def run(folder: Path, *arguments: str, isolated: bool = False) -> tuple[int, str]:
    """Run the copied file; isolated without the packages of this environment, `cryptography` included."""
    flags = ["-I", "-S"] if isolated else ["-I"]
    done = subprocess.run(
        [sys.executable, *flags, "verifier.py", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def check(folder: Path, *, tiles: bool = True) -> tuple[int, str]:
    """Check the whole log."""
    more = ["--tiles", "log"] if tiles else []
    return run(folder, "log", "leaves.jsonl", "--checkpoint", "checkpoint", "--vkey", KEY.verifier.text(), *more)


def test_an_untouched_log_passes(exported: Path) -> None:
    code, words = check(exported)
    assert code == 0, words
    assert "signature holds" in words


def test_without_any_package_hashes_are_checked_and_the_signature_is_said_not_to_be(exported: Path) -> None:
    arguments = ("log", "leaves.jsonl", "--checkpoint", "checkpoint", "--vkey", KEY.verifier.text())
    code, words = run(exported, *arguments, isolated=True)
    assert code == 0, words
    assert "signature not checked" in words


def test_altered_content_is_named(exported: Path) -> None:
    records = [record(n) for n in range(10)]
    records[4]["content"] = {"act": "file_case", "number": 5}
    write_records(exported, records)
    code, words = check(exported)
    assert (code, "record 4 altered" in words) == (1, True)


def test_a_removed_record_is_named_also_with_the_root_alone(exported: Path) -> None:
    write_records(exported, [record(n) for n in range(10) if n != 6])
    for tiles in (True, False):
        code, words = check(exported, tiles=tiles)
        assert code == 1
        assert "record 6 removed" in words


def test_two_swapped_records_are_named(exported: Path) -> None:
    records = [record(n) for n in range(10)]
    records[2]["index"], records[3]["index"] = 3, 2
    write_records(exported, records)
    code, words = check(exported)
    assert code == 1
    assert "record 2 moved stood at 3" in words
    assert "record 3 moved stood at 2" in words


def test_a_record_added_with_a_past_time_is_named(exported: Path) -> None:
    added = {**record(3), "index": None, "name": "audit entry 77"}
    write_records(exported, [*(record(n) for n in range(10)), added])
    code, words = check(exported)
    assert code == 1
    assert "inserted audit entry 77" in words


def test_a_change_is_found_with_the_root_alone(exported: Path) -> None:
    records = [record(n) for n in range(10)]
    for field in ("salt", "content"):
        del records[4][field]
    records[4]["entry"] = b64(b"forged")
    write_records(exported, records)
    code, words = check(exported, tiles=False)
    assert (code, "altered somewhere" in words) == (1, True)


def test_tiles_changed_together_with_the_records_do_not_give_the_signed_root(exported: Path) -> None:
    tile = exported / "log/tile/0/000.p/10"
    raw = bytearray(tile.read_bytes())
    raw[:32] = leaf_hash(b"forged")
    tile.write_bytes(raw)
    code, words = check(exported)
    assert (code, "tiles do not give the signed root" in words) == (1, True)


def test_a_checkpoint_of_another_key_is_refused(exported: Path) -> None:
    other = SigningKey(KEY.name, bytes(32)).verifier.text()
    code, words = run(exported, "log", "leaves.jsonl", "--checkpoint", "checkpoint", "--vkey", other)
    assert (code, "not signed by this key" in words) == (1, True)


def test_one_record_is_proved_without_the_others(exported: Path) -> None:
    log = TileLog(FolderTiles(exported / "log"), size=10)
    path = [b64(step) for step in inclusion_proof(7, 10, read=log.hashes)]
    proof = {**record(7), "path": path, "checkpoint": (exported / "checkpoint").read_text("utf-8")}
    (exported / "proof.json").write_text(json.dumps(proof), "utf-8")
    code, words = run(exported, "inclusion", "proof.json", "--vkey", KEY.verifier.text())
    assert code == 0, words
    proof["content"] = {"act": "other"}
    (exported / "proof.json").write_text(json.dumps(proof), "utf-8")
    assert run(exported, "inclusion", "proof.json")[0] == 1


def test_a_record_whose_content_was_erased_is_still_proved(exported: Path) -> None:
    log = TileLog(FolderTiles(exported / "log"), size=10)
    path = [b64(step) for step in inclusion_proof(7, 10, read=log.hashes)]
    note = (exported / "checkpoint").read_text("utf-8")
    proof = {"index": 7, "entry": record(7)["entry"], "path": path, "checkpoint": note}
    (exported / "proof.json").write_text(json.dumps(proof), "utf-8")
    assert run(exported, "inclusion", "proof.json")[0] == 0


def test_yesterday_is_an_unchanged_beginning_of_today(exported: Path) -> None:
    log = TileLog(FolderTiles(exported / "log"), size=10)
    old = (exported / "checkpoint").read_text("utf-8")
    root = log.append([b"eleventh", b"twelfth"])
    new = sign_checkpoint(Checkpoint(KEY.name, 12, root), key=KEY)
    path = [b64(step) for step in consistency_proof(10, 12, read=log.hashes)]
    proof = {"old": old, "new": new, "path": path}
    (exported / "proof.json").write_text(json.dumps(proof), "utf-8")
    code, words = run(exported, "consistency", "proof.json", "--vkey", KEY.verifier.text())
    assert code == 0, words
    (exported / "proof.json").write_text(json.dumps({**proof, "path": path[:-1]}), "utf-8")
    assert run(exported, "consistency", "proof.json")[0] == 1


@given(st.binary(max_size=80), st.binary(max_size=80), st.binary(min_size=16, max_size=16))
def test_a_commitment_opens_only_with_its_own_content(content: bytes, other: bytes, secret: bytes) -> None:
    sealed = commitment(content, salt=secret)
    assert opens(sealed, content, salt=secret)
    assert opens(sealed, other, salt=secret) == (other == content)
    assert not opens(sealed, content, salt=bytes(b ^ 1 for b in secret))


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ProofError):
        commitment(b"", salt=b"short")


def test_canonical_json_has_one_spelling_and_refuses_floats() -> None:
    assert canonical_json({"b": 1, "a": ["水", None]}) == '{"a":["水",null],"b":1}'.encode()
    with pytest.raises(ProofError):
        canonical_json({"amount": 1.5})
    with pytest.raises(ProofError):
        canonical_json({1: "a"})


@given(st.lists(st.binary(min_size=1, max_size=4), min_size=2, max_size=30, unique=True), st.data())
def test_every_single_change_of_a_log_is_named(entries: list[bytes], data: st.DataObject) -> None:
    recorded = [leaf_hash(e) for e in entries]
    present = dict(enumerate(recorded))
    place = data.draw(st.integers(0, len(entries) - 1))
    kind = data.draw(st.sampled_from(["altered", "removed"]))
    if kind == "altered":
        present[place] = leaf_hash(b"changed" + entries[place])
    else:
        del present[place]
    assert compare_leaves(recorded, present) == [Difference(kind, place)]
