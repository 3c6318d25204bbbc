"""The keys: none does anything else in a text field, all are listed, and each does what the list says."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.record.desk import Desk, parse
from ui.actions import KEYS
from ui.narrative import NarrativeBox
from ui.practice import practice_desk

ALL_KEYS = [sequence for key in KEYS for sequence in key.keys]
FORBIDDEN = ("F10", "Shift+F10", "Insert", "CapsLock", "Ctrl+Alt")
WORDS = "one two three"


@pytest.mark.parametrize("keys", ALL_KEYS)
def test_no_key_of_ours_does_anything_in_a_text_field_of_qt(
    qtbot: QtBot, qapp: QApplication, keys: str
) -> None:
    before = qapp.clipboard().text()
    for field in (QLineEdit(), NarrativeBox(), QTextEdit()):
        qtbot.addWidget(field)
        field.setText(WORDS)
        field.show()
        _select_middle(field)
        state = _state(field)
        QTest.keyClick(field, *parse(keys.replace("Return", "Return")))
        assert _state(field) == state, f"{keys} in {type(field).__name__}"
    assert qapp.clipboard().text() == before


def _select_middle(field: QLineEdit | QTextEdit) -> None:
    if isinstance(field, QLineEdit):
        field.setSelection(4, 3)
    else:
        cursor = field.textCursor()
        cursor.setPosition(4)
        cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)


def _state(field: QLineEdit | QTextEdit) -> tuple[str, str, int]:
    if isinstance(field, QLineEdit):
        return field.text(), field.selectedText(), field.cursorPosition()
    cursor = field.textCursor()
    return field.toPlainText(), cursor.selectedText(), cursor.position()


def test_no_key_belongs_to_screen_readers_or_the_menu_bar() -> None:
    for keys in ALL_KEYS:
        assert keys not in FORBIDDEN
        assert "Alt" not in keys


def test_no_two_acts_share_a_key_in_practice_either() -> None:
    sequences = [keys for one in (*KEYS, *practice_desk.KEYS) for keys in one.keys]
    assert len(sequences) == len(set(sequences))
    assert all(QKeySequence(keys).toString() for keys in sequences)


def test_every_key_of_the_table_has_an_act(desk: Desk) -> None:
    assert set(desk.window.actions) == {key.name for key in KEYS}


def test_f1_says_the_guidance_and_again_lists_the_keys(desk: Desk) -> None:
    desk.press("F2")
    desk.press("F1")
    assert "as they name it" in desk.last_said()
    desk.press("F1")
    assert desk.focused() == "key_rows"
    rows = desk.find("key_rows")
    shown = rows.texts()  # type: ignore[attr-defined]
    assert len(shown) == len(KEYS)
    assert any(words.startswith("Ctrl+R:") and "rang off" in words for words in shown)
    desk.press("Esc")
    assert desk.focused() == "service_search"


def test_f4_goes_to_the_story_and_back(desk: Desk) -> None:
    desk.press("F2")
    field = desk.focus()
    desk.press("F4")
    assert desk.focused() == "narrative"
    desk.press("F4")
    assert desk.focus() is field


def test_f6_goes_round_the_parts(desk: Desk) -> None:
    seen = []
    for _time in range(5):
        desk.press("F6")
        pane = desk.window.record.parts.panes.current()
        seen.append(id(pane))
    assert len(set(seen)) == 5
    before = desk.focus()
    desk.press("F6")
    desk.press("Shift+F6")
    assert desk.focus() is before


def test_ctrl_and_digits_go_to_the_sections(desk: Desk) -> None:
    titles = []
    for number in range(1, 8):
        desk.press(f"Ctrl+{number}")
        section = desk.window.record.parts.form_pane.section
        assert section is not None
        titles.append(section.group)
    assert titles[:5] == ["start", "service", "experience", "how_it_was", "permissions"]
    assert len(set(titles)) == 7


def test_ctrl_enter_goes_through_everything_unanswered(desk: Desk) -> None:
    desk.press("Ctrl+2")
    seen = []
    for _time in range(8):
        desk.press("Ctrl+Return")
        seen.append(desk.focused())
    assert len(set(seen)) == 8


def test_f5_goes_to_the_support_used(desk: Desk) -> None:
    desk.press("F5")
    assert desk.focused() == "support_words"


def test_quick_codes_put_their_words_into_the_story(desk: Desk) -> None:
    desk.type("She ")
    desk.press("Ctrl+.")
    assert desk.focused() == "quick_code"
    desk.type("wt")
    desk.press("Return")
    assert desk.shell.narrative.words() == "She waited too long"
    assert desk.focused() == "narrative"
    desk.press("Ctrl+.")
    desk.press("Esc")
    assert desk.focused() == "narrative"


def test_a_time_stamp_goes_into_the_story_from_anywhere(desk: Desk) -> None:
    desk.press("F2")
    desk.press("Ctrl+Shift+T")
    assert desk.shell.narrative.words() == "[10:14] "
    assert desk.focused() == "service_search"


def test_f11_says_the_words_marks_them_said_and_again_not_said(desk: Desk) -> None:
    desk.press("F11")
    assert "We keep this private" in desk.last_said()
    assert desk.draft.record.frame.value("confidentiality_said")
    assert desk.find("confidentiality").text() == "Confidentiality: said  F11"  # type: ignore[attr-defined]
    desk.press("F11")
    assert not desk.draft.record.frame.value("confidentiality_said")


def test_the_confidentiality_words_are_at_most_25(desk: Desk) -> None:
    question = desk.workplace.library.latest("frame").question("confidentiality_said")
    assert 0 < len(question.say.split()) <= 25


def test_ctrl_l_goes_to_the_list_and_back_to_the_very_place(desk: Desk) -> None:
    desk.press("F2")
    field = desk.focus()
    desk.press("Ctrl+L")
    desk.settle()
    assert desk.shell.pages.currentWidget() is desk.window.list
    desk.press("Ctrl+L")
    assert desk.focus() is field
    desk.press("Ctrl+F")
    assert desk.focused() == "record_search"
    desk.press("F7")
    assert desk.focused() == "danger_card_heading"
