"""The bar above the call: its state and whether it is saved, in words; what ends or sets it aside."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui import theme
from ui.record.flow import FlowLayout
from ui.rows import button
from ui.translation import tr


class CallBar(QWidget):
    """Shows; every act is one of the window's keys and is named with it.

    The time of the call is not here: it is said when asked for and never presses anybody.
    """

    def __init__(self, act: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state_words: Callable[[], str] = str
        self._saved_words: Callable[[], str] = str
        self._reference_words: Callable[[], str] = str
        self.state = self._label("text", "call_state")
        font = self.state.font()
        font.setBold(True)
        self.state.setFont(font)
        self.reference = self._label("muted", "reference")
        self.saved = self._label("text", "saved_state")
        self.park = self._button(lambda: _("Park  F9"), "park", act)
        self.new = self._button(lambda: _("New  Ctrl+N"), "new_record", act)
        self.rang_off = self._button(lambda: _("Rang off  Ctrl+R"), "rang_off", act)
        self.wrap_up = self._button(lambda: _("Wrap up  F12"), "wrap_up", act)
        self._line = QWidget(self)
        self._across = QHBoxLayout(self._line)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._rows = QWidget(self)
        self._flow = FlowLayout(self._rows)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._line)
        outer.addWidget(self._rows)
        self.set_stacked(False, ())
        tr(self, lambda _words: self._show(), str)

    def set_stacked(self, stacked: bool, others: Sequence[QWidget]) -> None:
        """One line across; or, where there is little room, rows that also hold the ``others``."""
        facts = (self.state, self.reference, self.saved)
        acts = (self.park, self.new, self.rang_off, self.wrap_up)
        if stacked:
            for one in (*facts, *others, *acts):
                self._flow.addWidget(one)
        else:
            for one in (*facts, *acts):
                self._across.addWidget(one)
            self._across.setStretch(1, 1)
        self._line.setVisible(not stacked)
        self._rows.setVisible(stacked)

    def show_state(self, words: Callable[[], str]) -> None:
        self._state_words = words
        self._show()

    def show_reference(self, words: Callable[[], str]) -> None:
        self._reference_words = words
        self._show()

    def show_saved(self, words: Callable[[], str], ink: str) -> None:
        """Quietly: a label that changes is not spoken."""
        self._saved_words = words
        self.saved.set_ink(ink)
        self._show()

    def _show(self) -> None:
        self.state.setText(self._state_words())
        self.saved.setText(self._saved_words())
        self.reference.setText(self._reference_words())

    def _label(self, ink: str, identifier: str) -> "Fact":
        label = Fact(ink, self)
        label.setAccessibleIdentifier(identifier)
        return label

    def _button(self, text: Callable[[], str], name: str, act: Callable[[str], object]) -> QPushButton:
        return button(text, name, lambda: act(name))


class Fact(QLabel):
    """One fact in a bar: a line of words in the colour of a token, which only says what the words say."""

    def __init__(self, ink: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.state().changed.connect(self.show_theme)
        self.show_theme()

    def set_ink(self, ink: str) -> None:
        if ink != self._ink:
            self._ink = ink
            self.show_theme()

    def show_theme(self) -> None:
        palette = self.palette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            palette.setColor(role, QColor(getattr(theme.tokens(), self._ink)))
        self.setPalette(palette)
