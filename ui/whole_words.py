"""No word of a story is set in two fonts: on a computer whose own font has half of the letters of Urdu."""

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from ui.fonts import ARABIC_WORDS, whole_words


class WholeWords(QSyntaxHighlighter):
    """Only how words are drawn: the text, its undo stack and what a screen reader hears stay as they are."""

    def highlightBlock(self, text: str) -> None:
        families = whole_words(text)
        if not families:
            return
        ours = QTextCharFormat()
        ours.setFontFamilies(families)
        for words in ARABIC_WORDS.finditer(text):
            self.setFormat(words.start(), len(words.group()), ours)


def keep_whole(box: QTextEdit) -> None:
    """From now on, whatever is written in it."""
    if box.document().findChild(WholeWords) is None:
        WholeWords(box.document())
