"""Several volunteers on one laptop: three keys, each record its writer's, and nobody's draft is lost."""

from intake_app.text import without_isolates
from tests.ui.outreach.test_batch import begin as begin_batch
from tests.ui.outreach.test_batch import key_form
from tests.ui.outreach.test_events import at_fair, words_of
from tests.ui.record.desk import Desk, turn
from ui.audit import audit
from ui.outreach.change_over import ChangeOverDialog

KEY = "Ctrl+Shift+S"


def opened(desk: Desk) -> ChangeOverDialog:
    desk.press(KEY)
    desk.settle()
    (dialog,) = [one for one in desk.shell.findChildren(ChangeOverDialog) if one.isVisible()]
    return dialog


def change_over(desk: Desk, keys: str = "") -> int:
    """Returns how many keys it took."""
    before = desk.presses
    opened(desk)
    for key in keys.split():
        desk.press(key)
    desk.press("Return")
    desk.settle()
    took = desk.presses - before
    # Without a window manager nobody makes the window the active one again.
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    desk.shell.narrative.setFocus()
    desk.settle()
    turn()
    return took


def ids(desk: Desk) -> dict[str, str]:
    return {one.name: one.id for one in desk.store.staff.all()}


def test_three_volunteers_change_over_in_three_keys_and_each_record_is_its_writers(desk: Desk) -> None:
    for name in ("Zoë", "Amina"):
        desk.store.staff.add(name)
    at_fair(desk)
    desk.type("Told to Sam")
    digits = desk.draft.record.reference
    assert change_over(desk) == 2
    assert "Zoë writes now. The record before is parked and saved, " in without_isolates(desk.last_said())
    assert desk.store.staff.current == next(one for one in desk.store.staff.all() if one.name == "Zoë")
    desk.type("Told to Zoe")
    desk.press("F12", 2)
    desk.settle()
    assert change_over(desk, "Down") == 3
    # The one after the last is the first again: Amina stood first, Sam second.
    assert "Sam writes now. 1 record of theirs waits: Shift+F9." in without_isolates(desk.last_said())
    desk.press("Shift+F9")
    desk.settle()
    desk.press("Return")
    desk.settle()
    assert (desk.draft.record.reference, desk.shell.narrative.words()) == (digits, "Told to Sam")
    desk.press("F12", 2)
    known = ids(desk)
    written = {one.narratives[0].text: one for one in desk.records()}
    for name, words in (("Sam", "Told to Sam"), ("Zoë", "Told to Zoe")):
        record = written[words]
        assert (record.written_by, record.narratives[0].by) == (known[name], known[name])
        assert record.event


def test_the_bar_of_an_event_says_who_writes_where_several_do(desk: Desk) -> None:
    at_fair(desk)
    assert "writes" not in words_of(desk, "event_here")
    desk.store.staff.add("Zoë")
    change_over(desk)
    assert "Zoë" in words_of(desk, "event_here")


def test_what_was_never_touched_is_not_parked(desk: Desk) -> None:
    desk.store.staff.add("Zoë")
    change_over(desk)
    assert "parked" not in desk.last_said()
    assert desk.store.drafts.all() == ()


def test_a_draft_parked_by_one_stays_theirs_when_another_finishes_it(desk: Desk) -> None:
    desk.store.staff.add("Zoë")
    desk.type("Begun by Sam")
    change_over(desk)
    desk.press("Shift+F9")
    desk.settle()
    desk.press("Return")
    desk.settle()
    desk.press("F12", 2)
    (record,) = desk.records()
    assert record.written_by == ids(desk)["Sam"]


def test_in_a_batch_the_number_of_the_empty_form_goes_to_who_sits_down(desk: Desk) -> None:
    desk.store.staff.add("Zoë")
    begin_batch(desk, 4)
    key_form(desk, "Four")
    assert desk.draft.record.sequence == 5
    change_over(desk)
    assert desk.draft.record.sequence == 5
    key_form(desk, "Five")
    written = {one.sequence: one.written_by for one in desk.records()}
    assert written == {4: ids(desk)["Sam"], 5: ids(desk)["Zoë"]}


def test_where_nobody_else_writes_it_is_said_where_to_add_them(desk: Desk) -> None:
    dialog = opened(desk)
    assert "Nobody else writes on this computer yet" in dialog.problem.text()
    assert not dialog.go.isEnabled()
    dialog.close()


def test_the_dialog_can_be_read_and_reached(desk: Desk) -> None:
    desk.store.staff.add("Zoë")
    dialog = opened(desk)
    assert audit(dialog) == []
    assert desk.focused() == "change_over_list"
    dialog.close()
