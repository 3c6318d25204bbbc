"""A link's words wrap, so that a long error never pushes the page wider than the window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.form.error_summary import ErrorSummary
from ui.link_button import SMALLEST_TARGET_PX, LinkButton

LONG = "Odpowiedz na „Powiedziano, co pozostaje poufne” albo zaznacz, dlaczego nie ma odpowiedzi & więcej"


def test_a_long_error_wraps_in_a_narrow_page(qtbot: QtBot, app: QApplication) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    summary = ErrorSummary(page)
    layout.addWidget(summary)
    went: list[bool] = []
    page.resize(300, 400)
    page.show()
    summary.show_problems([(LONG, lambda: went.append(True))])
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 300
    (link,) = summary.findChildren(LinkButton)
    line = link.fontMetrics().height()
    assert link.height() >= 3 * line
    assert link.accessibleName() == LONG
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert went == [True]


def test_a_short_link_is_one_line_and_large_enough(app: QApplication) -> None:
    link = LinkButton("Show all")
    assert link.sizeHint().height() >= SMALLEST_TARGET_PX
    assert link.heightForWidth(link.sizeHint().width()) == link.sizeHint().height()
