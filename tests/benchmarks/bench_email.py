"""A thousand emails brought into the encrypted inbox, beside the standard library's parsing of the same."""

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from big_store import MovingClock, new_store, say, stories
from rows import Row, median, milliseconds, side_by_side

from intake_app.channels.email.files import Found
from intake_app.channels.email.kept import of_text
from intake_app.channels.email.message import read
from intake_app.channels.email.taking_in import take_in
from intake_app.store.inbox import PAGE
from intake_app.times import IdMaker

MESSAGES = 1_000
TIMES = 2.0
LARGE_BYTES = 25_000_000
_REAL = Path(__file__).parents[3] / "shared" / "data" / "email"


def rows(options: Any) -> Iterator[Row]:
    letters = made()
    clock = MovingClock()
    store, _keyring = new_store(options.folder / "mail", clock, IdMaker(clock))
    with store:
        say(f"email, {options.rounds} rounds")
        ours, beside = side_by_side(
            lambda: milliseconds(lambda: [read(one) for one in letters]),
            lambda: milliseconds(lambda: [parsed(one) for one in letters]),
            options.rounds,
        )
        what = "the standard library's parser, every part decoded"
        yield Row(f"{MESSAGES:,} emails read for the list", median(ours), what, median(beside), times=TIMES)
        found = [Found(Path("made"), one) for one in letters]
        taken = milliseconds(lambda: take_in(store.inbox, found))
        yield Row(f"{MESSAGES:,} emails into the encrypted inbox", taken, what, median(beside))
        listed = [milliseconds(store.inbox.rows) for _ in range(options.rounds * 5)]
        yield Row(f"the newest {PAGE} of them listed", median(listed), "", 0, at_most=50)
        large = letter("large", "x" * 70 + "\r\n", LARGE_BYTES // 72)
        take_in(store.inbox, [Found(Path("made"), large)])
        (row, *_) = (one for one in store.inbox.rows() if one.subject == "large")
        opened = [milliseconds(lambda: of_text(store.inbox.reading(row.id))) for _ in range(options.rounds)]
        yield Row("an email of 25 MB opened", median(opened), "", 0, at_most=50)


def made() -> list[bytes]:
    """The real messages, where they are on this computer, again and again; else made-up ones."""
    real = [one.read_bytes() for one in sorted(_REAL.rglob("*.eml"))] if _REAL.is_dir() else []
    if not real:
        return [letter(str(number), story, 1) for number, story in enumerate(stories(MESSAGES))]
    # No two alike: each would come once.
    return [b"X-Number: %d\r\n" % number + real[number % len(real)] for number in range(MESSAGES)]


def letter(number: str, line: str, lines: int) -> bytes:
    head = (
        f"From: a{number}@example.org\r\nSubject: {number}\r\nDate: Wed, 04 Nov 2026 09:00:00 +0000\r\n\r\n"
    )
    return (head + line * lines).encode()


def parsed(raw: bytes) -> object:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    found = [str(message.get(name, "")) for name in ("From", "Subject", "Date", "Message-ID")]
    return found, [part.get_payload(decode=True) for part in message.walk()]
