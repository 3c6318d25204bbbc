"""Prints forms to be filled in by hand: as many as wanted, each with its number."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from intake_app.channels.outreach.paper import Paper, PaperRefused
from intake_app.channels.outreach.paper_forms import FormOptions, make_form
from intake_app.errors import IntakeError
from intake_app.i18n import N_, _
from intake_app.records import ENQUIRY, FEEDBACK
from intake_app.store.wordings import KeptWordings
from ui.accessibility import ComboBox
from ui.outreach.paper_dialog import PaperDialog
from ui.outreach.words import in_english_words
from ui.rows import add_row, note
from ui.translation import tr
from ui.workplace import Workplace

_MOST_DIGITS = 5
_KINDS = ((FEEDBACK, N_("Feedback on care")), (ENQUIRY, N_("An enquiry")))


class PrintFormsDialog(PaperDialog):
    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Print forms"), parent)
        self.rows.addWidget(
            note(
                lambda: _(
                    "The questions stand in the order of the screen, so that keying in is reading on. What "
                    "is not asked of people is left out."
                )
            )
        )
        self.kind = ComboBox(self)
        for _code, words in _KINDS:
            self.kind.addItem(_(words))
        add_row(self.rows, self.kind, lambda: _("Which form"), "paper_kind")
        self.add_words_rows()
        self.short = self.check_row(lambda: _("Short form: only what is needed most"), "paper_short")
        self.equality = self.check_row(lambda: _("With the equality questions"), "paper_equality")
        self.equality.setChecked(True)
        self.told = note(self._told)
        self.rows.addWidget(self.told)
        self.event_name = QLineEdit()
        add_row(
            self.rows,
            self.event_name,
            lambda: _("Event or place (printed on each page)"),
            "paper_event",
        )
        self.count = self._number_row(lambda: _("How many"), "paper_count", "1")
        self.first = self._number_row(lambda: _("First number"), "paper_first", "1")
        self.add_reach_row()
        self.finish_rows()
        for box in (self.language, self.kind):
            box.currentIndexChanged.connect(lambda _row: self._say_in_english())
        for check in (self.short, self.equality):
            check.toggled.connect(lambda _on: self._say_in_english())
        tr(self, lambda _words: self._name_kinds(), str)
        store = workplace.store
        workplace.background.run(self, lambda: (store.wordings.all(), store.paper.known()), self._take)

    def paper(self) -> Paper:
        return make_form(self.workplace.library, self._options(), self.workplace.clock().civil)

    def field_of(self, error: IntakeError) -> QWidget:
        reason = error.details.get("reason")
        return {"count": self.count, "number": self.first}.get(str(reason), self.language)

    def following(self) -> int:
        options = self._options()
        return options.first + options.count

    def file_name(self) -> str:
        return _("forms")

    def _options(self) -> FormOptions:
        return FormOptions(
            kind=_KINDS[max(0, self.kind.currentIndex())][0],
            language=self.tag(),
            english_beside=self.beside.isChecked(),
            size=self.points(),
            short=self.short.isChecked(),
            equality=self.equality.isChecked(),
            organisation=self.workplace.store.organisation.name,
            event=self.event_name.text(),
            reach=self.reach.toPlainText(),
            count=_number(self.count, "count"),
            first=_number(self.first, "number"),
        )

    def _take(self, found: tuple[KeptWordings, tuple[str, int]]) -> None:
        kept, (reach, following) = found
        self.take_wordings(kept)
        # What was typed meanwhile stays.
        if not self.reach.toPlainText():
            self.reach.setPlainText(reach)
        if not self.first.isModified():
            self.first.setText(str(following))
        self._say_in_english()

    def _say_in_english(self) -> None:
        self.told.setText(self._told())
        self.told.setVisible(bool(self.told.text()))
        self.language.setAccessibleDescription(self.told.text())
        self.fit()

    def _told(self) -> str:
        options = FormOptions(
            kind=_KINDS[max(0, self.kind.currentIndex())][0],
            language=self.tag(),
            short=self.short.isChecked(),
            equality=self.equality.isChecked(),
        )
        return in_english_words(make_form(self.workplace.library, options, self.workplace.clock().civil))

    def _name_kinds(self) -> None:
        for row, (_code, words) in enumerate(_KINDS):
            self.kind.setItemText(row, _(words))

    def _number_row(self, label: Callable[[], str], identifier: str, value: str) -> QLineEdit:
        line = QLineEdit(value)
        add_row(self.rows, line, label, identifier)
        return line


def _number(line: QLineEdit, reason: str) -> int:
    text = line.text().strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise PaperRefused(reason=reason, value=text)
    return int(text)
