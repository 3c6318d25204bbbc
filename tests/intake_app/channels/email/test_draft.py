"""A record begun with an email holds its words, its day, and its sender under seal only."""

from intake_app import taking_down
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


def test_the_story_knows_that_it_is_the_whole_email() -> None:
    raw = b"Message-ID: <two@x>\r\nIn-Reply-To: <one@x>\r\n" + LETTER
    draft = draft_of(read(raw), Library.shipped(), IdMaker(lambda: NOW), NOW, "d", "sam", "office@x")
    told = draft.record.narratives[0]
    (passage,) = told.taken_from
    assert told.text[passage.start : passage.end] == told.text
    message = draft.record.message
    assert message is not None
    assert (message.id, message.answers, message.mailbox) == ("two@x", ("one@x",), "office@x")


def test_an_anonymous_record_no_longer_says_which_email_it_was() -> None:
    library = Library.shipped()
    named, nobody = begun(LETTER), begun(b"\r\nWords\r\n")
    assert taking_down.finish(named, library, NOW).record.message == named.record.message
    assert nobody.record.message is not None
    assert taking_down.finish(nobody, library, NOW).record.message is None
