"""Labels in the colours of the palette's roles, which follow the theme by themselves."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from intake_app.i18n import _
from ui import theme

TEXT = QPalette.ColorRole.WindowText
MUTED = QPalette.ColorRole.PlaceholderText
ACCENT = QPalette.ColorRole.Link


class InkLabel(QLabel):
    """Plain text that wraps, in the colour of a palette role: ``theme.palette`` gives each role its token."""

    def __init__(self, ink: QPalette.ColorRole = TEXT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setForegroundRole(ink)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._align()

    def _align(self) -> None:
        # Qt aligns a label by its own words, so an English question would stand left of an Arabic form.
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def show_words(self, words: str) -> None:
        """Empty words hide the label."""
        self.setText(words)
        self.setVisible(bool(words))


def key_label(key: int, parent: QWidget) -> QLabel:
    """The digit that chooses, in a label of its own: in the words it would be read, and move in Arabic."""
    label = QLabel(str(key), parent)
    label.setForegroundRole(MUTED)
    return label


class ProblemBox(QFrame):
    """What is wrong with an answer: a mark, the word "Error:" and the sentence; colour is never alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._mark = QLabel("!", self)
        bold = self._mark.font()
        bold.setBold(True)
        self._mark.setFont(bold)
        self._words = InkLabel(TEXT, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.state().changed.connect(self.show_theme)
        self.show_theme()

    def show_theme(self) -> None:
        colours = theme.tokens()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.warning_background))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Mid):  # words and edge
            palette.setColor(role, QColor(colours.warning))
        self.setPalette(palette)

    def show_words(self, words: str) -> None:
        """Empty words hide the box."""
        self._words.setText(words)
        self.setVisible(bool(words))


def error_words(problem: str) -> str:
    """ "Error:" as a word, since Python cannot tell a screen reader the state "invalid"; empty for none."""
    return _("Error: {problem}").format(problem=problem) if problem else ""
