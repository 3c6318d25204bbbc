"""A day at an event without network: three volunteers, respondents, paper; then one round with the hub."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from intake_app.channels.outreach.keyed_paper import Header
from intake_app.hub.scopes import DeviceKind
from intake_app.records import Source
from tests.flow.computers import computers
from tests.flow.test_window_and_hub import join, sync_now
from tests.hub.hub_fixtures import RunningHub
from tests.ui.outreach.test_batch import key_form
from tests.ui.outreach.test_change_over import change_over
from tests.ui.outreach.test_respondent import END, STORY, go_to, lend, take_back
from tests.ui.record.desk import Desk
from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures

FAIR = {
    "name": "Carers’ fair",
    "day": "2026-11-21",
    "type": "stall",
    "place": "Leeds",
    "partners": "Carers UK",
}


def finish(desk: Desk, words: str) -> None:
    desk.type(words)
    desk.press("F12", 2)
    desk.settle()
    desk.clock.forward(60)


@contextmanager
def no_network(desk: Desk) -> Iterator[None]:
    """The hub is not there to be reached."""
    enrolment = desk.store.sync.enrolment()
    assert enrolment is not None
    gone = {name: getattr(enrolment, name) for name in enrolment.__slots__} | {
        "hub_url": "http://127.0.0.1:9"
    }
    desk.store.sync.save_enrolment(type(enrolment)(**gone))
    yield
    desk.store.sync.save_enrolment(enrolment)


def day(desk: Desk, event: str) -> None:
    """What three people do at a stall, by keys."""
    assert [one.name for one in desk.store.events.all()] == ["Carers’ fair"]
    desk.store.events.choose(event)
    desk.window.outreach.look()
    desk.settle()
    for name in ("Zoë", "Amina"):
        desk.store.staff.add(name)
    finish(desk, "Told to Sam")
    desk.press("Ctrl+Shift+J", 3)
    desk.press("Ctrl+Shift+K", 2)
    desk.type("Half told to Sam")
    change_over(desk)
    finish(desk, "Told to Zoe")
    change_over(desk)

    # Amina hands the screen over.
    lend(desk)
    go_to(desk, STORY)
    desk.press("Tab")
    desk.type("Written by myself")
    go_to(desk, "experience_kind")
    desk.press("2")
    go_to(desk, END)
    take_back(desk)
    desk.press("F12", 2)
    desk.settle()

    # In the quiet hour she keys the paper forms, one number having been torn.
    batch = desk.window.outreach.batch
    batch.begin(Header(event, "outreach", date(2026, 11, 20)), 1)
    desk.settle()
    desk.settle()
    for words in ("Paper one", "Paper two"):
        key_form(desk, words)
    batch.renumber(4)
    key_form(desk, "Paper four")
    batch.end()
    desk.settle()
    sync_now(desk, desk.qtbot)
    assert "No connection to the hub" in desk.last_said()


def test_a_day_at_an_event_and_one_round_with_the_hub(
    desk: Desk, hub: RunningHub, qtbot: QtBot, tmp_path: Path
) -> None:
    with computers(hub, tmp_path, "office") as (office,):
        office.join(DeviceKind.MANAGER)
        made = office.store.events.make(FAIR)
        office.round()
        join(desk, hub, qtbot).close_it.click()
        desk.shell.activateWindow()
        qtbot.waitUntil(desk.shell.isActiveWindow)
        desk.shell.narrative.setFocus()
        sync_now(desk, qtbot)

        # The van is packed: from here to the evening there is no network.
        with no_network(desk):
            day(desk, made.id)
        known = {one.name: one.id for one in desk.store.staff.all()}
        here = {one.id: one for one in desk.records()}
        assert len(here) == 6
        assert desk.store.sync.counts().waiting >= 6

        sync_now(desk, qtbot)
        assert desk.store.sync.counts().waiting == 0
        office.round()

        (fair,) = office.store.events.all()
        assert (fair.facts, fair.people, fair.leaflets) == (made.facts, 3, 2)
        found = {one: office.store.records.get(one) for one in office.store.events.records(made.id)}
        assert {one: record.to_json() for one, record in found.items()} == {
            one: record.to_json() for one, record in here.items()
        }
        written = {record.narratives[0].text: record for record in found.values()}
        for words, name in (
            ("Told to Sam", "Sam"), ("Told to Zoe", "Zoë"), ("Written by myself", "Amina"),
            ("Paper one", "Amina"), ("Paper four", "Amina"),
        ):  # fmt: skip
            assert written[words].written_by == known[name], words
            assert written[words].event == made.id
        alone = written["Written by myself"]
        assert alone.narratives[0].own_hand
        assert alone.items[0].answers["experience_kind"].source is Source.PERSON
        numbers = {one.sequence for one in found.values() if one.sequence}
        assert numbers == {1, 2, 4}
        # What is not finished stays where it was begun, and nothing of it went out.
        (parked,) = desk.store.drafts.all()
        assert parked.first_words == "Half told to Sam"
        assert office.store.drafts.all() == ()
        # A second round has nothing left to do.
        assert office.round().pulled == 0
