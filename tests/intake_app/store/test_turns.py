"""The turns that a device takes: kept before they are told, and never more than one under way."""

from pathlib import Path

import pytest

from intake_app.store.store import Store
from intake_app.store.turns import BETWEEN_TURNS_MS
from intake_app.times import IdMaker, Instant
from tests.first_runs import copied_store

START = Instant.parse("2026-03-09T10:14:00Z")


class Wall:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> Instant:
        return self.now

    def forward(self, milliseconds: int) -> None:
        self.now = Instant(self.now.utc_ms + milliseconds)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def store(tmp_path: Path, wall: Wall):
    with copied_store(tmp_path / "s", clock=wall, ids=IdMaker(wall), organisation="Anyshire") as opened:
        yield opened


def test_the_same_turn_is_told_until_the_hub_has_answered(store: Store, wall: Wall) -> None:
    turns = store.sync.turns
    first = turns.begin()
    assert first[0] == ""
    assert first[1].startswith("1.")
    wall.forward(3 * BETWEEN_TURNS_MS)
    assert turns.begin() == first
    turns.taken(first[1])
    assert turns.begin() == (first[1], "")


def test_the_next_turn_comes_after_an_hour_or_when_the_clock_was_set_back(store: Store, wall: Wall) -> None:
    turns = store.sync.turns
    kept = turns.begin()[1]
    turns.taken(kept)
    wall.forward(BETWEEN_TURNS_MS - 1)
    assert turns.begin() == (kept, "")
    wall.forward(1)
    second = turns.begin()
    assert second[0] == kept
    assert second[1].startswith("2.")
    turns.taken(second[1])
    wall.forward(-10 * BETWEEN_TURNS_MS)
    assert turns.begin()[1].startswith("3.")


def test_a_copy_asks_for_one_new_id_until_it_has_it(store: Store) -> None:
    turns = store.sync.turns
    assert turns.new_device() == turns.new_device() != store.device
