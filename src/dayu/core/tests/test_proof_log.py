"""The proof log: every committed entry gets one place, every place is signed, and every tampering is named."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from dayu.core.actors import SYSTEM, Actor
from dayu.core.audit import AuditEntry, commitment_of, entry_content, write_entry
from dayu.core.clock import LEGAL_ZONE
from dayu.core.files import store_bytes
from dayu.core.integrity import check_integrity
from dayu.core.jobs import _periodic
from dayu.core.proof_log import (
    advance_proof_log,
    export_entries,
    proof_lines,
    proof_of,
    publish_checkpoint,
    sequence_entries,
    signing_key,
)
from dayu.core.proof_models import Checkpoint, ProofEntry
from dayu.core.records import AppendOnlyError
from dayu.proof import verifier

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
OFFICER = Actor(account_id=7, name="周某", organ_id=1, territory="990121")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.DAYU_CHECKPOINTS = tmp_path / "var" / "checkpoints"
    settings.DAYU_TILES = tmp_path / "var" / "tiles"
    return tmp_path / "var"


def record(number: int, *, at: datetime = NOON, subject: str = "test.case:1") -> AuditEntry:
    return write_entry(
        "test.act",
        subject=subject,
        related="",
        actor=OFFICER,
        happened_at=at,
        entered_at=at,
        detail={"number": number, "amount": "20000.00", "note": "白鹿河"},
        parent=None,
    )


def recorded(count: int = 10) -> list[AuditEntry]:
    entries = [record(n) for n in range(count)]
    advance_proof_log(now=NOON + timedelta(minutes=1))
    return entries


def sql(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def kinds() -> list[tuple[str, int | None]]:
    return sorted((f.kind, f.index) for f in check_integrity().findings)


def test_entries_get_indexes_without_gaps_in_the_order_of_their_commit():
    entries = recorded(5)
    assert list(ProofEntry.objects.order_by("index").values_list("index", "entry_id")) == [
        (n, e.pk) for n, e in enumerate(entries)
    ]
    assert sequence_entries() == 0


def test_the_commitment_of_an_entry_is_the_one_the_stand_alone_verifier_opens():
    entry = record(1)
    entry.refresh_from_db()
    from dayu.core.audit import canonical

    sealed = verifier.commitment(canonical(entry_content(entry)), salt=bytes.fromhex(entry.salt))
    assert sealed.hex() == entry.commitment == commitment_of(entry.salt, entry_content(entry))


def test_a_moment_written_in_another_zone_is_the_same_moment():
    entry = record(1, at=NOON.astimezone(LEGAL_ZONE))
    entry.refresh_from_db()
    assert commitment_of(entry.salt, entry_content(entry)) == entry.commitment


def test_a_checkpoint_is_signed_and_kept_outside_the_database(folders):
    recorded(3)
    note = (folders / "checkpoints" / "latest.txt").read_text("utf-8")
    signed, holds = verifier.open_checkpoint(note, key=signing_key().verifier)
    assert holds is True and signed.size == 3
    assert (folders / "checkpoints" / "2026-11-20.txt").read_text("utf-8") == note
    assert Checkpoint.objects.get().root == signed.root.hex()
    assert (folders / "proof-log.key").stat().st_mode & 0o777 == 0o600


def test_the_file_of_a_past_day_is_not_touched_again(folders):
    recorded(3)
    yesterday = (folders / "checkpoints" / "2026-11-20.txt").read_text("utf-8")
    record(4, at=NOON + timedelta(days=1))
    advance_proof_log(now=NOON + timedelta(days=1))
    assert (folders / "checkpoints" / "2026-11-20.txt").read_text("utf-8") == yesterday
    assert (folders / "checkpoints" / "2026-11-21.txt").exists()


def test_nothing_new_makes_no_checkpoint():
    recorded(2)
    assert publish_checkpoint(now=NOON) is None
    assert Checkpoint.objects.count() == 1


def test_an_entry_that_commits_late_with_a_lower_number_is_not_forgotten():
    entries = recorded(3)
    late = record(9)
    AuditEntry.objects.filter(pk=late.pk).update(id=entries[0].pk - 1)
    assert sequence_entries() == 1
    assert ProofEntry.objects.get(entry_id=entries[0].pk - 1).index == 3


def test_two_sequencers_never_give_one_index_twice():
    recorded(2)
    one, two = record(3), record(4)
    ProofEntry.objects.create(index=2, entry=one, leaf=one.commitment)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProofEntry.objects.bulk_create([ProofEntry(index=2, entry=two, leaf=two.commitment)])


def test_tiles_written_before_a_crash_are_written_again_alike():
    for n in range(5):
        record(n)
    sequence_entries()
    with pytest.raises(RuntimeError), transaction.atomic():
        publish_checkpoint(now=NOON)
        raise RuntimeError("power cut before the commit")
    assert publish_checkpoint(now=NOON).size == 5
    assert check_integrity().holds


def test_lost_tiles_are_rebuilt_only_if_they_give_the_signed_root(settings, folders):
    import shutil

    recorded(5)
    shutil.rmtree(folders / "tiles")
    record(6)
    advance_proof_log(now=NOON + timedelta(minutes=5))
    assert check_integrity().holds
    shutil.rmtree(folders / "tiles")
    sql('UPDATE core_proofentry SET leaf = %s WHERE "index" = 0', "00" * 32)
    record(7)
    with pytest.raises(verifier.ProofError):
        advance_proof_log(now=NOON + timedelta(minutes=6))


def test_an_untouched_database_holds():
    recorded(600)
    report = check_integrity()
    assert report.holds and report.entries == 600 and report.checkpoints == 2 and report.pending == 0


def test_a_deleted_row_is_named():
    entries = recorded()
    sql("DELETE FROM core_proofentry WHERE entry_id = %s", entries[4].pk)
    sql("DELETE FROM core_auditentry WHERE id = %s", entries[4].pk)
    assert kinds() == [("removed", 4)]


def test_altered_content_is_named():
    entries = recorded()
    AuditEntry.objects.filter(pk=entries[3].pk).update(detail={"number": 3, "amount": "30000.00", "note": "白鹿河"})
    assert kinds() == [("altered", 3)]


def test_altered_content_with_a_commitment_made_to_fit_is_named():
    entries = recorded()
    entry = entries[3]
    entry.actor_name = "另一人"
    forged = commitment_of(entry.salt, entry_content(entry))
    AuditEntry.objects.filter(pk=entry.pk).update(actor_name="另一人", commitment=forged)
    sql('UPDATE core_proofentry SET leaf = %s WHERE "index" = 3', forged)
    assert kinds() == [("altered", 3)]


def test_two_swapped_rows_are_named_as_moved():
    entries = recorded()
    fields = [f.attname for f in AuditEntry._meta.concrete_fields if f.attname != "id"]
    one, two = (AuditEntry.objects.filter(pk=e.pk).values(*fields).get() for e in (entries[2], entries[7]))
    AuditEntry.objects.filter(pk=entries[2].pk).update(**two)
    AuditEntry.objects.filter(pk=entries[7].pk).update(**one)
    assert kinds() == [("moved", 2), ("moved", 7)]


def test_an_entry_with_a_past_time_slipped_in_later_is_named():
    recorded()
    forged = record(99, at=NOON - timedelta(days=3))
    report = check_integrity()
    assert [(f.kind, f.entry) for f in report.findings] == [("inserted", forged.pk)]
    advance_proof_log(now=NOON + timedelta(minutes=9))
    assert [(f.kind, f.entry) for f in check_integrity().findings] == [("backdated", forged.pk)]


def test_new_entries_only_wait_for_their_checkpoint():
    recorded()
    record(11, at=NOON + timedelta(minutes=2))
    report = check_integrity()
    assert report.holds and report.pending == 1


def test_erased_content_stays_provable_and_is_told():
    entries = recorded()
    AuditEntry.objects.filter(pk=entries[5].pk).update(salt="", detail={}, actor_name="已删除")
    report = check_integrity()
    assert report.holds and kinds() == [("erased", 5)]
    entry = AuditEntry.objects.get(pk=entries[5].pk)
    proof = proof_of(entry).export()
    assert "content" not in proof
    assert verifier.check_inclusion(proof, key=signing_key().verifier)


def test_changed_tiles_do_not_give_the_signed_root(folders):
    recorded(300)
    tile = folders / "tiles" / "tile" / "0" / "000"
    raw = bytearray(tile.read_bytes())
    raw[0] ^= 1
    tile.write_bytes(raw)
    assert {kind for kind, _index in kinds()} == {"altered", "checkpoint"}


def test_a_history_rewritten_and_signed_anew_fails_against_yesterdays_checkpoint(folders, settings, tmp_path):
    entries = recorded()
    copy = tmp_path / "elsewhere.txt"
    copy.write_bytes((folders / "checkpoints" / "latest.txt").read_bytes())
    entry = entries[0]
    entry.actor_name = "另一人"
    forged = commitment_of(entry.salt, entry_content(entry))
    AuditEntry.objects.filter(pk=entry.pk).update(actor_name="另一人", commitment=forged)
    sql('UPDATE core_proofentry SET leaf = %s WHERE "index" = 0', forged)
    sql("DELETE FROM core_checkpoint")
    settings.DAYU_TILES = folders / "tiles-rewritten"
    for old in (folders / "checkpoints").glob("*.txt"):
        old.unlink()
    publish_checkpoint(now=NOON)
    assert check_integrity().holds
    report = check_integrity(more_checkpoints=[copy])
    assert [f.kind for f in report.findings] == ["checkpoint"]


def test_removed_checkpoint_files_are_noticed(folders):
    recorded()
    for path in (folders / "checkpoints").glob("*.txt"):
        path.unlink()
    assert kinds() == [("checkpoint", None)]


def test_a_byte_altered_on_disk_is_noticed(folders, settings):
    from django.core.files.storage import default_storage

    stored = store_bytes(b"a photograph")
    recorded(1)
    assert check_integrity(with_files=True).holds
    Path(default_storage.path(stored.path)).write_bytes(b"a photOgraph")
    assert [f.kind for f in check_integrity(with_files=True).findings] == ["file"]
    default_storage.delete(stored.path)


def test_one_entry_is_proved_to_a_stranger():
    entries = recorded(20)
    proof = proof_of(AuditEntry.objects.get(pk=entries[13].pk))
    assert proof.index == 13
    words = verifier.check_inclusion(proof.export(), key=signing_key().verifier)
    assert words[-1] == "signature holds"
    forged = {**proof.export(), "content": {"action": "other"}}
    with pytest.raises(verifier.ProofError):
        verifier.check_inclusion(forged, key=None)


def test_an_entry_without_a_checkpoint_has_no_proof_yet():
    recorded(2)
    assert proof_of(record(3)) is None


def test_the_exported_log_passes_the_verifier_that_needs_no_server(folders, tmp_path):
    recorded(300)
    leaves = tmp_path / "leaves.jsonl"
    leaves.write_text("".join(json.dumps(r) + "\n" for r in export_entries()), "utf-8")
    checkpoint = str(folders / "checkpoints" / "latest.txt")
    vkey = (folders / "checkpoints" / "key.txt").read_text("utf-8").strip()
    command = [sys.executable, "-I", verifier.__file__, "log", str(leaves), "--checkpoint", checkpoint]
    command += ["--tiles", str(folders / "tiles"), "--vkey", vkey]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lines_shown_for_a_subject_say_when_each_entry_was_signed(django_assert_num_queries):
    recorded(3)
    other = record(4, subject="test.case:2")
    fresh = record(5)
    with django_assert_num_queries(1):
        lines = proof_lines("test.case:1")
    assert [(line.entry.pk, line.index) for line in lines][:2] == [(fresh.pk, None), (lines[1].entry.pk, 2)]
    assert lines[0].signed_at is None and lines[1].signed_at == NOON + timedelta(minutes=1)
    assert other.pk not in {line.entry.pk for line in lines}


def test_rows_of_the_log_are_never_written_twice():
    recorded(1)
    row = ProofEntry.objects.get()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()


def test_the_command_tells_and_fails_when_something_was_removed():
    entries = recorded()
    out = StringIO()
    call_command("check_integrity", "--json", stdout=out)
    assert json.loads(out.getvalue())["holds"] is True
    sql("DELETE FROM core_proofentry WHERE entry_id = %s", entries[4].pk)
    sql("DELETE FROM core_auditentry WHERE id = %s", entries[4].pk)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_integrity", stdout=out)
    assert "removed\t#4" in out.getvalue()


def test_the_job_runs_every_minute():
    assert _periodic["dayu.core.proof_log.advance_proof_log"].interval == timedelta(minutes=1)
    assert SYSTEM.is_system
