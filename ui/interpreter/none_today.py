"""No interpreter today, in three keys: what was asked for, what was offered, when and how we come back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QWidget

from intake_app.forms.model import QuestionSet
from intake_app.i18n import _
from ui.record.rows import Rows
from ui.record.words import text_of
from ui.rows import add_row, note
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

ASKED = ("unmet_asked", "unmet_offered", "unmet_back")
"""In this order, each answered by one key."""


class NoneTodayDialog(AskingDialog):
    """Each list is answered by a digit, or by arrow and Enter, and the next one has the focus; Esc: nothing.

    Signals: ``answered(dict)`` code by question id, after the third.
    """

    answered = Signal(object)

    def __init__(
        self, workplace: Workplace, question_set: QuestionSet, parent: QWidget | None = None
    ) -> None:
        super().__init__(workplace, lambda: _title(question_set), parent)
        self._set = question_set
        self._codes: dict[str, str] = {}
        self.rows.addWidget(note(lambda: _("A digit answers, and the next question follows.")))
        self.lists: dict[str, _Numbered] = {}
        for name in ASKED:
            self.lists[name] = one = _Numbered(name)
            add_row(self.rows, one, partial(text_of, question_set, name, "label"), name)
            tr(one, partial(self._show_choices, one), lambda: "")
            one.chosen.connect(partial(self._take, name))
        self.add_deed(lambda: _("Cancel"), "none_today_cancel", self.reject)
        self.lists[ASKED[0]].setFocus()

    def _show_choices(self, rows: "_Numbered", _nothing: str) -> None:
        question = self._set.question(rows.question)
        labels = [text_of(self._set, question.id, "label", one.code) or one.label for one in question.choices]
        rows.show_rows(
            [
                (choice.code, f"{number}  {label}")
                for number, (choice, label) in enumerate(zip(question.choices, labels, strict=True), 1)
            ]
        )
        rows.fit()

    def _take(self, name: str, code: str) -> None:
        self._codes[name] = code
        left = [one for one in ASKED if one not in self._codes]
        if left:
            self.lists[left[0]].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()
        self.answered.emit(dict(self._codes))


class _Numbered(Rows):
    """Rows that a digit chooses, all of them in sight."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question
        self._show_focus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    def _show_focus(self) -> None:
        """The current row is loud only in the list that has the focus: elsewhere nothing is chosen yet."""
        plain = QPalette()
        if not self.hasFocus():
            role = QPalette.ColorRole
            plain.setColor(role.Highlight, plain.color(role.AlternateBase))
            plain.setColor(role.HighlightedText, plain.color(role.Text))
        self.setPalette(plain)

    def fit(self) -> None:
        line = max(self.sizeHintForRow(0), self.fontMetrics().lineSpacing())
        self.setMinimumHeight(line * self.words.rowCount() + 2 * self.frameWidth() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        place = int(digit) - 1 if digit.isascii() and digit.isdigit() else -1
        if 0 <= place < self.words.rowCount():
            self.setCurrentIndex(self.words.index(place))
            self.chosen.emit(self.current_key())
            return
        super().keyPressEvent(event)


def _title(question_set: QuestionSet) -> str:
    titles: dict[str, Callable[[], str]] = {"interpreter": lambda: _("No interpreter today")}
    return titles.get(question_set.id, lambda: _("No support today"))()
