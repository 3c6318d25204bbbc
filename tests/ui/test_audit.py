"""The audit finds what a screen reader or a keyboard would stumble over."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QTableView,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.audit import audit, clipped
from ui.rows import add_row, button

Make = Callable[[], QWidget]


def named(widget: QWidget, identifier: str = "one", name: str = "Name") -> QWidget:
    widget.setAccessibleIdentifier(identifier)
    widget.setAccessibleName(name)
    return widget


def tooltip() -> QWidget:
    widget = named(QPushButton("Go"))
    widget.setToolTip("<b>bold</b>")
    return widget


def tristate() -> QWidget:
    box = QCheckBox("Maybe")
    box.setTristate(True)
    return named(box)


def small() -> QWidget:
    widget = named(QPushButton("x"))
    widget.setFixedSize(18, 18)
    return widget


@pytest.mark.parametrize(
    ("make", "finding"),
    [
        (QLineEdit, "name:"),
        (lambda: QPushButton("Go"), "identifier:"),
        (lambda: named(QComboBox()), "label:"),
        (lambda: named(QRadioButton("Yes")), "group:"),
        (lambda: named(QSpinBox()), "kind:"),
        (lambda: named(QDateEdit()), "kind:"),
        (tristate, "kind:"),
        (lambda: named(QTextEdit()), "trap:"),
        (lambda: named(QTableView()), "trap:"),
        (tooltip, "tooltip:"),
        (small, "target:"),
        (lambda: named(QScrollArea()), "name:"),
    ],
)
def test_a_control_that_reads_badly_is_found(
    app: QApplication, qtbot: QtBot, make: Make, finding: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(make())
    window.show()

    assert [one for one in audit(window) if one.startswith(finding)], audit(window)


def good(qtbot: QtBot) -> tuple[QWidget, QVBoxLayout]:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    add_row(layout, QLineEdit(), lambda: "&Name", "person_name")
    add_row(layout, QTextEdit(), lambda: "Notes", "notes")
    add_row(layout, QComboBox(), lambda: "&Channel", "channel")
    box = QGroupBox("How was it?")
    column = QVBoxLayout(box)
    for answer in ("Good", "Poor"):
        column.addWidget(QRadioButton(answer))
    layout.addWidget(box)
    layout.addWidget(button(lambda: "&Go on", "go_on", lambda: None))
    return window, layout


def test_a_window_made_by_the_rules_has_no_findings(app: QApplication, qtbot: QtBot) -> None:
    window, _layout = good(qtbot)
    window.show()

    assert audit(window) == []


def test_shared_identifiers_and_letters_are_found(app: QApplication, qtbot: QtBot) -> None:
    window, layout = good(qtbot)
    layout.addWidget(button(lambda: "&Give up", "go_on", lambda: None))
    window.show()

    assert sorted(finding.partition(":")[0] for finding in audit(window)) == ["identifier", "letter"]


def test_hidden_and_disabled_controls_do_not_count(app: QApplication, qtbot: QtBot) -> None:
    window, layout = good(qtbot)
    hidden, off = QLineEdit(), QLineEdit()
    layout.addWidget(hidden)
    layout.addWidget(off)
    hidden.hide()
    off.setEnabled(False)
    window.show()

    assert audit(window) == []


def test_too_many_controls_at_once_are_found(app: QApplication, qtbot: QtBot) -> None:
    window, _layout = good(qtbot)
    window.show()

    assert audit(window, most_controls=3)[-1].startswith("number: ")


def test_words_that_do_not_fit_are_found(app: QApplication, qtbot: QtBot) -> None:
    window, layout = good(qtbot)
    label = QLabel("a label that is far too long for its place")
    label.setFixedWidth(40)
    layout.addWidget(label)
    window.show()

    assert [one for one in clipped(window) if one.startswith("cut: ")]


def test_what_a_scroll_area_hides_to_the_side_is_found(app: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    area = QScrollArea()
    area.setHorizontalScrollBarPolicy(area.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
    wide = QPushButton("wide")
    wide.setFixedWidth(900)
    area.setWidget(wide)
    QVBoxLayout(window).addWidget(area)
    window.resize(300, 200)
    window.show()

    assert [one for one in clipped(window) if one.startswith("outside: ")]
