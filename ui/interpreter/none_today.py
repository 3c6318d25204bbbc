"""No interpreter today, in three keys: what was asked for, what was offered, when and how we come back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.forms.model import QuestionSet
from intake_app.i18n import _
from ui.record.numbered import Numbered
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
        self.lists: dict[str, Numbered] = {}
        for name in ASKED:
            self.lists[name] = one = Numbered(name)
            add_row(self.rows, one, partial(text_of, question_set, name, "label"), name)
            tr(one, partial(self._show_choices, one, name), lambda: "")
            one.chosen.connect(partial(self._take, name))
        self.add_deed(lambda: _("Cancel"), "none_today_cancel", self.reject)
        self.lists[ASKED[0]].setFocus()

    def _show_choices(self, rows: Numbered, question_id: str, _nothing: str) -> None:
        question = self._set.question(question_id)
        rows.show_numbered(
            [
                (one.code, text_of(self._set, question_id, "label", one.code) or one.label)
                for one in question.choices
            ]
        )

    def _take(self, name: str, code: str) -> None:
        self._codes[name] = code
        left = [one for one in ASKED if one not in self._codes]
        if left:
            self.lists[left[0]].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()
        self.answered.emit(dict(self._codes))


def _title(question_set: QuestionSet) -> str:
    titles: dict[str, Callable[[], str]] = {"interpreter": lambda: _("No interpreter today")}
    return titles.get(question_set.id, lambda: _("No support today"))()
