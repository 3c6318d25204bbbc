"""Online responses, the first step: which file, and what is in it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from intake_app.i18n import _
from ui.settings.working_dialog import WorkingDialog
from ui.webform.found import found_of
from ui.webform.words import about_words
from ui.workplace import Workplace


class ResponsesDialog(WorkingDialog):
    """Reads the file in a process of its own; where its columns go is asked in the next dialog."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Online responses"), lambda: _("Read the file"), parent)
        self.setAcceptDrops(True)
        self._asked_for = ""
        self.file = self.path_row(
            lambda: _("File with responses (required)"),
            "responses_file",
            self._choose,
            lambda: _("A table (.csv) or workbook (.xlsx) from the form. Nothing is brought in yet."),
        )
        self.finish_rows()

    def start(self) -> None:
        self._asked_for = self.file.text().strip()
        if not self._asked_for:
            self.show_problem(_("Choose a file"), self.file)
            return
        self.work(["look-at-responses", self._asked_for], self.file)

    def report_words(self, report: dict[str, Any]) -> str:
        return about_words(found_of(report))

    def _ended(self, code: int, report: dict[str, Any], complaint: str) -> None:
        super()._ended(code, report, complaint)
        if code == 0 and self.isVisible():
            self._go_on(report)

    def _go_on(self, report: dict[str, Any]) -> None:
        # Loaded when there is something to show.
        from ui.webform.form_dialog import FormDialog

        dialog = FormDialog(self.workplace, self._asked_for, report, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [one.toLocalFile() for one in event.mimeData().urls() if one.isLocalFile()]
        if paths:
            self.file.setText(paths[0])
            event.acceptProposedAction()

    @staticmethod
    def _choose(edit: QLineEdit) -> None:
        found, _filter = QFileDialog.getOpenFileName(
            edit.window(), edit.accessibleName(), "", "*.csv *.xlsx *.tsv *.txt"
        )
        if found:
            edit.setText(found)
