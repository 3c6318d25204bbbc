"""Answers of a form that are none of our choices: a person says which of them each one means."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.channels.webform.mapping import Target
from intake_app.i18n import _, language
from intake_app.text import fsi
from ui.accessibility import ComboBox
from ui.form.words import in_language
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.workplace import Workplace

_LINES_OF_LIST = 8
_NOT_SAID = "\n"
"""No code has a line break in it."""


class AnswersDialog(AskingDialog):
    """An answer that is left as it is makes its response wait until somebody has looked at it.

    Signals: ``kept(dict)`` codes by answer; an empty code: it means none of the choices.
    """

    kept = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        target: Target,
        answers: tuple[str, ...],
        choices: dict[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workplace, lambda: _("What do these answers mean?"), parent)
        self._answers = answers
        self._choices = choices
        question = in_language(workplace.library.latest(target.sheet), target.question, language())
        self._labels = {one.code: one.label for one in question.choices}
        self.list = Rows("answers_list")
        add_row(
            self.rows,
            self.list,
            lambda: _("Answers to “{question}”").format(question=question.short_label or question.label),
            "answers_list",
        )
        self.list.setMinimumHeight(_LINES_OF_LIST * self.fontMetrics().lineSpacing())
        self.meaning = ComboBox()
        add_row(
            self.rows,
            self.meaning,
            lambda: _("It means"),
            "answers_meaning",
            lambda: _("For the answer that is chosen in the list. Its words are kept in any case."),
        )
        self.meaning.addItem(_("Not said yet: somebody looks at each such response"), _NOT_SAID)
        self.meaning.addItem(_("None of the choices; kept as it was written"), "")
        for code, label in self._labels.items():
            self.meaning.addItem(label, code)
        self.list.moved.connect(self._show_meaning)
        self.meaning.activated.connect(lambda _row: self._mean())
        self.add_deed(lambda: _("Save"), "answers_save", self._keep, default=True)
        self.add_deed(lambda: _("Cancel"), "answers_cancel", self.reject)
        self._show()
        self._show_meaning()

    def _show(self) -> None:
        self.list.show_rows([(str(number), self._words(one)) for number, one in enumerate(self._answers)])

    def _words(self, answer: str) -> str:
        code = self._choices.get(answer)
        if code is None:
            means = _("not said yet")
        else:
            means = self._labels.get(code, code) if code else _("none of the choices")
        return _("“{answer}”: {means}").format(answer=fsi(answer), means=means)

    def _answer(self) -> str | None:
        key = self.list.current_key()
        return self._answers[int(key)] if key else None

    def _show_meaning(self) -> None:
        answer = self._answer()
        code = self._choices.get(answer, _NOT_SAID) if answer is not None else _NOT_SAID
        self.meaning.setCurrentIndex(max(self.meaning.findData(code, Qt.ItemDataRole.UserRole), 0))

    def _mean(self) -> None:
        answer, code = self._answer(), self.meaning.currentData()
        if answer is None:
            return
        if code == _NOT_SAID:
            self._choices.pop(answer, None)
        else:
            self._choices[answer] = code
        self._show()

    def _keep(self) -> None:
        self.accept()
        self.kept.emit(dict(self._choices))
