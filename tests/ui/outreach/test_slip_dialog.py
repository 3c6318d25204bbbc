"""The slip is given after a record, from the page or the list; where it could harm, staff are told."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from intake_app.approvals import Approval
from intake_app.channels.outreach.take_away import Offer, Slip, SlipFor
from intake_app.records import reference_of, spaced_reference
from intake_app.times import Instant
from tests.ui.record.desk import LONG_ENOUGH_MS, Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.outreach.slip_dialog import SlipDialog
from ui.translation import use_language

STORY = "Zebrastory of a wait"


def opened(desk: Desk) -> SlipDialog:
    dialog = desk.window._slip()
    assert isinstance(dialog, SlipDialog)
    desk.window._open_dialog(dialog)
    desk.settle()
    desk.settle()
    return dialog


def finish_one(desk: Desk) -> str:
    """Its id."""
    desk.type(STORY)
    record = desk.draft.record.id
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    turn()
    return record


def test_after_finishing_the_slip_is_of_the_record_just_finished(desk: Desk, tmp_path: Path) -> None:
    record = finish_one(desk)
    dialog = opened(desk)
    reference = spaced_reference(reference_of(record))
    assert not dialog.warning.isVisible()
    spelled = ", ".join(" ".join(group) for group in reference.split())
    assert spelled in dialog.text.toPlainText()
    dialog.reach.setPlainText("0300 000 0000")
    assert "0300 000 0000" in dialog.text.toPlainText()
    dialog.save_html(tmp_path / "slip.html")
    desk.qtbot.waitUntil(lambda: dialog.outcome.isVisible(), timeout=LONG_ENOUGH_MS)
    page = (tmp_path / "slip.html").read_text("utf-8")
    assert reference in page
    assert STORY not in page
    assert STORY not in dialog.text.toPlainText()
    dialog.close()


def test_from_the_list_it_is_of_the_record_that_is_read(desk: Desk) -> None:
    read = finish_one(desk)
    assert finish_one(desk) != read
    desk.window.show_list()
    desk.window.list.show_record(read)
    desk.settle()
    turn()
    desk.find("record_slip")
    dialog = opened(desk)
    assert " ".join(reference_of(read)[:3]) + "," in dialog.text.toPlainText()
    dialog.close()


def test_nobody_is_given_the_number_of_another_record(desk: Desk) -> None:
    finish_one(desk)
    desk.window.show_list()
    desk.settle()
    dialog = opened(desk)
    assert dialog.refused
    assert "No record is open here" in dialog.warning.text()
    dialog.close()


def test_before_anything_was_taken_down_there_is_none(desk: Desk) -> None:
    dialog = opened(desk)
    assert dialog.refused
    dialog.close()


def test_while_danger_is_marked_there_is_none(desk: Desk) -> None:
    desk.press("F7")
    desk.settle()
    dialog = opened(desk)
    assert dialog.refused
    assert "Danger is marked" in dialog.warning.text()
    assert dialog.focusWidget() is dialog.warning
    assert not hasattr(dialog, "print"), "nothing there prints"
    assert audit(dialog) == []
    dialog.close()


def test_it_opens_in_the_language_in_which_they_were_asked(desk: Desk) -> None:
    desk.store.wordings.approve(Approval(language="pl", shows_drafts=True))
    given = SlipFor("482913760", Instant(1_795_600_000_000), "pl", Offer(Slip.OFFERED))
    dialog = SlipDialog(desk.workplace, given, desk.shell)
    desk.qtbot.addWidget(dialog)
    dialog.open()
    desk.settle()
    assert dialog.tag() == "pl"
    assert "Numer" in dialog.text.toPlainText()
    dialog.close()


@pytest.mark.parametrize(
    ("language", "percent"), [("en", 100), ("en", 200), ("en-XA", 100), ("ar-XB", 100), ("en-XA", 200)]
)
def test_the_dialog_passes_the_audit_and_nothing_is_cut(
    desk: Desk, qapp: QApplication, language: str, percent: int
) -> None:
    theme.apply(qapp, "light", percent)
    use_language(qapp, language)
    turn()
    reasons = ("no_contact", "no_message", "worked_there", "unknown_to_service", "danger_closed")
    given = SlipFor("482913760", Instant(1_795_600_000_000), "ur", Offer(Slip.UNSURE, reasons))
    dialog = SlipDialog(desk.workplace, given, desk.shell)
    desk.qtbot.addWidget(dialog)
    dialog.open()
    desk.settle()
    turn()
    assert dialog.focusWidget() is dialog.warning, "the warning is read before anything else"
    assert audit(dialog) == []
    assert clipped(dialog) == []
    dialog.close()
