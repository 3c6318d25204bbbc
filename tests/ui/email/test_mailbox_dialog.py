"""The shared mailbox is set up and fetched from in the window, over a real connection."""

import pytest
from PySide6.QtWidgets import QApplication

from intake_app.channels.email.fetching import keep_account
from intake_app.channels.email.mailbox import Account, AfterTaking
from intake_app.store.inbox import MessageState
from tests import dovecot
from tests.intake_app.channels.email.mail_office import Office, needs_dovecot
from tests.intake_app.channels.email.provider import APPLICATION, provider
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.email.mailbox_dialog import MailboxDialog
from ui.email.messages_dialog import MessagesDialog
from ui.translation import use_language

LONGEST_MS = 60_000


def opened(desk: Desk) -> MailboxDialog:
    dialog = MailboxDialog(desk.workplace, desk.shell)
    desk.qtbot.addWidget(dialog)
    dialog.open()
    desk.settle()
    return dialog


def fill(dialog: MailboxDialog, office: Office, secret: str = dovecot.PASSWORD) -> None:
    dialog.host.setText(office.server.host)
    dialog.port.setText(str(office.server.port))
    dialog.user.setText(dovecot.USER)
    dialog.secret.setText(secret)


def fetch(desk: Desk, dialog: MailboxDialog) -> str:
    dialog.start()
    desk.settle()
    return ended(desk, dialog)


def ended(desk: Desk, dialog: MailboxDialog) -> str:
    desk.qtbot.waitUntil(lambda: dialog.outcome.isVisible() or dialog.problem.isVisible(), timeout=LONGEST_MS)
    return dialog.outcome.text() if dialog.outcome.isVisible() else dialog.problem.text()


@needs_dovecot
def test_new_emails_are_fetched_and_the_account_is_kept(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(office.certificate))
    office.arrives(1)
    dialog = opened(desk)
    fill(dialog, office)
    dialog.after.setCurrentIndex(1)
    dialog.mark.setText("Intake")
    assert fetch(desk, dialog) == "1 new email"
    assert [row.subject for row in desk.store.inbox.rows(MessageState.WAITING)] == ["Number 1"]
    dialog.close()
    again = opened(desk)
    assert again.host.text() == office.server.host
    assert again.secret.text() == "", "a password is never shown again"
    assert again.mark.text() == "Intake"
    assert again.after.currentIndex() == [AfterTaking.NOTHING, AfterTaking.FLAG].index(AfterTaking.FLAG)
    assert fetch(desk, again) == "0 new emails"


@needs_dovecot
def test_what_fails_is_said_and_what_was_typed_stays(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(desk)
    fill(dialog, office)
    assert "is not safe, so no password was sent" in fetch(desk, dialog)
    assert dialog.user.text() == dovecot.USER
    monkeypatch.setenv("SSL_CERT_FILE", str(office.certificate))
    dialog.secret.setText("wrong")
    said = fetch(desk, dialog)
    assert "refused the name, the password or the sign-in" in said
    assert "wrong" not in said


@needs_dovecot
def test_a_code_is_shown_spoken_and_typed_elsewhere_then_it_fetches(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(office.certificate))
    office.arrives(1)
    with provider() as there:
        there.token = lambda: office.server.token(4_000_000_000)
        there.every = 0.2
        there.answers = ["authorization_pending"]
        account = Account(office.server.host, dovecot.USER, authority=there.address)
        keep_account(desk.store.inbox, account, "")
        dialog = opened(desk)
        fill(dialog, office, "")
        dialog.way_in.setCurrentIndex(1)
        assert not dialog.secret.isVisible()
        dialog.start()
        assert "Give the application ID" in dialog.problem.text()
        dialog.sign_in.application.setText(APPLICATION)
        dialog.start()
        desk.qtbot.waitUntil(lambda: dialog.sign_in.code.isVisible(), timeout=LONGEST_MS)
        assert dialog.sign_in.code.text() == "ABCD1234"
        desk.qtbot.waitUntil(lambda: dialog.sign_in.code.height() >= 24, timeout=LONGEST_MS)
        assert audit(dialog) == []
        said = next(one for one in desk.said if "A B C D 1 2 3 4" in one)
        assert "provider.example" in said
        assert ended(desk, dialog) == "1 new email"
        assert not dialog.sign_in.code.isVisible()
        assert fetch(desk, dialog) == "0 new emails", "the second time nobody is asked"
        there.refresh = "refresh 99"
        assert "wants you to sign in again" in fetch(desk, dialog)
        dialog.start()
        desk.qtbot.waitUntil(lambda: dialog.sign_in.code.isVisible(), timeout=LONGEST_MS)
        there.answers = ["authorization_declined"]
        desk.qtbot.waitUntil(dialog.problem.isVisible, timeout=LONGEST_MS)
        assert "was refused on the page" in dialog.problem.text()


@pytest.mark.parametrize(
    ("field", "words", "complaint"),
    [
        ("host", "", "Give the address of the mail server"),
        ("port", "imap", "Give the port as a number, nearly always 993"),
        ("user", " ", "Give the name of the mailbox"),
        ("mark", "", "Give the name of the flag or folder"),
    ],
)
def test_what_is_missing_is_said_beside_it(desk: Desk, field: str, words: str, complaint: str) -> None:
    dialog = opened(desk)
    dialog.host.setText("mail.example.org")
    dialog.user.setText("feedback@example.org")
    dialog.after.setCurrentIndex(2)
    dialog.mark.setText("Taken")
    getattr(dialog, field).setText(words)
    dialog.start()
    assert complaint in dialog.problem.text()
    assert complaint in getattr(dialog, field).accessibleDescription()
    assert desk.store.inbox.account() is None


@pytest.mark.parametrize(
    ("language", "percent"), [("en", 100), ("en", 200), ("en-XA", 100), ("ar-XB", 100), ("en-XA", 200)]
)
def test_the_dialog_passes_the_audit_and_nothing_is_cut(
    desk: Desk, qapp: QApplication, language: str, percent: int
) -> None:
    theme.apply(qapp, "light", percent)
    use_language(qapp, language)
    turn()
    dialog = opened(desk)
    turn()
    assert audit(dialog) == []
    assert clipped(dialog) == []
    dialog.close()


@needs_dovecot
def test_only_who_and_what_comes_and_enter_fetches_the_rest(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(office.certificate))
    office.arrives(1)
    dialog = opened(desk)
    fill(dialog, office)
    assert fetch(desk, dialog) == "1 new email"
    dialog.close()
    messages = desk.window._messages()
    assert isinstance(messages, MessagesDialog)
    desk.window._open_dialog(messages)
    desk.settle()
    turn()
    assert "still in the mailbox" in messages.text.toPlainText()
    assert "no words" not in messages.text.toPlainText()
    assert not messages.take.isEnabled()
    messages.list.chosen.emit(messages.list.current_key())
    desk.qtbot.waitUntil(lambda: "nikt nie oddzwonił" in messages.text.toPlainText(), timeout=LONGEST_MS)
    assert messages.take.isEnabled()
    assert messages.fetch_it.isHidden()


@needs_dovecot
def test_without_a_network_what_is_left_there_is_told_and_may_be_tried_again(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(office.certificate))
    office.arrives(1)
    dialog = opened(desk)
    fill(dialog, office)
    fetch(desk, dialog)
    dialog.close()
    monkeypatch.delenv("SSL_CERT_FILE")
    messages = desk.window._messages()
    assert isinstance(messages, MessagesDialog)
    desk.window._open_dialog(messages)
    desk.settle()
    turn()
    messages.fetch_it.click()
    desk.qtbot.waitUntil(messages.problem.isVisible, timeout=LONGEST_MS)
    assert "is not safe" in messages.problem.text()
    assert messages.fetch_it.isVisible()
