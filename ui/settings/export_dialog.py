"""Writes the records to a file: no names unless a reason is given, encrypted unless that is turned off."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGroupBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from intake_app import formats
from intake_app.i18n import _, ngettext
from intake_app.text import clean_text, ltr
from ui.first_run.first_run_page import SHORTEST_PASSPHRASE
from ui.password_line import PasswordLine
from ui.rows import add_row
from ui.settings.working_dialog import WorkingDialog, choose_new_file
from ui.translation import tr
from ui.workplace import Workplace

FORMATS = ("csv", "xlsx", "html", "jsonl")


class ExportDialog(WorkingDialog):
    """Withdrawn records stay out. Names and equality answers need a reason, which is written down."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Export records"), lambda: _("Export"), parent)
        self.format = QButtonGroup(self)
        self.rows.addWidget(self._formats())
        self.file = self.path_row(lambda: _("File to write (required)"), "export_file", choose_new_file)
        self.encrypt = self._check(
            lambda: _("Encrypt it with a passphrase"),
            "export_encrypt",
            lambda: _("A plain file can be read by whoever finds it."),
        )
        self.encrypt.setChecked(True)
        self.passphrase = PasswordLine()
        add_row(
            self.rows,
            self.passphrase,
            lambda: _("Passphrase of the file"),
            "export_passphrase",
            lambda: _("At least {count} characters; whoever opens the file needs it.").format(
                count=SHORTEST_PASSPHRASE
            ),
        )
        self.encrypt.toggled.connect(self.passphrase.setEnabled)
        self.persons = self._check(lambda: _("Also names and numbers"), "export_persons", self._reason_hint)
        self.equality = self._check(lambda: _("Also equality answers"), "export_equality", self._reason_hint)
        self.events = self._check(
            lambda: _("The events instead of the records"),
            "export_events",
            lambda: _("A row for each event: where, for whom, and what was counted there."),
        )
        self.reason = QLineEdit()
        add_row(self.rows, self.reason, lambda: _("Reason for names or equality answers"), "export_reason")
        self.finish_rows()

    def start(self) -> None:
        path = self.file.text().strip()
        reason = clean_text(self.reason.text()).strip()
        personal = self.persons.isChecked() or self.equality.isChecked()
        personal = personal and not self.events.isChecked()
        if not path:
            self.show_problem(_("Choose a file to write"), self.file)
        elif self.encrypt.isChecked() and len(self.passphrase.text()) < SHORTEST_PASSPHRASE:
            words = _("The passphrase needs at least {count} characters").format(count=SHORTEST_PASSPHRASE)
            self.show_problem(words, self.passphrase)
        elif personal and not reason:
            self.show_problem(_("Write why names or equality answers are needed"), self.reason)
        else:
            self.work(self._arguments(path, reason), self.file, self._secret())

    def report_words(self, report: dict[str, Any]) -> str:
        if "events" in report:
            count = int(report["events"])
            words = ngettext("{count} event written to {path}", "{count} events written to {path}", count)
        else:
            count = int(report.get("records", 0))
            words = ngettext("{count} record written to {path}", "{count} records written to {path}", count)
        path = ltr(str(report.get("path", self.file.text())))
        return words.format(count=formats.number(count), path=path)

    def _arguments(self, path: str, reason: str) -> list[str]:
        chosen = FORMATS[max(0, self.format.checkedId())]
        arguments = ["export", "--format", chosen, path]
        if self.encrypt.isChecked():
            arguments += ["--encrypt", "--secret-stdin"]
        if self.events.isChecked():
            return [*arguments, "--events"]
        if self.persons.isChecked():
            arguments.append("--with-persons")
        if self.equality.isChecked():
            arguments.append("--with-equality")
        if reason:
            arguments += ["--reason", reason]
        return arguments

    def _secret(self) -> str:
        return self.passphrase.text() if self.encrypt.isChecked() else ""

    @staticmethod
    def _reason_hint() -> str:
        return _("Needs a reason, which is written down with your name.")

    def _formats(self) -> QGroupBox:
        labels: dict[str, Callable[[], str]] = {
            "csv": lambda: _("Table, CSV"),
            "xlsx": lambda: _("Workbook, Excel"),
            "html": lambda: _("Web page to read"),
            "jsonl": lambda: _("Everything, for another program"),
        }
        box = QGroupBox()
        tr(box, box.setTitle, lambda: _("Kind of file"))
        column = QVBoxLayout(box)
        for number, code in enumerate(FORMATS):
            radio = QRadioButton()
            radio.setAccessibleIdentifier(f"export_{code}")
            radio.setChecked(number == 0)
            tr(radio, radio.setText, labels[code])
            self.format.addButton(radio, number)
            column.addWidget(radio)
        return box

    def _check(self, text: Callable[[], str], identifier: str, hint: Callable[[], str]) -> QCheckBox:
        box = QCheckBox()
        box.setAccessibleIdentifier(identifier)
        tr(box, box.setText, text)
        tr(box, box.setAccessibleDescription, hint)
        self.rows.addWidget(box)
        return box
