"""Rung on one computer, seen on the other through the real hub; two who ring at once are in no conflict."""

from intake_app import drafting
from intake_app.call_backs import CallHours, Deed
from intake_app.drafting import FRAME
from intake_app.records import Answer, Record
from tests.flow.computers import Computer


def rounds(*computers: Computer) -> None:
    for one in (*computers, *computers):
        one.round()


def promised(here: Computer) -> Record:
    record = here.take_down("Ring me back")
    draft = here.store.records.draft_for_edit(record.id)
    answer = Answer(value="call_back")
    return here.store.records.save(drafting.with_answer(draft, FRAME, "outcome", answer))


def ring(here: Computer, deed: Deed) -> None:
    (row,) = here.store.call_backs.all()
    here.store.call_backs.note(row, deed, here.clock() if deed is Deed.NO_ANSWER else None)


def test_a_try_is_seen_and_settled_on_the_other_computer(pair: list[Computer]) -> None:
    here, there = pair
    record = promised(here)
    ring(here, Deed.NO_ANSWER)
    rounds(here, there)
    (seen,) = there.store.call_backs.all()
    assert (seen.record.id, seen.tries) == (record.id, 1)

    ring(there, Deed.DONE)
    rounds(here, there)
    for one in pair:
        assert one.store.call_backs.all() == ()
        assert one.store.sync.counts().waiting == 0
        assert one.store.check().whole


def test_two_who_ring_at_once_are_in_no_conflict(pair: list[Computer]) -> None:
    here, there = pair
    promised(here)
    rounds(here, there)
    for one in pair:
        ring(one, Deed.NO_ANSWER)
    rounds(here, there)
    assert [one.store.call_backs.all()[0].tries for one in pair] == [2, 2]
    assert [one.store.sync.counts().conflicts for one in pair] == [0, 0]


def test_erasing_takes_the_tries_away_on_the_other_computer_too(pair: list[Computer]) -> None:
    here, there = pair
    record = promised(here)
    ring(here, Deed.NO_ANSWER)
    rounds(here, there)
    here.store.erase(record.id, "asked")
    rounds(here, there)
    for one in pair:
        with one.store._database.read() as connection:
            left = connection.exec_driver_sql("SELECT document FROM version WHERE kind = 'call_back'").all()
        assert left == []


def test_hours_reach_every_computer_of_the_organisation(pair: list[Computer]) -> None:
    here, there = pair
    here.store.call_backs.set_hours(CallHours(opens=600))
    rounds(here, there)
    assert there.store.call_backs.hours().opens == 600
