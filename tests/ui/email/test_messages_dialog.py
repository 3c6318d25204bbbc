"""An email is read, taken down as a record or set aside; nothing in it is opened by itself."""

import pytest
from PySide6.QtWidgets import QApplication

from intake_app.channels.email.files import Found
from intake_app.channels.email.taking_in import take_in
from intake_app.records import Source
from intake_app.store.inbox import MessageState
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.email.import_mail_dialog import ImportMailDialog
from ui.email.messages_dialog import MessagesDialog
from ui.translation import use_language

LETTER = """\
From: =?utf-8?q?Zofia_Kr=C3=B3l?= <zofia@example.org>
Subject: Nobody rang back
Date: Wed, 04 Nov 2026 09:00:00 +0000
Message-ID: <one@example.org>
Content-Type: text/plain; charset=utf-8

Nobody rang back for three weeks.

On Tue, 3 Nov 2026 at 09:00, Healthwatch <feedback@healthwatch.example> wrote:

> How was your visit?
"""
AGAIN = """\
From: zofia@example.org
Subject: One more thing
Date: Thu, 05 Nov 2026 09:00:00 +0000
Message-ID: <two@example.org>
References: <one@example.org>

They rang today.
"""
BOUNCE = "From: mailer-daemon@example.org\nSubject: Undelivered\n\nNo such address.\n"


def arrive(desk: Desk, *letters: str) -> None:
    found = [Found(desk.store.folder, one.replace("\n", "\r\n").encode()) for one in letters]
    take_in(desk.store.inbox, found)


def opened(desk: Desk) -> MessagesDialog:
    dialog = desk.window._messages()
    assert isinstance(dialog, MessagesDialog)
    desk.window._open_dialog(dialog)
    desk.settle()
    turn()
    return dialog


def test_a_message_is_read_with_what_it_quotes_only_when_wanted(desk: Desk) -> None:
    arrive(desk, LETTER, BOUNCE)
    dialog = opened(desk)
    assert dialog.outcome.text() == "1 email"
    shown = dialog.text.toPlainText()
    assert "Zofia Król" in shown
    assert "zofia@example.org" in shown
    assert "Nobody rang back for three weeks." in shown
    assert "How was your visit?" not in shown
    dialog.quoted.setChecked(True)
    assert "> How was your visit?" in dialog.text.toPlainText()


def test_taken_down_it_is_a_record_that_came_by_email_on_its_day_with_a_sealed_sender(desk: Desk) -> None:
    arrive(desk, LETTER)
    opened(desk).take.click()
    desk.settle()
    desk.settle()
    record = desk.draft.record
    assert record.channel == "email"
    assert record.narratives[0].text.strip() == "Nobody rang back for three weeks."
    assert record.received.isoformat() == "2026-11-04T09:00:00.000Z"
    assert desk.draft.person is not None
    assert desk.draft.person.answers["email"].value == "zofia@example.org"
    assert desk.draft.person.answers["email"].source is Source.IMPORTED
    assert "zofia" not in record.to_json()
    assert desk.shell.narrative.words().startswith("Nobody rang back")
    assert [one.record for one in desk.store.inbox.rows(MessageState.TAKEN)] == [record.id]


def test_a_record_that_was_open_is_parked_and_not_lost(desk: Desk) -> None:
    desk.type("Somebody on the telephone")
    arrive(desk, LETTER)
    opened(desk).take.click()
    desk.settle()
    desk.settle()
    assert desk.draft.record.channel == "email"
    first_words = [one.first_words for one in desk.store.drafts.all()]
    assert "Somebody on the telephone" in first_words


def test_a_later_message_of_the_same_person_opens_the_record_of_the_first(desk: Desk) -> None:
    arrive(desk, LETTER)
    opened(desk).take.click()
    desk.settle()
    desk.settle()
    first = desk.draft.id
    arrive(desk, AGAIN)
    desk.window.record.calls.new_record()
    desk.settle()
    dialog = opened(desk)
    assert dialog.earlier.isEnabled()
    dialog.earlier.click()
    desk.settle()
    desk.settle()
    assert desk.draft.id == first


def test_set_aside_and_waiting_again(desk: Desk) -> None:
    arrive(desk, LETTER)
    dialog = opened(desk)
    dialog.aside.click()
    desk.settle()
    assert dialog.outcome.text() == "Set aside. No email"
    assert not dialog.take.isEnabled()
    dialog.filter.setCurrentIndex(1)
    desk.settle()
    assert dialog.again.isEnabled()
    dialog.again.click()
    desk.settle()
    dialog.filter.setCurrentIndex(0)
    desk.settle()
    assert dialog.take.isEnabled()


def test_why_a_message_was_set_aside_is_said_in_its_row(desk: Desk) -> None:
    arrive(desk, BOUNCE)
    dialog = opened(desk)
    dialog.filter.setCurrentIndex(1)
    desk.settle()
    assert "set aside: could not be delivered" in dialog.list.words.rows[0][1]


def test_without_any_email_nothing_can_be_done_to_one(desk: Desk) -> None:
    dialog = opened(desk)
    assert dialog.outcome.text() == "No email"
    for deed in (dialog.take, dialog.aside, dialog.again, dialog.earlier):
        assert not deed.isEnabled()


@pytest.mark.parametrize(
    ("language", "percent"), [("en", 100), ("en", 200), ("en-XA", 100), ("ar-XB", 100), ("en-XA", 200)]
)
def test_the_dialogs_pass_the_audit_and_nothing_is_cut(
    desk: Desk, qapp: QApplication, language: str, percent: int
) -> None:
    arrive(desk, LETTER)
    theme.apply(qapp, "light", percent)
    use_language(qapp, language)
    turn()
    dialog = opened(desk)
    turn()
    assert audit(dialog) == []
    assert clipped(dialog) == []
    other = ImportMailDialog(desk.workplace, desk.shell)
    other.open()
    turn()
    assert audit(other) == []
    assert clipped(other) == []
    other.close()


def test_its_files_go_with_the_record_and_one_that_is_empty_is_named(desk: Desk) -> None:
    import email.policy
    from email.message import EmailMessage

    made = EmailMessage(policy=email.policy.SMTP)
    made["From"], made["Subject"] = "zofia@example.org", "Letters"
    made.set_content("See what is attached.")
    for name, content in (("letter.pdf", b"%PDF-1.4 words"), ("empty.txt", b"")):
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    take_in(desk.store.inbox, [Found(desk.store.folder, made.as_bytes())])
    dialog = opened(desk)
    dialog.take.click()
    desk.qtbot.waitUntil(lambda: "file attached" in " ".join(desk.said), timeout=60_000)
    desk.settle()
    assert desk.window.record.narrative.words() == "See what is attached."
    (file,) = desk.draft.record.attachments
    assert file.name == "letter.pdf"
    assert b"".join(desk.store.attachments.chunks(file.sha256)) == b"%PDF-1.4 words"
    assert "empty.txt\u2069 is not attached: it is empty" in " ".join(desk.said)
