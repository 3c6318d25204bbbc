"""Mail is brought in from files: each message once, the rest in spite of a bad one, stopped at any moment."""

from itertools import count
from pathlib import Path

import pytest

from intake_app.channels.email.files import found_in
from intake_app.channels.email.taking_in import SLICE, take_in
from intake_app.errors import Cancelled
from intake_app.store.inbox import MessageState
from intake_app.store.store import Store


def letters(folder: Path, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    for one in range(number):
        (folder / f"{one:03}.eml").write_bytes(b"From: a@example.org\r\nSubject: %d\r\n\r\nWords\r\n" % one)
    return folder


def test_each_once_and_a_bad_one_holds_up_nobody(store: Store, tmp_path: Path) -> None:
    folder = letters(tmp_path / "mail", 5)
    (folder / "003.eml").write_bytes(b"")
    (folder / "bounce.eml").write_bytes(b"From: mailer-daemon@example.org\r\n\r\nNo\r\n")
    report = take_in(store.inbox, found_in([folder]))
    assert (report.added, report.known, report.aside) == (5, 0, 1)
    assert [(one.path.name, one.reason) for one in report.refused] == [("003.eml", "empty")]
    again = take_in(store.inbox, found_in([folder]))
    assert (again.added, again.known, again.aside) == (0, 5, 0)
    assert [row.subject for row in store.inbox.rows(MessageState.WAITING)] == ["4", "2", "1", "0"]


def test_stopped_it_keeps_what_came_and_goes_on_the_next_time(store: Store, tmp_path: Path) -> None:
    folder = letters(tmp_path / "mail", 2 * SLICE + 1)
    looks = count()
    with pytest.raises(Cancelled):
        take_in(store.inbox, found_in([folder]), cancelled=lambda: next(looks) == 1)
    assert store.inbox.waiting() == SLICE
    assert take_in(store.inbox, found_in([folder])).added == SLICE + 1
