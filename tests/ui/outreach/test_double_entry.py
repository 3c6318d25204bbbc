"""A form keyed a second time by somebody else, unseen; differences settled, the rate of errors told."""

from intake_app.records import Record
from tests.ui.outreach.test_batch import begin
from tests.ui.outreach.test_events import words_of
from tests.ui.record.desk import Desk, turn
from ui.audit import audit
from ui.outreach.check_dialog import CheckDialog
from ui.record_list.record_words import record_words


def keyed(desk: Desk, words: str, kind: str) -> Record:
    """Form 10, keyed first by Sam; the batch ends with it."""
    begin(desk, 10)
    desk.type(words)
    while desk.focused().partition(".")[0] != "experience_kind":
        desk.press("Tab")
    desk.press(kind)
    desk.press("F12")
    desk.settle()
    desk.settle()
    desk.window.outreach.batch.end()
    (record,) = desk.records()
    return record


def checks(desk: Desk) -> CheckDialog:
    dialog = CheckDialog(desk.workplace, desk.window.outreach.again, desk.shell)
    dialog.open()
    desk.settle()
    desk.settle()
    return dialog


def zoe_sits_down(desk: Desk) -> str:
    zoe = desk.store.staff.add("Zoë")
    desk.store.staff.switch(zoe.id)
    desk.window.record.open_record.look_who_writes()
    desk.settle()
    return zoe.id


def back_to_window(desk: Desk) -> None:
    """A window manager would do it when the dialog is gone."""
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    if not desk.shell.narrative.hasFocus():
        desk.shell.narrative.setFocus()


def key_again(desk: Desk, words: str, kind: str) -> None:
    dialog = checks(desk)
    assert len(dialog.list.texts()) == 1
    dialog.begin.click()
    desk.settle()
    desk.settle()
    back_to_window(desk)
    assert desk.shell.narrative.words() == ""
    assert "keyed a second time" in words_of(desk, "event_here")
    desk.type(words)
    while desk.focused().partition(".")[0] != "experience_kind":
        desk.press("Tab")
    desk.press(kind)
    desk.press("F12")
    for _time in range(3):
        desk.settle()


def test_who_keyed_a_form_does_not_check_it(desk: Desk) -> None:
    keyed(desk, "Waited long", "2")
    dialog = checks(desk)
    assert "keyed by you" in dialog.list.texts()[0]
    assert dialog.rate.text() == "0 of 1 form keyed twice. 1 waits to be keyed again."
    assert audit(dialog) == []
    dialog.begin.click()
    assert "You keyed this form yourself" in dialog.problem.text()
    dialog.close()


def test_two_who_key_the_same_leave_one_record_that_was_checked(desk: Desk) -> None:
    first = keyed(desk, "Waited long", "2")
    zoe = zoe_sits_down(desk)
    key_again(desk, "Waited long", "2")
    assert desk.last_said() == "Checked: no difference in 2 answers."
    (record,) = desk.records()
    assert record.id == first.id
    assert record.paper_check is not None
    assert (record.paper_check.by, record.paper_check.compared, record.paper_check.differed) == (zoe, 2, 0)
    assert record.written_by == first.written_by
    assert desk.store.drafts.all() == ()
    assert "1 of 1 form keyed twice. 0 of 2 answers differed: 0%" in checks(desk).rate.text()


def test_differences_are_settled_answer_by_answer(desk: Desk) -> None:
    keyed(desk, "Waited long", "2")
    zoe_sits_down(desk)
    key_again(desk, "Waited too long", "1")
    dialog = desk.window.outreach.again.dialog
    assert dialog is not None
    assert audit(dialog) == []
    assert dialog.heading.text().startswith("1 of 2.")
    dialog._save()
    assert "Decide about this difference first" in dialog.problem.text()
    seen = []
    for _difference in range(2):
        seen.append(dialog.heading.text())
        versions = dialog.difference.versions.toPlainText()
        assert "Sam" in versions
        assert "You wrote" in versions
        second = dialog.difference.radios()[2]
        second.click()
        dialog.next.click()
        turn()
    assert len(set(seen)) == 2
    dialog.save.click()
    for _time in range(3):
        desk.settle()
    assert desk.last_said() == "Checked: of 2 answers 2 differed, and were settled."
    (record,) = desk.records()
    assert record.narratives[0].text == "Waited too long"
    assert record.items[0].narratives == (record.narratives[0].id,)
    assert record.items[0].value("experience_kind") == "good"
    assert record.paper_check is not None
    assert record.paper_check.differed == 2
    told = record_words(record, desk.workplace.library)
    assert "Paper form number 10" in told
    assert "Keyed a second time: 2 of 2 answers differed" in told
    assert desk.store.drafts.all() == ()
    assert desk.store.check().whole


def test_deciding_later_loses_nothing(desk: Desk) -> None:
    keyed(desk, "Waited long", "2")
    zoe_sits_down(desk)
    key_again(desk, "Waited too long", "2")
    dialog = desk.window.outreach.again.dialog
    assert dialog is not None
    dialog.reject()
    turn()
    back_to_window(desk)
    desk.press("F9")
    desk.settle()
    desk.settle()
    (waiting,) = desk.store.drafts.all()
    assert desk.store.drafts.load(waiting.id).checks
    desk.press("Shift+F9")
    desk.settle()
    desk.press("Return")
    desk.settle()
    assert desk.shell.narrative.words() == "Waited too long"
    desk.press("F12")
    for _time in range(3):
        desk.settle()
    assert desk.window.outreach.again.dialog is not dialog
    assert len(desk.records()) == 1
