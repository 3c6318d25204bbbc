"""Marks a question declined, not asked or not known, by Alt+Down or by mouse."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.forms.model import Kind
from intake_app.forms.prompts import Prompts
from intake_app.forms.validation import is_blank
from intake_app.i18n import _
from intake_app.records import Answer, AnswerState
from ui.form.marks import MarkMenu, mark_words
from ui.form.question_row import MARK_KEY, QuestionRow
from ui.form.words import unmarked

_REPLACED_BY_A_MARK = (Kind.SELECT_ONE, Kind.ACKNOWLEDGE)


class Marking(QObject):
    """Opens the marks of a question and gives what was chosen to ``take``."""

    def __init__(
        self,
        take: Callable[[QuestionRow, Answer | None], None],
        prompts: Callable[[], Prompts],
        say: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._prompts = prompts
        self._say = say
        self._row: QuestionRow | None = None
        self._menu: MarkMenu | None = None
        self._parent = parent

    def listen(self, form: QWidget, focused: Callable[[], QuestionRow | None]) -> None:
        """Alt+Down anywhere in the form asks for the marks of the question that has the focus."""

        def asked() -> None:
            row = focused()
            if row is not None and row.asking.question.kind.asks:
                self.ask(row, row.mapToGlobal(QPoint(0, row.height())))
                if self._menu is not None:
                    self._menu.enter()

        shortcut = QShortcut(QKeySequence(MARK_KEY), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(asked)

    def ask(self, row: QuestionRow, place: QPoint) -> None:
        """Opens the menu of marks at this place on the screen."""
        if self._menu is None:
            self._menu = MarkMenu(self._parent)
            self._menu.marked.connect(self._marked)
            self._menu.cleared.connect(self._cleared)
        self._row = row
        self._menu.setAccessibleName(_("No answer: {question}").format(question=row.name()))
        self._menu.show_state(row.answer.state if row.answer is not None else None)
        self._menu.popup(place)

    def mark(self, row: QuestionRow, state: AnswerState) -> bool:
        """Marks and says so; False, with a sentence, where typed words stand in the way."""
        if row.asking.question.kind not in _REPLACED_BY_A_MARK and not is_blank(row.control.value()):
            self._say(_("There is an answer. Delete it first, then mark the question."))
            return False
        row.control.show_value(None)
        prompts = self._prompts()
        self._take(row, Answer(state=state, language=prompts.shown_in, wording=prompts.sha256))
        row.refresh()
        self._say_mark(row, mark_words(state))
        return True

    def _say_mark(self, row: QuestionRow, mark: str) -> None:
        here = QApplication.focusWidget()
        if here is not None and row.isAncestorOf(here) and here.accessibleDescription().startswith(mark):
            return  # the new description is read as the focus comes back from the menu
        label = unmarked(row.asking.text("label")).rstrip(".")
        self._say(_("{mark}: {question}.").format(mark=mark, question=label))

    def _marked(self, state: object) -> None:
        if self._row is not None and isinstance(state, AnswerState):
            self.mark(self._row, state)

    def _cleared(self) -> None:
        if self._row is None:
            return
        self._row.control.show_value(None)
        self._take(self._row, None)
        self._row.refresh()
        self._say(_("Cleared."))
