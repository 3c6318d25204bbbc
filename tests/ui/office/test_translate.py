"""A story is translated afterwards and checked by somebody: then it leaves the list of what waits."""

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QTextEdit

from intake_app.records import Narrative, NarrativeKind, Record
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.narrative import NarrativeBox
from ui.record_list.translate_dialog import TranslateDialog
from ui.translation import use_language

URDU, ENGLISH = "مجھے تین گھنٹے انتظار کرنا پڑا۔", "I had to wait three hours."


def take_down(desk: Desk, story: str, letters: str = "") -> Record:
    box = desk.focus()
    assert isinstance(box, NarrativeBox)
    box.insertPlainText(story)
    if letters:
        desk.press("Ctrl+Shift+G")
        desk.type(letters)
        desk.press("Return", times=2)
    desk.press("F12", times=2)
    desk.settle()
    desk.clock.forward(60)
    return desk.records()[0]


def read(desk: Desk, record: Record) -> str:
    if not desk.window._on_list():
        desk.press("Ctrl+L")
    desk.settle()
    desk.window.list.show_record(record.id)
    desk.settle()
    return desk.window.list.view.text.toPlainText()


def translate(desk: Desk) -> TranslateDialog:
    desk.window.list.view.translate.click()
    turn()
    (dialog,) = (one for one in desk.shell.findChildren(TranslateDialog) if one.isVisible())
    return dialog


def fill(
    dialog: TranslateDialog, words: str, by: str = "Amina", how: str = "staff", checked: str = ""
) -> None:
    dialog.box.setPlainText(words)
    dialog.translator.setText(by)
    dialog.methods[how].setChecked(True)
    dialog.checker.setText(checked)


def keep(desk: Desk, dialog: TranslateDialog) -> None:
    dialog._keep()
    desk.settle()
    desk.settle()


def narratives(desk: Desk, record: Record) -> tuple[Narrative, ...]:
    return desk.store.records.get(record.id).narratives


def test_a_translation_stands_below_the_original_with_who_made_it_and_how(desk: Desk) -> None:
    record = take_down(desk, URDU, "urdu")
    assert "What they said, in Urdu\nWritten down by \u2068Sam\u2069.\n" + URDU in read(desk, record)
    dialog = translate(desk)
    assert dialog.original.toPlainText() == URDU
    assert dialog.language.currentData() == "en"
    fill(dialog, ENGLISH, "TranslateBox", "machine")
    keep(desk, dialog)
    assert desk.last_said() == "The translation is kept beside the original"
    shown = desk.window.list.view.text.toPlainText()
    told = "Translation into English\nMade by machine: \u2068TranslateBox\u2069.\nNot checked yet.\n"
    assert told + f"Written down by \u2068Sam\u2069.\n{ENGLISH}" in shown
    assert shown.index(URDU) < shown.index(ENGLISH)
    original, made = narratives(desk, record)
    assert original == record.narratives[0]
    assert (made.kind, made.derived_from, made.language) == (NarrativeKind.TRANSLATION, original.id, "en")


def test_checking_it_takes_the_record_from_the_list_of_what_waits(desk: Desk) -> None:
    take_down(desk, "English")
    record = take_down(desk, URDU, "urdu")
    desk.press("Ctrl+L")
    desk.settle()
    waiting = desk.window.list.translate
    assert (waiting.isVisible(), waiting.text()) == (True, "1 record waits for a translation")
    waiting.click()
    desk.settle()
    assert desk.window.list.model.rowCount() == 1
    read(desk, record)
    dialog = translate(desk)
    fill(dialog, ENGLISH)
    keep(desk, dialog)
    assert waiting.isVisibleTo(waiting.parentWidget()), "nobody has compared it yet"
    dialog = translate(desk)
    dialog.texts.setCurrentIndex(dialog.texts.words.index(1))
    assert dialog.box.words() == ENGLISH
    dialog.checker.setText("Bilal")
    keep(desk, dialog)
    assert "Checked by \u2068Bilal\u2069 on 20 November 2026." in desk.window.list.view.text.toPlainText()
    assert len(narratives(desk, record)) == 2
    assert not waiting.isVisibleTo(waiting.parentWidget())


def test_a_better_translation_is_another_one(desk: Desk) -> None:
    record = take_down(desk, URDU, "urdu")
    read(desk, record)
    dialog = translate(desk)
    fill(dialog, "I wait three hour", how="machine", by="Box")
    keep(desk, dialog)
    dialog = translate(desk)
    dialog.texts.setCurrentIndex(dialog.texts.words.index(1))
    fill(dialog, ENGLISH, checked="Bilal")
    keep(desk, dialog)
    assert [(one.text, one.checked_by) for one in narratives(desk, record)[1:]] == [
        ("I wait three hour", ""), (ENGLISH, "Bilal"),
    ]  # fmt: skip
    assert desk.store.records.untranslated() == 0


def test_into_another_language_and_of_an_english_story(desk: Desk) -> None:
    record = take_down(desk, ENGLISH)
    read(desk, record)
    dialog = translate(desk)
    dialog.language.setCurrentIndex(dialog.language.findData("ur"))
    fill(dialog, URDU)
    keep(desk, dialog)
    assert "Translation into Urdu" in desk.window.list.view.text.toPlainText()


def test_what_is_missing_is_said_beside_it(desk: Desk) -> None:
    record = take_down(desk, URDU, "urdu")
    read(desk, record)
    dialog = translate(desk)
    for expected, field in (
        ("Write the translation", "box"), ("Write who made it", "translator"), ("Say how it was made", "")
    ):  # fmt: skip
        dialog._keep()
        assert dialog.problem.text() == f"Error: {expected}"
        if field == "box":
            dialog.box.setPlainText(ENGLISH)
        if field == "translator":
            dialog.translator.setText("Amina")
    assert narratives(desk, record) == record.narratives


def test_words_are_not_thrown_away_by_one_key(desk: Desk) -> None:
    record = take_down(desk, URDU, "urdu")
    read(desk, record)
    dialog = translate(desk)
    dialog.box.setPlainText(ENGLISH)
    dialog.reject()
    assert dialog.isVisible()
    assert "not kept yet" in dialog.problem.text()
    results: list[int] = []
    dialog.finished.connect(results.append)
    dialog.reject()
    assert results == [QDialog.DialogCode.Rejected.value]


def test_a_changed_original_says_that_its_translation_is_of_older_words(desk: Desk) -> None:
    record = take_down(desk, URDU, "urdu")
    read(desk, record)
    dialog = translate(desk)
    fill(dialog, ENGLISH, checked="Bilal")
    keep(desk, dialog)
    desk.shell.activateWindow()  # a screen without a window manager activates no window by itself
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    desk.window.list.view.edit.click()
    desk.settle()
    desk.shell.narrative.insertPlainText(" مزید")
    desk.press("F12", times=2)
    desk.settle()
    assert "The original was changed since" in read(desk, record)
    assert desk.store.records.untranslated() == 1


def test_every_paragraph_of_the_record_keeps_its_direction(desk: Desk) -> None:
    record = take_down(desk, URDU, "urdu")
    read(desk, record)
    view = desk.window.list.view.text
    assert isinstance(view, QTextEdit)
    found, block = {}, view.document().begin()
    while block.isValid():
        found[block.text()] = block.textDirection().name
        block = block.next()
    assert found[URDU] == "RightToLeft"
    assert found["What they said, in Urdu"] == "LeftToRight"


@pytest.mark.parametrize(("language", "percent"), [("en", 100), ("en", 200), ("en-XA", 100), ("ar-XB", 100)])
def test_dialog_and_record_pass_the_audit(
    desk: Desk, qapp: QApplication, language: str, percent: int
) -> None:
    record = take_down(desk, URDU, "urdu")
    read(desk, record)
    theme.apply(qapp, "light", percent)
    use_language(qapp, language)
    turn()
    dialog = translate(desk)
    turn()
    assert audit(dialog) == []
    assert clipped(dialog) == []
    assert audit(desk.shell) == []


def test_a_dialog_that_is_open_grows_with_the_text(desk: Desk, qapp: QApplication) -> None:
    read(desk, take_down(desk, URDU, "urdu"))
    dialog = translate(desk)
    before = dialog.box.height()
    theme.apply(qapp, "light", 200)
    turn()
    assert dialog.box.height() > 1.7 * before
    assert clipped(dialog) == []
