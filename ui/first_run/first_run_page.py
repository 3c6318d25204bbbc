"""First opening: organisation, area, who is at the keyboard, recovery code; every one can be skipped."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedLayout, QWidget

from intake_app.i18n import _
from intake_app.text import clean_text
from ui.accessibility import heading, set_problem
from ui.first_run.recovery_code import RecoveryCodeSheet
from ui.password_line import PasswordLine
from ui.rows import add_row, button, note
from ui.settings.dialog_area import DialogArea
from ui.theme import em
from ui.translation import tr

SHORTEST_PASSPHRASE = 10
FIELD_WIDTH_EM = 34


@dataclass(frozen=True, slots=True)
class FirstRunAnswers:
    """What was answered; an empty text was skipped. ``passphrase`` is asked only where no keyring is."""

    organisation: str = ""
    area: str = ""
    staff_name: str = ""
    passphrase: str = ""


class FirstRunPage(QWidget):
    """Signals: ``answered(FirstRunAnswers)``, then, once ``show_recovery_code`` was called and the code
    confirmed or left for later, ``finished(bool)`` with whether it was confirmed; ``restore_wanted()``.
    """

    answered = Signal(object)
    finished = Signal(bool)
    restore_wanted = Signal()

    def __init__(self, needs_passphrase: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needs_passphrase = needs_passphrase
        self._waiting = False
        self._stack = QStackedLayout(self)
        self._questions = DialogArea()
        self._stack.addWidget(self._questions)
        self.organisation = QLineEdit()
        self.area = QLineEdit()
        self.staff_name = QLineEdit()
        self.passphrase = PasswordLine()
        self.passphrase_again = PasswordLine()
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._build_questions()
        self.recovery = RecoveryCodeSheet()
        self.recovery.done.connect(self.finished)
        self._stack.addWidget(self.recovery)

    def _build_questions(self) -> None:
        outer = self._questions.column
        self.heading = heading()
        tr(self.heading, self.heading.setText, lambda: _("Welcome to Intake"))
        outer.addWidget(self.heading)
        outer.addWidget(note(self._welcome_words))
        add_row(outer, self.organisation, lambda: _("Organisation's name (optional)"), "organisation")
        add_row(
            outer,
            self.area,
            lambda: _("Area (optional)"),
            "area",
            lambda: _("For example the council's or the integrated care board's area."),
        )
        add_row(outer, self.staff_name, lambda: _("Who is at the keyboard? (optional)"), "staff_name")
        if self._needs_passphrase:
            add_row(
                outer,
                self.passphrase,
                lambda: _("Passphrase (required)"),
                "passphrase",
                self._passphrase_hint,
            )
            add_row(
                outer,
                self.passphrase_again,
                lambda: _("The passphrase again (required)"),
                "passphrase_again",
            )
        outer.addWidget(self._problem)
        line = QHBoxLayout()
        outer.addLayout(line)
        self.go_on = button(lambda: _("Go on"), "first_run_go_on", self._answer)
        line.addWidget(self.go_on)
        if not self._needs_passphrase:
            self.skip = button(lambda: _("Skip these questions"), "first_run_skip", self._skip)
            line.addWidget(self.skip)
        self.restore = button(
            lambda: _("Restore from a backup"), "first_run_restore", self.restore_wanted.emit
        )
        line.addWidget(self.restore)
        line.addStretch(1)
        outer.addStretch(1)
        for edit in (self.organisation, self.area, self.staff_name, self.passphrase, self.passphrase_again):
            edit.returnPressed.connect(self._answer)
            edit.setMaximumWidth(em(self, FIELD_WIDTH_EM))

    def enter(self) -> None:
        """Puts the focus on the heading, so that the page is read from its top."""
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_recovery_code(self, code: str) -> None:
        """The second and last page: the code, and one group of it typed back."""
        self._stack.setCurrentWidget(self.recovery)
        self.recovery.show_code(code)

    def show_problem(self, words: str) -> None:
        """A failure to make the store, in words; what was typed stays."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._waiting = False

    def _welcome_words(self) -> str:
        if self._needs_passphrase:
            return _(
                "Three short questions that you can leave out and answer later, and a passphrase. Everything "
                "is kept encrypted on this computer."
            )
        return _(
            "Three short questions. You can skip them all and answer them later. Everything is kept "
            "encrypted on this computer."
        )

    @staticmethod
    def _passphrase_hint() -> str:
        return _(
            "This computer has no place that keeps keys safe, so a passphrase of at least {count} characters "
            "opens your records. Three or four unrelated words are good."
        ).format(count=SHORTEST_PASSPHRASE)

    def _answer(self) -> None:
        if self._needs_passphrase and not self._passphrase_fits():
            return
        self._emit(
            FirstRunAnswers(
                organisation=clean_text(self.organisation.text()).strip(),
                area=clean_text(self.area.text()).strip(),
                staff_name=clean_text(self.staff_name.text()).strip(),
                passphrase=self.passphrase.text(),
            )
        )

    def _skip(self) -> None:
        self._emit(FirstRunAnswers())

    def _emit(self, answers: FirstRunAnswers) -> None:
        # Not by disabling the button: the focus would jump to the next one, and a second Space press that.
        if not self._waiting:
            self._waiting = True
            self.answered.emit(answers)

    def _passphrase_fits(self) -> bool:
        first, again = self.passphrase.text(), self.passphrase_again.text()
        if len(first) < SHORTEST_PASSPHRASE:
            words = _("The passphrase needs at least {count} characters").format(count=SHORTEST_PASSPHRASE)
            field, hint = self.passphrase, self._passphrase_hint()
        elif first != again:
            words = _("The two passphrases differ. Type the same one twice")
            field, hint = self.passphrase_again, ""
        else:
            return True
        set_problem(field, self._problem, words, hint)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return False
