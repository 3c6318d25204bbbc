"""A record begun with an email holds its words, its day, and its sender under seal only."""

from intake_app.channels.email.draft import draft_of
from intake_app.channels.email.message import read
from intake_app.forms.library import Library
from intake_app.records import Source
from intake_app.times import IdMaker, Instant

NOW = Instant.parse("2026-11-20T10:00:00.000Z")
LETTER = b"From: Zofia <z@example.org>\r\nDate: Wed, 04 Nov 2026 09:00:00 +0000\r\n\r\nNobody rang back.\r\n"


def begun(raw: bytes):  # type: ignore[no-untyped-def]
    return draft_of(read(raw), Library.shipped(), IdMaker(lambda: NOW), NOW, "device", "sam")


def test_words_day_and_sender() -> None:
    draft = begun(LETTER)
    assert draft.record.channel == "email"
    assert draft.record.narratives[0].text.strip() == "Nobody rang back."
    assert draft.record.received.isoformat() == "2026-11-04T09:00:00.000Z"
    assert {
        name: one.value for name, one in draft.person.answers.items() if one.source is Source.IMPORTED
    } == {
        "person_name": "Zofia",
        "email": "z@example.org",
    }
    assert "Zofia" not in draft.record.to_json()


def test_without_a_sender_nothing_is_opened_and_a_day_to_come_is_today() -> None:
    draft = begun(b"Date: Wed, 04 Nov 2037 09:00:00 +0000\r\n\r\nWords\r\n")
    assert draft.person is None
    assert draft.record.received == NOW
