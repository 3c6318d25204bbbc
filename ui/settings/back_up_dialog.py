"""Backs everything up into one encrypted file, in a folder or on a stick."""

from typing import Any

from PySide6.QtWidgets import QWidget

from intake_app.i18n import _
from intake_app.text import ltr
from ui.settings.working_dialog import WorkingDialog, choose_folder
from ui.workplace import Workplace


class BackUpDialog(WorkingDialog):
    """The file opens with the recovery code and with the passphrases of this computer's staff."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Back up"), lambda: _("Back up now"), parent)
        self.folder = self.path_row(
            lambda: _("Folder or stick for the backup (required)"),
            "backup_folder",
            choose_folder,
            lambda: _(
                "The backup is encrypted. It opens on any computer with the recovery code or a passphrase "
                "of this one."
            ),
        )
        self.finish_rows()

    def start(self) -> None:
        folder = self.folder.text().strip()
        if not folder:
            self.show_problem(_("Choose a folder"), self.folder)
            return
        self.work(["back-up", folder], self.folder)

    def report_words(self, report: dict[str, Any]) -> str:
        return _("Backed up to {path}").format(path=ltr(str(report.get("path", self.folder.text()))))
