"""Long lists of choices, and topics with how the person felt about each."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from intake_app.forms.library import Library
from intake_app.records import Answer, Item, Sheet
from ui.audit import audit

from .conftest import Show, Shown, turn

Key = Qt.Key


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def choose(qtbot: QtBot, shown: Shown, question_id: str, words: str) -> None:
    shown.form.focus_question(question_id)
    qtbot.keyClicks(focused(), words)
    qtbot.keyClick(focused(), Key.Key_Down)
    qtbot.keyClick(focused(), Key.Key_Return)


def topics(shown: Shown) -> list[tuple[str, str]]:
    sheet = shown.form.sheet()
    item = Item(id="1", question_set=sheet.question_set, answers=sheet.answers)
    return [(topic.code, topic.sentiment) for topic in item.topics]


def rows_of(shown: Shown, identifier: str) -> QListWidget:
    rows = shown.control(identifier)
    assert isinstance(rows, QListWidget)
    return rows


def test_a_long_list_is_filtered_by_any_of_its_words(qtbot: QtBot, show: Show) -> None:
    shown = show()
    rows = rows_of(shown, "council.results")
    assert rows.count() == 12  # one ran out in 1996
    shown.form.focus_question("council")
    qtbot.keyClicks(focused(), "DER")
    assert [rows.item(row).text() for row in range(rows.count())] == ["Derby"]


def test_one_of_a_long_list_is_replaced_by_the_next_choice(
    qtbot: QtBot, show: Show, qapp: QApplication
) -> None:
    shown = show()
    choose(qtbot, shown, "council", "derby")
    answer = shown.last()
    assert answer is not None
    assert (answer.value, answer.label) == ("derby", "Derby")
    assert answer.code_list
    turn(qapp)
    choose(qtbot, shown, "council", "devon")
    answer = shown.last()
    assert answer is not None
    assert answer.value == "devon"
    assert rows_of(shown, "council.chosen").count() == 1
    turn(qapp)
    assert shown.said[-1] == "Devon chosen."


def test_several_of_a_long_list_are_kept_until_removed(qtbot: QtBot, show: Show) -> None:
    shown = show()
    choose(qtbot, shown, "neighbours", "derby")
    choose(qtbot, shown, "neighbours", "devon")
    answer = shown.last()
    assert answer is not None
    assert answer.value == ["derby", "devon"]
    rows = rows_of(shown, "neighbours.chosen")
    rows.setFocus()
    qtbot.keyClick(rows, Key.Key_Delete)
    answer = shown.last()
    assert answer is not None
    assert answer.value == ["devon"]


def test_a_topic_is_chosen_and_its_feeling_asked_next(qtbot: QtBot, show: Show, qapp: QApplication) -> None:
    shown = show()
    choose(qtbot, shown, "topics", "wait")
    assert topics(shown) == [("waiting", "")]
    turn(qapp)
    assert shown.said == ["Waiting times chosen. How did they feel about it?"]
    assert focused().accessibleIdentifier() == "topics.feeling.positive"
    group = QAccessible.queryAccessibleInterface(shown.control("topics.feeling"))
    assert group.text(QAccessible.Text.Name) == "How did they feel about “Waiting times”?"
    qtbot.keyClick(focused(), Key.Key_2)
    assert topics(shown) == [("waiting", "negative")]


def test_each_topic_has_its_own_feeling(qtbot: QtBot, show: Show, qapp: QApplication) -> None:
    shown = show()
    choose(qtbot, shown, "topics", "wait")
    qtbot.keyClick(focused(), Key.Key_2)
    qtbot.keyClick(focused(), Key.Key_Escape)
    assert focused().accessibleIdentifier() == "topics"
    choose(qtbot, shown, "topics", "staff")
    qtbot.keyClick(focused(), Key.Key_1)
    assert topics(shown) == [("waiting", "negative"), ("staff", "positive")]
    rows = rows_of(shown, "topics.chosen")
    rows.setFocus()
    qtbot.keyClick(rows, Key.Key_Up)
    qtbot.keyClick(rows, Key.Key_3)
    assert topics(shown) == [("waiting", "mixed"), ("staff", "positive")]
    assert rows.item(0).text() == "Waiting times: Mixed"
    turn(qapp)
    assert audit(shown.window) == []
    met = [focused().accessibleIdentifier()]
    for _press in range(3):
        qtbot.keyClick(focused(), Key.Key_Tab)
        met.append(focused().accessibleIdentifier())
    assert met == ["topics.chosen", "topics.chosen.remove", "topics.feeling.mixed", "phone"]


def test_a_topic_that_is_removed_takes_its_feeling_along(qtbot: QtBot, show: Show) -> None:
    shown = show()
    choose(qtbot, shown, "topics", "wait")
    qtbot.keyClick(focused(), Key.Key_2)
    rows = rows_of(shown, "topics.chosen")
    rows.setFocus()
    qtbot.keyClick(rows, Key.Key_Delete)
    assert shown.last() is None
    assert focused().accessibleIdentifier() == "topics"
    assert not shown.control("topics.feeling").isVisible()


def test_topics_of_a_record_are_shown_without_an_edit(show: Show, library: Library) -> None:
    given = Answer(value=[{"code": "pain", "sentiment": "negative"}, {"code": "gone", "label": "Old topic"}])
    shown = show(Sheet(question_set=library.latest("visit").ref(), answers={"topics": given}))
    rows = rows_of(shown, "topics.chosen")
    assert [rows.item(row).text() for row in range(2)] == ["Pain: Negative", "Old topic: feeling not said"]
    assert shown.edits == []
