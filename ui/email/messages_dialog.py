"""Emails that wait: read one, take it down as a record, or set it aside."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from intake_app.channels.email.draft import draft_of
from intake_app.channels.email.kept import of_text
from intake_app.channels.email.message import Message
from intake_app.errors import AttachmentRefused, IntakeError
from intake_app.i18n import N_, _, ngettext
from intake_app.store.inbox import InboxRow, MessageState
from ui.accessibility import ComboBox, heading
from ui.child_process import ChildProcess
from ui.email.long_text import LongText
from ui.email.words import count_words, left_words, message_words, row_words
from ui.fonts import show_any_script
from ui.messages import sentence
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.theme import em
from ui.translation import tr
from ui.workplace import Workplace

_WIDTH_EM = 56
_LINES_OF_LIST, _LINES_OF_TEXT = 6, 12
_SHARE_OF_SCREEN = 0.9
_SHOWN: tuple[tuple[MessageState | None, str], ...] = (
    (MessageState.WAITING, N_("Waiting")),
    (MessageState.ASIDE, N_("Set aside")),
    (MessageState.TAKEN, N_("Taken down")),
    (None, N_("All")),
)
_BY_HAND = "by_hand"


class MessagesDialog(AskingDialog):
    """Nothing in a message is loaded, followed or opened.

    Signals: ``taken(str)`` a draft's id: a record was begun with the message · ``open_wanted(str)``
    the record, or draft, that it or the sender's earlier message was taken down in
    """

    taken = Signal(str)
    open_wanted = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Emails"), parent)
        self.setMinimumWidth(
            min(em(self, _WIDTH_EM), round(self.screen().availableSize().width() * _SHARE_OF_SCREEN))
        )
        show_any_script(self)
        self._found: Mapping[str, InboxRow] = {}
        self._count = 0
        self._message: Message | None = None
        self._child: ChildProcess | None = None
        self.outcome = heading()
        self.outcome.setAccessibleIdentifier("messages_outcome")
        self.rows.addWidget(self.outcome)
        self.filter = ComboBox()
        for _state, words in _SHOWN:
            self.filter.addItem(_(words))
        add_row(self.rows, self.filter, lambda: _("Which emails"), "messages_filter")
        self.list = Rows("messages_list")
        add_row(self.rows, self.list, lambda: _("Emails, newest first"), "messages_list")
        self.text = LongText()
        add_row(self.rows, self.text, lambda: _("The email"), "message_text")
        for box, lines in ((self.list, _LINES_OF_LIST), (self.text, _LINES_OF_TEXT)):
            box.setFixedHeight(lines * self.fontMetrics().lineSpacing())
        self.quoted = QCheckBox()
        self.quoted.setAccessibleIdentifier("message_quoted")
        tr(self.quoted, self.quoted.setText, lambda: _("Show what is quoted from earlier messages"))
        self.rows.addWidget(self.quoted)
        self.fetch_it = self.add_deed(lambda: _("Fetch the email"), "message_fetch", self._fetch_rest)
        self.take = self.add_deed(lambda: _("Take it down"), "message_take", self._take, default=True)
        self.earlier = self.add_deed(
            lambda: _("Open the earlier record"), "message_earlier", self._open_earlier
        )
        self.aside = self.add_deed(lambda: _("Set aside"), "message_aside", self._set_aside)
        self.again = self.add_deed(lambda: _("Let it wait again"), "message_again", self._wait_again)
        self.bring_in = self.add_deed(lambda: _("Bring emails in …"), "messages_import", self._import)
        self.fetch = self.add_deed(lambda: _("Shared mailbox …"), "messages_fetch", self._fetch)
        self.add_deed(lambda: _("Close"), "messages_close", self.reject)
        self.filter.currentIndexChanged.connect(lambda _row: self._ask())
        self.list.moved.connect(self._read)
        self.list.chosen.connect(lambda _key: self._read_or_fetch())
        self.quoted.toggled.connect(lambda _on: self._show_message())
        tr(self, lambda _text: self._show_rows(), lambda: "")
        self._ask()

    def current(self) -> InboxRow | None:
        """The row under the cursor; None where there is none."""
        return self._found.get(self.list.current_key())

    # What is shown

    def _ask(self, said: str = "", then: Callable[[], object] | None = None) -> None:
        state, inbox = _SHOWN[self.filter.currentIndex()][0], self.workplace.store.inbox

        def show(page: tuple[tuple[InboxRow, ...], int]) -> None:
            found, self._count = page
            self._found = {one.id: one for one in found}
            self._show_rows(said)
            if said:
                # The window's status line is behind the dialog; a heading is read when it takes the focus.
                self.outcome.setFocus()
            if then is not None:
                then()

        self.workplace.background.run(
            self, lambda: (inbox.rows(state), inbox.count(state)), show, self._failed
        )

    def _show_rows(self, said: str = "") -> None:
        for number, (_state, words) in enumerate(_SHOWN):
            self.filter.setItemText(number, _(words))
        self.list.show_rows([(one.id, row_words(one)) for one in self._found.values()])
        told = count_words(len(self._found), self._count)
        self.outcome.setText(f"{said} {told}" if said else told)
        self._read()

    def _read(self) -> None:
        row = self.current()
        self._message = None
        self._show_message()
        if row is None:
            return
        inbox = self.workplace.store.inbox

        def show(message: Message) -> None:
            if self.list.current_key() == row.id:
                self._message = message
                self._show_message()

        self.workplace.background.run(self, lambda: of_text(inbox.reading(row.id)), show, self._failed)

    def _show_message(self) -> None:
        row, message = self.current(), self._message
        here = row is None or row.is_here
        words = ""
        if message is not None:
            words = message_words(message, self.quoted.isChecked()) if here else left_words(message)
        self.text.show_words(words)
        self.fetch_it.setVisible(not here)
        self.quoted.setEnabled(bool(message is not None and message.quoted))
        waits = row is not None and row.state is MessageState.WAITING
        self.take.setEnabled(waits and here)
        self.aside.setEnabled(waits)
        self.again.setEnabled(row is not None and row.state is MessageState.ASIDE)
        self.earlier.setEnabled(row is not None and bool(row.earlier_record or row.record))

    # Deeds

    def _read_or_fetch(self) -> None:
        """Enter on a row."""
        row = self.current()
        if row is not None and not row.is_here:
            self._fetch_rest()
        else:
            self.text.setFocus()

    def _fetch_rest(self) -> None:
        """In a process of its own; then its words have the focus."""
        row = self.current()
        if row is None or (self._child is not None and self._child.running):
            return
        self.clear_problem()
        self._child = child = ChildProcess(self)
        self.outcome.setText(_("Fetching the email"))
        self.outcome.setFocus()

        def ended(code: int, _report: dict[str, Any], complaint: str) -> None:
            if code == 0:
                self._ask(then=self.text.setFocus)
            elif not child.cancelled:
                self._show_rows()
                self.show_problem(complaint, self.list)

        child.finished.connect(ended)
        child.start(
            ["fetch-mail", "--message", row.id,
             "--data-dir", str(self.workplace.folder), "--key-stdin", "--progress-json"],
            self.workplace.store.key_for_child(),
        )  # fmt: skip

    def _take(self) -> None:
        row = self.current()
        if row is None:
            return
        place = self.workplace
        store, library = place.store, place.library
        member = store.staff.current

        def take() -> str:
            message = of_text(store.inbox.reading(row.id))
            by = member.id if member is not None else ""
            mailbox = store.inbox.mailbox_of(row.id)
            draft = draft_of(message, library, place.ids, place.clock(), store.device, by, mailbox)
            # The words are safe before the message counts as taken down.
            store.drafts.keep(draft)
            store.inbox.take_down(row.id, draft.id)
            return draft.id

        parts = self._message.parts if self._message is not None else ()

        def done(draft: str) -> None:
            if parts:
                self._keep_files(row.id, draft)
            else:
                self._begun(draft)

        self._do(take, done)

    def _keep_files(self, message: str, draft: str) -> None:
        """In a process of its own: a message of 25 MB is taken apart there. The words are safe already."""
        self.take.setEnabled(False)
        self._child = child = ChildProcess(self)
        self.outcome.setText(_("Keeping the attached files, encrypted"))

        def ended(code: int, report: dict[str, Any], complaint: str) -> None:
            self._begun(draft, _files_words(report) if code == 0 else _files_failed(complaint))

        child.finished.connect(ended)
        child.start(
            ["keep-attachments", "--message", message, "--draft", draft,
             "--data-dir", str(self.workplace.folder), "--key-stdin", "--progress-json"],
            self.workplace.store.key_for_child(),
        )  # fmt: skip

    def _begun(self, draft: str, files: str = "") -> None:
        self.accept()
        self.taken.emit(draft)
        if files:
            self.workplace.announce(files)

    def reject(self) -> None:
        """While files are kept, closing stops that; the record that was begun is opened all the same."""
        if self._child is not None and self._child.running:
            self._child.cancel()
            return
        super().reject()

    def _open_earlier(self) -> None:
        row = self.current()
        if row is not None and (record := row.record or row.earlier_record):
            self.accept()
            self.open_wanted.emit(record)

    def _set_aside(self) -> None:
        inbox, row = self.workplace.store.inbox, self.current()
        if row is not None:
            self._do(lambda: inbox.set_aside(row.id, _BY_HAND), lambda _none: self._ask(_("Set aside.")))

    def _wait_again(self) -> None:
        inbox, row = self.workplace.store.inbox, self.current()
        if row is not None:
            self._do(lambda: inbox.wait_again(row.id), lambda _none: self._ask(_("It waits again.")))

    def _import(self) -> None:
        from ui.email.import_mail_dialog import ImportMailDialog

        self._open(ImportMailDialog(self.workplace, self))

    def _fetch(self) -> None:
        from ui.email.mailbox_dialog import MailboxDialog

        self._open(MailboxDialog(self.workplace, self))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._ask())
        dialog.open()

    def _do(self, deed: Callable[[], object], done: Callable[..., object]) -> None:
        self.clear_problem()
        self.workplace.background.run(self, deed, done, self._failed)

    def _failed(self, error: IntakeError) -> None:
        self.show_problem(sentence(error), self.list)


def _files_words(report: Mapping[str, Any]) -> str:
    count = int(report.get("attached", 0))
    told = [ngettext("{count} file attached.", "{count} files attached.", count).format(count=count)]
    if count:
        told.append(_("Ctrl+Shift+F goes to what is attached."))
    told += [
        sentence(AttachmentRefused(name=name, reason=reason)) for name, reason in report.get("refused", ())
    ]
    return " ".join(told)


def _files_failed(complaint: str) -> str:
    return _("The attached files stay in the email: {reason}").format(reason=complaint)
