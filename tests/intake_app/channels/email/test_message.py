"""One email is read for what staff need of it, whatever is wrong with it."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.channels.email.message import Aside, Message, Note, read

REAL = Path(__file__).parents[5] / "shared" / "data" / "email"


def of(text: str, charset: str = "utf-8") -> Message:
    return read(text.replace("\n", "\r\n").encode(charset))


PLAIN = """\
From: =?utf-8?q?Zofia_Kr=C3=B3l?= <zofia@example.org>
To: feedback@healthwatch.example
Subject: =?utf-8?b?TmlrdCBuaWUgb2RkendvbmnFgg==?=
Date: Wed, 04 Nov 2026 10:00:00 +0100
Message-ID: <one@example.org>
In-Reply-To: <zero@healthwatch.example>
References: <first@healthwatch.example> <zero@healthwatch.example>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Nikt nie oddzwonił. Ćwierć roku.
"""


def test_who_when_what_and_the_words() -> None:
    found = of(PLAIN)
    assert (found.name, found.address) == ("Zofia Król", "zofia@example.org")
    assert found.subject == "Nikt nie oddzwonił"
    assert found.sent is not None
    assert found.sent.isoformat() == "2026-11-04T09:00:00.000Z"
    assert found.words.strip() == "Nikt nie oddzwonił. Ćwierć roku."
    assert found.message_id == "one@example.org"
    assert found.answers == ("first@healthwatch.example", "zero@healthwatch.example")
    assert (found.aside, found.notes, found.parts) == (Aside.NONE, (), ())


def test_what_is_quoted_is_told_from_what_was_written_and_kept() -> None:
    found = of(
        PLAIN + "\nOn Wed, 4 Nov 2026 at 09:00, Healthwatch <feedback@healthwatch.example> wrote:\n\n"
        "> What happened?\n> Kind regards\n"
    )
    assert found.words.strip() == "Nikt nie oddzwonił. Ćwierć roku."
    assert "> What happened?" in found.quoted


def test_answers_between_the_quoted_lines_stay_with_the_words() -> None:
    found = of(
        PLAIN + "\nOn Wed, 4 Nov 2026 at 09:00, Healthwatch <feedback@healthwatch.example> wrote:\n\n"
        "> When was it?\n\nIn March.\n\n> Where?\n\nAt the surgery.\n"
    )
    assert "In March." in found.words
    assert "At the surgery." in found.words
    assert found.quoted == ""


HTML = """\
From: a@example.org
Date: Wed, 04 Nov 2026 10:00:00 +0000
Content-Type: text/html; charset=utf-8

<html><head><title>No</title><style>p {color: red}</style></head><body>
<script>alert("no")</script><p>The nurse was <b>kind</b>.</p><p>I waited &lt;six&gt; hours.</p>
<img src="https://tracker.example/p.gif" alt=""><a href="https://example.org/more">More</a>
<img src="cid:1" alt="a photo of the letter"></body></html>
"""


def test_html_becomes_its_words_and_nothing_else() -> None:
    words = of(HTML).words
    assert "The nurse was kind.\n" in words
    assert "I waited <six> hours." in words
    assert "More <https://example.org/more>" in words
    assert "[a photo of the letter]" in words
    for unseen in ("alert", "color", "tracker", "No\n"):
        assert unseen not in words


def test_plain_words_win_over_their_html_twin_and_attachments_are_named_and_weighed() -> None:
    found = of("""\
From: a@example.org
Date: Wed, 04 Nov 2026 10:00:00 +0000
Content-Type: multipart/mixed; boundary=out

--out
Content-Type: multipart/alternative; boundary=in

--in
Content-Type: text/plain

Plain words
--in
Content-Type: text/html

<p>Other words</p>
--in--
--out
Content-Type: application/pdf; name="letter.pdf"
Content-Disposition: attachment; filename="letter.pdf"
Content-Transfer-Encoding: base64

QUJDREVG
--out
Content-Type: text/plain; name="notes.txt"
Content-Disposition: attachment; filename="notes.txt"

Not part of the story
--out--
""")
    assert found.words == "Plain words"
    assert [(one.name, one.media_type, one.size) for one in found.parts][:1] == [
        ("letter.pdf", "application/pdf", 6)
    ]
    assert [one.name for one in found.parts] == ["letter.pdf", "notes.txt"]


@pytest.mark.parametrize(
    ("headers", "aside"),
    [
        ("Auto-Submitted: auto-replied", Aside.AUTO_REPLY),
        ("Auto-Submitted: auto-generated; reason=x", Aside.AUTO_REPLY),
        ("Auto-Submitted: no", Aside.NONE),
        ("X-Autoreply: yes", Aside.AUTO_REPLY),
        ("Precedence: auto_reply", Aside.AUTO_REPLY),
        ("Precedence: bulk", Aside.BULK),
        ("List-Id: <news.example.org>", Aside.BULK),
        ("Return-Path: <>", Aside.BOUNCE),
        ("Return-Path: <a@example.org>", Aside.NONE),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", Aside.BOUNCE),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=x", Aside.RECEIPT),
    ],
)
def test_what_machines_send_is_told_from_what_people_write(headers: str, aside: Aside) -> None:
    assert of(f"From: a@example.org\n{headers}\n\nWords\n").aside == aside


def test_a_mailer_daemon_is_no_person() -> None:
    assert of("From: MAILER-DAEMON@example.org\n\nCould not be delivered\n").aside == Aside.BOUNCE


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"From: a@example.org\r\nContent-Type: text/plain; charset=nobody-knows\r\n\r\ncaf\xe9", "café"),
        (b"From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nit\x92s \xa35", "it’s £5"),
    ],
)
def test_letters_of_an_unknown_or_wrong_charset_are_guessed_and_that_is_said(raw: bytes, words: str) -> None:
    found = read(raw)
    assert found.words == words
    assert Note.LETTERS_GUESSED in found.notes


def test_what_is_missing_is_said() -> None:
    found = read(b"")
    assert set(found.notes) == {Note.NO_DATE, Note.NO_SENDER, Note.NO_WORDS}
    assert found.message_id == found.sha256


@pytest.mark.parametrize(
    "date", ["Wed, 30 Jun 3609 10:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000", "soon"]
)
def test_a_date_that_cannot_be_is_no_date(date: str) -> None:
    found = of(f"From: a@example.org\nDate: {date}\n\nWords\n")
    assert found.sent is None
    assert Note.NO_DATE in found.notes


def test_letters_that_no_store_takes_come_nowhere() -> None:
    found = read(b"From: J\xd8rn <j\xd8rn@m\xe4chine.example>\r\nMessage-ID: <\xd8@x>\r\n\r\nWords\r\n")
    "".join((found.name, found.address, found.message_id)).encode()
    assert "@" in found.address


def test_ten_thousand_parts_are_cut_and_that_is_said() -> None:
    parts = "--b\nContent-Type: text/plain\n\nx\n" * 10_000
    found = of(f"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n")
    assert Note.CUT in found.notes


def test_parts_within_parts_without_end_are_read_as_they_came() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000))
    found = of(f"From: a@example.org\n{deep}Content-Type: text/plain\n\nDeep words\n")
    assert "Deep words" in found.words or Note.BROKEN in found.notes


def test_a_line_without_end_and_nothing_personal_in_headers_longer_than_a_line() -> None:
    found = read(b"From: a@example.org\r\nSubject: " + b"x" * 100_000 + b"\r\n\r\n" + b"y" * 3_000_000)
    assert len(found.subject) == 500
    assert len(found.words) == 1_000_000
    assert Note.CUT in found.notes


_HEADERS = st.sampled_from(
    [
        "From",
        "Date",
        "Subject",
        "Content-Type",
        "Content-Transfer-Encoding",
        "References",
        "Content-Disposition",
    ]
)
_VALUES = st.one_of(
    st.text(string.printable, max_size=60),
    st.sampled_from(
        ["multipart/mixed; boundary=b", "text/html; charset=utf-7", "base64", "=?x?q?=ff?=", "<<>>"]
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(_HEADERS, _VALUES), max_size=6), st.binary(max_size=300))
def test_nothing_that_arrives_makes_it_fail(headers: list[tuple[str, str]], body: bytes) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers).encode("utf-8", "replace")
    found = read(head + b"\r\n" + body)
    texts = [
        found.words,
        found.quoted,
        found.subject,
        found.name,
        found.address,
        found.message_id,
        *found.answers,
    ]
    texts += [text for part in found.parts for text in (part.name, part.media_type)]
    assert "\x00" not in "".join(texts)
    "".join(texts).encode()


@pytest.mark.skipif(not REAL.is_dir(), reason="the real messages are not on this computer")
def test_real_messages_are_all_read() -> None:
    files = [*REAL.rglob("*.eml"), *(REAL / "cpython").glob("msg_*")]
    found = [read(path.read_bytes()) for path in files]
    assert len(found) > 150
    assert sum(1 for one in found if one.words.strip()) > 0.8 * len(found)
    assert [one.aside for one in found].count(Aside.BOUNCE) == 10
