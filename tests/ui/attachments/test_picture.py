"""A picture is read as what it is said to be, shown whole, zoomed and moved by keys; bombs are refused."""

import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.errors import AttachmentRefused
from ui.attachments.picture import LONGEST_SIDE, PictureView, read_picture


def png_header(width: int, height: int) -> bytes:
    """A picture that says that it is so large."""
    content = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + content + struct.pack(">I", zlib.crc32(content))


def test_a_page_is_read_and_a_large_one_made_smaller(letter: Path, tmp_path: Path) -> None:
    assert read_picture([letter.read_bytes()], "image/png").height() == 1100
    large = QImage(6000, 200, QImage.Format.Format_Grayscale8)
    large.fill(QColor("white"))
    path = tmp_path / "large.jpg"
    large.save(str(path))
    assert read_picture([path.read_bytes()], "image/jpeg").width() == LONGEST_SIDE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
        png_header(100_000, 100_000),
        png_header(10, 10) + b"cut off",
    ],
)
def test_what_is_no_picture_damaged_or_a_bomb_is_refused(content: bytes) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        read_picture([content], "image/png")
    assert refused.value.details["reason"] == "picture"


@pytest.fixture
def view(app: QApplication, qtbot: QtBot, letter: Path) -> PictureView:
    made = PictureView("picture")
    qtbot.addWidget(made)
    made.resize(420, 320)
    made.show()
    made.show_picture(QImage(str(letter)))
    return made


def test_it_begins_with_its_whole_width_and_follows_the_window(view: PictureView, qtbot: QtBot) -> None:
    assert view.horizontalScrollBar().maximum() == 0
    before = view.zoom
    view.resize(620, 320)
    assert view.zoom > before


def test_keys_zoom_and_move(view: PictureView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.zoomed) as told:
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert told.args == [round(view.zoom * 100)]
    assert view.horizontalScrollBar().maximum() > 0
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.verticalScrollBar().value() < view.verticalScrollBar().maximum()
    QTest.keyClick(view, Qt.Key.Key_1)
    assert view.zoom == 1.0
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.horizontalScrollBar().maximum() == 0
    for _time in range(40):
        QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom > 0


def test_what_is_painted_is_the_picture_and_nothing_after_it_was_cleared(view: PictureView) -> None:
    QTest.keyClick(view, Qt.Key.Key_1)
    view.verticalScrollBar().setValue(70)
    seen = view.viewport().grab().toImage()
    assert any(seen.pixelColor(x, y).lightness() < 100 for x in range(0, 400, 2) for y in range(0, 60))
    view.show_picture(QImage())
    assert view.empty
