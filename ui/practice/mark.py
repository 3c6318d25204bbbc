"""The mark on every page of the practice window: words first, colour besides."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from intake_app.i18n import _
from intake_app.settings import real_folder
from ui import theme
from ui.practice.caller_strip import is_large
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
        theme.scale_font(self.words, 1.0, bold=True)
        tr(self.words, self.words.setText, self._words)
        self.back = button(
            lambda: _("Back to the real records"), "practice_back", partial(open_real, real_folder(folder))
        )
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 2, 8, 2)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.back)
        theme.state().changed.connect(self.show_theme)
        self.show_theme()

    def hold(self, widget: QWidget) -> None:
        """Where there is no room for it elsewhere."""
        self._row.addWidget(widget)

    @staticmethod
    def _words() -> str:
        if is_large():
            return _("Practice: nothing here is real.")
        return _("Practice: nothing here is real, and nothing is sent, exported or counted.")

    def show_theme(self) -> None:
        # At large text the menu and the palette lead back; the words stay, and stay on one line.
        self.back.setVisible(not is_large())
        self.words.setText(self._words())
        colours = theme.tokens()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.warning_background))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Mid):  # words and edge
            palette.setColor(role, QColor(colours.warning))
        self.setPalette(palette)


def mark(shell: ShellWindow, folder: Path) -> PracticeMark:
    """“Practice” first in the title, and the mark above every page; a second call only finds it."""
    found: PracticeMark | None = shell.findChild(PracticeMark)
    if found is None:
        found = PracticeMark(folder, shell.centralWidget())
        tr(shell, shell.setWindowTitle, lambda: _("Practice – Intake"))
        shell.add_on_top(found)
    return found
