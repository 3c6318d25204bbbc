"""Where the focus is can always be seen (WCAG 2.2, 2.4.7)."""

from PySide6.QtWidgets import QApplication, QFocusFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


def test_the_ring_is_there_when_a_field_out_of_sight_is_scrolled_to(app: QApplication, qtbot: QtBot) -> None:
    area = QScrollArea()
    page = QWidget()
    column = QVBoxLayout(page)
    fields = [QLineEdit() for _number in range(40)]
    for field in fields:
        column.addWidget(field)
    area.setWidget(page)
    area.resize(300, 200)
    qtbot.addWidget(area)
    with qtbot.waitExposed(area):
        area.show()
    area.activateWindow()
    fields[0].setFocus()
    fields[-1].setFocus()
    area.ensureWidgetVisible(fields[-1])
    qtbot.waitUntil(lambda: bool(rings(area)))
    (ring,) = rings(area)
    assert ring.widget() is fields[-1]
    assert area.viewport().rect().contains(ring.geometry().center())


def rings(area: QScrollArea) -> list[QFocusFrame]:
    return [ring for ring in area.findChildren(QFocusFrame) if ring.isVisible()]
