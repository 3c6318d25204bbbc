"""Finding services by keyboard and by ear."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.forms.library import Library
from intake_app.records import Answer, Item, Sheet
from intake_app.services.model import ServiceHit
from ui.form.finder import Finder, Found
from ui.form.services import hit_spoken

from .conftest import HITS, Show, Shown, turn

Key = Qt.Key


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def results(shown: Shown) -> QListWidget:
    found = shown.control("service_results")
    assert isinstance(found, QListWidget)
    return found


def line(shown: Shown) -> QLineEdit:
    found = shown.control("service_search")
    assert isinstance(found, QLineEdit)
    return found


def spoken_row(rows: QListWidget, row: int) -> str:
    return QAccessible.queryAccessibleInterface(rows).child(row).text(QAccessible.Text.Name)


def test_matches_are_spoken_once_when_typing_pauses(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("services")
    qtbot.keyClicks(focused(), "roy lon")
    assert shown.said == []
    qtbot.waitUntil(lambda: bool(shown.said))
    assert shown.said == ["3 matches. Down arrow to choose."]
    assert shown.status.text() == "3 matches. Down arrow to choose."


def test_each_row_is_spoken_with_what_tells_it_apart_and_its_place(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("services")
    qtbot.keyClicks(focused(), "roy lon")
    rows = results(shown)
    assert spoken_row(rows, 0) == "Royal London Hospital, Barts, London, E1 1BB, 1 of 4"
    assert spoken_row(rows, 2) == "Royal Longley Care Home, Leeds, closed, 3 of 4"
    assert spoken_row(rows, 3) == "Use “roy lon” as written: not in the directory, 4 of 4"


def test_a_code_is_spoken_letter_by_letter_and_only_when_asked_for() -> None:
    closed = HITS[2]
    assert hit_spoken(closed) == "Royal Longley Care Home, Leeds, closed"
    assert hit_spoken(closed, with_code=True) == "Royal Longley Care Home, Leeds, 1 1 1 8, closed"


def test_down_and_enter_choose_a_service(qtbot: QtBot, show: Show, qapp: QApplication) -> None:
    shown = show()
    shown.form.focus_question("services")
    qtbot.keyClicks(focused(), "roy lon")
    qtbot.keyClick(focused(), Key.Key_Down)
    assert focused() is results(shown)
    qtbot.keyClick(focused(), Key.Key_Return)
    answer = shown.last()
    assert answer is not None
    item = Item(id="1", question_set=shown.form.sheet().question_set, answers={"services": answer})
    assert [(one.id, one.name) for one in item.services] == [("ods:RNJ12", "Royal London Hospital")]
    turn(qapp)
    assert shown.said == ["Royal London Hospital chosen."]
    assert focused() is line(shown)
    assert line(shown).text() == ""
    assert not results(shown).isVisible()


def test_enter_in_the_line_chooses_nothing_unheard(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("services")
    qtbot.keyClicks(focused(), "densham")
    qtbot.keyClick(focused(), Key.Key_Return)
    assert shown.edits == []
    assert focused() is results(shown)


def test_escape_goes_back_to_the_line_with_its_words(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("services")
    qtbot.keyClicks(focused(), "roy")
    qtbot.keyClick(focused(), Key.Key_Down)
    qtbot.keyClick(focused(), Key.Key_Escape)
    assert focused() is line(shown)
    assert line(shown).text() == "roy"


def test_going_on_typing_in_the_list_goes_on_searching(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("services")
    qtbot.keyClicks(focused(), "roy lon")
    qtbot.keyClick(focused(), Key.Key_Down)
    qtbot.keyClicks(focused(), "g")
    assert line(shown).text() == "roy long"
    assert focused() is line(shown)
    assert results(shown).count() == 2


def test_a_service_that_is_not_listed_is_kept_in_the_persons_words(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("services")
    qtbot.keyClicks(focused(), "Dr Patel on the corner")
    qtbot.waitUntil(lambda: bool(shown.said))
    assert shown.said == ["No match. Down arrow to use your own words."]
    qtbot.keyClick(focused(), Key.Key_Down)
    qtbot.keyClick(focused(), Key.Key_Return)
    answer = shown.last()
    assert answer is not None
    assert answer.value == [{"name": "Dr Patel on the corner"}]


def test_several_services_can_be_chosen_and_removed(qtbot: QtBot, show: Show, qapp: QApplication) -> None:
    shown = show()
    for words in ("royal london hosp", "densham"):
        shown.form.focus_question("services")
        qtbot.keyClicks(focused(), words)
        qtbot.keyClick(focused(), Key.Key_Down)
        qtbot.keyClick(focused(), Key.Key_Return)
        turn(qapp)
    rows = shown.control("services.chosen")
    assert isinstance(rows, QListWidget)
    assert rows.count() == 2
    qtbot.keyClick(focused(), Key.Key_Tab)
    assert focused() is rows
    assert spoken_row(rows, 0) == "Royal London Hospital, Barts, London, E1 1BB"
    qtbot.keyClick(rows, Key.Key_Delete)
    answer = shown.last()
    assert answer is not None
    assert [one["name"] for one in answer.value] == ["The Densham Surgery"]
    turn(qapp)
    assert shown.said[-1] == "Royal London Hospital removed."
    button = shown.control("services.chosen.remove")
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == "Remove The Densham Surgery, Stockton"
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Space)
    assert shown.last() is None
    assert focused() is line(shown)


def test_the_same_service_is_not_chosen_twice(qtbot: QtBot, show: Show, qapp: QApplication) -> None:
    shown = show()
    for _again in range(2):
        shown.form.focus_question("services")
        qtbot.keyClicks(focused(), "densham")
        qtbot.keyClick(focused(), Key.Key_Down)
        qtbot.keyClick(focused(), Key.Key_Return)
        turn(qapp)
    assert len(shown.edits) == 1
    assert shown.said[-1] == "The Densham Surgery is already chosen."


def test_words_left_unchosen_are_named(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("services")
    qtbot.keyClicks(focused(), "St Mary")
    shown.form.focus_question("more")
    words = "Error: “St Mary” is not chosen yet: press Down arrow, then Enter"
    qtbot.waitUntil(lambda: shown.said == [words])
    assert words in [label.text() for label in shown.window.findChildren(QLabel)]
    assert line(shown).text() == "St Mary"


def test_chosen_services_are_shown_when_a_record_is_opened(show: Show, library: Library) -> None:
    mention = {"id": "ods:RNJ12", "name": "Royal London Hospital", "place": "London"}
    sheet = Sheet(question_set=library.latest("visit").ref(), answers={"services": Answer(value=[mention])})
    shown = show(sheet)
    rows = shown.control("services.chosen")
    assert isinstance(rows, QListWidget)
    assert rows.count() == 1
    assert shown.edits == []


def test_an_answer_overtaken_by_later_keys_is_not_shown(qtbot: QtBot) -> None:
    waiting: list[Callable[[tuple[Found, ...]], None]] = []
    finder = Finder(lambda words, show: waiting.append(show), lambda words: None, "line", "results")
    qtbot.addWidget(finder)
    finder.line.setText("ro")
    finder.line.setText("roy")
    first, second = waiting
    second((Found(1, "Royal", "Royal"),))
    first((Found(2, "Rotherham", "Rotherham"), Found(3, "Rochdale", "Rochdale")))
    assert [finder.results.item(row).text() for row in range(finder.results.count())] == ["Royal"]


def test_late_matches_are_spoken_when_they_arrive(qtbot: QtBot) -> None:
    waiting: list[Callable[[tuple[Found, ...]], None]] = []
    said: list[str] = []
    finder = Finder(lambda words, show: waiting.append(show), said.append, "line", "results", pause_ms=0)
    qtbot.addWidget(finder)
    with qtbot.waitExposed(finder):
        finder.show()
    finder.activateWindow()
    finder.line.setFocus()
    qtbot.waitUntil(finder.line.hasFocus)
    qtbot.keyClicks(finder.line, "r")
    qtbot.wait(5)  # the pause is over and nothing has arrived
    assert said == []
    waiting[-1]((Found(1, "Royal", "Royal"),))
    assert said == ["1 match. Down arrow to choose."]


def test_a_hundred_hits_fit_in_the_list(qtbot: QtBot) -> None:
    many = tuple(Found(hit, hit.name, hit.name) for hit in HITS * 20)
    finder = Finder(lambda words, show: show(many), lambda words: None, "line", "results")
    qtbot.addWidget(finder)
    finder.line.setText("r")
    assert finder.results.count() == 100
    assert isinstance(many[0].value, ServiceHit)
