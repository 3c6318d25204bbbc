"""Parts side by side or above one another: at large text the one that is worked in gets the room."""

import gc
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from pytestqt.qtbot import QtBot

from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.record.panes import stops


@pytest.fixture
def small_desk(make_desk: Callable[..., Desk], qapp: QApplication) -> Desk:
    """200 % on a small laptop."""
    desk = make_desk(width=1366, height=700)
    theme.apply(qapp, "light", 200)
    desk.shell.resize(1366, 700)
    turn()
    turn()
    return desk


def heights(desk: Desk) -> tuple[int, int]:
    _sections, form, story = desk.shell.columns.sizes()
    return form, story


def test_side_by_side_nothing_moves_with_the_focus(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    before = desk.shell.columns.sizes()
    desk.press("Ctrl+3")
    assert not desk.window.record.parts.panes.stacked
    assert desk.shell.columns.sizes() == before


def test_the_part_that_is_worked_in_gets_the_room(small_desk: Desk) -> None:
    desk = small_desk
    assert desk.window.record.parts.panes.stacked
    desk.press("Ctrl+3")
    form, story = heights(desk)
    assert form > story
    line = desk.shell.narrative.fontMetrics().lineSpacing()
    assert desk.shell.narrative.viewport().height() >= line, "a line of the story stays in sight"
    desk.press("F4")
    assert desk.focused() == "narrative"
    less, more = heights(desk)
    assert less < form
    assert more > story
    desk.press("F4")
    assert heights(desk) == (form, story)


def test_the_question_with_the_focus_is_in_sight_after_the_room_was_shared(small_desk: Desk) -> None:
    desk = small_desk
    for keys in ("Ctrl+3", "F4", "F4"):
        desk.press(keys)
        turn()
    focus, form = desk.focus(), desk.window.record.parts.form_pane.form
    assert form is not None
    area = form.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    top = focus.mapTo(area.viewport(), focus.rect().topLeft()).y()
    assert top >= 0
    assert top + focus.height() <= area.viewport().height()


def test_looking_for_tab_stops_keeps_no_item_of_a_layout(qtbot: QtBot) -> None:
    """Whatever came to lie at the address of a deleted one was taken for it, and could end the program."""
    pane = QWidget()
    qtbot.addWidget(pane)
    column, row = QVBoxLayout(pane), QHBoxLayout()
    first, second, third, last = (QPushButton(pane) for _number in range(4))
    column.addWidget(last)
    column.insertLayout(0, row)
    row.addWidget(second)
    row.insertWidget(0, first)
    column.insertWidget(1, third)
    known = {id(one) for one in gc.get_objects() if isinstance(one, QWidgetItem)}
    assert stops(pane) == [first, second, third, last]
    assert [one for one in gc.get_objects() if isinstance(one, QWidgetItem) and id(one) not in known] == []


def test_the_bars_leave_the_room_as_it_is(small_desk: Desk) -> None:
    desk = small_desk
    desk.press("Ctrl+3")
    before = heights(desk)
    desk.find("park").setFocus()
    turn()
    assert heights(desk) == before
