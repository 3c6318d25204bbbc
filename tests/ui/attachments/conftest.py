"""Attached files at an operator's desk."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A scanned page, as a picture."""
    image = QImage(800, 1100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(Qt.GlobalColor.black)
    for line in range(20):
        painter.drawText(60, 80 + line * 48, "The ward was cold and nobody came when I rang.")
    painter.end()
    path = tmp_path / "letter.png"
    assert image.save(str(path))
    return path
