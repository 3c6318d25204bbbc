"""A line for a passphrase, of which no letter is said aloud."""

import contextlib
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleTextInsertEvent,
    QAccessibleTextRemoveEvent,
    QInputMethodEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QWidget

from ui.accessibility import in_silence

_LEADS_AWAY = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
"""What these keys cause is to be heard."""


class PasswordLine(QLineEdit):
    """Tells a screen reader the sign that stands for each letter.

    Qt tells it the letter itself, and Orca then speaks the passphrase in an office full of people (heard).
    Where the letters are shown, as in the recovery code, they are spoken too.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, echoMode=QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEADS_AWAY:
            super().keyPressEvent(event)
            return
        with self._as_signs():
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        with self._as_signs():
            super().inputMethodEvent(event)

    @contextlib.contextmanager
    def _as_signs(self) -> Iterator[None]:
        if self.echoMode() == QLineEdit.EchoMode.Normal:
            yield
            return
        before = len(self.text())
        with in_silence():
            yield
        more = len(self.text()) - before
        sign = chr(self.style().styleHint(QStyle.StyleHint.SH_LineEdit_PasswordCharacter, None, self))
        if more > 0:
            at = self.cursorPosition() - more
            QAccessible.updateAccessibility(QAccessibleTextInsertEvent(self, at, sign * more))
        elif more < 0:
            at = self.cursorPosition()
            QAccessible.updateAccessibility(QAccessibleTextRemoveEvent(self, at, sign * -more))
