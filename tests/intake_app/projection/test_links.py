"""Rows of links, on any connection: the same whatever the order, and gone when told to go."""

from collections.abc import Iterator
from itertools import permutations

import pytest
from sqlalchemy import Connection, create_engine, select

from intake_app.links import RecordLink
from intake_app.projection import links
from intake_app.projection.tables import LINK, METADATA, UNLINK
from intake_app.times import Instant

AT = Instant.parse("2026-11-20T09:14:00.000Z")
ALL = (
    RecordLink(id="l1", records=("a", "b"), relation="same_story", by="sam", at=AT),
    RecordLink(id="l2", records=("b", "c"), relation="follow_up", by="kim", at=AT),
    RecordLink(id="u1", records=("a", "b"), relation="same_story", by="kim", at=AT, undoes="l1"),
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.begin() as made:
        yield made
    engine.dispose()


def rows(connection: Connection) -> set[tuple[object, ...]]:
    found = connection.execute(
        select(LINK.c.organisation, LINK.c.record, LINK.c.other, LINK.c.first, LINK.c.link)
    )
    undone = connection.execute(select(UNLINK.c.organisation, UNLINK.c.link, UNLINK.c.undoing))
    return {tuple(row) for row in (*found, *undone)}


EXPECTED = {
    ("x", "a", "b", True, "l1"), ("x", "b", "a", False, "l1"),
    ("x", "b", "c", True, "l2"), ("x", "c", "b", False, "l2"),
    ("x", "l1", "u1"),
}  # fmt: skip


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_rows_are_the_same_in_any_order_and_after_a_repetition(
    connection: Connection, order: tuple[int, ...]
) -> None:
    for place in (*order, *order):
        links.put(connection, "x", [ALL[place]])
    assert rows(connection) == EXPECTED


def test_another_organisation_s_rows_are_left_alone(connection: Connection) -> None:
    links.put(connection, "x", ALL)
    links.put(connection, "y", ALL)
    links.remove(connection, "y", ["l1", "u1", "nothing"])
    links.forget_records(connection, "y", ["c"])
    assert rows(connection) == EXPECTED
    links.remove_all(connection, "x")
    assert rows(connection) == set()


def test_forgetting_a_record_leaves_the_links_of_others(connection: Connection) -> None:
    links.put(connection, "x", ALL)
    links.forget_records(connection, "x", ["a"])
    assert rows(connection) == EXPECTED - {("x", "a", "b", True, "l1"), ("x", "b", "a", False, "l1")}
