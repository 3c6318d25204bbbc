"""A change that comes for the open record is told and offered; a round never touches the open words."""

from PySide6.QtWidgets import QPushButton

from intake_app.store.summaries import RecordQuery
from tests.ui.settling.conftest import Two
from ui.audit import audit


def opened(two: Two) -> str:
    """Sam has a finished record open to be changed, and has written more."""
    record_id = two.taken("The ward was cold.")
    desk = two.desk
    desk.window.record.calls.edit(record_id)
    desk.settle()
    desk.settle()
    desk.shell.narrative.setFocus()
    desk.press("Ctrl+End")
    desk.type(" He had no blanket.")
    desk.settle()
    return record_id


def a_round(two: Two) -> None:
    two.amina.round()
    two.sync_here()
    two.desk.window.sync.finished.emit()
    two.desk.settle()
    two.desk.settle()


def find(two: Two, identifier: str) -> QPushButton:
    widget = two.desk.find(identifier)
    assert isinstance(widget, QPushButton)
    return widget


def test_a_change_that_came_is_told_offered_and_taken_in(two: Two) -> None:
    record_id = opened(two)
    desk = two.desk
    two.hers(record_id, may_quote="yes")
    a_round(two)
    assert "Amina\u2069 changed this record meanwhile, 9 March 2026" in desk.last_said()
    assert desk.focused() == "narrative", "nothing takes the focus by itself"
    assert desk.shell.narrative.words() == "The ward was cold. He had no blanket."
    assert desk.draft.record.frame.value("may_quote") is None
    assert audit(desk.shell) == []
    said = len(desk.said)
    a_round(two)
    assert len(desk.said) == said, "it is told once"
    find(two, "meanwhile_take").click()
    desk.settle()
    desk.settle()
    assert desk.last_said().startswith("Taken in")
    assert desk.shell.narrative.words() == "The ward was cold. He had no blanket."
    assert desk.draft.record.frame.value("may_quote") == "yes"
    assert desk.focused() == "narrative"
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    assert two.sync_here().conflicts == 0
    two.sync()
    record = two.amina.store.records.get(record_id)
    assert record.narratives[0].text.endswith("no blanket.")
    assert record.frame.value("may_quote") == "yes"


def test_the_same_story_changed_here_and_there_is_left_for_settling(two: Two) -> None:
    record_id = opened(two)
    desk = two.desk
    two.hers(record_id, story="The ward was cold. She rang twice.")
    a_round(two)
    find(two, "meanwhile_take").click()
    desk.settle()
    desk.settle()
    assert desk.last_said().startswith("The same was changed here and there")
    assert desk.shell.narrative.words() == "The ward was cold. He had no blanket."
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    two.sync(2)
    assert [row.where.state for row in desk.store.records.find(RecordQuery()).rows] == ["conflict"]
    texts = {
        desk.store.records.version(one.mutation).narratives[0].text
        for one in desk.store.records.history(record_id)
    }
    assert len(texts) == 3


def test_going_on_takes_the_offer_away_and_keeps_the_words(two: Two) -> None:
    record_id = opened(two)
    desk = two.desk
    two.hers(record_id, may_quote="yes")
    a_round(two)
    find(two, "meanwhile_leave").setFocus()
    desk.press("Space")
    desk.settle()
    assert desk.focused() == "narrative"
    assert desk.shell.narrative.words() == "The ward was cold. He had no blanket."
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    two.sync(2)
    record = two.amina.store.records.get(record_id)
    assert record.frame.value("may_quote") == "yes"
    assert record.narratives[0].text.endswith("no blanket.")


def test_the_offer_goes_with_its_record(two: Two) -> None:
    record_id = opened(two)
    desk = two.desk
    two.hers(record_id, may_quote="yes")
    a_round(two)
    desk.press("Ctrl+N")
    desk.settle()
    assert desk.window.record.meanwhile.panel is None
    assert not desk.shell.findChildren(QPushButton, "meanwhile_take")
