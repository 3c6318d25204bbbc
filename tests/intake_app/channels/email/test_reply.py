"""A reply: its words in the person's language, and a draft that leaks nothing and answers the message."""

import email
from datetime import date
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.channels.email.message import Message, read
from intake_app.channels.email.reply import (
    ROOM,
    ReplyRefused,
    Template,
    answering,
    as_draft,
    as_link,
    letter,
    subject_of,
)
from intake_app.forms.library import Library

DAY = date(2026, 11, 4)
LETTER = (
    b"From: Zofia <z@example.org>\r\nMessage-ID: <two@example.org>\r\nReferences: <one@example.org>\r\n"
    b"Subject: Re: RE: Nobody rang\r\n\r\nMy secret story.\r\n"
)


def message(raw: bytes = LETTER) -> Message:
    return read(raw)


@pytest.mark.parametrize("template", Template)
def test_every_template_names_the_reference_and_repeats_nothing_of_the_email(template: Template) -> None:
    made = letter(Library.shipped(), template, "en", "482913760", DAY, "Healthwatch Leeds", "0113 496 0000")
    assert "482 913 760" in made.text
    assert "Healthwatch Leeds" in made.text
    assert "0113 496 0000" in made.text
    assert "secret" not in made.text
    assert "Zofia" not in made.text
    assert not made.fell_back
    assert (ROOM in made.text.splitlines()) is (template is Template.ASK_MORE)


def test_in_another_language_the_english_stands_below() -> None:
    library = Library.shipped()
    if not library.wordings.approval("pl").shows_drafts:
        made = letter(library, Template.RECEIVED, "pl", "482913760", DAY)
        assert made.fell_back
        assert "ask for an interpreter" in made.text
        return
    made = letter(library, Template.RECEIVED, "pl", "482913760", DAY)
    theirs, between, english = made.text.partition("* * *")
    assert between
    assert "Nazywam" not in theirs
    assert "482 913 760" in theirs
    assert "482 913 760" in english
    assert "Thank you for telling us." in english
    assert "Thank you for telling us." not in theirs


def test_easy_read_has_a_sentence_a_line() -> None:
    made = letter(Library.shipped(), Template.RECEIVED, "en-GB-x-easyread", "482913760", DAY)
    assert all(line.count(". ") == 0 for line in made.text.splitlines())


def test_a_draft_answers_the_message_and_says_nothing_of_this_computer() -> None:
    draft = email.message_from_bytes(
        as_draft(answering(message(), "z@example.org", subject_of(message()), "Dziękujemy.\nŻółw")),
        policy=default,
    )
    assert draft["To"] == "z@example.org"
    assert draft["Subject"] == "Re: Nobody rang"
    assert draft["In-Reply-To"] == "<two@example.org>"
    assert draft["References"] == "<one@example.org> <two@example.org>"
    assert draft["X-Unsent"] == "1"
    assert draft.get_content().split() == ["Dziękujemy.", "Żółw"]
    assert {one.lower() for one in draft} == {
        *("to", "subject", "in-reply-to", "references", "x-unsent"),
        *("mime-version", "content-type", "content-transfer-encoding"),
    }


def test_without_a_message_id_nothing_is_made_up() -> None:
    reply = answering(message(b"From: z@example.org\r\n\r\nWords\r\n"), "z@example.org", "Re:", "Thank you")
    assert (reply.answers, reply.references) == ("", ())
    assert b"In-Reply-To" not in as_draft(reply)


@pytest.mark.parametrize(
    "to",
    [
        *("", "zofia", "@", "z@", "@example.org", "a@b, c@d", "Zofia <z@example.org>", "z@example.org;x@y"),
        "z@example.org\nBcc: everybody@example.org",
    ],
)
def test_what_is_no_single_address_is_refused(to: str) -> None:
    with pytest.raises(ReplyRefused) as refused:
        answering(message(), to, "Re:", "Thank you")
    assert refused.value.details["reason"] == "address"


@pytest.mark.parametrize(("text", "reason"), [(" \n", "empty"), (f"Hello\n {ROOM}\nBye", "room")])
def test_an_empty_reply_and_one_whose_question_is_missing_are_refused(text: str, reason: str) -> None:
    with pytest.raises(ReplyRefused) as refused:
        answering(message(), "z@example.org", "Re:", text)
    assert refused.value.details["reason"] == reason


def test_the_link_carries_all_of_it_and_a_long_one_is_refused() -> None:
    reply = answering(message(), "z+1@example.org", "Re: a & b", "One?\nTwo & three")
    link = urlsplit(as_link(reply))
    assert link.scheme == "mailto"
    assert unquote(link.path) == "z+1@example.org"
    fields = parse_qs(link.query)
    assert fields["subject"] == ["Re: a & b"]
    assert fields["body"] == ["One?\r\nTwo & three"]
    assert fields["In-Reply-To"] == ["<two@example.org>"]
    assert set(fields) == {"subject", "body", "In-Reply-To"}
    with pytest.raises(ReplyRefused) as refused:
        as_link(reply, longest=50)
    assert refused.value.details["reason"] == "too_long"


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_typed_adds_no_header_and_raises_nothing_else(to: str, subject: str, text: str) -> None:
    try:
        data = as_draft(answering(message(), to, subject, text))
    except ReplyRefused:
        return
    draft = email.message_from_bytes(data, policy=default)
    assert {one.lower() for one in draft} <= {
        *("to", "subject", "in-reply-to", "references", "x-unsent"),
        *("mime-version", "content-type", "content-transfer-encoding"),
    }


@given(st.binary(max_size=300))
def test_whatever_came_can_be_answered(raw: bytes) -> None:
    found = message(b"Message-ID: <" + raw + b">\r\nReferences: <" + raw + b">\r\nSubject: " + raw)
    try:
        data = as_draft(answering(found, "z@example.org", subject_of(found), "Thank you"))
    except ReplyRefused:
        return
    assert b"Bcc" not in data or b"Bcc" in raw
