"""What staff see, press and hear in a form, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QRadioButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from intake_app.forms.library import Library
from intake_app.forms.model import Kind
from intake_app.records import Answer, AnswerState, Sheet
from ui import theme
from ui.audit import audit, clipped
from ui.form.context import SayLevel
from ui.form.fields import BUILDERS
from ui.form.sheet_form import AFTER_LEAVING_MS
from ui.translation import use_language

from .conftest import Show, Shown, turn

Key = Qt.Key


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def heard(widget: QWidget) -> tuple[str, str]:
    """Name and description as a screen reader gets them."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name), found.text(QAccessible.Text.Description)


def answers(library: Library, **given: Answer) -> Sheet:
    return Sheet(question_set=library.latest("visit").ref(), answers=given)


def bad(library: Library) -> Sheet:
    return answers(library, kind=Answer(value="bad", label="Bad"))


def ids_by_tab(qtbot: QtBot, shown: Shown, first: str) -> list[str]:
    """The stops that Tab reaches from a question to the last one, by identifier."""
    shown.form.focus_question(first)
    met = [focused().accessibleIdentifier()]
    while True:
        qtbot.keyClick(focused(), Key.Key_Tab)
        identifier = focused().accessibleIdentifier()
        if identifier in met:
            return met
        met.append(identifier)


def test_every_kind_has_a_control_but_the_calculated_one() -> None:
    assert set(BUILDERS) == set(Kind) - {Kind.CALCULATE}


def test_nothing_in_the_form_is_unlabelled_too_small_or_met_twice(show: Show, library: Library) -> None:
    shown = show(bad(library))
    assert audit(shown.window) == []


def test_a_sections_heading_keeps_its_place_above_the_text_when_the_text_grows_and_shrinks(
    show: Show, library: Library, qapp: QApplication
) -> None:
    theme.apply(qapp, "light", 200)
    shown = show(bad(library))
    for percent in (200, 100):
        theme.apply(qapp, "light", percent)
        turn(qapp)
        wanted = theme.BASE_POINTS * percent / 100 * 1.25
        assert shown.form.heading.font().pointSizeF() == pytest.approx(wanted)


@pytest.mark.parametrize("percent", [100, 200, 250])
def test_nothing_is_cut_off_at_large_text_in_a_narrow_window(
    show: Show, library: Library, qapp: QApplication, percent: int
) -> None:
    shown = show(bad(library))
    theme.apply(qapp, "light", percent)
    shown.window.resize(560, 700)
    turn(qapp)
    assert clipped(shown.window) == []


def test_tab_goes_through_the_questions_in_their_order(qtbot: QtBot, show: Show, library: Library) -> None:
    shown = show(bad(library))
    assert ids_by_tab(qtbot, shown, "words_said") == [
        "words_said",
        "reassure",
        "service_search",
        "kind.bad",
        "ward",
        "happened",
        "nights",
        "miles",
        "help.nurse",
        "help.food",
        "help.visit",
        "council",
        "neighbours",
        "topics",
        "phone",
        "more",
    ]


def test_tab_goes_on_from_a_choice_to_the_question_that_it_brought(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("kind")
    qtbot.keyClick(focused(), Key.Key_2)
    qtbot.keyClick(focused(), Key.Key_Tab)
    assert focused().accessibleIdentifier() == "ward"
    qtbot.keyClick(focused(), Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused().accessibleIdentifier() == "kind.bad"


def test_a_question_is_spoken_with_its_label_hint_and_the_words_to_say(show: Show, library: Library) -> None:
    shown = show(bad(library))
    assert heard(shown.control("ward")) == ("Which ward?", "As they call it.")
    assert heard(shown.control("happened"))[0] == "When did it happen? (required)"
    name, description = heard(shown.control("words_said"))
    assert name == "You said what happens with their words (required)"
    assert description == "Say: “We keep what you say safe.”"
    assert heard(shown.control("reassure"))[0] == "Nothing they say changes their care."


def test_the_label_is_tied_to_its_field(show: Show, library: Library) -> None:
    shown = show(bad(library))
    found = QAccessible.queryAccessibleInterface(shown.control("ward"))
    related = [other.text(QAccessible.Text.Name) for other, how in found.relations() if other]
    assert "Which ward?" in related


def test_the_words_to_say_come_short_or_not_at_all_when_asked_for(show: Show, library: Library) -> None:
    shown = show(bad(library))
    radio = shown.control("kind.bad")
    assert "Was it a good or a bad experience?" in heard(radio)[1]
    shown.form.show_say(SayLevel.SHORT)
    assert "Good or bad?" in heard(radio)[1]
    shown.form.show_say(SayLevel.NONE)
    assert "Say" not in heard(radio)[1]


def test_radio_buttons_carry_the_question_and_no_key_digits(show: Show, library: Library) -> None:
    shown = show(bad(library))
    assert heard(shown.control("kind"))[0] == "Was it good or bad? (required)"
    assert heard(shown.control("kind.good"))[0] == "Good & kind"


def test_a_digit_chooses_and_says_which_questions_follow(
    qtbot: QtBot, show: Show, qapp: QApplication
) -> None:
    shown = show()
    shown.form.focus_question("kind")
    qtbot.keyClick(focused(), Key.Key_2)
    assert shown.edits[-1][0] == "kind"
    answer = shown.last()
    assert answer is not None
    assert (answer.value, answer.label, answer.language) == ("bad", "Bad", "en")
    assert answer.wording
    assert focused().accessibleIdentifier() == "kind.bad"
    turn(qapp)
    assert shown.said == ["2 new questions below."]
    assert shown.control("ward").isVisible()


def test_choosing_otherwise_hides_the_questions_and_keeps_their_answers(
    qtbot: QtBot, show: Show, library: Library, qapp: QApplication
) -> None:
    sheet = answers(library, kind=Answer(value="bad"), ward=Answer(value="Ward 7"))
    shown = show(sheet)
    shown.form.focus_question("kind")
    qtbot.keyClick(focused(), Key.Key_1)
    turn(qapp)
    assert shown.said == ["2 questions no longer needed."]
    assert not shown.control("ward").isVisible()
    kept = shown.form.sheet().answers["ward"]
    assert (kept.value, kept.relevant) == ("Ward 7", False)
    qtbot.keyClick(focused(), Key.Key_2)
    ward = shown.control("ward")
    assert isinstance(ward, QLineEdit)
    assert ward.text() == "Ward 7"


def test_choosing_where_the_focus_already_is_says_what_was_chosen(
    qtbot: QtBot, show: Show, qapp: QApplication
) -> None:
    shown = show()
    shown.form.focus_question("kind")
    first = focused()
    qtbot.keyClick(first, Key.Key_1)
    turn(qapp)
    assert focused() is first
    assert shown.said[0].startswith(f"{first.accessibleName()} chosen.")


def test_the_digit_of_the_chosen_answer_clears_it(
    qtbot: QtBot, show: Show, library: Library, qapp: QApplication
) -> None:
    shown = show(bad(library))
    shown.form.focus_question("kind")
    qtbot.keyClick(focused(), Key.Key_2)
    assert shown.edits == [("kind", None)]
    radio = shown.control("kind.bad")
    assert isinstance(radio, QRadioButton)
    assert not radio.isChecked()
    turn(qapp)
    assert shown.said == ["Cleared. 2 questions no longer needed."]


def test_delete_clears_a_choice_and_down_moves_to_the_next(
    qtbot: QtBot, show: Show, library: Library
) -> None:
    shown = show(bad(library))
    shown.form.focus_question("kind")
    qtbot.keyClick(focused(), Key.Key_Down)
    assert focused().accessibleIdentifier() == "kind.both"
    answer = shown.last()
    assert answer is not None
    assert answer.value == "both"
    qtbot.keyClick(focused(), Key.Key_Delete)
    assert shown.last() is None


def test_digits_in_a_text_field_are_only_text(qtbot: QtBot, show: Show, library: Library) -> None:
    shown = show(bad(library))
    shown.form.focus_question("ward")
    qtbot.keyClicks(focused(), "7")
    answer = shown.last()
    assert answer is not None
    assert (shown.edits[-1][0], answer.value) == ("ward", "7")


def test_check_boxes_give_all_that_are_ticked(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("help")
    qtbot.keyClick(focused(), Key.Key_Space)
    qtbot.keyClick(focused(), Key.Key_3)
    answer = shown.last()
    assert answer is not None
    assert (answer.value, answer.label) == (["nurse", "visit"], "The nurse; Visits")
    qtbot.keyClick(focused(), Key.Key_1)
    qtbot.keyClick(focused(), Key.Key_3)
    assert shown.last() is None


def test_acknowledging_is_one_key(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("words_said")
    qtbot.keyClick(focused(), Key.Key_Space)
    answer = shown.last()
    assert answer is not None
    assert answer.value == "OK"
    qtbot.keyClick(focused(), Key.Key_Space)
    assert shown.last() is None


def test_a_date_is_kept_as_said_and_shown_as_understood(qtbot: QtBot, show: Show, library: Library) -> None:
    shown = show(bad(library))
    shown.form.focus_question("happened")
    qtbot.keyClicks(focused(), "3 2026")
    answer = shown.last()
    assert answer is not None
    assert (answer.value, answer.label) == ("2026-03", "3 2026")
    assert "Understood as March 2026" in [label.text() for label in shown.window.findChildren(QLabel)]


def test_not_sure_of_the_date_is_an_answer_of_its_own(qtbot: QtBot, show: Show, library: Library) -> None:
    shown = show(bad(library))
    shown.form.focus_question("happened")
    qtbot.keyClicks(focused(), "not sure")
    answer = shown.last()
    assert answer is not None
    assert (answer.state, answer.label) == (AnswerState.DONT_KNOW, "not sure")
    again = show(answers(library, kind=Answer(value="bad"), happened=answer))
    line = again.control("happened")
    assert isinstance(line, QLineEdit)
    assert line.text() == "not sure"


def test_words_that_are_no_number_stay_and_are_named_on_leaving(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("nights")
    qtbot.keyClicks(focused(), "a few")
    answer = shown.last()
    assert answer is not None
    assert answer.value == "a few"
    assert "Error" not in heard(shown.control("nights"))[1]
    qtbot.keyClick(focused(), Key.Key_Tab)
    qtbot.waitUntil(lambda: "Error:" in heard(shown.control("nights"))[1])
    assert focused().accessibleIdentifier() == "miles"
    qtbot.waitUntil(lambda: shown.said == ["Error: Give “\u2068How many nights?\u2069” as a number"])
    shown.form.focus_question("nights")
    line = shown.control("nights")
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "12")
    answer = shown.last()
    assert answer is not None
    assert answer.value == 12
    assert "Error" not in heard(line)[1]


def test_a_constraint_speaks_its_own_words(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("nights")
    qtbot.keyClicks(focused(), "100")
    qtbot.keyClick(focused(), Key.Key_Tab)
    qtbot.waitUntil(lambda: shown.said == ["Error: Give at most 99 nights"])
    assert heard(shown.control("nights"))[1].startswith("Error: Give at most 99 nights")


def test_leaving_a_required_question_empty_is_no_error(qtbot: QtBot, show: Show, library: Library) -> None:
    shown = show(bad(library))
    shown.form.focus_question("happened")
    qtbot.keyClick(focused(), Key.Key_Tab)
    qtbot.wait(2 * AFTER_LEAVING_MS)
    assert "Error" not in heard(shown.control("happened"))[1]
    assert shown.said == []


def test_a_text_box_lets_tab_through_and_keeps_every_character(qtbot: QtBot, show: Show) -> None:
    shown = show()
    box = shown.control("more")
    assert isinstance(box, QTextEdit)
    box.insertPlainText("six\u00a0hours\nno tea\x00")
    answer = shown.last()
    assert answer is not None
    assert answer.value == "six\u00a0hours\nno tea\ufffd"
    shown.form.focus_question("more")
    qtbot.keyClick(box, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused().accessibleIdentifier() == "phone"


def test_problems_stand_beside_their_questions_in_words(show: Show) -> None:
    shown = show()
    shown.form.show_problems({"kind": "Say whether it was good or bad"})
    assert heard(shown.control("kind.good"))[1].startswith("Error: Say whether it was good or bad")
    assert "Error: Say whether it was good or bad" in [
        label.text() for label in shown.window.findChildren(QLabel) if label.isVisible()
    ]
    shown.form.show_problems({})
    assert "Error" not in heard(shown.control("kind.good"))[1]


def is_in_sight(shown: Shown) -> bool:
    box = focused()
    top = box.mapTo(shown.form, box.rect().topLeft()).y()
    return top >= 0 and top + box.height() <= shown.form.height()


def test_the_focused_question_is_scrolled_into_sight(
    qtbot: QtBot, show: Show, library: Library, qapp: QApplication
) -> None:
    shown = show(bad(library))
    shown.window.resize(560, 400)
    turn(qapp)
    for question_id in ("more", "words_said", "phone"):
        shown.form.focus_question(question_id)
        qtbot.waitUntil(lambda: is_in_sight(shown))


def test_ctrl_enter_can_go_to_the_next_unanswered(show: Show, library: Library) -> None:
    shown = show(answers(library, words_said=Answer(value="OK"), kind=Answer(value="good")))
    assert shown.form.first_unanswered() == "services"
    shown.form.focus_question("kind")
    assert shown.form.focus_next_unanswered()
    assert shown.form.current_question() == "nights"
    shown.form.focus_question("more")
    assert not shown.form.focus_next_unanswered()


def test_showing_the_same_answers_leaves_caret_and_focus_alone(
    qtbot: QtBot, show: Show, library: Library
) -> None:
    shown = show(bad(library))
    shown.form.focus_question("ward")
    qtbot.keyClicks(focused(), "Ward 7")
    line = shown.control("ward")
    assert isinstance(line, QLineEdit)
    line.setCursorPosition(2)
    shown.form.show_sheet(shown.form.sheet())
    assert line.cursorPosition() == 2
    assert focused() is line
    count = len(shown.edits)
    line.setCursorPosition(2)
    qtbot.keyClicks(line, "x")
    assert len(shown.edits) == count + 1


def test_guidance_is_given_for_the_current_question(show: Show, library: Library) -> None:
    shown = show(bad(library))
    shown.form.focus_question("kind")
    assert shown.form.guidance() == (
        "Ask only if they have not said.",
        "Was it a good or a bad experience?",
    )
    shown.form.focus_question("ward")
    assert shown.form.guidance()[0] == "As they call it"


def test_switching_the_language_loses_no_answer_and_no_focus(
    qtbot: QtBot, show: Show, library: Library, qapp: QApplication
) -> None:
    shown = show(bad(library))
    shown.form.focus_question("ward")
    qtbot.keyClicks(focused(), "Ward 7")
    before = shown.form.sheet()
    count = len(shown.edits)
    use_language(qapp, "en-XA")
    line = focused()
    assert heard(line) == ("Pa ward?", "Fel y maent yn ei alw.")
    assert isinstance(line, QLineEdit)
    assert (line.text(), line.cursorPosition()) == ("Ward 7", 6)
    assert heard(shown.control("kind.bad"))[0] == "Drwg"
    assert shown.form.sheet() == before
    assert len(shown.edits) == count
    line.undo()
    assert line.text() == ""


def test_a_choice_no_longer_offered_is_still_shown(show: Show, library: Library) -> None:
    shown = show(answers(library, council=Answer(value="avon", label="Avon")))
    rows = shown.control("council.chosen")
    assert isinstance(rows, QListWidget)
    assert rows.item(0).text() == "Avon"
