"""Brings care services into the directory from the files that CQC, the NHS and councils publish."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QTextEdit, QWidget

from intake_app import formats
from intake_app.i18n import _, ngettext
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.import_words import change_words, counted
from ui.settings.working_dialog import WorkingDialog
from ui.translation import tr
from ui.workplace import Workplace

_SEPARATOR = "; "
_LINES_OF_CHANGES = 6


class ImportServicesDialog(WorkingDialog):
    """Several files at once. What changed is a list of sentences, those that records mention first; refused
    rows are listed with file, line and reason, to be read or copied.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Import services"), lambda: _("Import"), parent)
        self._report: dict[str, Any] = {}
        self.files = self.path_row(
            lambda: _("Files with services (required)"),
            "service_files",
            self._choose,
            lambda: _("CSV or zip files as published; several are parted by a semicolon."),
        )
        self.share = self._check(
            lambda: _("Give it to our other computers"),
            "share_services",
            lambda: _("They receive the changes through the hub."),
        )
        shares = workplace.store.exchange.possible
        self.share.setChecked(shares)
        self.share.setVisible(shares)
        self.older = self._check(
            lambda: _("Also an older edition"),
            "older_services",
            lambda: _("An edition older than the one held is otherwise left out, because it would undo it."),
        )
        self.changes = Rows("service_changes")
        self.changes.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES_OF_CHANGES)
        self._changes_label = add_row(self.rows, self.changes, self._changes_title, "service_changes")
        self.refused = QTextEdit(readOnly=True)
        self._refused_label = add_row(
            self.rows, self.refused, lambda: _("Rows that were left out"), "refused_rows"
        )
        self._hide_report()
        tr(self, lambda _text: self._show_report(), lambda: "")
        self.finish_rows()

    def start(self) -> None:
        files = [one.strip() for one in self.files.text().split(";") if one.strip()]
        if not files:
            self.show_problem(_("Choose at least one file"), self.files)
            return
        self._report = {}
        self._hide_report()
        options = [
            *(["--older"] if self.older.isChecked() else []),
            *(["--share"] if self.share.isChecked() else []),
        ]
        self.work(["import-services", *options, *files], self.files)

    def report_words(self, report: dict[str, Any]) -> str:
        self._report = report
        self._show_report()
        return formats.listing(words.format(count=formats.number(count)) for words, count in counted(report))

    def _show_report(self) -> None:
        changes = self._report.get("changes") or ()
        rows = self._report.get("refused_rows") or ()
        self.changes.show_rows([(str(number), change_words(one)) for number, one in enumerate(changes)])
        self.refused.setPlainText(
            "\n".join(
                _("{file}, line {line}: {reason}").format(
                    file=row.get("file", ""), line=row.get("line", ""), reason=row.get("reason", "")
                )
                for row in rows
            )
        )
        title = self._changes_title()
        self._changes_label.setText(title)
        self.changes.setAccessibleName(title)
        for widget, shown in (
            (self.changes, changes), (self._changes_label, changes),
            (self.refused, rows), (self._refused_label, rows),
        ):  # fmt: skip
            widget.setVisible(bool(shown))

    def _hide_report(self) -> None:
        for widget in (self.changes, self._changes_label, self.refused, self._refused_label):
            widget.hide()

    def _changes_title(self) -> str:
        mentioned = sum(bool(one.get("records")) for one in self._report.get("changes") or ())
        if not mentioned:
            return _("What changed")
        words = ngettext(
            "What changed; {count} service that records name comes first",
            "What changed; {count} services that records name come first",
            mentioned,
        )
        return words.format(count=formats.number(mentioned))

    def _check(self, text: Callable[[], str], identifier: str, hint: Callable[[], str]) -> QCheckBox:
        box = QCheckBox()
        box.setMinimumHeight(24)
        box.setAccessibleIdentifier(identifier)
        tr(box, box.setText, text)
        tr(box, box.setAccessibleDescription, hint)
        self.rows.addWidget(box)
        return box

    @staticmethod
    def _choose(edit: QLineEdit) -> None:
        found, _filter = QFileDialog.getOpenFileNames(edit.window(), edit.accessibleName())
        if found:
            edit.setText(_SEPARATOR.join(found))
