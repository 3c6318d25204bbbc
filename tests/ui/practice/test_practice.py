"""Practising by keyboard: callers speak when asked, what is written is compared, and nothing gets out."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from tests.ui.record.desk import Desk, parse, turn
from ui import theme
from ui.audit import audit, clipped
from ui.interpreter.support_dialog import SupportDialog
from ui.practice.mark import PracticeMark, mark
from ui.practice.practice_desk import PracticeDesk
from ui.record.rows import Rows
from ui.translation import use_language

NEXT = "Ctrl+Shift+L"
URDU = re.compile("[\u0600-\u06ff]")


def practice(desk: Desk) -> PracticeDesk:
    found = desk.window.practice
    assert found is not None
    return found


def menu_row(desk: Desk, text: str) -> QAction:
    """The first row of any menu that holds these words."""
    for top in desk.shell.menuBar().actions():
        for action in top.menu().actions():  # type: ignore[attr-defined]
            if text in action.text():
                return action  # type: ignore[no-any-return]
    raise KeyError(text)


def choose(desk: Desk, title: str) -> None:
    menu_row(desk, title).trigger()
    desk.settle()


def support(desk: Desk, words: str) -> None:
    """F5, the words, Down, Enter."""
    desk.press("F5")
    dialog = desk.window.record.helpers.dialog
    assert isinstance(dialog, SupportDialog)
    dialog.finder.line.insert(words)
    QTest.keyClick(dialog.finder.line, *parse("Down"))
    QTest.keyClick(dialog.finder.results, *parse("Return"))
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    desk.settle()


def rows(desk: Desk) -> list[str]:
    found = desk.find("comparison_rows")
    assert isinstance(found, Rows)
    return found.texts()


# The mark


def test_practice_comes_first_in_the_title_and_in_the_first_words(desk: Desk) -> None:
    assert desk.shell.windowTitle() == "Practice – Intake"
    assert desk.said[0] == "Practice, nothing here is real. Intake. Ready."


@pytest.mark.parametrize("colours", theme.THEMES)
def test_every_page_is_marked_in_words_in_every_theme(desk: Desk, qapp: QApplication, colours: str) -> None:
    theme.apply(qapp, colours, 100)
    (found,) = desk.shell.findChildren(PracticeMark)
    for keys in ("Ctrl+L", "Ctrl+L", "F7", "F8", "Ctrl+Shift+P"):
        desk.press(keys)
        assert found.isVisible(), keys
        assert found.words.text().startswith("Practice: nothing here is real")
    ink = found.palette().color(QPalette.ColorRole.WindowText).name()
    assert ink == theme.tokens().warning


def test_one_step_leads_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(
        "ui.practice.starting.QProcess.startDetached",
        lambda program, arguments: bool(started.append([program, *arguments])) or (True, 1),
    )
    menu_row(desk, "Back to the real records").trigger()
    assert len(started) == 1
    assert "--practise" not in started[0]
    assert started[0][started[0].index("--data-dir") + 1]


# A caller


def test_nobody_is_on_the_line_before_a_caller_is_chosen(desk: Desk) -> None:
    desk.press(NEXT)
    assert desk.last_said().startswith("Nobody is on the line yet")


def test_the_caller_speaks_step_by_step_and_the_caret_stays(desk: Desk) -> None:
    choose(desk, "Only good things to say")
    assert "Ctrl+Shift+L: what the caller says next" in desk.last_said()
    assert desk.focused() == "narrative"
    desk.press(NEXT)
    first = desk.last_said()
    assert "Caller:" in first
    assert "Hint:" in first
    assert desk.focused() == "narrative"
    desk.type("something nice")
    desk.press(NEXT)
    assert desk.last_said() != first
    shown = practice(desk).strip.said.toPlainText()
    assert "I only want to say something nice" in shown
    assert "Imaginary Oaks" in shown
    assert desk.shell.narrative.words() == "something nice"


def test_words_in_another_language_are_shown_and_their_meaning_is_spoken(desk: Desk) -> None:
    choose(desk, "A caller in Urdu")
    desk.press(NEXT, times=2)
    assert desk.last_said().startswith("Caller: in Urdu.")
    assert "I want to talk about my doctor's surgery" in desk.last_said()
    assert not URDU.search(desk.last_said())
    assert URDU.search(practice(desk).strip.said.toPlainText())
    for _turn in range(8):
        desk.press(NEXT)
        assert not URDU.search(desk.last_said())


def test_a_relay_call_is_practised_turn_by_turn_and_the_support_is_compared(desk: Desk) -> None:
    choose(desk, "A caller by text relay")
    desk.press(NEXT)
    assert "Relay assistant: " in desk.last_said()
    support(desk, "text relay")
    assert desk.focused() == "relay_typed"
    desk.type("HELLO THIS IS RELAY UK")
    desk.press("Return")
    desk.press(NEXT)
    desk.type("MY DENTIST INVENTED ELMS GA")
    desk.press("Return")
    for _turn in range(5):
        desk.press(NEXT)
    assert desk.last_said().endswith("The same key now compares.")
    assert desk.focused() == "relay_typed"
    desk.press(NEXT)
    desk.settle()
    assert "In your record. Support, F5: \u2068Text relay (Relay UK)\u2069" in rows(desk)
    # The next caller does not come before this one knows that they have to wait.
    choose(desk, "A distressed caller")
    assert "please hold" in desk.last_said()


def test_an_open_record_is_parked_before_another_caller_comes(desk: Desk) -> None:
    desk.type("Half a story")
    choose(desk, "A distressed caller")
    assert desk.shell.narrative.words() == ""
    (draft,) = desk.store.drafts.all()
    assert draft.parked


def test_after_the_last_words_the_same_key_compares(desk: Desk) -> None:
    choose(desk, "A caller who rings off")
    for _turn in range(5):
        desk.press(NEXT)
    assert desk.last_said().endswith("The same key now compares.")
    desk.type("They lie in wet beds, two on the top floor.")
    desk.press("Ctrl+R")
    desk.press(NEXT)
    desk.settle()
    assert desk.focused() == "comparison_rows"
    there = {row.partition(". ")[2]: row.partition(". ")[0] for row in rows(desk)[1:]}
    assert there["Caller rang off (Ctrl+R)"] == "In your record"
    assert [state for point, state in there.items() if "wet beds" in point] == ["In your record"]
    assert [state for point, state in there.items() if "signed" in point] == ["Also in a good record"]
    assert [state for point, state in there.items() if "Service" in point] == ["Also in a good record"]
    assert not any(character.isdigit() for character in rows(desk)[0])
    states = [row.partition(". ")[0] for row in rows(desk)[1:]]
    assert states == sorted(states, key=lambda state: state != "In your record")
    desk.press("Esc")
    assert desk.focused() == "narrative"
    assert audit(desk.shell) == []


def test_a_finished_record_is_compared_too_with_what_is_kept_under_seal(desk: Desk) -> None:
    choose(desk, "A distressed caller")
    for _turn in range(8):
        desk.press(NEXT)
    desk.type("She has bruises. He grabs her.")
    desk.press("Ctrl+6")
    assert desk.focused() == "person_name"
    desk.type("Alex Example")
    desk.press("F7")
    desk.press("F7")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    assert len(desk.records()) == 1
    desk.press(NEXT)
    desk.settle()
    found = rows(desk)
    assert "In your record. Name" in found
    assert "Also in a good record. Phone" in found
    assert any(row.startswith("In your record. Danger is marked (F7)") for row in found)


def test_a_parked_record_is_compared_where_it_waits(desk: Desk) -> None:
    choose(desk, "A caller in a hurry")
    for _turn in range(7):
        desk.press(NEXT)
    desk.type("Eleven times, no NHS patients, pulled the tooth.")
    desk.press("F9")
    desk.settle()
    desk.press(NEXT)
    desk.settle()
    assert sum(row.startswith("In your record. Story") for row in rows(desk)) == 3


def test_nothing_written_is_said(desk: Desk) -> None:
    choose(desk, "A caller who rings off")
    for _turn in range(5):
        desk.press(NEXT)
    desk.press("Ctrl+N")
    desk.settle()
    desk.press(NEXT)
    desk.settle()
    assert desk.last_said().startswith("Nothing was written down of this call")


def test_the_caller_and_the_key_are_in_the_list_of_keys_and_reached_by_f6(desk: Desk) -> None:
    choose(desk, "Only good things to say")
    seen = set()
    for _time in range(6):
        desk.press("F6")
        seen.add(desk.focused())
    assert seen & {"caller_said", "caller_next"}
    keys = desk.window.record.parts.key_list.rows.texts()
    assert keys[-1].startswith("Ctrl+Shift+L")


@pytest.mark.parametrize("language", ["en-XA", "ar-XB"])
def test_another_language_turns_strip_mark_and_comparison(
    desk: Desk, qapp: QApplication, tmp_path: Path, language: str
) -> None:
    choose(desk, "A caller who rings off")
    for _turn in range(5):
        desk.press(NEXT)
    desk.press(NEXT)
    desk.settle()
    before = rows(desk)
    use_language(qapp, language, tmp_path / "cache")
    assert not set(before) & set(rows(desk))
    assert practice(desk).strip.next.text() != "Compare  Ctrl+Shift+L"
    assert desk.shell.windowTitle() != "Practice – Intake"


def test_at_large_text_the_words_are_in_the_status_line_and_heard_again(
    make_desk: Callable[..., Desk], qapp: QApplication
) -> None:
    theme.apply(qapp, "light", 200)
    desk = make_desk()
    choose(desk, "Only good things to say")
    desk.press(NEXT)
    said = desk.last_said()
    assert not practice(desk).strip.isVisible()
    assert desk.find("caller_next").isVisible()
    desk.press("Ctrl+S")
    menu_row(desk, "What the caller said, again").trigger()
    assert desk.last_said() == said
    theme.apply(qapp, "light", 100)
    turn()
    assert desk.find("caller_said").isVisible()
    assert practice(desk).strip.isAncestorOf(desk.find("caller_next"))


# What practice never does


@pytest.mark.parametrize("words", ["Back up", "Export records", "Join a hub"])
def test_what_would_get_out_is_refused_with_a_sentence(desk: Desk, words: str) -> None:
    menu_row(desk, words).trigger()
    turn()
    assert desk.last_said().startswith("This is practice: nothing in ")
    assert desk.shell.findChildren(QDialog) == []


def test_sending_is_refused_with_a_sentence(desk: Desk) -> None:
    desk.window.list.sync_wanted.emit()
    assert desk.last_said().startswith("This is practice")


def test_there_is_no_practice_within_practice(desk: Desk) -> None:
    with pytest.raises(KeyError):
        menu_row(desk, "Practise …")


# Emptying


def test_emptying_asks_first_and_keeps_what_is_wanted(desk: Desk) -> None:
    desk.type("A practice story")
    desk.settle()
    menu_row(desk, "Empty the practice records").trigger()
    turn()
    (box,) = desk.shell.findChildren(QMessageBox)
    assert box.defaultButton().text() == "Keep them"
    desk.press("Esc")
    assert desk.shell.narrative.words() == "A practice story"


def test_emptied_practice_has_no_record_no_draft_and_an_empty_page(desk: Desk) -> None:
    desk.type("One story")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    desk.type("Another story")
    desk.press("F9")
    desk.settle()
    desk.type("A third")
    menu_row(desk, "Empty the practice records").trigger()
    turn()
    (box,) = desk.shell.findChildren(QMessageBox)
    next(one for one in box.buttons() if one.text() == "Empty").click()
    desk.settle()
    assert desk.last_said() == "Practice is empty. Ready for a new record."
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    assert desk.focused() == "narrative"
    assert desk.shell.narrative.words() == ""
    assert desk.store.records.totals() == (0, 0)
    assert desk.store.drafts.all() == ()
    desk.type("Fresh")
    desk.press("F12")
    desk.press("F12")
    assert len(desk.records()) == 1


# How it looks


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_off(make_desk: Callable[..., Desk], qapp: QApplication, percent: int) -> None:
    theme.apply(qapp, "light", percent)
    desk = make_desk()
    mark(desk.shell, desk.workplace.folder)
    choose(desk, "Only good things to say")
    desk.press(NEXT)
    assert clipped(desk.shell.record_area) == []
    assert audit(desk.shell) == []
    assert desk.shell.minimumSizeHint().width() <= 1366
    assert desk.shell.minimumSizeHint().height() <= 740  # a screen of 768 less the title bar
