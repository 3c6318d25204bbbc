"""Saves one refused version as an encrypted file, to be looked at by whoever looks after the hub."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from intake_app.errors import FileRefused, IntakeError
from intake_app.i18n import _
from intake_app.store.quarantine import RefusedVersion
from ui.rows import add_row, button
from ui.settings.asking_dialog import AskingDialog
from ui.workplace import Workplace

SHORTEST_PASSPHRASE = 10
SUFFIX = ".intake-export"


class TakeOutDialog(AskingDialog):
    """Accepted once the file is written."""

    def __init__(self, workplace: Workplace, refused: RefusedVersion, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Save what was refused as a file"), parent)
        self._mutation = refused.mutation
        self.file = QLineEdit()
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        add_row(
            self.rows,
            self.file,
            lambda: _("File (required)"),
            "take_out_file",
            lambda: _("It is encrypted, and holds everything that was written in this version."),
        )
        self.rows.addWidget(button(lambda: _("Choose …"), "take_out_choose", self._choose))
        add_row(
            self.rows,
            self.passphrase,
            lambda: _("Passphrase of the file (required)"),
            "take_out_passphrase",
            lambda: _("At least {count} characters. Tell it to whoever is to open the file.").format(
                count=SHORTEST_PASSPHRASE
            ),
        )
        self.save = self.add_deed(lambda: _("Save"), "take_out_save", self._save, default=True)
        self.add_deed(lambda: _("Go back"), "take_out_back", self.reject)

    def _choose(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save what was refused as a file"), self.file.text()
        )
        if chosen:
            self.file.setText(chosen)

    def _save(self) -> None:
        self.clear_problem()
        name, passphrase = self.file.text().strip(), self.passphrase.text()
        if not name:
            self.show_problem(_("Choose a file"), self.file)
            return
        if len(passphrase) < SHORTEST_PASSPHRASE:
            words = _("The passphrase needs at least {count} characters").format(count=SHORTEST_PASSPHRASE)
            self.show_problem(words, self.passphrase)
            return
        path = Path(name) if name.endswith(SUFFIX) else Path(name + SUFFIX)
        store, mutation = self.workplace.store, self._mutation

        def work() -> Path:
            # Imported when asked for: no screen needs it before.
            from intake_app.reports.one_document import export_document

            if path.exists():
                raise FileRefused(path=str(path), reason="in_the_way")
            return export_document(store.quarantine.document(mutation), path, passphrase)

        self.workplace.background.run(self, work, lambda _path: self.accept(), self._refused)

    def _refused(self, error: IntakeError) -> None:
        self.show_error(error, self.file)
