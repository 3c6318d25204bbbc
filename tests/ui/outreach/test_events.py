"""Events at the desk: chosen in a dialog, told by bar and title, counted by a key, in every new record."""

import pytest
from PySide6.QtWidgets import QApplication

from intake_app.text import without_isolates
from tests.ui.office.conftest import Office
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit
from ui.outreach.batch_dialog import BatchDialog
from ui.outreach.event_dialog import EventDialog
from ui.outreach.events_dialog import EventsDialog
from ui.translation import use_language

FAIR = {"name": "Health fair", "day": "2026-11-21", "type": "stall", "place": "Leeds"}


def at_fair(desk: Desk) -> str:
    made = desk.store.events.make(FAIR)
    desk.store.events.choose(made.id)
    desk.window.outreach.look()
    desk.settle()
    return made.id


def words_of(desk: Desk, identifier: str) -> str:
    return str(desk.find(identifier).text())  # type: ignore[attr-defined]


def test_a_new_record_is_of_todays_event_until_it_is_ended(desk: Desk) -> None:
    event = at_fair(desk)
    assert "Health fair" in words_of(desk, "event_here")
    assert "Health fair" in desk.shell.windowTitle()
    desk.type("Told at the stall")
    desk.press("F12", 2)
    desk.settle()
    desk.type("Another one")
    desk.press("F9")
    desk.settle()
    desk.store.events.end()
    desk.window.outreach.look()
    desk.settle()
    assert desk.shell.windowTitle() == "Intake"
    assert not desk.window.outreach.bar.isVisible()
    desk.type("A call afterwards")
    desk.press("F12", 2)
    found = {one.narratives[0].text: one for one in desk.records()}
    told, later = found["Told at the stall"], found["A call afterwards"]
    assert (told.event, told.channel) == (event, "outreach")
    assert (later.event, later.channel) == ("", "phone")
    (parked,) = [one for one in desk.store.drafts.all() if one.first_words == "Another one"]
    assert desk.store.drafts.load(parked.id).record.event == event


def test_a_parked_record_of_another_day_does_not_become_one_of_the_event(desk: Desk) -> None:
    desk.type("Rang yesterday")
    desk.press("F9")
    desk.settle()
    at_fair(desk)
    desk.press("Shift+F9")
    desk.settle()
    desk.press("Return")
    desk.settle()
    assert (desk.draft.record.event, desk.draft.record.channel) == ("", "phone")


def test_a_call_that_the_telephone_brings_is_not_of_the_event(desk: Desk) -> None:
    at_fair(desk)
    desk.window.record.new_record("phone", "01130000000")
    desk.settle()
    assert (desk.draft.record.event, desk.draft.record.channel) == ("", "phone")


def test_people_and_leaflets_are_counted_by_one_key_and_by_a_button(desk: Desk) -> None:
    event = at_fair(desk)
    desk.type("Half a sent")
    desk.press("Ctrl+Shift+J", 2)
    desk.press("Ctrl+Shift+K")
    desk.settle()
    assert desk.last_said() == "1 leaflet"
    assert desk.shell.narrative.words() == "Half a sent"
    desk.find("count_people").click()  # type: ignore[attr-defined]
    desk.settle()
    assert desk.last_said() == "3 people spoken to"
    found = desk.store.events.get(event)
    assert (found.people, found.leaflets) == (3, 1)
    assert "3" in words_of(desk, "count_people")


def test_without_an_event_the_counter_says_where_to_choose_one(desk: Desk) -> None:
    desk.press("Ctrl+Shift+J")
    assert desk.last_said() == "No event is chosen. Choose one under Outreach, Events."


def test_an_event_is_written_down_and_this_computer_is_there(desk: Desk, office: Office) -> None:
    dialog = office.open(EventsDialog)
    dialog.new.click()
    turn()
    (form,) = dialog.findChildren(EventDialog)
    form.lines["name"].setText("Carers’ day")
    form.lines["place"].setText("Library")
    form.lines["day"].setText("not a day")
    form._save()
    assert "Write a day" in form.problem.text()
    form.lines["day"].setText("21 11 2026")
    form._save()
    desk.settle()
    desk.settle()
    assert [without_isolates(one) for one in dialog.list.texts()] == [
        "Here today: Carers’ day, 21 November 2026, Library, 0 people spoken to, 0 leaflets, 0 records"
    ]
    assert without_isolates(dialog.outcome.text()).startswith("Saved: Carers’ day.")
    dialog.end.click()
    desk.settle()
    desk.settle()
    assert dialog.outcome.text().startswith("Ended.")
    assert desk.store.events.today() is None


def test_an_event_is_edited_and_what_somebody_else_wrote_is_told(desk: Desk, office: Office) -> None:
    store = desk.store
    made = store.events.make(FAIR)
    store.events.change(made.id, {**FAIR, "place": "Hall"}, made.facts, "zoe")
    store.events.change(made.id, {**FAIR, "place": "Church"}, made.facts)
    store.events.count(made.id, people=5)
    dialog = office.open(EventsDialog)
    assert "Two people wrote different things" in dialog.list.texts()[0]
    dialog.edit.click()
    turn()
    desk.settle()
    (form,) = dialog.findChildren(EventDialog)
    told = " ".join(label.text() for label in form.findChildren(type(form.problem)))
    assert "Hall" in told
    form.people.setText("six")
    form._save()
    assert form.problem.text() == "Error: Write a whole number, or leave it empty"
    form.people.setText("4")
    form._save()
    desk.settle()
    found = store.events.get(made.id)
    assert (found.people, found.facts["place"], found.differs) == (4, "Church", ())


@pytest.mark.parametrize("kind", [EventsDialog, EventDialog])
def test_the_dialogs_can_be_read_and_reached(desk: Desk, office: Office, kind: type) -> None:
    at_fair(desk)
    dialog = EventDialog(desk.workplace, None, desk.shell) if kind is EventDialog else EventsDialog(
        desk.workplace, desk.shell
    )  # fmt: skip
    dialog.open()
    desk.settle()
    assert audit(dialog) == []
    dialog.close()


def test_the_window_at_an_event_can_be_read_and_reached(desk: Desk) -> None:
    at_fair(desk)
    assert audit(desk.shell) == []


def test_in_a_low_window_with_large_letters_the_counters_leave_their_room_to_the_record(
    desk: Desk, qapp: QApplication
) -> None:
    at_fair(desk)
    assert desk.window.outreach.bar.people.isVisible()
    before = desk.window.outreach.bar.height()
    theme.apply(qapp, "light", 200)
    desk.shell.resize(1024, 600)
    turn()
    assert not desk.window.outreach.bar.people.isVisible()
    assert desk.window.outreach.bar.height() < 3 * before
    desk.press("Ctrl+Shift+J")
    desk.settle()
    assert desk.last_said() == "1 person spoken to"
    theme.apply(qapp, "light", 100)
    turn()
    assert desk.window.outreach.bar.people.isVisible()


@pytest.mark.parametrize("tag", ["ur", "ar", "pl", "en"])
def test_a_day_that_a_box_holds_is_read_again_in_every_language(
    desk: Desk, qapp: QApplication, tag: str
) -> None:
    use_language(qapp, tag)
    form = EventDialog(desk.workplace, None, desk.shell)
    form.lines["name"].setText("Fair")
    form._save()
    assert form.problem.text() == ""
    desk.settle()
    (made,) = desk.store.events.all()
    assert made.day == desk.clock().civil
    batch = BatchDialog(desk.workplace, desk.window.outreach.batch, desk.shell)
    desk.settle()
    desk.settle()
    batch._begin()
    assert batch.problem.text() == ""
