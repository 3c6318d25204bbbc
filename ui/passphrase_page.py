"""The page that asks for the passphrase, or for the recovery code, before anything else is shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui.accessibility import heading, set_problem
from ui.link_button import LinkButton
from ui.password_line import PasswordLine
from ui.rows import add_row, button
from ui.theme import em
from ui.translation import tr


class PassphrasePage(QWidget):
    """Signals: ``given(passphrase, recovery_code)``, one of them empty."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        self._heading = heading()
        tr(self._heading, self._heading.setText, lambda: _("Intake is locked"))
        outer.addWidget(self._heading)
        self.field = PasswordLine()
        self.field.setMaximumWidth(em(self, 40))
        self.field.returnPressed.connect(self._give)
        self._by_code = False
        # Not by disabling the button: the focus would jump to the next one.
        self._waiting = False
        self._label = add_row(outer, self.field, self._label_words, "passphrase", self._hint)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        outer.addWidget(self._problem)
        line = QHBoxLayout()
        outer.addLayout(line)
        self.unlock = button(lambda: _("Open"), "unlock", self._give)
        self.other_way = LinkButton()
        self.other_way.setAccessibleIdentifier("other_way")
        tr(self.other_way, self.other_way.setText, self._other_words)
        self.other_way.clicked.connect(self._turn)
        line.addWidget(self.unlock)
        line.addWidget(self.other_way)
        line.addStretch(1)
        outer.addStretch(1)

    def enter(self) -> None:
        """Puts the focus where typing begins."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, words: str) -> None:
        """What was wrong with the last try; the focus goes back to the field."""
        self._waiting = False
        set_problem(self.field, self._problem, words, self._hint())
        self.field.selectAll()
        self.enter()

    def _label_words(self) -> str:
        return _("Recovery code") if self._by_code else _("Passphrase")

    def _hint(self) -> str:
        if self._by_code:
            return _("The digits that were printed or written down when Intake was first opened here.")
        return _("It opens the records that are kept encrypted on this computer.")

    def _other_words(self) -> str:
        return _("Use the passphrase") if self._by_code else _("Use the recovery code")

    def _turn(self) -> None:
        self._by_code = not self._by_code
        self.field.clear()
        # A code is read from paper and checked by eye and ear; a passphrase is not shown.
        hidden, shown = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal
        self.field.setEchoMode(shown if self._by_code else hidden)
        self._label.setText(self._label_words())
        self.field.setAccessibleName(self._label_words())
        self.other_way.setText(self._other_words())
        set_problem(self.field, self._problem, "", self._hint())
        self.enter()

    def _give(self) -> None:
        text = self.field.text().strip() if self._by_code else self.field.text()
        if not text:
            self.show_problem(_("Type the recovery code") if self._by_code else _("Type the passphrase"))
            return
        if not self._waiting:
            self._waiting = True
            self.given.emit("" if self._by_code else text, text if self._by_code else "")
