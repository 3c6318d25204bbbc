"""The email stands beside the form: read, selected and used by keys, and found again from the answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit

from intake_app.channels.email.files import Found
from intake_app.channels.email.taking_in import take_in
from intake_app.drafting import story
from intake_app.passages import Passage
from intake_app.records import Answer, Source
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.translation import use_language

LETTER = """\
From: Zofia <zofia@example.org>
Subject: My 😀 visit
Date: Wed, 04 Nov 2026 09:00:00 +0000
Message-ID: <one@example.org>
References: <zero@example.org>
Content-Type: text/plain; charset=utf-8

😀 Nobody rang back.
I want an apology.

On Tue, 3 Nov 2026 at 09:00, Healthwatch <feedback@healthwatch.example> wrote:

> How was your visit?
"""
BOX = "email_beside"
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing", extend=True)


def taken_down(desk: Desk, letter: str = LETTER) -> None:
    take_in(desk.store.inbox, [Found(desk.store.folder, letter.encode())])
    dialog = desk.window._messages()
    desk.window._open_dialog(dialog)
    desk.settle()
    turn()
    dialog.take.click()
    for _time in range(3):
        desk.settle()
    desk.shell.activateWindow()
    turn()


def went_badly(desk: Desk) -> None:
    """Then it is asked which part of the service it was."""
    item = desk.draft.record.items[0].id
    desk.window.record.open_record.answer(f"item:{item}", "experience_kind", Answer(value="bad"))
    turn()


def box(desk: Desk) -> QTextEdit:
    found = desk.find(BOX)
    assert isinstance(found, QTextEdit)
    return found


def to_the_email(desk: Desk) -> None:
    for _time in range(6):
        desk.press("F6")
        if desk.focused() == BOX:
            return
    raise AssertionError("F6 does not reach the email")


def chosen_from_the_menu(desk: Desk, words: str) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = [one for one in menu.actions() if words in one.text()]
    assert found, "\n".join(one.text() for one in menu.actions())
    found[0].trigger()
    menu.close()
    turn()


def test_the_email_stands_beside_the_record_that_is_made_of_it(desk: Desk) -> None:
    taken_down(desk)
    assert desk.focused() == "narrative"
    assert "F6 goes there" in desk.last_said()
    assert box(desk).toPlainText() == "😀 Nobody rang back.\nI want an apology."
    assert "Zofia" in box(desk).accessibleDescription()
    assert box(desk).isReadOnly()


def test_f6_goes_to_it_and_typing_there_changes_nothing(desk: Desk) -> None:
    taken_down(desk)
    to_the_email(desk)
    desk.type("x")
    assert box(desk).toPlainText().startswith("😀 Nobody")
    assert desk.shell.narrative.words().startswith("😀 Nobody")


def test_what_is_selected_with_the_arrows_is_an_answer_that_knows_where_it_came_from(desk: Desk) -> None:
    taken_down(desk)
    went_badly(desk)
    to_the_email(desk)
    desk.press("Down")
    desk.press("Home")
    desk.press("Shift+End")
    desk.press("Ctrl+Shift+U")
    chosen_from_the_menu(desk, "Part of service")
    question, answer = next(
        (name, one)
        for item in desk.draft.record.items
        for name, one in item.answers.items()
        if one.value == "I want an apology."
    )
    assert answer.source is Source.NARRATIVE
    (passage,) = answer.taken_from
    words = "😀 Nobody rang back.\nI want an apology."
    assert words[passage.start : passage.end] == "I want an apology."
    assert "used for" in desk.last_said()
    # From the answer to the words, and back.
    section = next(
        one
        for one in desk.window.record.display.sections()
        if question in {held.id for held in one.question_set.in_group(one.group)}
    )
    desk.window.record.navigation.go_to_question(section.key, question)
    turn()
    assert desk.focused() == question
    desk.press("Ctrl+Shift+M")
    assert desk.focused() == BOX
    assert box(desk).textCursor().selectedText() == "I want an apology."
    assert desk.last_said().startswith("Taken from these words")
    desk.press("Ctrl+Shift+M")
    assert desk.focused() == question


def test_an_answer_that_is_mended_still_knows_where_it_came_from(desk: Desk) -> None:
    taken_down(desk)
    went_badly(desk)
    to_the_email(desk)
    desk.press("Ctrl+A")
    desk.press("Ctrl+Shift+U")
    chosen_from_the_menu(desk, "Part of service")
    item = desk.draft.record.items[0]
    question = next(name for name, one in item.answers.items() if one.taken_from)
    before = item.answers[question]
    mended = before.model_copy(update={"value": "An apology", "source": Source.ASKED, "taken_from": ()})
    record = desk.window.record.open_record
    record.answer(f"item:{item.id}", question, mended)
    after = desk.draft.record.items[0].answers[question]
    assert (after.value, after.taken_from, after.source) == (
        "An apology",
        before.taken_from,
        Source.NARRATIVE,
    )
    record.answer(f"item:{item.id}", question, None)
    record.answer(f"item:{item.id}", question, mended)
    assert desk.draft.record.items[0].answers[question].taken_from == ()


def test_the_whole_email_in_one_key_and_not_twice(desk: Desk) -> None:
    taken_down(desk)
    whole = "😀 Nobody rang back.\nI want an apology."
    told = story(desk.draft)
    assert told is not None
    assert told.taken_from == (Passage(end=len(whole)),)
    to_the_email(desk)
    desk.press("Ctrl+Shift+U")
    chosen_from_the_menu(desk, "What they said")
    assert desk.shell.narrative.words() == whole
    assert "already" in desk.last_said()
    desk.shell.narrative.set_words("")
    turn()
    to_the_email(desk)
    desk.press("Ctrl+Shift+U")
    chosen_from_the_menu(desk, "What they said")
    assert desk.shell.narrative.words() == whole


def test_a_part_of_what_stands_in_the_story_is_not_copied_again(desk: Desk) -> None:
    taken_down(desk)
    before = desk.shell.narrative.words()
    to_the_email(desk)
    desk.press("Shift+End")
    desk.press("Ctrl+Shift+U")
    chosen_from_the_menu(desk, "What they said")
    assert desk.shell.narrative.words() == before
    assert "already" in desk.last_said()


def test_a_letter_goes_to_the_next_question_that_begins_with_it(desk: Desk) -> None:
    taken_down(desk)
    to_the_email(desk)
    desk.press("Ctrl+Shift+U")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    expected = {"G": ("Good time",), "P": ("Part of service", "Phone", "Postcode", "Part of service")}
    for letter, words in ((letter, one) for letter, found in expected.items() for one in found):
        QTest.keyClick(menu, Qt.Key[f"Key_{letter}"])
        active = menu.activeAction()
        assert active is not None
        assert active.text() == words
    menu.close()
    turn()


def test_from_the_story_to_the_email_and_back(desk: Desk) -> None:
    taken_down(desk)
    desk.press("Ctrl+Shift+M")
    assert desk.focused() == BOX
    assert box(desk).textCursor().hasSelection()
    desk.press("Ctrl+Shift+M")
    assert desk.focused() == "narrative"


def test_words_that_are_quoted_can_be_used_and_are_shown_again_when_gone_to(desk: Desk) -> None:
    taken_down(desk)
    pane = desk.window.record.message.pane
    assert pane is not None
    pane.quoted.setChecked(True)
    pane.box.setFocus()
    found = pane.box.document().find("How was your visit?")
    pane.box.setTextCursor(found)
    desk.press("Ctrl+Shift+U")
    chosen_from_the_menu(desk, "What they said")
    assert desk.shell.narrative.words().endswith("How was your visit?")
    pane.quoted.setChecked(False)
    told = story(desk.draft)
    assert told is not None
    pane.select(told.taken_from[1:])
    assert pane.quoted.isChecked()
    assert pane.box.textCursor().selectedText() == "How was your visit?"


def test_a_story_that_was_typed_says_so(desk: Desk) -> None:
    desk.type("They said it on the phone")
    desk.press("Ctrl+Shift+M")
    assert "asked or typed" in desk.last_said()
    assert desk.focused() == "narrative"


def test_without_email_or_turns_there_is_nothing_to_use(desk: Desk) -> None:
    desk.press("Ctrl+Shift+U")
    assert "no turns, no message" in desk.last_said()


def test_another_record_shows_no_email_and_the_first_one_shows_it_again(desk: Desk) -> None:
    taken_down(desk)
    first = desk.draft.id
    desk.press("Ctrl+N")
    for _time in range(3):
        desk.settle()
    with pytest.raises(KeyError):
        desk.find(BOX)
    desk.window.record.calls.open_waiting(first)
    for _time in range(3):
        desk.settle()
    assert box(desk).toPlainText().startswith("😀 Nobody rang back.")


def test_on_a_computer_without_the_email_it_says_so(desk: Desk) -> None:
    taken_down(desk)
    from intake_app.channels.email.message import read

    here = desk.store.inbox.of_record(desk.draft.id)
    assert read(desk.store.inbox.source(here)).name == "Zofia"
    desk.store.inbox.wait_again(here)
    desk.window.record.calls.another.emit()
    desk.settle()
    desk.shell.narrative.setFocus()
    desk.press("Ctrl+Shift+M")
    assert "not on this computer" in desk.last_said()


def test_the_record_keeps_which_email_it_was_made_of_and_no_address(desk: Desk) -> None:
    taken_down(desk)
    message = desk.draft.record.message
    assert message is not None
    assert (message.id, message.answers, message.mailbox) == ("one@example.org", ("zero@example.org",), "")
    assert "zofia@" not in desk.draft.record.to_json()


@pytest.mark.parametrize("width", [1500, 700])
@pytest.mark.parametrize("tag", ["en", "ar-XB"])
def test_every_control_has_a_name_and_words_fit_side_by_side_and_stacked(
    desk: Desk, width: int, tag: str
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    desk.shell.resize(width, 700)
    turn()
    taken_down(desk)
    use_language(application, tag)
    to_the_email(desk)
    turn()
    panes = desk.window.record.parts.panes
    assert panes.stacked is (width == 700)
    assert audit(desk.shell) == []
    assert clipped(desk.shell) == []
    use_language(application, "en")


def test_at_twice_the_size_on_a_small_screen_the_email_has_the_room_while_it_is_read(desk: Desk) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    desk.shell.resize(1024, 600)
    theme.apply(application, "light", 200)
    try:
        taken_down(desk)
        to_the_email(desk)
        for _time in range(3):
            turn()
        line = box(desk).fontMetrics().lineSpacing()
        assert box(desk).height() >= 2 * line
        assert desk.find("email_more").isVisible()
        assert desk.shell.width() <= 1024
    finally:
        theme.apply(application, "light", 100)


def test_keys_select_in_it(desk: Desk) -> None:
    taken_down(desk)
    flags = box(desk).textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard
