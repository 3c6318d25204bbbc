"""A reply in words: every template and every warning has its own, and no address is told."""

import pytest

from intake_app.channels.email.reply import Template
from intake_app.forms.library import Library
from intake_app.passages import Reply
from intake_app.times import Instant
from ui.email.reply_words import reply_words, safety_words, template_words
from ui.languages import Languages


@pytest.mark.parametrize("template", Template)
def test_every_template_has_words(template: Template) -> None:
    assert template_words(template.value) != template.value


def test_every_reason_of_a_slip_has_words_here() -> None:
    reasons = ("withdrawn", "danger", "danger_closed", "no_contact", "no_message", "worked_there")
    assert all(safety_words(one) for one in (*reasons, "unknown_to_service"))
    assert safety_words("something_newer") == ""


def test_what_was_written_when_and_by_whom() -> None:
    reply = Reply(
        id="1",
        at=Instant.parse("2026-11-20T10:00:00.000Z"),
        by="sam",
        template="received",
        language="pl",
        way="file",
    )
    told = reply_words(reply, Languages(Library.shipped()), {"sam": "Sam"}.__getitem__)
    assert told.startswith("We have it, and what happens next, Polish, 20 November 2026")
    assert "saved as a draft file" in told
    assert told.endswith("by \u2068Sam\u2069")
