"""One text in the person's language beside the English: its own direction, its own font, and how far it is
to be relied upon."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from intake_app.forms.prompts import Prompt, PromptStatus
from intake_app.i18n import _, is_right_to_left
from intake_app.text import numbers_kept
from ui import fonts
from ui.form.ink import ACCENT, MUTED, InkLabel
from ui.form.person_language import FILMS, status_words
from ui.rows import button

NARROW_LETTERS = 90
"""Below so many letters' width English and the other language stand one above the other."""


class ForeignLabel(QLabel):
    """Words in the person's language, in no tab order: an English voice cannot read them.

    Aligned and set by the language of the words, whatever the language of the screens.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        # A name of nothing: an English voice would spell it out between the question and its choices (heard).
        self.setAccessibleName(" ")
        self._tag = ""
        self._factor = 1.0
        self._setting = False

    def show_prompt(self, prompt: Prompt, factor: float = 1.0, before: str = "") -> None:
        """In letters ``factor`` times those around it. Nothing is shown where the words are English."""
        self._tag, self._factor = prompt.language, factor
        right = is_right_to_left(prompt.language)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self._take_font()
        self.setText(before + readable(prompt) if prompt.is_foreign else "")
        self.setVisible(prompt.is_foreign)

    def _take_font(self) -> None:
        parent = self.parentWidget()
        if self._tag and parent is not None:
            self._setting = True
            font = parent.font()
            font.setPointSizeF(font.pointSizeF() * self._factor)
            self.setFont(fonts.for_reader(self._tag, font))
            self._setting = False
            # The letters of Nastaliq lean out over the first of their word, and would be cut off there.
            beside = self.fontMetrics().height() // 4 if fonts.is_nastaliq(self._tag) else 0
            self.setContentsMargins(beside, 0, beside, 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Another text size: the reader's size follows it.
        if event.type() == QEvent.Type.FontChange and not self._setting:
            self._take_font()


class PromptLine(QWidget):
    """English for staff, the person's words beside or below it, and their status in words."""

    def __init__(self, question_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.english = InkLabel(MUTED, self)
        self._foreign = ForeignLabel(self)
        self._status = InkLabel(ACCENT, self)
        theirs = QWidget(self)
        column = QBoxLayout(QBoxLayout.Direction.TopToBottom, theirs)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._foreign)
        column.addWidget(self._status)
        self._file: Path | None = None
        self._column = column
        self._question_id = question_id
        self.play_button: QPushButton | None = None
        """Plays the words, where somebody has recorded them."""
        self._theirs = theirs
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.addWidget(self.english, 1)
        self._sides.addWidget(theirs, 1)

    def show_words(self, words: str) -> None:
        """The English; empty words hide the whole."""
        self.english.setText(words)
        self.setVisible(bool(words))

    def show_prompt(self, prompt: Prompt, foreign: bool, recording: Path | None = None) -> None:
        """``foreign``: the person is asked in another language, so that English alone is worth a word.

        Where the words were recorded a button plays them; else there is none.
        """
        self._file = recording
        if recording is not None and self.play_button is None:
            self.play_button = button(self._play_words, f"{self._question_id}.play", self._play)
            self._column.addWidget(self.play_button, 0, Qt.AlignmentFlag.AlignLeading)
        if self.play_button is not None:
            self.play_button.setText(self._play_words())
            self.play_button.setVisible(recording is not None)
        self._theirs.setVisible(foreign)
        if foreign:
            self._foreign.show_prompt(prompt)
            self._status.show_words(status_words(prompt.status))
        self._turn()

    def _play_words(self) -> str:
        return play_words(self._file)

    def _play(self) -> None:
        if self._file is not None:
            play(self._file)

    def _turn(self) -> None:
        narrow = self.width() < NARROW_LETTERS * self.fontMetrics().averageCharWidth()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._sides.direction() != direction:
            self._sides.setDirection(direction)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._turn()


def play_words(recording: Path | None) -> str:
    """What the button says that plays it."""
    film = recording is not None and recording.suffix in FILMS
    return _("Play the film") if film else _("Play the recording")


def play(recording: Path) -> None:
    """In the computer's own player."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(recording)))


def readable(prompt: Prompt) -> str:
    """The words with their numbers kept together."""
    return numbers_kept(prompt.text)


def spoken_status(prompt: Prompt, language: str) -> str:
    """What a screen reader adds where the words are not simply there; empty where they are."""
    if prompt.status in (PromptStatus.ENGLISH_ONLY, PromptStatus.OUT_OF_DATE):
        return f"{language}: {status_words(prompt.status)}"
    return ""
