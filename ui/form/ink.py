"""Labels that take their colour from the theme's tokens and follow it live."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from intake_app.i18n import _
from ui import theme


class InkLabel(QLabel):
    """Plain, wrapping text in the colour of one token (``muted``, ``ok``, ``text`` …)."""

    def __init__(self, ink: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        theme.state().changed.connect(self.show_theme)
        self.show_theme()

    def show_theme(self) -> None:
        palette = QPalette()
        colour = QColor(getattr(theme.tokens(), self._ink))
        # A label on a panel with the Base background takes Text, elsewhere WindowText.
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        palette.setColor(QPalette.ColorRole.Text, colour)
        self.setPalette(palette)

    def show_words(self, words: str) -> None:
        """Empty words hide the label."""
        self.setText(words)
        self.setVisible(bool(words))


class ProblemBox(QFrame):
    """What is wrong with an answer: a mark, the word "Error:" and the sentence; colour is never alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._mark = InkLabel("warning", self)
        self._mark.setText("!")
        self._mark.setWordWrap(False)
        bold = self._mark.font()
        bold.setBold(True)
        self._mark.setFont(bold)
        self._words = InkLabel("warning", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.state().changed.connect(self.show_theme)
        self.show_theme()
        self.hide()

    def show_theme(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.tokens().warning_background))
        self.setPalette(palette)

    def words(self) -> str:
        """The sentence as shown, with "Error:" in front; empty when there is no problem."""
        return self._words.text()

    def show_problem(self, problem: str) -> None:
        """Empty hides."""
        self._words.setText(_("Error: {problem}").format(problem=problem) if problem else "")
        self.setVisible(bool(problem))
