"""The caller in the practice window: what was said so far, to be read again, and one button for more."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui import theme
from ui.rows import add_row, button

LINES = 3
LARGE_PERCENT = 150
"""From this text size on a small screen has no room for the caller's words but in the status line."""

_MARGINS_PX = 12


class CallerStrip(QWidget):
    """Above the call bar while a caller is chosen. Signals: ``next_wanted()``."""

    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.said = QTextEdit(readOnly=True)
        beside = QVBoxLayout()
        self.label: QLabel = add_row(beside, self.said, lambda: _("The practice caller"), "caller_said")
        self.next = button(self._next_words, "caller_next", self.next_wanted.emit)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(beside, 1)
        self.hold_next()
        self.hide()

    def begin(self, words: str) -> None:
        """Another caller: who it is, and nothing said yet."""
        self._over = False
        self.said.setPlainText(words)
        self._show_next()

    def add(self, words: str, over: bool) -> None:
        """What was said last stands at the end and is in sight. ``over``: nothing more comes."""
        self._over = over
        self.said.append("")
        self.said.append(words)
        cursor = self.said.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.movePosition(QTextCursor.MoveOperation.Up, n=words.count("\n"))
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        self.said.setTextCursor(cursor)
        bar = self.said.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._show_next()

    def _next_words(self) -> str:
        if self._over:
            return _("Compare  Ctrl+Shift+L")
        if is_large():
            return _("Next words  Ctrl+Shift+L")
        return _("What the caller says next  Ctrl+Shift+L")

    def _show_next(self) -> None:
        self.next.setText(self._next_words())

    def hold_next(self) -> None:
        """The button stands beside the words, and not elsewhere; the words take a few lines."""
        self._row.addWidget(self.next, 0, Qt.AlignmentFlag.AlignBottom)
        self.said.setFixedHeight(LINES * QFontMetrics(self.said.font()).lineSpacing() + _MARGINS_PX)
        self._show_next()


def is_large() -> bool:
    return theme.state().percent >= LARGE_PERCENT
