"""Two versions are settled from the list, by keys alone: who wrote what, how far it has come, who decided."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.forms.library import Library
from intake_app.merging.slots import MISSING, NARRATIVES
from intake_app.records import Decided
from tests.flow.changes import take_away
from tests.ui.record.desk import Desk, turn
from tests.ui.settling.conftest import Two
from ui import theme
from ui.audit import audit, clipped
from ui.settling.settle_page import SettlePage
from ui.settling.words import place_words, value_words
from ui.translation import use_language


@pytest.fixture
def in_conflict(two: Two) -> str:
    """The same two answers and the story, changed by Sam and by Amina."""
    record_id = two.taken("The ward was cold.")
    two.sam(record_id, care="health", story="The ward was cold. He had no blanket.")
    two.hers(record_id, care="social", story="The ward was cold. She rang twice.")
    two.sync(2)
    return record_id


def page(desk: Desk) -> SettlePage:
    (found,) = desk.shell.findChildren(SettlePage)
    return found


def open_settling(desk: Desk) -> SettlePage:
    if desk.shell.pages.currentWidget() is not desk.window.list:
        desk.press("Ctrl+L")
        desk.settle()
    tab_to(desk, "list_settle")
    desk.press("Space")
    desk.settle()
    return page(desk)


def tab_to(desk: Desk, identifier: str, most: int = 30) -> None:
    for _time in range(most):
        if desk.focus().accessibleIdentifier() == identifier:
            return
        desk.press("Tab")
    raise AssertionError(f"{identifier} was not reached; the focus is on {desk.focused()}")


def choose(desk: Desk, words: str) -> None:
    """By arrow keys, until the choice that begins so is the one that is checked."""
    shown = page(desk).difference
    tab_to_widget(desk, shown.radios()[[one.isChecked() for one in shown.radios()].index(True)])
    for _time in shown.radios():
        focus = desk.focus()
        if focus in shown.radios() and focus.text().startswith(words):
            return
        desk.press("Down")
    raise AssertionError([one.text() for one in shown.radios()])


def tab_to_widget(desk: Desk, widget: QWidget) -> None:
    for _time in range(20):
        if desk.focus() is widget:
            return
        desk.press("Tab")
    raise AssertionError("not reached by Tab")


def test_two_versions_are_settled_by_keys_alone(two: Two, in_conflict: str) -> None:
    desk = two.desk
    settling = open_settling(desk)
    assert desk.focus() is settling.heading
    assert settling.heading.text() == "1 of 2. What they said"
    assert "0 of 2 differences decided" in settling.heading.accessibleDescription()
    told = settling.difference.versions.toPlainText()
    assert "You wrote, " in told
    assert "Amina\u2069 wrote, 9 March 2026" in told
    assert "She rang twice." in told
    assert told.endswith("Before:\nThe ward was cold.")
    choose(desk, "Both")
    assert "1 of 2 differences decided" in settling.heading.accessibleDescription()
    tab_to(desk, "settle_next")
    desk.press("Space")
    assert desk.focus() is settling.heading
    assert settling.heading.text().startswith("2 of 2. ")
    choose(desk, "What \u2068Amina")
    tab_to(desk, "settle_finish")
    desk.press("Space")
    desk.settle()
    desk.settle()
    assert desk.last_said().startswith("Settled.")
    assert desk.focus() is desk.window.list.table
    two.sync(2)
    record = two.amina.store.records.get(in_conflict)
    assert record.items[0].value("care") == "social"
    assert len(record.narratives) == 2
    assert record.joined is not None
    assert {one.how for one in record.joined.decisions} == {Decided.BOTH, Decided.SIDE}
    assert two.amina.store.staff.name_of(record.joined.by) == "Sam"


def test_tab_goes_from_what_was_written_to_the_choices_and_then_to_the_buttons(
    two: Two, in_conflict: str
) -> None:
    desk = two.desk
    settling = open_settling(desk)
    for _difference in range(2):
        met = []
        for _time in range(4):
            desk.press("Tab")
            met.append(desk.focus().accessibleIdentifier())
        last = "settle_next" if settling.next.isEnabled() else "settle_previous"
        assert met[:3] == ["settle_versions", "settle_way_0", last]
        settling.next.click()
    settling.previous.click()
    choose(desk, "A text of my own")
    desk.press("Tab")
    own = settling.difference.own
    assert desk.focus() is own
    assert own.visibleRegion().boundingRect().height() >= own.height() - 1, "all of it is in sight"


def test_who_decided_when_and_how_stands_in_the_records_versions(two: Two, in_conflict: str) -> None:
    desk = two.desk
    settling = open_settling(desk)
    choose(desk, "Both")
    settling.next.click()
    choose(desk, "What you")
    settling.finish.click()
    desk.settle()
    desk.window.list.show_record(in_conflict)
    desk.settle()
    history = desk.window.list.view.history.toPlainText()
    assert "Amina" in history
    assert "Settled by \u2068Sam\u2069" in history
    assert "What they said: both kept" in history
    assert "as \u2068Sam\u2069 wrote" in history


def test_leaving_in_the_middle_keeps_what_was_decided(two: Two, in_conflict: str) -> None:
    desk = two.desk
    settling = open_settling(desk)
    choose(desk, "What you")
    desk.press("Escape")
    desk.settle()
    assert desk.focus() is desk.window.list.table
    two.sync()
    settling = open_settling(desk)
    assert settling.heading.text().startswith("2 of 2"), "it goes on at the first that is open"
    settling.previous.click()
    checked = next(one for one in settling.difference.radios() if one.isChecked())
    assert checked.text().startswith("What you wrote")


def test_finishing_with_something_open_says_so_and_goes_there(two: Two, in_conflict: str) -> None:
    desk = two.desk
    settling = open_settling(desk)
    settling.next.click()
    choose(desk, "What you")
    tab_to(desk, "settle_finish")
    desk.press("Space")
    desk.settle()
    assert desk.last_said().startswith("Still open")
    assert settling.heading.text().startswith("1 of 2")
    assert desk.focus() is settling.heading
    assert desk.store.sync.counts().conflicts == 1


def test_a_text_is_written_from_both(two: Two, in_conflict: str) -> None:
    desk = two.desk
    settling = open_settling(desk)
    choose(desk, "A text of my own")
    assert settling.difference.own.isVisible()
    assert "He had no blanket." in settling.difference.own.words()
    assert "She rang twice." in settling.difference.own.words()
    tab_to(desk, "settle_own_text")
    desk.press("Ctrl+A")
    desk.type("Cold. No blanket. She rang twice.")
    assert audit(desk.shell) == []
    settling.next.click()
    choose(desk, "What you")
    settling.finish.click()
    desk.settle()
    assert desk.store.records.get(in_conflict).narratives[0].text == "Cold. No blanket. She rang twice."


def test_a_record_with_one_version_has_nothing_to_settle(two: Two) -> None:
    desk = two.desk
    two.taken("The ward was cold.")
    desk.press("Ctrl+L")
    desk.settle()
    desk.window.list.settle.click()
    assert "one version" in desk.last_said()


def test_changes_not_sent_yet_are_told_and_nothing_can_be_lost(two: Two, in_conflict: str) -> None:
    two.sam(in_conflict, care="both")
    settling = open_settling(two.desk)
    assert "not reached the hub yet" in settling.progress.text()
    assert not settling.finish.isVisible()
    assert audit(two.desk.shell) == []


def test_both_writers_are_told_of_what_was_joined_and_can_say_that_they_read_it(two: Two) -> None:
    desk = two.desk
    record_id = two.taken("The ward was cold.")
    two.taken("Another record.")
    two.sam(record_id, care="health")
    two.hers(record_id, may_quote="yes")
    two.sync(2)
    said = len(desk.said)
    desk.window.sync.finished.emit()
    desk.settle()
    assert "1 record of yours was joined" in desk.shell.status.text()
    assert len(desk.said) == said, "a round that nobody asked for is silent"
    desk.press("Ctrl+L")
    desk.settle()
    told = desk.window.list.joined
    assert told.isVisible()
    assert "1 record of yours was joined" in told.text()
    told.click()
    desk.settle()
    assert desk.window.list.model.rowCount() == 1
    desk.window.list.show_record(record_id)
    desk.settle()
    view = desk.window.list.view
    assert "Amina" in view.text.toPlainText().splitlines()[0]
    assert "both changes are in it" in view.text.toPlainText()
    view.noticed.click()
    desk.settle()
    desk.settle()
    assert not view.noticed.isVisible()
    assert desk.store.notices.unread() == ()
    assert two.amina.store.notices.unread_records() == (record_id,)


def test_a_conflict_is_found_by_its_state_and_opened_from_the_record(two: Two, in_conflict: str) -> None:
    desk = two.desk
    two.taken("Another record.")
    desk.press("Ctrl+L")
    desk.window.list.filters.choose_state("conflict")
    desk.settle()
    assert desk.window.list.model.rowCount() == 1
    desk.window.list.show_record(in_conflict)
    desk.settle()
    view = desk.window.list.view
    assert view.settle.isVisible()
    view.settle.click()
    desk.settle()
    assert page(desk).isVisible()


def test_a_record_taken_away_elsewhere_is_kept_or_stays_deleted_by_keys_alone(two: Two) -> None:
    desk = two.desk
    record_id = two.taken("The ward was cold.")
    take_away(two.amina, record_id, two.amina.hub)
    two.sam(record_id, care="health")
    two.sync(2)
    settling = open_settling(desk)
    assert settling.heading.text() == "1 of 1. The record itself"
    words = [one.text() for one in settling.difference.radios()]
    assert words[:2] == ["Ask later", "Keep the record with what you wrote"]
    assert words[2].startswith("Keep it deleted, as ")
    assert len(words) == 3
    choose(desk, "Keep it deleted")
    tab_to(desk, "settle_finish")
    desk.press("Space")
    desk.settle()
    desk.settle()
    assert desk.last_said() == "Settled. The record stays deleted."
    assert desk.window.list.model.rowCount() == 0
    assert two.sync_here().conflicts == 0


@pytest.mark.parametrize(("percent", "language"), [(100, "en"), (200, "en"), (200, "ar-XB")])
def test_the_page_passes_the_audit_and_nothing_is_cut_off(
    two: Two, in_conflict: str, qapp: QApplication, percent: int, language: str
) -> None:
    theme.apply(qapp, "high_contrast", percent)
    use_language(qapp, language)
    settling = open_settling(two.desk)
    settling.difference.radios()[-2].click()
    turn()
    assert audit(two.desk.shell) == []
    assert clipped(settling) == []
    assert two.desk.shell.minimumSizeHint().height() <= 720
    use_language(qapp, "en")


def test_versions_of_a_story_that_differ_in_more_than_words_say_in_what(library: Library) -> None:
    urdu = {"id": "a", "text": "انتظار", "language": "ur"}
    english = {"id": "a", "text": "انتظار"}
    path = (NARRATIVES, "a")
    assert value_words(path, english, None, library) == "انتظار"
    assert value_words(path, urdu, None, library) == "What they said, in Urdu\nانتظار"
    interpreted = english | {"kind": "interpreted"}
    assert value_words(path, interpreted, None, library).startswith(
        "What the interpreter said\nAs interpreted"
    )


def test_a_file_in_dispute_is_told_by_its_name_type_and_size(library: Library) -> None:
    file = {"id": "a", "name": "scan.pdf", "media_type": "application/pdf", "sha256": "a" * 64, "size": 1200}
    path = ("attachments", "a")
    assert place_words(path, None, library) == "An attached file"
    assert value_words(path, file, None, library) == "\u2068scan.pdf\u2069, PDF document, 1 kB"
    assert value_words(path, MISSING, None, library) == "taken away"
