"""A body that another program wrote oddly is listed or left out, and never stops the reader."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from intake_app.projection.derive import derive
from intake_app.records import Answer, Danger, Item, Narrative, Record, SetRef, Sheet
from intake_app.times import Instant

AT = Instant.parse("2026-03-09T10:14:00Z")
SET = SetRef(id="feedback", version="0")
RECORD = Record(
    id="019d29a7-e7f8-77fa-8cf3-8d0e3f67b9ac",
    device="d",
    started=AT,
    received=AT,
    finished=AT,
    frame=Sheet(question_set=SET, answers={"channel": Answer(value="phone")}),
    items=(
        Item(
            id="i",
            question_set=SET,
            answers={
                "services": Answer(value=[{"name": "Ward 7"}]),
                "topics": Answer(value=[{"code": "waiting"}]),
            },
        ),
    ),
    narratives=(Narrative(id="n", text="As told"),),
    danger=Danger(question_set=SET, marked=AT),
)
ODD: list[Any] = [
    *(None, 5, -1, 1e400, True, "", "x", [], [1], [[]], {}, {"a": 1}),
    *("0001-01-01T00:00:00+14:00", {"utc": 5}, {"utc": "0001-01-01T00:00:00+14:00"}),
    {"utc": "9999-12-31T23:59:59-14:00"},
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*path, key))


@pytest.mark.parametrize("path", list(places(json.loads(RECORD.to_json()))), ids=str)
def test_an_odd_value_anywhere_is_no_more_than_a_value_error(path: tuple[Any, ...]) -> None:
    for odd in ODD:
        body = json.loads(RECORD.to_json())
        inner = body
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = odd
        with suppress(ValueError):
            derive("o", "m", Record.parse(json.dumps(body)))


def test_the_body_itself_is_read() -> None:
    derived = derive("o", "m", Record.parse(RECORD.to_json()))
    assert (len(derived.services), len(derived.topics), derived.record["danger"]) == (1, 1, True)
