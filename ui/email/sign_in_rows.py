"""How to get into the mailbox: a password or token, or a code that is typed on the provider's page."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from intake_app.channels.email.mailbox import SignIn
from intake_app.i18n import _
from ui.password_line import PasswordLine
from ui.rows import add_row, button


class SignInRows(QWidget):
    """Only the rows of the way that is chosen stand there; the code, once the provider has given one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._by_secret, self._by_code, self._given = QWidget(), QWidget(), QWidget()
        for part in (self._by_secret, self._by_code, self._given):
            QVBoxLayout(part).setContentsMargins(0, 0, 0, 0)
            column.addWidget(part)
        self.secret = PasswordLine()
        add_row(
            _rows(self._by_secret),
            self.secret,
            lambda: _("Password or token"),
            "mailbox_secret",
            lambda: _("Kept encrypted. Left empty, the one from before is used."),
        )
        self.application = QLineEdit()
        add_row(
            _rows(self._by_code),
            self.application,
            lambda: _("Application ID (required)"),
            "mailbox_application",
            lambda: _("Your network administrator registers Intake with Microsoft 365 and gives you this."),
        )
        self.page, self.code = QLineEdit(readOnly=True), QLineEdit(readOnly=True)
        add_row(_rows(self._given), self.page, lambda: _("Page to open in a browser"), "mailbox_page")
        open_it = button(lambda: _("Open the page"), "mailbox_open_page", self._open)
        _rows(self._given).addWidget(open_it)
        add_row(
            _rows(self._given),
            self.code,
            lambda: _("Code to type there"),
            "mailbox_code",
            lambda: _("Sign in there as the mailbox. This window goes on by itself."),
        )
        self._given.hide()

    def use(self, way: SignIn) -> None:
        self._by_secret.setVisible(way is not SignIn.DEVICE)
        self._by_code.setVisible(way is SignIn.DEVICE)
        self.give("", "")

    def give(self, code: str, page: str) -> None:
        """Shows the code that the provider gave; an empty one takes it away."""
        self.code.setText(code)
        self.page.setText(page)
        self._given.setVisible(bool(code))

    def spoken(self) -> str:
        """Sign by sign: a code is no word."""
        words = _("Code for {page}: {code}. Type it there. This window goes on by itself.")
        return words.format(page=self.page.text(), code=" ".join(self.code.text()))

    def _open(self) -> None:
        """Asked for by a click: the address is the provider's own."""
        page = QUrl(self.page.text(), QUrl.ParsingMode.StrictMode)
        if page.scheme() == "https":
            QDesktopServices.openUrl(page)


def _rows(part: QWidget) -> QVBoxLayout:
    layout = part.layout()
    assert isinstance(layout, QVBoxLayout)
    return layout
