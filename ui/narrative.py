"""The box for the story: plain words, exactly as typed, from the first paint on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTextEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


class NarrativeBox(QTextEdit):
    """Plain text, aligned paragraph by paragraph by its own direction.

    QTextEdit and not QPlainTextEdit, which never right-aligns Arabic. Tab leaves the box.

    Signals: ``files_given(QMimeData)`` files or a picture were dropped here or pasted: no words
    """

    files_given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleIdentifier("narrative")

    def is_composing(self) -> bool:
        """An input method shows letters that are not text yet; ``KeyOrder`` leaves it its keys."""
        block = self.textCursor().block()
        return bool(block.isValid() and block.layout().preeditAreaText())

    def words(self) -> str:
        """What was typed, with LF between paragraphs and no-break spaces kept."""
        from intake_app.text import clean_text

        # toPlainText() would turn a no-break space into a space.
        raw = self.document().toRawText()
        return clean_text(raw.replace("\u2029", "\n").replace("\u2028", "\n"))

    def set_words(self, words: str, caret: int = -1) -> None:
        """Shows other words, with an empty undo stack; the caret goes to ``caret`` or to the end."""
        from PySide6.QtGui import QTextCursor

        from intake_app.text import clean_text

        self.setPlainText(clean_text(words))
        cursor = self.textCursor()
        if caret < 0:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        else:
            cursor.setPosition(min(caret, len(self.document().toRawText())))
        self.setTextCursor(cursor)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        from ui.attachments.adding import holds_files

        return holds_files(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        from intake_app.text import clean_text
        from ui.attachments.adding import holds_files

        if holds_files(source):
            self.files_given.emit(source)
            return
        # Pasted NUL and lone surrogates would break a batch on the hub.
        if source.hasText():
            self.textCursor().insertText(clean_text(source.text()))
            self.ensureCursorVisible()
