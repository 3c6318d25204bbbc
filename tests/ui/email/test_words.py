"""What is said of an email, and of how many there are."""

from intake_app.channels.email.message import read
from intake_app.store.inbox import InboxRow, MessageState
from intake_app.text import without_isolates
from intake_app.times import Instant
from ui.email.words import count_words, message_words, row_words

SENT = Instant.parse("2026-11-04T09:00:00.000Z")


def row(**changes: object) -> InboxRow:
    values = {
        "id": "1", "name": "Zofia", "address": "z@example.org", "subject": "Rang off", "sent": SENT,
        "state": MessageState.WAITING, "reason": "", "record": "", "earlier_record": "",
    }  # fmt: skip
    return InboxRow(**values | changes)  # type: ignore[arg-type]


def test_a_row_says_who_what_when_and_what_became_of_it() -> None:
    assert without_isolates(row_words(row())) == "Zofia: Rang off, 4 Nov 2026, 09:00"
    assert without_isolates(row_words(row(name="", subject="", state=MessageState.TAKEN))) == (
        "z@example.org: no subject, 4 Nov 2026, 09:00; taken down"
    )
    aside = row(state=MessageState.ASIDE, reason="auto_reply", address="", name="")
    assert without_isolates(row_words(aside)).endswith("set aside: an automatic reply")
    assert without_isolates(row_words(aside)).startswith("sender not said")


def test_more_than_a_page_says_that_these_are_the_newest() -> None:
    assert [count_words(*one) for one in ((0, 0), (1, 1), (3, 3), (200, 1_431))] == [
        "No email", "1 email", "3 emails", "The newest 200 of 1,431 emails",
    ]  # fmt: skip


def test_what_could_not_be_read_as_meant_and_what_hangs_on_it_is_said() -> None:
    raw = b"Content-Type: application/pdf; name=letter.pdf\r\n\r\nABCDEF"
    said = without_isolates(message_words(read(raw), with_quoted=False))
    assert "It does not say who sent it." in said
    assert "It has no date, or one that cannot be." in said
    assert "Attached, not opened: letter.pdf, 6 bytes" in said
