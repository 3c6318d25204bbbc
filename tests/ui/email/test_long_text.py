"""The words of a long email come a little at a time, all of them, and the caret stays where it is."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.record.desk import turn
from ui.email.long_text import AT_ONCE, LongText

LINES = "Nobody rang back for three weeks. Żółw 😀\n" * 2_000


@pytest.fixture
def box(app: QApplication) -> Iterator[LongText]:
    made = LongText()
    yield made
    made.deleteLater()


def shown(box: LongText) -> str:
    return box.toPlainText()


def test_it_begins_at_once_and_ends_with_everything(box: LongText, qtbot: QtBot) -> None:
    box.show_words(LINES)
    assert 0 < len(shown(box)) <= AT_ONCE
    qtbot.waitUntil(lambda: len(shown(box)) == len(LINES), timeout=20_000)
    assert shown(box) == LINES


def test_a_selection_that_reaches_the_end_so_far_does_not_grow(box: LongText, qtbot: QtBot) -> None:
    box.show_words(LINES)
    cursor = box.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.movePosition(QTextCursor.MoveOperation.PreviousWord, QTextCursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    before = box.textCursor().selectedText()
    other = box.textCursor()
    other.setPosition(0)
    other.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    box.setTextCursor(other)
    place = other.position()
    qtbot.waitUntil(lambda: len(shown(box)) == len(LINES), timeout=20_000)
    assert before
    assert (box.textCursor().anchor(), box.textCursor().position()) == (0, place)


def test_other_words_take_the_place_of_what_was_still_to_come(box: LongText) -> None:
    box.show_words(LINES)
    box.show_words("Short")
    turn()
    assert shown(box) == "Short"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["a" * 7_999, "b" * 60_000, "\n", "c\n" * 3_000, ""]), max_size=5))
def test_all_of_it_at_once_for_somebody_who_goes_there(box: LongText, parts: list[str]) -> None:
    words = "".join(parts)
    box.show_words(words)
    box.show_all()
    assert shown(box) == words
