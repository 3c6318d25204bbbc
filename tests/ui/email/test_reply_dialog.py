"""A reply is written from a template, saved or handed over; the record says so, without the address."""

import email
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from intake_app.records import Answer
from tests.ui.record.desk import Desk, turn
from tests.ui.record.test_message_beside import taken_down
from ui import theme
from ui.audit import audit, clipped
from ui.email.reply_dialog import ReplyDialog
from ui.translation import use_language


class MailProgram(QObject):
    """What the computer's mail program is given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.given.append(bytes(url.toEncoded().data()).decode())


def opened(desk: Desk) -> ReplyDialog:
    desk.window.record.message.reply()
    desk.settle()
    turn()
    (dialog,) = [one for one in desk.shell.findChildren(ReplyDialog) if one.isVisible()]
    return dialog


def test_the_template_is_there_addressed_to_who_wrote(desk: Desk) -> None:
    taken_down(desk)
    dialog = opened(desk)
    assert dialog.to.text() == "zofia@example.org"
    assert dialog.subject.text() == "Re: My 😀 visit"
    assert desk.draft.record.reference[:3] in dialog.text.words()
    assert "Nobody rang" not in dialog.text.words()


def test_it_is_saved_as_a_draft_and_the_record_says_so_without_the_address(
    desk: Desk, tmp_path: Path
) -> None:
    taken_down(desk)
    dialog = opened(desk)
    dialog.template.setCurrentIndex(2)
    dialog.save_file(tmp_path / "reply.eml")
    desk.settle()
    made = email.message_from_bytes((tmp_path / "reply.eml").read_bytes(), policy=default)
    assert made["To"] == "zofia@example.org"
    assert made["In-Reply-To"] == "<one@example.org>"
    assert made["References"] == "<zero@example.org> <one@example.org>"
    assert "not encrypted" in dialog.outcome.text()
    (reply,) = desk.draft.record.replies
    assert (reply.template, reply.language, reply.way) == ("change", "en", "file")
    assert reply.at is not None
    assert "zofia@" not in desk.draft.record.to_json()
    dialog.reject()
    desk.shell.activateWindow()
    turn()
    desk.shell.narrative.setFocus()
    desk.press("F12")
    desk.press("F12")
    (record,) = desk.records()
    assert record.replies == (reply,)


def test_the_mail_program_gets_it_at_a_click_and_nothing_is_sent_before(desk: Desk) -> None:
    program = MailProgram()
    QDesktopServices.setUrlHandler("mailto", program, "take")
    try:
        taken_down(desk)
        dialog = opened(desk)
        assert program.given == []
        dialog.open_program.click()
        turn()
    finally:
        QDesktopServices.unsetUrlHandler("mailto")
    (link,) = program.given
    assert link.startswith("mailto:zofia@example.org?subject=Re%3A%20My")
    assert "In-Reply-To=%3Cone%40example.org%3E" in link
    assert desk.draft.record.replies[0].way == "program"


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_noted(desk: Desk, tmp_path: Path) -> None:
    taken_down(desk)
    dialog = opened(desk)
    dialog.to.setText("zofia")
    dialog.save_file(tmp_path / "reply.eml")
    assert "name@place" in dialog.problem.text()
    dialog.to.setText("zofia@example.org")
    dialog.template.setCurrentIndex(1)
    dialog.save_file(tmp_path / "reply.eml")
    assert "where “…” stands" in dialog.problem.text()
    desk.settle()
    assert not (tmp_path / "reply.eml").exists()
    assert desk.draft.record.replies == ()


def test_words_that_were_typed_come_back_with_undo(desk: Desk) -> None:
    taken_down(desk)
    dialog = opened(desk)
    dialog.text.insertPlainText("My own words. ")
    dialog.template.setCurrentIndex(1)
    assert "My own words" not in dialog.text.words()
    dialog.text.undo()
    assert "My own words" in dialog.text.words()


def test_the_language_is_the_one_that_they_read(desk: Desk) -> None:
    taken_down(desk)
    desk.window.record.open_record.answer("person", "written_language", Answer(value="pl"))
    assert opened(desk).tag() == "pl"


def test_where_others_may_read_it_that_is_said_first(desk: Desk) -> None:
    taken_down(desk)
    assert opened(desk).warning.isHidden()
    for one in desk.shell.findChildren(ReplyDialog):
        one.reject()
    desk.window.record.open_record.answer("person", "message_safe", Answer(value="no"))
    desk.window.record.open_record.answer("frame", "danger_asked", Answer(value="danger_said"))
    turn()
    desk.window.record.message.reply()
    desk.settle()
    (dialog,) = [one for one in desk.shell.findChildren(ReplyDialog) if one.isVisible()]
    assert "Others may read their emails" in dialog.warning.text()
    assert not dialog.warning.isHidden()


@pytest.mark.parametrize(("tag", "percent"), [("en", 100), ("en", 200), ("ar-XB", 100)])
def test_every_control_has_a_name_and_words_fit(desk: Desk, tag: str, percent: int) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    taken_down(desk)
    try:
        theme.apply(application, "light", percent)
        use_language(application, tag)
        dialog = opened(desk)
        turn()
        assert audit(dialog) == []
        assert clipped(dialog) == []
    finally:
        use_language(application, "en")
        theme.apply(application, "light", 100)
