"""A letter attached at one computer is read at another, whatever happens to the line in between."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from intake_app import drafting, taking_down
from intake_app.attaching import attach
from intake_app.attachments import CHUNK_BYTES, AttachedFile
from intake_app.errors import Cancelled, HubAnswerUnreadable, HubTimedOut, Offline
from intake_app.hub.scopes import DeviceKind
from intake_app.hub.tables import CHUNKS
from intake_app.records import Record
from intake_app.sync.engine import RoundReport
from intake_app.sync.enrolment import join
from intake_app.sync.rounds import run_round
from tests.flow.computers import Computer, computers
from tests.flow.cutting_proxy import Cut, CuttingProxy, cutting_proxy
from tests.hub.hub_fixtures import RunningHub

BROKEN = (Offline, HubAnswerUnreadable, HubTimedOut)
LETTER = b"Dear Sir, the ward was cold. " * 30_000
PIECES = -(-len(LETTER) // CHUNK_BYTES)


@pytest.fixture
def line(hub: RunningHub) -> Iterator[CuttingProxy]:
    with cutting_proxy(hub.url) as proxy:
        yield proxy


@pytest.fixture
def pair(hub: RunningHub, line: CuttingProxy, tmp_path: Path) -> Iterator[list[Computer]]:
    """Both reach the hub over the line."""
    with computers(hub, tmp_path, "here", "there") as both:
        for one in both:
            join(one.store.sync, line.url, hub.code(DeviceKind.OFFICE), one.store.device)
        yield both


def with_letter(computer: Computer, content: bytes = LETTER, name: str = "letter.txt") -> Record:
    """A letter that came by post, attached and finished."""
    draft = taking_down.new_draft(
        computer.library, computer.ids, computer.clock(), computer.store.device, channel="post"
    )
    draft = drafting.with_narrative(draft, "The ward was cold.", computer.ids)
    kept = computer.store.attachments.take_in(draft.id, content)
    file = AttachedFile(id=computer.ids(), name=name, size=kept.size, sha256=kept.sha256)
    draft = computer.store.drafts.keep(attach(draft, file))
    return computer.store.records.save(taking_down.finish(draft, computer.library, computer.clock()))


def read(computer: Computer, record: Record) -> bytes:
    return b"".join(computer.store.attachments.chunks(record.attachments[0].sha256))


def files_left(computer: Computer, record: Record) -> tuple[str, int]:
    (summary,) = computer.store.records.summaries((record.id,))
    return summary.where.state, summary.where.files


def pieces_on(hub: RunningHub) -> int:
    wanted = CHUNKS.select().where(CHUNKS.c.organisation == hub.organisation)
    return hub.database.read(lambda connection: len(connection.execute(wanted).all()))


def ask_for(computer: Computer, record: Record) -> RoundReport:
    computer.store.attachments.want(record.id, record.attachments[0].sha256)
    return computer.round()


def test_bytes_follow_the_record_and_come_where_somebody_asks_for_them(pair: list[Computer]) -> None:
    here, there = pair
    record = with_letter(here)
    assert files_left(here, record) == ("waiting", 1)
    assert here.round().files_sent == 1
    assert files_left(here, record) == ("received", 0)
    assert there.round().files_fetched == 0
    seen = there.store.records.get(record.id)
    assert seen.attachments == record.attachments
    assert there.store.attachments.totals() == (0, 0)
    assert ask_for(there, record).files_fetched == 1
    assert read(there, record) == LETTER
    assert [one.round() for one in pair] == [RoundReport(), RoundReport()]
    assert all(one.store.check().whole for one in pair)


@pytest.mark.parametrize("how", Cut)
@pytest.mark.parametrize(
    ("path", "nth"), [("/v1/attachment?", 1), ("/v1/attachment/chunk", 2), ("/v1/attachment?", 2)]
)
def test_a_line_that_breaks_while_sending_costs_nothing_that_went_before(
    pair: list[Computer], hub: RunningHub, line: CuttingProxy, path: str, nth: int, how: Cut
) -> None:
    here, there = pair
    record = with_letter(here)
    line.cut(path, how, nth)
    with pytest.raises(BROKEN):
        here.round()
    assert line.cuts == 1
    line.mend()
    # The record itself is received, and the list says what is still to send.
    assert files_left(here, record) == ("received", 1)
    sent_before = pieces_on(hub)
    sent = count_requests(line, "/v1/attachment/chunk", here)
    assert sent == PIECES - sent_before
    assert files_left(here, record) == ("received", 0)
    there.round()
    ask_for(there, record)
    assert read(there, record) == LETTER


@pytest.mark.parametrize("how", Cut)
@pytest.mark.parametrize("nth", [1, 2, 4])
def test_a_line_that_breaks_while_fetching_is_gone_on_with(
    pair: list[Computer], line: CuttingProxy, how: Cut, nth: int
) -> None:
    here, there = pair
    record = with_letter(here)
    here.round()
    there.round()
    line.cut("/v1/attachment/chunk", how, nth)
    with pytest.raises(BROKEN):
        ask_for(there, record)
    line.mend()
    assert there.store.attachments.totals() == (0, 0)
    assert there.store.check().whole
    assert count_requests(line, "/v1/attachment/chunk", there) == PIECES - (nth - 1)
    assert read(there, record) == LETTER


def test_a_round_that_is_stopped_in_the_middle_goes_on_in_the_next(
    pair: list[Computer], hub: RunningHub
) -> None:
    here, _there = pair
    with_letter(here)
    told: list[str] = []
    with pytest.raises(Cancelled):
        run_round(
            here.store.sync, here.folder, lambda now: told.append(now.stage), lambda: told.count("files") == 2
        )
    assert pieces_on(hub) == 2
    assert here.round().files_sent == 1
    assert pieces_on(hub) == PIECES


def test_a_narrower_scope_drops_received_bytes_and_never_what_is_still_to_send(
    pair: list[Computer], hub: RunningHub, line: CuttingProxy
) -> None:
    here, there = pair
    record = with_letter(here)
    here.round()
    there.round()
    ask_for(there, record)
    own = with_letter(there, LETTER[::-1], "mine.txt")
    line.cut("/v1/attachment", Cut.UNSENT)
    with pytest.raises(BROKEN):
        there.round()
    line.mend()
    hub.set_place(there.store.device, kind=DeviceKind.OUTREACH)
    line.cut("/v1/attachment", Cut.UNSENT)
    with pytest.raises(BROKEN):
        there.round()
    line.mend()
    assert {row.id for row in there.listed()} == {own.id}
    assert there.store.attachments.totals() == (1, len(LETTER))
    assert read(there, own) == LETTER[::-1]
    there.round()
    here.round()
    ask_for(here, own)
    assert read(here, own) == LETTER[::-1]


def test_an_erased_record_takes_its_bytes_from_hub_and_computers(
    pair: list[Computer], hub: RunningHub
) -> None:
    here, there = pair
    record = with_letter(here)
    here.round()
    there.round()
    ask_for(there, record)
    here.store.erase(record.id, "asked for")
    for one in pair:
        one.round()
        assert one.store.attachments.totals() == (0, 0)
        assert one.store.check().whole
    assert pieces_on(hub) == 0


def test_what_was_taken_down_alone_is_sent_with_its_files_after_joining(
    hub: RunningHub, tmp_path: Path
) -> None:
    with computers(hub, tmp_path, "alone", "other") as (alone, other):
        record = with_letter(alone)
        assert files_left(alone, record) == ("alone", 0)
        alone.join()
        kept = alone.store.sync.enrolment()
        alone.store.sync.rehome(kept.organisation, kept.organisation_key)
        assert alone.round().files_sent == 1
        other.join()
        other.round()
        ask_for(other, record)
        assert read(other, record) == LETTER


def test_two_who_attach_to_one_record_apart_keep_both_files(pair: list[Computer]) -> None:
    here, there = pair
    record = here.take_down("The ward was cold.")
    for one in pair:
        one.round()
    for one, content in ((here, LETTER), (there, LETTER[::-1])):
        draft = one.store.records.draft_for_edit(record.id)
        kept = one.store.attachments.take_in(record.id, content)
        file = AttachedFile(id=one.ids(), name="letter.txt", size=kept.size, sha256=kept.sha256)
        one.store.records.save(attach(draft, file))
    for one in (here, there, here, there):
        one.round()
    for one in pair:
        joined = one.store.records.get(record.id)
        assert len(joined.attachments) == 2
        for file in joined.attachments:
            one.store.attachments.want(record.id, file.sha256)
        one.round()
        found = {b"".join(one.store.attachments.chunks(file.sha256)) for file in joined.attachments}
        assert found == {LETTER, LETTER[::-1]}
        assert one.store.check().whole


def test_a_backup_holds_the_files_and_a_restored_computer_sends_what_was_unsent(
    pair: list[Computer], tmp_path: Path
) -> None:
    from intake_app.store.backup import restore
    from intake_app.store.opening import open_store
    from tests.fakes import DictionaryKeyring

    here, _there = pair
    record = with_letter(here)
    package = here.store.back_up(tmp_path, "correct horse")
    keyring = DictionaryKeyring()
    restore(package, tmp_path / "again", "correct horse", clock=here.clock, ids=here.ids, keyring=keyring)
    with open_store(tmp_path / "again", clock=here.clock, ids=here.ids, keyring=keyring) as again:
        assert b"".join(again.attachments.chunks(record.attachments[0].sha256)) == LETTER
        assert again.check().whole
        assert again.check().attachments == 1


def count_requests(line: CuttingProxy, path: str, computer: Computer) -> int:
    """How many a whole round makes."""
    seen: list[str] = []
    plain = line.fate
    line.fate = partial(_noted, plain, seen, path)
    try:
        with ThreadPoolExecutor(1) as beside:
            beside.submit(computer.round).result()
    finally:
        line.fate = plain
    return len(seen)


def _noted(plain, seen: list[str], path: str, asked: str):
    if asked.startswith(path):
        seen.append(asked)
    return plain(asked)
