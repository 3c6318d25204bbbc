"""Brings care services into the directory from the files that CQC and NHS ODS publish."""

from typing import Any

from PySide6.QtWidgets import QFileDialog, QLineEdit, QTextEdit, QWidget

from intake_app import formats
from intake_app.i18n import _, ngettext
from ui.rows import add_row
from ui.settings.working_dialog import WorkingDialog
from ui.workplace import Workplace

_SEPARATOR = "; "


class ImportServicesDialog(WorkingDialog):
    """Several files at once; refused rows are listed with file, line and reason, to be read or copied."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Import services"), lambda: _("Import"), parent)
        self.files = self.path_row(
            lambda: _("Files with services (required)"),
            "service_files",
            self._choose,
            lambda: _("CSV or zip files as published; several are parted by a semicolon."),
        )
        self.refused = QTextEdit(readOnly=True)
        self._refused_label = add_row(
            self.rows, self.refused, lambda: _("Rows that were left out"), "refused_rows"
        )
        self.refused.hide()
        self._refused_label.hide()
        self.finish_rows()

    def start(self) -> None:
        files = [one.strip() for one in self.files.text().split(";") if one.strip()]
        if not files:
            self.show_problem(_("Choose at least one file"), self.files)
            return
        self.refused.hide()
        self._refused_label.hide()
        self.work(["import-services", *files], self.files)

    def report_words(self, report: dict[str, Any]) -> str:
        rows = report.get("refused_rows") or ()
        self.refused.setPlainText(
            "\n".join(
                _("{file}, line {line}: {reason}").format(
                    file=row.get("file", ""), line=row.get("line", ""), reason=row.get("reason", "")
                )
                for row in rows
            )
        )
        self.refused.setVisible(bool(rows))
        self._refused_label.setVisible(bool(rows))
        return formats.listing(words.format(count=formats.number(count)) for words, count in _counted(report))

    @staticmethod
    def _choose(edit: QLineEdit) -> None:
        found, _filter = QFileDialog.getOpenFileNames(edit.window(), edit.accessibleName())
        if found:
            edit.setText(_SEPARATOR.join(found))


def _counted(report: dict[str, Any]) -> list[tuple[str, int]]:
    def count(name: str) -> int:
        return int(report.get(name, 0))

    return [
        (ngettext("{count} added", "{count} added", count("added")), count("added")),
        (ngettext("{count} renamed", "{count} renamed", count("renamed")), count("renamed")),
        (ngettext("{count} closed", "{count} closed", count("closed")), count("closed")),
        (ngettext("{count} reopened", "{count} reopened", count("reopened")), count("reopened")),
        (ngettext("{count} moved", "{count} moved", count("moved")), count("moved")),
        (
            ngettext("{count} phone number changed", "{count} phone numbers changed", count("phone_changed")),
            count("phone_changed"),
        ),
        (ngettext("{count} row left out", "{count} rows left out", count("refused")), count("refused")),
    ]
