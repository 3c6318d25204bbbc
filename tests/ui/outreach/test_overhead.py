"""What keying an event's paper forms costs besides what stands on them."""

import os

from tests.ui.outreach.test_batch import begin
from tests.ui.record.desk import Desk

FORMS = int(os.environ.get("INTAKE_PAPER_FORMS", "60"))
"""An event has 300, which take over a minute: each of them costs the same."""
MOST_OVERHEAD = 3
FORM = (("about_whom", "1"), ("service_search", ""), ("experience_kind", "2"))
"""The first questions of the paper in their order, and the digit that was crossed; empty for none."""


def key_form(desk: Desk, number: int) -> int:
    """Keys one form; tells how many keys were neither on it nor a step from one of its boxes to the next."""
    before, on_paper = desk.presses, 0
    desk.type(f"The wait was long {number}")
    for question, digit in FORM:
        desk.press("Tab")
        on_paper += 1
        assert desk.focused().partition(".")[0] == question
        if digit:
            desk.press(digit)
            on_paper += 1
    desk.press("F12")
    desk.settle()
    desk.settle()
    return desk.presses - before - on_paper


def test_an_events_forms_are_keyed_with_no_more_than_three_keys_of_overhead_each(desk: Desk) -> None:
    event = begin(desk)
    overhead = [key_form(desk, number) for number in range(1, FORMS + 1)]
    assert max(overhead) <= MOST_OVERHEAD
    numbers = desk.store.events.numbers(event)
    assert [one.number for one in numbers] == list(range(1, FORMS + 1))
    assert not any(one.draft for one in numbers)
    records = [desk.store.records.get(one.record) for one in numbers]
    assert [one.narratives[0].text for one in records] == [
        f"The wait was long {number}" for number in range(1, FORMS + 1)
    ]
    assert {one.items[0].value("experience_kind") for one in records} == {"bad"}
