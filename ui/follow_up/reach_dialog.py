"""The number of somebody who is rung back, in groups; opening it is written down."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextEdit, QWidget

from intake_app.call_backs import Owed
from intake_app.errors import IntakeError
from intake_app.i18n import _, language
from intake_app.store.call_backs import Reach
from intake_app.text import ltr
from ui.accessibility import heading
from ui.follow_up import words
from ui.form.words import in_language
from ui.messages import sentence
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.workplace import Workplace

_LINES = 6


class ReachDialog(AskingDialog):
    """Shown on the screen while it is open, and nowhere else."""

    def __init__(self, workplace: Workplace, owed: Owed, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("How to reach them"), parent)
        self._owed = owed
        # A label: of a line that is only read, Orca 48 leaves the last figure out (heard).
        self.number = heading()
        self.number.setAccessibleIdentifier("reach_number")
        self.rows.addWidget(self.number)
        self.besides = QTextEdit(readOnly=True)
        add_row(self.rows, self.besides, lambda: _("Before you ring"), "reach_besides")
        self.besides.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        # The number is read when it takes the focus: until it is there, the button has it.
        self.add_deed(lambda: _("Close"), "reach_close", self.accept, default=True).setFocus()
        store, staff, record_id = workplace.store.call_backs, workplace.store.staff, owed.record.id

        def look() -> Reach:
            member = staff.current
            return store.reach(record_id, member.id if member is not None else "")

        workplace.background.run(self, look, self._show, self._failed)

    def _show(self, reach: Reach) -> None:
        if reach.number:
            said = _("Phone number {number}")
            self.number.setText(said.format(number=ltr(reach.number)))
            # Figure by figure, with a rest after each group.
            self.number.setAccessibleName(said.format(number=words.digits_words(reach.number)))
        else:
            self.number.setText(_("No number is kept"))
        self.besides.setPlainText("\n".join(self._lines(reach)))
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _lines(self, reach: Reach) -> list[str]:
        how = words.ways_words(self._owed, self.workplace.library)
        lines = [how] if how else []
        lines += [
            {
                "yes": _("A message may be left."),
                "no": _("It is not safe to leave a message: leave none."),
            }.get(reach.message_safe, _("Nobody asked whether a message is safe: leave none."))
        ]
        lines += [one.words for one in self._owed.wishes if one.words]
        told = (
            (_("Good time: {words}"), reach.best_time),
            (_("Ask for: {words}"), reach.name),
            (_("Email: {words}"), reach.email),
            (_("They like to be contacted by: {words}"), self._preferred(reach.preferred)),
        )
        return lines + [line.format(words=text) for line, text in told if text]

    def _preferred(self, code: str) -> str:
        person_set = self.workplace.library.latest("person")
        question = in_language(person_set, person_set.question("preferred_contact"), language())
        choice = question.choice(code)
        return choice.label if choice is not None else code

    def _failed(self, error: IntakeError) -> None:
        self.show_problem(sentence(error), self.number)
