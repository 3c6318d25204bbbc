"""Files of an email go to the record that is made of it: byte for byte, and one bad one alone is left out."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app import taking_down
from intake_app.attachments import MOST_BYTES, Origin
from intake_app.channels.email import attached
from intake_app.channels.email.files import Found
from intake_app.channels.email.message import attached_in
from intake_app.channels.email.taking_in import take_in
from intake_app.drafting import Draft
from intake_app.errors import Cancelled, MessageMissing
from intake_app.forms.library import Library
from intake_app.store.store import Store
from intake_app.times import IdMaker
from tests.fakes import HandClock
from tests.first_runs import copied_store

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 3_000


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock):
    with copied_store(tmp_path / "intake", clock=clock, ids=IdMaker(clock), organisation="Anyshire") as made:
        yield made


def letter(*files: tuple[str, bytes]) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "zofia@example.org", "A letter"
    made.set_content("See what is attached.")
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def arrived(store: Store, clock: HandClock, raw: bytes) -> tuple[str, Draft]:
    take_in(store.inbox, [Found(store.folder, raw)])
    draft = taking_down.new_draft(Library.shipped(), IdMaker(clock), clock(), store.device, channel="email")
    (row,) = store.inbox.rows()
    return row.id, store.drafts.keep(draft)


def test_files_are_kept_as_they_came_with_safe_names(store: Store, clock: HandClock) -> None:
    message, draft = arrived(
        store, clock, letter(("../Letter.pdf", PDF), ("run\u202efdp.exe", b"MZ")).as_bytes()
    )
    done = attached.keep(store, message, draft.id, clock, IdMaker(clock))
    assert done == attached.Attached(2)
    found = store.drafts.load(draft.id).record.attachments
    assert [one.name for one in found] == ["Letter.pdf", "runfdp.exe"]
    assert [one.origin for one in found] == [Origin.EMAIL, Origin.EMAIL]
    assert (found[0].media_type, found[0].runs, found[1].runs) == ("application/pdf", False, True)
    assert b"".join(store.attachments.chunks(found[0].sha256)) == PDF
    # The email itself stays as it came.
    assert b"../Letter.pdf" in store.inbox.source(message)


def test_an_empty_and_a_large_one_are_left_out_and_named_and_the_rest_is_kept(
    store: Store, clock: HandClock
) -> None:
    files = (("empty.txt", b""), ("large.bin", bytes(MOST_BYTES + 1)), ("note.txt", b"words"))
    message, draft = arrived(store, clock, letter(*files).as_bytes())
    done = attached.keep(store, message, draft.id, clock, IdMaker(clock))
    assert done.refused == (
        attached.Refused("empty.txt", "empty"),
        attached.Refused("large.bin", "too_large"),
    )
    assert [one.name for one in store.drafts.load(draft.id).record.attachments] == ["note.txt"]


def test_an_attached_message_is_one_file(store: Store, clock: HandClock) -> None:
    outer = letter()
    outer.add_attachment(letter(("inner.pdf", PDF)))
    message, draft = arrived(store, clock, outer.as_bytes())
    assert attached.keep(store, message, draft.id, clock, IdMaker(clock)).files == 1
    (file,) = store.drafts.load(draft.id).record.attachments
    assert file.name == "A letter.eml"
    inner = b"".join(store.attachments.chunks(file.sha256))
    assert [name for name, _content in attached_in(inner)] == ["inner.pdf"]


def test_stopped_in_the_middle_what_was_kept_stays_and_nothing_else(store: Store, clock: HandClock) -> None:
    message, draft = arrived(store, clock, letter(("one.pdf", b"one"), ("two.pdf", PDF * 5)).as_bytes())
    steps: list[int] = []

    def stop() -> bool:
        return len(steps) > 4

    with pytest.raises(Cancelled):
        attached.keep(
            store, message, draft.id, clock, IdMaker(clock), lambda done, _all: steps.append(done), stop
        )
    assert [one.name for one in store.drafts.load(draft.id).record.attachments] == ["one.pdf"]
    assert store.attachments.totals() == (1, 3)
    assert store.check().whole


def test_an_email_that_is_gone_is_said(store: Store, clock: HandClock) -> None:
    _message, draft = arrived(store, clock, letter().as_bytes())
    with pytest.raises(MessageMissing):
        attached.keep(store, "gone", draft.id, clock, IdMaker(clock))


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_nothing_in_a_message_stops_the_program(start: bytes, end: bytes) -> None:
    raw = letter(("a.pdf", b"x")).as_bytes()
    for broken in (start + raw + end, raw[: len(raw) // 2] + start, start):
        for name, content in attached_in(broken):
            assert isinstance(name, str)
            assert isinstance(content, bytes)
