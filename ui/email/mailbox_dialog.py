"""The shared mailbox of the office: where it is, what is done in it, and fetching what is new."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from intake_app import formats
from intake_app.channels.email.fetching import account_of, is_signed_in, keep_account
from intake_app.channels.email.mailbox import IMAPS_PORT, Account, AfterTaking, SignIn
from intake_app.errors import IntakeError
from intake_app.i18n import N_, _, ngettext
from ui.accessibility import ComboBox
from ui.email.sign_in_rows import SignInRows
from ui.email.words import new_words
from ui.messages import sentence
from ui.rows import add_row
from ui.settings.working_dialog import WorkingDialog
from ui.translation import tr
from ui.workplace import Workplace

_MOST_PORTS = 65_535
_WAYS_IN = (
    (SignIn.PASSWORD, N_("A password")),
    (SignIn.DEVICE, N_("A code on the page of Microsoft 365")),
    (SignIn.XOAUTH2, N_("A token (XOAUTH2)")),
)
_WHOLE = (
    (False, N_("Who and what; the rest when an email is opened")),
    (True, N_("All of it, to be read without a network")),
)
_AFTER = (
    (AfterTaking.NOTHING, N_("Leave it as it is")),
    (AfterTaking.FLAG, N_("Give it a flag")),
    (AfterTaking.MOVE, N_("Move it to a folder")),
)


class MailboxDialog(WorkingDialog):
    """What is typed is kept, encrypted, when fetching begins. The password is never shown again."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Shared mailbox"), lambda: _("Fetch now"), parent)
        self._signing_in = False
        self.host = self._line(
            lambda: _("Address of the mail server (required)"),
            "mailbox_host",
            lambda: _("For example outlook.office365.com. Only safe connections (IMAP over TLS) are made."),
        )
        self.port = self._line(lambda: _("Port"), "mailbox_port")
        self.user = self._line(lambda: _("Name of the mailbox (required)"), "mailbox_user")
        self.way_in = self._choice(lambda: _("Sign in with"), "mailbox_way_in", _WAYS_IN)
        self.sign_in = SignInRows()
        self.secret = self.sign_in.secret
        self.rows.addWidget(self.sign_in)
        self.way_in.currentIndexChanged.connect(self._use_way)
        self.folder = self._line(lambda: _("Folder"), "mailbox_folder")
        self.whole = self._choice(lambda: _("What to fetch of an email"), "mailbox_whole", _WHOLE)
        self.after = self._choice(lambda: _("When an email was taken down"), "mailbox_after", _AFTER)
        self.mark = self._line(
            lambda: _("Name of the flag or folder"),
            "mailbox_done",
            lambda: _("Nothing else in the mailbox is ever changed."),
        )
        self.finish_rows()
        self._show(account_of(None))
        inbox = workplace.store.inbox
        workplace.background.run(self, lambda: account_of(inbox.account()), self._show)

    def start(self) -> None:
        self.clear_problem()
        account = self._account()
        if account is None:
            return
        inbox, secret = self.workplace.store.inbox, self.secret.text()

        def keep() -> bool:
            keep_account(inbox, account, secret)
            return account.sign_in is not SignIn.DEVICE or is_signed_in(inbox)

        self.workplace.background.run(self, keep, self._begin, self._failed)

    def _begin(self, signed_in: bool) -> None:
        self._signing_in = not signed_in
        self.work(["fetch-mail"] if signed_in else ["sign-in-mailbox"], self.host)

    def _show_progress(self, line: dict[str, Any]) -> None:
        if code := line.get("code"):
            self.sign_in.give(str(code), str(line.get("page", "")))
            self.fit()
            self._area.ensureWidgetVisible(self.sign_in.code)
            self.workplace.announce(self.sign_in.spoken())
        super()._show_progress(line)

    def _ended(self, code: int, report: dict[str, Any], complaint: str) -> None:
        self.sign_in.give("", "")
        if self._signing_in and code == 0:
            self.workplace.announce(_("Signed in."))
            self._begin(signed_in=True)
            return
        super()._ended(code, report, complaint)

    def _use_way(self) -> None:
        self.sign_in.use(_WAYS_IN[self.way_in.currentIndex()][0])
        self.fit()

    def report_words(self, report: dict[str, Any]) -> str:
        added, aside, large = (int(report.get(name, 0)) for name in ("added", "aside", "too_large"))
        parts = [new_words(added)]
        if aside:
            told = ngettext("{count} set aside", "{count} set aside", aside)
            parts.append(told.format(count=formats.number(aside)))
        if large:
            words = ngettext(
                "{count} is too large to be fetched", "{count} are too large to be fetched", large
            )
            parts.append(words.format(count=formats.number(large)))
        return formats.listing(parts)

    def _account(self) -> Account | None:
        """None where something has to be mended first, and that is said."""
        host, user = self.host.text().strip(), self.user.text().strip()
        port, done = self.port.text().strip(), self.mark.text().strip()
        after = _AFTER[self.after.currentIndex()][0]
        sign_in, application = (
            _WAYS_IN[self.way_in.currentIndex()][0],
            self.sign_in.application.text().strip(),
        )
        if not host:
            self.show_problem(_("Give the address of the mail server"), self.host)
        elif not (port.isascii() and port.isdecimal() and 0 < int(port) <= _MOST_PORTS):
            self.show_problem(_("Give the port as a number, nearly always 993"), self.port)
        elif not user:
            self.show_problem(_("Give the name of the mailbox"), self.user)
        elif after is not AfterTaking.NOTHING and not done:
            self.show_problem(_("Give the name of the flag or folder"), self.mark)
        elif sign_in is SignIn.DEVICE and not application:
            self.show_problem(_("Give the application ID"), self.sign_in.application)
        else:
            folder = self.folder.text().strip() or "INBOX"
            whole = _WHOLE[self.whole.currentIndex()][0]
            found = Account(host, user, int(port), sign_in, folder, after, done)
            return replace(found, application=application, authority=self._authority, whole=whole)
        return None

    def _show(self, account: Account | None) -> None:
        shown = account or Account("", "", whole=False)
        self.whole.setCurrentIndex([one for one, _words in _WHOLE].index(shown.whole))
        self.host.setText(shown.host)
        self.port.setText(str(shown.port if account else IMAPS_PORT))
        self.user.setText(shown.user)
        self.sign_in.application.setText(shown.application)
        self._authority = shown.authority
        self.folder.setText(shown.folder)
        self.mark.setText(shown.done)
        self.way_in.setCurrentIndex([one for one, _words in _WAYS_IN].index(shown.sign_in))
        self.after.setCurrentIndex([one for one, _words in _AFTER].index(shown.after))
        self._use_way()

    def _failed(self, error: IntakeError) -> None:
        self.show_problem(sentence(error), self.host)

    def _line(
        self, label: Callable[[], str], identifier: str, hint: Callable[[], str] | None = None
    ) -> QLineEdit:
        line = QLineEdit()
        add_row(self.rows, line, label, identifier, hint)
        return line

    def _choice(
        self, label: Callable[[], str], identifier: str, offered: tuple[tuple[Any, str], ...]
    ) -> ComboBox:
        box = ComboBox()
        for _code, words in offered:
            box.addItem(_(words))
        add_row(self.rows, box, label, identifier)
        tr(box, lambda _text: self._name(box, offered), str)
        return box

    @staticmethod
    def _name(box: ComboBox, offered: tuple[tuple[Any, str], ...]) -> None:
        for row, (_code, words) in enumerate(offered):
            box.setItemText(row, _(words))
