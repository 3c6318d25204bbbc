"""A mark never costs typed words, and clearing one is said."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from intake_app.records import Answer, AnswerState, Sheet
from tests.ui.form.conftest import Show, turn


def test_words_that_are_typed_stand_in_the_way_of_a_mark_and_stay(show: Show, qapp: QApplication) -> None:
    shown = show()
    shown.form.focus_question("phone")
    QTest.keyClicks(shown.control("phone"), "020 7946 0018")
    edits = len(shown.edits)
    shown.form.mark("phone", AnswerState.DECLINED)
    turn(qapp)
    assert "Delete it first" in shown.said[-1]
    assert shown.control("phone").text() == "020 7946 0018"  # type: ignore[attr-defined]
    assert len(shown.edits) == edits


def test_a_mark_keeps_the_language_and_wording_that_was_asked_in(show: Show) -> None:
    shown = show()
    shown.form.mark("miles", AnswerState.DONT_KNOW)
    answer = shown.last()
    assert isinstance(answer, Answer)
    assert (answer.state, answer.language) == (AnswerState.DONT_KNOW, "en")
    assert answer.wording


def test_a_sheet_with_a_mark_shows_it_in_words(show: Show) -> None:
    empty = show().form.sheet()
    marked = Sheet(question_set=empty.question_set, answers={"miles": Answer(state=AnswerState.NOT_ASKED)})
    shown = show(marked)
    assert shown.control("miles").accessibleDescription().startswith("Not asked")
