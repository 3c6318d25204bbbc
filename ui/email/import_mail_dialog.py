"""Brings emails in from files and folders that a mail program has saved, and one that was copied."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLineEdit, QTextEdit, QWidget

from intake_app import formats
from intake_app.channels.email.files import Found
from intake_app.channels.email.pasted import MOST_LETTERS, message_of
from intake_app.channels.email.taking_in import TakenIn, take_in
from intake_app.errors import FileRefused, IntakeError
from intake_app.i18n import _, ngettext
from ui.email.words import new_words
from ui.messages import sentence
from ui.rows import add_row, button
from ui.settings.working_dialog import WorkingDialog
from ui.translation import tr
from ui.workplace import Workplace

_SEPARATOR = "; "
_MESSAGE = "message/rfc822"


class ImportMailDialog(WorkingDialog):
    """Files may be dropped on it, too; each message comes once, however often it is brought in."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Bring emails in"), lambda: _("Bring in"), parent)
        self.setAcceptDrops(True)
        self.files = self.path_row(
            lambda: _("Files or folders with emails (required)"),
            "mail_files",
            self._choose,
            lambda: _("Saved emails, mailboxes or Outlook messages; several are parted by a semicolon."),
        )
        self.paste = button(lambda: _("Paste the email that was copied"), "mail_paste", self.bring_in_pasted)
        tr(
            self.paste,
            self.paste.setAccessibleDescription,
            lambda: _("Its whole source, or its words with the lines From, Sent and Subject above them."),
        )
        self.rows.addWidget(self.paste)
        self.refused = QTextEdit(readOnly=True)
        self._refused_label = add_row(self.rows, self.refused, lambda: _("What was left out"), "refused_mail")
        self._show_refused(())
        self.finish_rows()

    def start(self) -> None:
        files = [one.strip() for one in self.files.text().split(";") if one.strip()]
        if not files:
            self.show_problem(_("Choose at least one file or folder"), self.files)
            return
        self._show_refused(())
        self.work(["import-mail", *files], self.files)

    def bring_in_pasted(self) -> None:
        """What lies on the clipboard; it is read here and nowhere kept but in the store."""
        self.clear_problem()
        held = QGuiApplication.clipboard().mimeData()
        source = bytes(held.data(_MESSAGE).data()) if held.hasFormat(_MESSAGE) else b""
        copied, inbox = held.text(), self.workplace.store.inbox

        def bring_in() -> TakenIn:
            if len(source) > MOST_LETTERS:
                raise FileRefused(path="", reason="too_large")
            raw = source or message_of(copied)
            return take_in(inbox, [Found(Path(), raw)])

        def done(taken: TakenIn) -> None:
            self._show_outcome(
                self.report_words({"added": taken.added, "known": taken.known, "aside": taken.aside})
            )

        def failed(error: IntakeError) -> None:
            reasons = {
                "empty": _("No email was copied. Copy one in your mail program first."),
                "too_large": _("That is too large to be pasted. Save it as a file and bring that in."),
            }
            self.show_problem(reasons.get(str(error.details.get("reason")), sentence(error)), self.paste)

        self.workplace.background.run(self, bring_in, done, failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.bring_in_pasted()
        else:
            super().keyPressEvent(event)

    def report_words(self, report: dict[str, Any]) -> str:
        refused = report.get("refused_files") or ()
        self._show_refused(refused)
        added, known, aside = (int(report.get(name, 0)) for name in ("added", "known", "aside"))
        left_out = len(refused)
        others = (
            (known, ngettext("{count} was here already", "{count} were here already", known)),
            (aside, ngettext("{count} set aside", "{count} set aside", aside)),
            (left_out, ngettext("{count} left out", "{count} left out", left_out)),
        )
        parts = [
            new_words(added),
            *(told.format(count=formats.number(count)) for count, told in others if count),
        ]
        return formats.listing(parts)

    def _show_refused(self, refused: Any) -> None:
        self.refused.setPlainText("\n".join(str(one) for one in refused))
        for widget in (self.refused, self._refused_label):
            widget.setVisible(bool(refused))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [one.toLocalFile() for one in event.mimeData().urls() if one.isLocalFile()]
        if paths:
            self.files.setText(_SEPARATOR.join(paths))
            event.acceptProposedAction()

    @staticmethod
    def _choose(edit: QLineEdit) -> None:
        found, _filter = QFileDialog.getOpenFileNames(
            edit.window(), edit.accessibleName(), "", "*.eml *.mbox *.msg"
        )
        if found:
            edit.setText(_SEPARATOR.join(found))
