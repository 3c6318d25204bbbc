"""An email that was copied becomes a message, whatever of it was copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.channels.email.message import Note, read
from intake_app.channels.email.pasted import MOST_LETTERS, message_of
from intake_app.errors import FileRefused

SOURCE = """\
Return-Path: <z@example.org>
From: =?utf-8?q?Zofia_Kr=C3=B3l?= <z@example.org>
Subject: Rang
Message-ID: <one@example.org>
X-Other: something
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>Nobody <b>rang</b>.</p>
"""
SHOWN = """\
From: Zofia Król <z@example.org>
Sent: 04 November 2026 09:00
To: Healthwatch
Subject: Nobody
 rang back

Nobody rang back.
From: that day on I was ill.
"""


def test_the_whole_source_is_read_as_a_file_would_be() -> None:
    found = read(message_of(SOURCE))
    assert (found.name, found.message_id, found.words) == ("Zofia Król", "one@example.org", "Nobody rang.")


def test_what_a_program_shows_has_sender_day_and_subject() -> None:
    found = read(message_of(SHOWN))
    assert (found.name, found.address, found.subject) == ("Zofia Król", "z@example.org", "Nobody rang back")
    assert found.sent is not None
    assert found.sent.isoformat() == "2026-11-04T09:00:00.000Z"
    assert found.words.strip() == "Nobody rang back.\nFrom: that day on I was ill."


def test_words_alone_are_a_message_of_somebody_unknown() -> None:
    words = "Dear all,\nRegarding: my visit. Żółw 😀"
    found = read(message_of(words))
    assert found.words.strip() == words
    assert Note.NO_SENDER in found.notes


@pytest.mark.parametrize(
    ("copied", "reason"), [(" \n\r\n", "empty"), ("x" * (MOST_LETTERS + 1), "too_large")]
)
def test_nothing_and_too_much_are_refused(copied: str, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        message_of(copied)
    assert refused.value.details["reason"] == reason


@given(st.text(max_size=300))
def test_whatever_was_copied_its_words_are_there(copied: str) -> None:
    try:
        raw = message_of(copied)
    except FileRefused:
        return
    read(raw)


@given(st.lists(st.sampled_from("abc żó😀"), min_size=1).map("".join))
def test_words_without_headers_come_whole(words: str) -> None:
    if words.strip():
        assert read(message_of(words)).words.split() == words.split()
