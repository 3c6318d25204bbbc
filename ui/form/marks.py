"""Declined, not asked, don't know: three different facts, each in words and in one menu."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from intake_app.i18n import _
from intake_app.records import AnswerState
from ui.translation import tr

MARKS = (AnswerState.DECLINED, AnswerState.NOT_ASKED, AnswerState.DONT_KNOW)


def mark_words(state: AnswerState) -> str:
    """What is shown and spoken of a marked question; empty for an answered one."""
    if state is AnswerState.DECLINED:
        return _("Declined to answer")
    if state is AnswerState.NOT_ASKED:
        return _("Not asked")
    if state is AnswerState.DONT_KNOW:
        return _("Doesn’t know")
    return ""


class MarkMenu(QMenu):
    """The marks and "Clear". Signals: ``marked(AnswerState)``, ``cleared()``."""

    marked = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[AnswerState, QAction] = {}
        for state in MARKS:
            action = self.addAction("")
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, chosen=state: self.marked.emit(chosen))
            tr(action, action.setText, lambda chosen=state: mark_words(chosen))  # type: ignore[misc]
            self._actions[state] = action
        self.addSeparator()
        self._clear = self.addAction("")
        self._clear.triggered.connect(lambda _checked=False: self.cleared.emit())
        tr(self._clear, self._clear.setText, lambda: _("Clear answer and mark"))

    def enter(self) -> None:
        """Goes to the first entry as the Down key does, since a menu without a current entry is silent.

        ``setActiveAction`` would leave the focus where it was, and then nothing speaks when the menu closes.
        """
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self, down)

    def show_state(self, state: AnswerState | None) -> None:
        """Ticks the mark that holds; None for a question with neither answer nor mark."""
        for mark, action in self._actions.items():
            action.setChecked(mark is state)
        self._clear.setEnabled(state is not None)
