"""The mark on every page of the practice window: words first, colour besides."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from intake_app.i18n import _
from intake_app.settings import real_folder
from ui import theme
from ui.practice.starting import open_real
from ui.rows import button
from ui.shell import ShellWindow
from ui.translation import tr


class PracticeMark(QFrame):
    """Says that nothing is real, and holds the one step back."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        theme.scale_font(self.words, 1.0, bold=True)
        tr(
            self.words,
            self.words.setText,
            lambda: _("Practice: nothing here is real, and nothing is sent, exported or counted."),
        )
        self.back = button(
            lambda: _("Back to the real records"), "practice_back", partial(open_real, real_folder(folder))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.back)
        theme.state().changed.connect(self.show_theme)
        self.show_theme()

    def show_theme(self) -> None:
        colours = theme.tokens()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.warning_background))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Mid):  # words and edge
            palette.setColor(role, QColor(colours.warning))
        self.setPalette(palette)


def mark(shell: ShellWindow, folder: Path) -> None:
    """“Practice” first in the title, and the mark above every page; a second call does nothing."""
    if shell.findChild(PracticeMark) is not None:
        return
    tr(shell, shell.setWindowTitle, lambda: _("Practice – Intake"))
    shell.add_on_top(PracticeMark(folder, shell.centralWidget()))
