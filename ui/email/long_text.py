"""A box for the words of an email: read only, selected by keys, and filled a little at a time."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

AT_ONCE = 8_000
"""Letters that are laid out in a few milliseconds: no key waits for a message of a million."""
_LINE = 2_000
"""A paragraph is laid out anew with every letter that comes to its end."""

_ENDLESS = 50_000
"""Of such a paragraph the rest comes in one go: bit by bit it would take minutes."""


class LongText(QTextEdit):
    """``words`` are there from the start; what is shown of them grows until it is all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        # Without the second flag a read-only box has no caret: Shift and the arrow keys select nothing.
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words = ""
        self._shown = 0
        self._growing = QTimer(self, interval=0)
        self._growing.timeout.connect(self._grow)

    def show_words(self, words: str) -> None:
        """Other words, from their beginning."""
        self.words = words
        self._shown = _end_of_part(words, 0)
        self.setPlainText(words[: self._shown])
        self._keep_growing()

    def show_all(self) -> None:
        """Whatever is still to come at once, for somebody who goes to it."""
        while self._shown < len(self.words):
            self._grow()

    def _grow(self) -> None:
        end = _end_of_part(self.words, self._shown)
        caret = self.textCursor()
        at, anchor = caret.position(), caret.anchor()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(self.words[self._shown : end])
        if caret.position() != at or caret.anchor() != anchor:
            # A caret at the very end would be carried along.
            caret.setPosition(anchor)
            caret.setPosition(at, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(caret)
        self._shown = end
        self._keep_growing()

    def _keep_growing(self) -> None:
        if self._shown < len(self.words):
            self._growing.start()
        else:
            self._growing.stop()


def _end_of_part(words: str, start: int) -> int:
    """After the last whole line that fits; less where a line is very long."""
    end = start + AT_ONCE
    if end >= len(words):
        return len(words)
    line = words.rfind("\n", start, end)
    if line > start:
        return line + 1
    begun = words.rfind("\n", 0, start) + 1
    if start - begun < _ENDLESS:
        return start + _LINE
    following = words.find("\n", start)
    return following + 1 if following > 0 else len(words)
