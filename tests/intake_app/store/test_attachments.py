"""Bytes of attached files: kept encrypted with the draft, once, until nothing here has them any more."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from intake_app.attaching import attach
from intake_app.attachments import CHUNK_BYTES, MOST_BYTES, AttachedFile
from intake_app.documents import Document, Pulled
from intake_app.drafting import Draft
from intake_app.errors import AttachmentMissing, AttachmentRefused
from intake_app.store import attachments
from intake_app.store.opening import open_store
from intake_app.store.store import Store
from intake_app.times import IdMaker
from tests.fakes import DictionaryKeyring, HandClock

TakeDown = Callable[..., Draft]
LETTER = b"Dear Sir, the ward was cold. " * 30_000


def with_file(store: Store, draft: Draft, content: bytes = LETTER, name: str = "letter.txt") -> Draft:
    kept = store.attachments.take_in(draft.id, content)
    made = AttachedFile(id=name, name=name, media_type="text/plain", size=kept.size, sha256=kept.sha256)
    return store.drafts.keep(attach(draft, made))


def hash_of(draft: Draft) -> str:
    return draft.record.attachments[-1].sha256


def read(store: Store, sha256: str) -> bytes:
    return b"".join(store.attachments.chunks(sha256))


def test_a_file_is_kept_with_its_draft_and_read_again_after_a_kill(
    store: Store,
    folder: Path,
    take_down: TakeDown,
    clock: HandClock,
    ids: IdMaker,
    keyring: DictionaryKeyring,
) -> None:
    draft = with_file(store, take_down("words"))
    # Nothing was closed: another process opens what is on the disk.
    with open_store(folder, clock=clock, ids=ids, keyring=keyring) as again:
        recovered = again.drafts.load(draft.id)
        assert read(again, hash_of(recovered)) == LETTER
        assert again.attachments.totals() == (1, len(LETTER))
        assert again.check().whole


def test_no_byte_of_it_lies_open_on_the_disk(store: Store, folder: Path, take_down: TakeDown) -> None:
    with_file(store, take_down("words"))
    for path in folder.iterdir():
        assert b"the ward was cold" not in path.read_bytes(), path.name


def test_chunks_are_read_one_by_one_and_none_is_larger_than_256_kib(
    store: Store, take_down: TakeDown
) -> None:
    draft = with_file(store, take_down("words"))
    sizes = [len(one) for one in store.attachments.chunks(hash_of(draft))]
    assert sizes[:-1] == [CHUNK_BYTES] * (len(sizes) - 1)
    assert sum(sizes) == len(LETTER)


def test_the_same_bytes_are_stored_once_and_stay_for_whoever_still_has_them(
    store: Store, take_down: TakeDown
) -> None:
    one, two = with_file(store, take_down("one")), with_file(store, take_down("two"))
    assert store.attachments.totals() == (1, len(LETTER))
    store.drafts.discard(one.id)
    store.attachments.collect()
    assert read(store, hash_of(two)) == LETTER
    store.drafts.discard(two.id)
    store.attachments.collect()
    assert store.attachments.totals() == (0, 0)
    with pytest.raises(AttachmentMissing):
        read(store, hash_of(two))


def test_a_finished_record_keeps_its_files_and_its_envelope_names_them(
    store: Store, take_down: TakeDown
) -> None:
    draft = with_file(store, take_down("words"))
    record = store.records.save(draft)
    store.attachments.collect()
    assert read(store, record.attachments[0].sha256) == LETTER
    version = store.records.history(record.id)[-1]
    assert version.receipt is None
    state = store.attachments.states(record.id, [record.attachments[0].sha256])
    assert state[record.attachments[0].sha256] == attachments.FileState(here=True, sent=False)


def test_a_file_that_was_removed_in_an_edit_stays_for_the_version_before(
    store: Store, take_down: TakeDown
) -> None:
    record = store.records.save(with_file(store, take_down("words")))
    edit = store.records.draft_for_edit(record.id)
    bare = edit.model_copy(update={"record": edit.record.model_copy(update={"attachments": ()})})
    store.records.save(bare)
    store.attachments.collect()
    assert read(store, record.attachments[0].sha256) == LETTER


def test_a_removed_file_can_be_put_back_until_the_draft_is_finished(
    store: Store, take_down: TakeDown
) -> None:
    draft = with_file(store, take_down("words"))
    without = draft.model_copy(update={"record": draft.record.model_copy(update={"attachments": ()})})
    store.drafts.keep(without)
    store.attachments.collect()
    assert read(store, hash_of(draft)) == LETTER
    store.records.save(without)
    store.attachments.collect()
    assert store.attachments.totals() == (0, 0)


def test_erasing_a_record_takes_its_bytes_out_of_the_file(
    store: Store, folder: Path, take_down: TakeDown
) -> None:
    record = store.records.save(with_file(store, take_down("words")))
    store.erase(record.id, "asked for")
    assert store.attachments.totals() == (0, 0)
    assert store.check().whole


def test_an_erasure_that_comes_from_the_hub_takes_the_bytes_too(
    store: Store, take_down: TakeDown, clock: HandClock
) -> None:
    record = store.records.save(with_file(store, take_down("words")))
    marker = Document(
        organisation=store.organisation.id,
        kind="erasure",
        id="e",
        mutation="m",
        body=f'{{"erases": ["{record.id}"]}}',
    )
    store.sync.apply_page([Pulled(marker, 1, (), True, clock())], 1)
    assert store.attachments.totals() == (0, 0)


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "empty"), (bytes(MOST_BYTES + 1), "too_large")], ids=["empty", "too_large"]
)
def test_nothing_and_too_much_are_refused_and_leave_nothing_behind(
    store: Store, take_down: TakeDown, content: bytes, reason: str
) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        store.attachments.take_in(take_down("words").id, content)
    assert refused.value.details["reason"] == reason
    assert store.attachments.totals() == (0, 0)
    assert store.check().whole


def test_fifty_megabytes_are_taken_in_in_small_steps(store: Store, take_down: TakeDown) -> None:
    content = bytes(MOST_BYTES)
    steps = list(store.attachments.taking_in(take_down("words").id, io.BytesIO(content)))
    assert len(steps) >= MOST_BYTES // (4 * CHUNK_BYTES)
    done = [one for one, _total in steps]
    assert done == sorted(done)
    assert steps[-1] == (2 * MOST_BYTES, 2 * MOST_BYTES)
    assert store.attachments.totals() == (1, MOST_BYTES)


def test_taking_in_that_is_stopped_half_way_leaves_nothing_behind(store: Store, take_down: TakeDown) -> None:
    steps = store.attachments.taking_in(take_down("words").id, io.BytesIO(LETTER * 20))
    while next(steps)[0] == 0:
        pass
    steps.close()
    assert store.attachments.totals() == (0, 0)
    assert store.check().whole


class Changing(io.BytesIO):
    """A file that somebody else writes in between the two times it is read."""

    def seek(self, offset: int, whence: int = 0) -> int:
        self.getbuffer()[0] = 33
        return super().seek(offset, whence)


def test_a_file_that_changes_meanwhile_is_refused(store: Store, take_down: TakeDown) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        for _step in store.attachments.taking_in(take_down("words").id, Changing(LETTER)):
            pass
    assert refused.value.details["reason"] == "changed"
    assert store.attachments.totals() == (0, 0)


def test_bytes_of_a_draft_that_never_came_to_the_disk_go_a_day_later(
    store: Store, take_down: TakeDown, clock: HandClock
) -> None:
    store.attachments.take_in(take_down("never kept").id, LETTER)
    store.attachments.sweep()
    assert store.attachments.totals() == (1, len(LETTER))
    clock.forward(days=1.1)
    store.attachments.sweep()
    assert store.attachments.totals() == (0, 0)


def test_bytes_that_rot_are_found_and_named_by_their_hash_alone(store: Store, take_down: TakeDown) -> None:
    draft = with_file(store, take_down("words"))
    raw = store._database.raw()
    raw.execute("UPDATE attachment_chunk SET content = zeroblob(10) WHERE number = 1")
    raw.close()
    (found,) = store.check().findings
    assert found.code == "attachment_differs_from_hash"
    assert found.details["ids"] == (hash_of(draft),)


def test_bytes_that_are_gone_before_the_hub_has_them_are_found(store: Store, take_down: TakeDown) -> None:
    record = store.records.save(with_file(store, take_down("words")))
    raw = store._database.raw()
    raw.execute("DELETE FROM attachment")
    raw.execute("DELETE FROM attachment_chunk")
    raw.close()
    (found,) = store.check().findings
    assert (found.code, found.details["ids"]) == ("attachment_missing", (record.id,))
