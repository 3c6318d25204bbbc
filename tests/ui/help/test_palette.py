"""The palette: every command of the menus is found by its words or what else it is called, done, and left."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.actions import KEYS, words
from ui.audit import audit
from ui.form.finder import TYPING_PAUSE_MS
from ui.help.palette import CommandPalette, commands, matching, plain
from ui.help.synonyms import synonyms

OPEN = "Ctrl+Shift+P"


def palette(desk: Desk) -> CommandPalette:
    (found,) = desk.shell.findChildren(CommandPalette)
    return found


def shown(desk: Desk) -> list[str]:
    results = palette(desk).finder.results
    return [results.item(row).text() for row in range(results.count())]


def heard(desk: Desk, typed: str) -> str:
    """What is said when the typing has paused."""
    before = len(desk.said)
    desk.type(typed)
    desk.qtbot.waitUntil(lambda: len(desk.said) > before, timeout=20 * TYPING_PAUSE_MS)
    return desk.last_said()


def test_every_row_of_every_menu_is_in_it_but_itself(desk: Desk) -> None:
    desk.press(OPEN)
    rows = shown(desk)
    for key in KEYS:
        if key.name != "palette" and key.name in desk.window.actions:
            assert any(row.startswith(plain(words(key))) for row in rows), key.name
    for other in ("Preferences", "Export records", "Manual", "Practise"):
        assert any(row.startswith(other) for row in rows), other
    assert not any("Find a command" in row for row in rows)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("park", "Park this record"),
        ("hold", "Park this record"),
        ("safeguarding", "Danger: mark it"),
        ("hung up", "Caller rang off"),
        ("f9", "Park this record"),
        ("dark", "Preferences"),
        ("spreadsheet", "Export records"),
        ("TRAIN", "Practise"),
        ("interpreter", "Add an interpreter"),
        ("section 3", "Go to section 3"),
    ],
)
def test_words_and_what_else_it_is_called_find_it(desk: Desk, typed: str, first: str) -> None:
    found = matching(commands(desk.shell.menuBar(), "palette"), typed)
    assert found[0].text.startswith(first)


def test_every_synonym_belongs_to_a_command(desk: Desk) -> None:
    from ui.help.synonyms import _WORDS

    names = {one.action.objectName() for one in commands(desk.shell.menuBar())}
    assert set(_WORDS) <= names
    assert synonyms("nothing of this name") == ""


def test_the_count_and_the_first_are_heard_when_typing_pauses(desk: Desk) -> None:
    desk.press(OPEN)
    said = heard(desk, "parked")
    assert said.startswith("2 commands. First: Parked and waiting records, Shift+F9. Enter does it")
    assert heard(desk, " zebra") == "No match."


def test_enter_does_the_first_one_where_the_focus_was(desk: Desk) -> None:
    desk.type("She waited.")
    desk.press(OPEN)
    desk.type("read back")
    desk.press("Return")
    turn()
    assert not palette(desk).isVisible()
    assert desk.focused() == "read_back_rows" or "wrap_up" in desk.focused()
    desk.press("Esc")
    assert desk.focused() == "narrative"


def test_down_and_enter_take_another_one(desk: Desk) -> None:
    desk.type("She waited.")
    desk.press(OPEN)
    heard(desk, "park")
    desk.press("Down")
    desk.press("Down")
    assert desk.focus() is palette(desk).finder.results
    second = shown(desk)[1]
    assert second.startswith("Parked and waiting")
    desk.press("Return")
    desk.settle()
    assert not palette(desk).isVisible()
    assert desk.last_said() == "No record is parked or waiting"


def test_a_dialog_is_opened_too(desk: Desk) -> None:
    desk.press(OPEN)
    desk.type("colours")
    desk.press("Return")
    turn()
    (dialog,) = desk.shell.findChildren(QDialog)
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize("typed", ["", "pa"])
def test_esc_gives_back_focus_and_caret_whatever_was_typed(desk: Desk, typed: str) -> None:
    desk.type("She waited.")
    caret = desk.shell.narrative.textCursor()
    caret.setPosition(4)
    desk.shell.narrative.setTextCursor(caret)
    desk.press(OPEN)
    desk.type(typed)
    desk.press("Esc")
    assert desk.focused() == "narrative"
    assert desk.shell.narrative.textCursor().position() == 4
    assert desk.shell.narrative.words() == "She waited."
    assert not palette(desk).isVisible()
    desk.press(OPEN)
    assert palette(desk).finder.line.text() == ""


def test_esc_gives_back_a_field_of_the_form_with_what_was_typed_in_it(desk: Desk) -> None:
    desk.press("Ctrl+6")
    desk.type("Alex")
    field = desk.focus()
    desk.press(OPEN)
    desk.press("Down")
    desk.press("Esc")
    assert desk.focus() is field
    assert isinstance(field, QLineEdit)
    assert (field.text(), field.cursorPosition(), field.selectedText()) == ("Alex", 4, "")


def test_it_opens_over_the_list_and_leads_from_there(desk: Desk) -> None:
    desk.press("Ctrl+L")
    desk.settle()
    desk.press(OPEN)
    desk.type("new record")
    desk.press("Return")
    desk.settle()
    assert desk.focused() == "narrative"


def test_nothing_moves_when_it_opens_and_it_fits_at_every_size(desk: Desk, qapp: QApplication) -> None:
    for percent in (100, 200):
        theme.apply(qapp, "light", percent)
        turn()
        size, story = desk.shell.size(), desk.shell.narrative.geometry()
        desk.press(OPEN)
        desk.type("park")
        turn()
        assert desk.shell.size() == size
        assert desk.shell.narrative.geometry() == story
        over = palette(desk).geometry()
        assert desk.shell.centralWidget().rect().contains(over)
        assert audit(desk.shell) == []
        desk.press("Esc")


def test_its_key_belongs_to_nothing_else() -> None:
    # That it does nothing in a text field is tested with all keys of the window.
    sequences = [QKeySequence(one).toString() for key in KEYS for one in key.keys]
    assert sequences.count(QKeySequence(OPEN).toString()) == 1


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [("&Export records …", "Export records"), ("S&ay", "Say"), ("R && D", "R & D"), ("Park", "Park")],
)
def test_a_menu_row_is_shown_without_its_marks(text: str, shown_as: str) -> None:
    assert plain(text) == shown_as


def test_what_was_said_about_matches_goes_with_it(desk: Desk) -> None:
    desk.press(OPEN)
    heard(desk, "zzz")
    assert desk.shell.status.text() == "No match."
    desk.press("Esc")
    assert desk.shell.status.text() == ""
