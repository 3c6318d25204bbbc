"""The screens change their language at any question: not a byte of an answer changes, nor where one was."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from intake_app import i18n
from intake_app.forms.library import Library
from intake_app.records import Answer, ServiceMention, Sheet, TopicMention
from ui.form.question_row import QuestionRow
from ui.translation import use_language

from .conftest import HERE, Show, turn

LANGUAGES = (*(one.tag for one in i18n.languages() if one.tag != i18n.ENGLISH), *i18n.PSEUDO_LANGUAGES)
ANSWERS = {
    "words_said": "OK",
    "services": [ServiceMention(id="ods:RNJ12", name="Royal London Hospital").model_dump()],
    "kind": "bad",
    "ward": "Ward 7, “Rose”",
    "happened": "2026-03",
    "nights": 3,
    "miles": 2.5,
    "help": ["nurse"],
    "council": "avon",
    "neighbours": ["avon"],
    "topics": [TopicMention(code="waiting").model_dump()],
    "phone": "07700 900123",
    "more": "اس نے کہا: wait 2 hours\nand then went",
}
WORDS = {"ward": "Ward 7", "nights": "12", "miles": "1", "happened": "last week", "more": "two lines"}
SET = Library(HERE / "sets", HERE / "code_lists").latest("visit")
QUESTIONS = [one.id for one in SET.questions if one.kind.asks]


def place(widget: QWidget) -> tuple[object, ...]:
    """What is typed, where the caret stands, what is selected, and whether it can be undone."""
    if isinstance(widget, QLineEdit):
        chosen = (widget.selectionStart(), widget.selectedText())
        return widget.text(), widget.cursorPosition(), chosen, widget.isUndoAvailable()
    if isinstance(widget, QTextEdit):
        cursor = widget.textCursor()
        undo = widget.document().isUndoAvailable()
        return widget.toPlainText(), cursor.position(), cursor.anchor(), undo
    return ()


def select_some(widget: QWidget) -> None:
    if isinstance(widget, QLineEdit):
        widget.setSelection(0, max(1, len(widget.text()) - 1))
    elif isinstance(widget, QTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(1)
        cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_switch_changes_an_answer_or_where_somebody_is(
    qtbot: QtBot, show: Show, qapp: QApplication, question: str
) -> None:
    answers = {one: Answer(value=value) for one, value in ANSWERS.items()}
    shown = show(Sheet(question_set=SET.ref(), answers=answers))
    assert shown.form.focus_question(question)
    focus = qapp.focusWidget()
    assert focus is not None
    if question in WORDS:
        focus.selectAll()  # type: ignore[attr-defined]
        qtbot.keyClicks(focus, WORDS[question])
        select_some(focus)
    turn(qapp)
    kept = shown.form.sheet().model_dump_json().encode()
    edits, where = len(shown.edits), place(focus)
    values = {row.question_id: row.control.value() for row in shown.form.findChildren(QuestionRow)}
    for language in LANGUAGES:
        use_language(qapp, language)
        turn(qapp)
        assert qapp.isRightToLeft() == i18n.is_right_to_left(language), language
        assert shown.form.sheet().model_dump_json().encode() == kept, language
        assert len(shown.edits) == edits, language
        assert qapp.focusWidget() is focus, language
        assert place(focus) == where, language
        rows = shown.form.findChildren(QuestionRow)
        assert {row.question_id: row.control.value() for row in rows} == values, language
    if question in WORDS and isinstance(focus, QLineEdit | QTextEdit):
        focus.undo()
        assert place(focus)[0] != where[0]
