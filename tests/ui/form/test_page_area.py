"""What has the focus is in sight, also after rows came or grew above it."""

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from ui.form.page_area import PageArea
from ui.form.wrapped_buttons import WrappedCheck


def in_sight(area: PageArea, line: WrappedCheck) -> bool:
    top = line.mapTo(area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + line.height() <= area.viewport().height()


def make_area(qtbot: QtBot) -> tuple[PageArea, list[WrappedCheck]]:
    area = PageArea()
    qtbot.addWidget(area)
    lines = [WrappedCheck() for _place in range(20)]
    for line in lines:
        area.column.addWidget(line)
    area.resize(300, 200)
    with qtbot.waitExposed(area):
        area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    return area, lines


def test_a_row_below_and_one_above_are_scrolled_to(qtbot: QtBot) -> None:
    area, lines = make_area(qtbot)
    for place in (19, 0, 10):
        area.show_row(lines[place], lines[place])
        assert in_sight(area, lines[place])


def test_the_row_in_use_stays_in_sight_when_one_above_grows(qtbot: QtBot) -> None:
    area, lines = make_area(qtbot)
    lines[8].setFocus()
    area.show_row(lines[8], lines[8])
    lines[2].show_text("They preferred not to say, or somebody else answered. " * 20)
    lines[2].updateGeometry()
    qtbot.waitUntil(lambda: lines[2].height() >= 200)
    qtbot.waitUntil(lambda: in_sight(area, lines[8]))


def test_it_is_no_stop_of_its_own_for_tab(qtbot: QtBot) -> None:
    area, lines = make_area(qtbot)
    lines[0].setFocus()
    area.focusNextChild()
    assert lines[1].hasFocus()
