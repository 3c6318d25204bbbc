"""Labels on screens that are read from right to left: no sentence changes its place, no line stands in."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui import theme
from ui.right_to_left import flags_for

MARK = "\u200f"
"""Says to any program that what follows is from right to left; it has no picture."""
KEYS = "Enter سطر بدلتا ہے۔ F12 بات سمیٹتا ہے۔ Escape کال پر واپس لے جاتا ہے۔"
LONG = "كلامك معنا يبقى سرّيًا، إلا إذا كان هناك شخص في خطر شديد. عندها قد نضطر إلى إبلاغ غيرنا."
LEFT, RIGHT = int(Qt.AlignmentFlag.AlignLeft), int(Qt.AlignmentFlag.AlignRight)
FROM_LEFT, FROM_RIGHT = int(Qt.TextFlag.TextForceLeftToRight), int(Qt.TextFlag.TextForceRightToLeft)


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    theme.apply(qapp, "light", 100)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield qapp
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def picture(qtbot: QtBot, words: str, width: int = 700, height: int = 40) -> QImage:
    label = QLabel(words)
    qtbot.addWidget(label)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.resize(width, height)
    return label.grab().toImage()


def right_edges(image: QImage) -> list[int]:
    """Of each line of writing, the column of its last ink."""
    ground = image.pixelColor(0, 0)
    edges: list[int] = []
    inside = False
    for y in range(image.height()):
        inked = [x for x in range(image.width()) if _differs(image.pixelColor(x, y), ground)]
        if inked and not inside:
            edges.append(0)
        if inked:
            edges[-1] = max(edges[-1], inked[-1])
        inside = bool(inked)
    return edges


def _differs(one: QColor, other: QColor) -> bool:
    return abs(one.lightness() - other.lightness()) > 60


def test_words_that_begin_with_a_latin_one_are_still_read_from_the_right(
    app: QApplication, qtbot: QtBot
) -> None:
    assert picture(qtbot, KEYS) == picture(qtbot, MARK + KEYS)


def test_latin_words_stand_at_the_side_where_all_others_do(app: QApplication, qtbot: QtBot) -> None:
    (edge,) = right_edges(picture(qtbot, "Rosewood Surgery"))
    assert edge > 680


def test_every_line_of_wrapped_words_begins_at_the_edge(app: QApplication, qtbot: QtBot) -> None:
    label = picture(qtbot, LONG, 300, 120)
    edges = right_edges(label)
    assert len(edges) >= 2
    # The first letters of the lines are not all equally wide; a space would be 4 pixels and more.
    assert max(edges) - min(edges) <= 3


def test_an_access_key_is_still_underlined(app: QApplication, qtbot: QtBot) -> None:
    label = QLabel("&Name")
    qtbot.addWidget(label)
    label.setBuddy(label)
    assert label.grab().toImage() != picture(qtbot, "&Name", label.width(), label.height())


def test_only_what_qt_took_for_left_to_right_is_turned() -> None:
    assert flags_for(FROM_LEFT | LEFT, KEYS) == FROM_RIGHT | RIGHT
    assert flags_for(FROM_LEFT | LEFT, "Rose Lodge") == FROM_LEFT | RIGHT
    assert flags_for(FROM_RIGHT | LEFT, LONG) == FROM_RIGHT | LEFT
