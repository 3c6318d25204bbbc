"""Bytes of attached files on both databases: in pieces, resumed, proved, only for whoever may see them."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from intake_app.attachments import CHUNK_BYTES, MOST_BYTES
from intake_app.documents import Attachment, Document
from intake_app.errors import DeviceRevoked, HubRefused
from intake_app.hub.scopes import DeviceKind
from intake_app.hub.tables import ATTACHED, ATTACHMENTS, CHUNKS
from intake_app.sync.attachments_protocol import CHUNK_HEADER, CHUNK_PATH, FileAnswer
from intake_app.sync.client import HubClient
from intake_app.times import Instant
from tests.hub.hub_fixtures import RunningHub

DAY_MS = 86_400_000
LETTER = bytes(range(256)) * 2_500
SHA = hashlib.sha256(LETTER).hexdigest()
FILE = Attachment(SHA, len(LETTER), "image/png", "letter.png")
PIECES = [LETTER[start : start + CHUNK_BYTES] for start in range(0, len(LETTER), CHUNK_BYTES)]


def pushed(hub: RunningHub, client: HubClient, *files: Attachment, **changes: object) -> Document:
    document = hub.document(attachments=files or (FILE,), **changes)
    client.push([document])
    return document


def send(client: HubClient, document: Document, pieces: list[bytes] = PIECES) -> FileAnswer:
    for number, piece in enumerate(pieces):
        client.send_chunk(document.id, SHA, number, piece)
    return client.finish_file(document.id, SHA)


def fetched(client: HubClient, document: Document, sha256: str = SHA) -> bytes:
    count = len(PIECES)
    return b"".join(client.chunk(document.id, sha256, number) for number in range(count))


def is_unknown(client: HubClient, document: Document, sha256: str = SHA) -> bool:
    """Neither told of nor handed out, and no way to bring it either."""
    for ask in (
        lambda: client.file(document.id, sha256),
        lambda: client.chunk(document.id, sha256, 0),
        lambda: client.finish_file(document.id, sha256),
        lambda: client.send_chunk(document.id, sha256, 0, PIECES[0]),
    ):
        with pytest.raises(HubRefused) as refused:
            ask()
        assert refused.value.details["code"] == "attachment_unknown"
    return True


def test_a_file_goes_piece_by_piece_and_comes_back_byte_for_byte(hub: RunningHub) -> None:
    writer, reader = hub.device(), hub.device()
    document = pushed(hub, writer)
    assert writer.file(document.id, SHA) == FileAnswer(len(LETTER), whole=False, missing=(0, 1, 2))
    assert send(writer, document) == FileAnswer(len(LETTER), whole=True)
    assert reader.file(document.id, SHA) == FileAnswer(len(LETTER), whole=True)
    assert fetched(reader, document) == LETTER


def test_a_broken_sending_is_resumed_where_it_broke(hub: RunningHub) -> None:
    writer = hub.device()
    document = pushed(hub, writer)
    writer.send_chunk(document.id, SHA, 1, PIECES[1])
    writer.send_chunk(document.id, SHA, 1, PIECES[1])
    assert writer.file(document.id, SHA).missing == (0, 2)
    assert writer.finish_file(document.id, SHA).missing == (0, 2)
    assert send(writer, document).whole
    # Its answer was lost: asking again changes nothing.
    assert writer.finish_file(document.id, SHA).whole
    writer.send_chunk(document.id, SHA, 0, PIECES[0])
    assert writer.file(document.id, SHA).whole


def test_nothing_is_handed_out_before_it_is_whole(hub: RunningHub) -> None:
    writer, reader = hub.device(), hub.device()
    document = pushed(hub, writer)
    writer.send_chunk(document.id, SHA, 0, PIECES[0])
    with pytest.raises(HubRefused):
        reader.chunk(document.id, SHA, 0)


def test_pieces_that_together_are_not_the_file_are_thrown_away_and_wanted_again(hub: RunningHub) -> None:
    writer = hub.device()
    document = pushed(hub, writer)
    other = [bytes(len(piece)) for piece in PIECES]
    answer = send(writer, document, other)
    assert (answer.whole, answer.missing) == (False, (0, 1, 2))
    assert send(writer, document).whole


@pytest.mark.parametrize(
    ("number", "content"),
    [(0, b"short"), (0, b""), (3, b"x"), (2, PIECES[0]), (-1, PIECES[0]), (10**12, b"x")],
)
def test_a_piece_of_the_wrong_length_or_place_is_refused(
    hub: RunningHub, number: int, content: bytes
) -> None:
    writer = hub.device()
    document = pushed(hub, writer)
    with pytest.raises(HubRefused) as refused:
        writer.send_chunk(document.id, SHA, number, content)
    assert refused.value.details["code"] == "request_unreadable"
    assert writer.file(document.id, SHA).missing == (0, 1, 2)


@pytest.mark.parametrize(
    ("document", "sha256", "number"),
    [("a\x00b", SHA, 0), ("x" * 5000, SHA, 0), ("d", "no hash", 0), ("d", SHA, 10**30), ("d", SHA, -1)],
)
def test_what_can_be_no_file_is_unknown_and_nothing_breaks(
    hub: RunningHub, document: str, sha256: str, number: int
) -> None:
    writer = hub.device()
    known = pushed(hub, writer)
    assert send(writer, known).whole
    with pytest.raises(HubRefused) as refused:
        writer.chunk(known.id if document == "d" else document, sha256, number)
    assert refused.value.details["code"] == "attachment_unknown"


def test_a_piece_that_was_changed_on_the_way_is_refused(hub: RunningHub) -> None:
    writer = hub.device()
    document = pushed(hub, writer)
    answer = hub.http.put(
        f"{hub.url}{CHUNK_PATH}",
        params={"document": document.id, "sha256": SHA, "number": 0},
        content=bytes(CHUNK_BYTES),
        headers={"Authorization": f"Bearer {writer._token}", CHUNK_HEADER: "0" * 64},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "request_unreadable")


def test_a_piece_above_256_kib_is_not_read_to_its_end(hub: RunningHub) -> None:
    writer = hub.device()
    document = pushed(hub, writer)
    with pytest.raises(HubRefused) as refused:
        writer.send_chunk(document.id, SHA, 0, bytes(CHUNK_BYTES + 1))
    assert refused.value.details["code"] == "request_too_large"


@pytest.mark.parametrize(
    "file",
    [
        Attachment("ab" * 32, MOST_BYTES + 1, "", "large"),
        Attachment("ab" * 32, 0, "", "empty"),
        Attachment("AB" * 32, 12, "", "no hash"),
        Attachment("../../etc/passwd", 12, "", "no hash"),
    ],
)
def test_what_no_hub_takes_spoils_neither_the_record_nor_its_other_files(
    hub: RunningHub, file: Attachment
) -> None:
    writer = hub.device()
    document = pushed(hub, writer, file, FILE)
    assert is_unknown(writer, document, file.sha256)
    assert send(writer, document).whole


def test_a_file_of_another_organisation_is_unknown_whoever_guesses_its_hash(hub: RunningHub) -> None:
    writer = hub.device()
    document = pushed(hub, writer)
    assert send(writer, document).whole
    elsewhere = hub.new_organisation("Another organisation")
    assert is_unknown(hub.device(DeviceKind.MANAGER, elsewhere), document)


@pytest.mark.parametrize(
    ("reader", "audience", "entitled"),
    [
        ({"area": "North"}, "organisation", True),
        ({"area": "South"}, "organisation", False),
        ({"area": "North"}, "own", False),
        ({"kind": DeviceKind.MANAGER}, "own", True),
        ({"kind": DeviceKind.OUTREACH, "area": "North"}, "organisation", False),
    ],
)
def test_whoever_may_not_have_the_record_may_not_have_its_bytes(
    hub: RunningHub, reader: dict[str, str], audience: str, entitled: bool
) -> None:
    writer = hub.device(area="North")
    document = pushed(hub, writer, audience=audience)
    assert send(writer, document).whole
    other = hub.device(**reader)
    assert (fetched(other, document) == LETTER) if entitled else is_unknown(other, document)


def test_naming_a_guessed_hash_in_a_record_of_ones_own_brings_no_bytes(hub: RunningHub) -> None:
    writer, guesser = hub.device(area="North"), hub.device(area="South")
    document = pushed(hub, writer)
    assert send(writer, document).whole
    own = pushed(hub, guesser)
    assert guesser.file(own.id, SHA).missing == (0, 1, 2)
    with pytest.raises(HubRefused):
        guesser.chunk(own.id, SHA, 0)
    # Nor in a version of the record itself, which it can write but not see.
    guesser.push([hub.edit(document, "{}", base=1)])
    with pytest.raises(HubRefused):
        guesser.chunk(document.id, SHA, 0)
    assert not guesser.file(document.id, SHA).whole


def test_a_later_version_of_whoever_may_see_it_has_the_bytes_without_sending_them_again(
    hub: RunningHub,
) -> None:
    writer, editor = hub.device(), hub.device()
    document = pushed(hub, writer)
    assert send(writer, document).whole
    editor.push([hub.edit(document, '{"said": "More."}', base=1)])
    assert editor.file(document.id, SHA).whole
    assert hub.database.read(lambda connection: len(_all(connection, CHUNKS, hub))) == len(PIECES)


def test_an_outreach_laptop_may_bring_its_files_when_the_record_has_long_left_it(hub: RunningHub) -> None:
    stall = hub.device(DeviceKind.OUTREACH)
    document = pushed(hub, stall)
    clock = hub.settings.clock
    clock.now = Instant(clock.now.utc_ms + 30 * DAY_MS)
    assert send(stall, document).whole
    with pytest.raises(HubRefused):
        stall.chunk(document.id, SHA, 0)


def test_erasing_the_record_removes_the_bytes_and_what_arrives_later_too(hub: RunningHub) -> None:
    writer = hub.device()
    document, kept = pushed(hub, writer), pushed(hub, writer)
    assert send(writer, document).whole
    assert send(writer, kept).whole
    writer.push([hub.document(f'{{"erases": ["{document.id}"]}}', kind="erasure")])
    assert is_unknown(writer, document)
    writer.push([hub.edit(document, "{}", base=1)])
    assert is_unknown(writer, document)
    for table in (CHUNKS, ATTACHMENTS, ATTACHED):
        found = hub.database.read(lambda connection, table=table: _all(connection, table, hub))
        assert {row.document for row in found} == {kept.id}
    assert fetched(writer, kept) == LETTER


def test_no_erased_byte_is_left_in_the_file(hub: RunningHub) -> None:
    url = make_url(hub.settings.database)
    if url.get_backend_name() != "sqlite":
        pytest.skip("PostgreSQL overwrites at its next VACUUM")
    writer = hub.device()
    own = b"Nobody else's letter. " * 9_000
    sha256 = hashlib.sha256(own).hexdigest()
    document = pushed(hub, writer, Attachment(sha256, len(own), "", "letter.txt"))
    writer.send_chunk(document.id, sha256, 0, own)
    assert writer.finish_file(document.id, sha256).whole
    path = Path(url.database)

    def on_disk() -> bool:
        with hub.database.engine.connect() as connection:
            connection.execute(text("COMMIT"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        files = (path, path.with_name(path.name + "-wal"))
        return any(own[:2000] in one.read_bytes() for one in files if one.exists())

    assert on_disk()
    writer.push([hub.document(f'{{"erases": ["{document.id}"]}}', kind="erasure")])
    assert not on_disk()


def test_a_withdrawn_device_gets_nothing(hub: RunningHub) -> None:
    writer = hub.device(name="laptop")
    document = pushed(hub, writer)
    hub.revoke("laptop")
    with pytest.raises(DeviceRevoked):
        writer.file(document.id, SHA)


def _all(connection, table, hub: RunningHub):
    return connection.execute(table.select().where(table.c.organisation == hub.organisation)).all()
