"""An event is what all its acts and counts say, whoever wrote them and in whatever order they came."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from intake_app.events import EventAct, EventCount, events_of
from intake_app.times import Instant


def act(
    number: int, at: int, facts: dict[str, str], was: dict[str, str] | None = None, by: str = ""
) -> EventAct:
    return EventAct(
        id="e" if number == 0 else f"a{number}", event="e", facts=facts, was=was or {}, by=by, at=Instant(at)
    )


def test_two_who_write_different_facts_away_from_one_another_are_both_heard() -> None:
    acts = [
        act(0, 1, {"name": "Fair"}, by="sam"),
        act(1, 2, {"place": "Market Square"}, {"place": ""}, "zoe"),
        act(2, 3, {"notes": "Loud"}, {"notes": ""}, "amina"),
    ]
    for order in permutations(acts):
        (event,) = events_of(order, (), "d")
        assert event.facts == {"name": "Fair", "place": "Market Square", "notes": "Loud"}
        assert (event.by, event.differs) == ("sam", ())


def test_the_same_fact_written_differently_is_told_until_it_is_written_anew() -> None:
    acts = [
        act(0, 1, {"name": "Fair", "place": "Hall"}, by="sam"),
        act(1, 2, {"place": "Library"}, {"place": "Hall"}, "zoe"),
        act(2, 3, {"place": "Church"}, {"place": "Hall"}, "amina"),
    ]
    (event,) = events_of(acts, (), "d")
    assert event.facts["place"] == "Church"
    ((differs),) = event.differs
    assert (differs.fact, differs.text, differs.by) == ("place", "Library", "zoe")
    (settled,) = events_of([*acts, act(3, 4, {"place": "Library"}, {"place": "Church"})], (), "d")
    assert (settled.facts["place"], settled.differs) == ("Library", ())


@given(st.lists(st.tuples(st.integers(-50, 500), st.integers(-50, 500)), max_size=6))
def test_counts_are_the_sum_of_what_each_computer_counted(counted: list[tuple[int, int]]) -> None:
    counts = [
        EventCount(
            id=f"c{place}", event="e", device=f"d{place}", people=people, leaflets=leaflets, at=Instant(1)
        )
        for place, (people, leaflets) in enumerate(counted)
    ]
    (event,) = events_of([act(0, 1, {"name": "Fair"})], counts, "d0")
    assert event.people == sum(people for people, _leaflets in counted)
    assert event.leaflets == sum(leaflets for _people, leaflets in counted)
    assert (event.own_people, event.own_leaflets) == (counted[0] if counted else (0, 0))


def test_the_latest_day_stands_first_and_a_day_that_is_none_is_not_known() -> None:
    first = EventAct(id="x", event="x", facts={"name": "Old", "day": "2026-03-01"}, at=Instant(9))
    second = EventAct(id="y", event="y", facts={"name": "New", "day": "2026-04-01"}, at=Instant(1))
    odd = EventAct(id="z", event="z", facts={"name": "Odd", "day": "soon"}, at=Instant(1))
    events = events_of([first, second, odd], (), "d")
    assert [one.name for one in events] == ["Odd", "New", "Old"]
    assert [one.day is None for one in events] == [True, False, False]


def test_what_is_told_at_a_drop_in_came_in_by_drop_in() -> None:
    (event,) = events_of([act(0, 1, {"type": "drop_in"})], (), "d")
    (other,) = events_of([act(0, 1, {"type": "talk"})], (), "d")
    assert (event.channel, other.channel) == ("drop_in", "outreach")
