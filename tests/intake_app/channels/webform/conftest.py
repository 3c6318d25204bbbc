"""A store for each test, and the question sets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.forms.library import Library
from intake_app.store.store import Store
from intake_app.times import IdMaker
from tests.fakes import HandClock
from tests.first_runs import copied_store


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    folder = tmp_path / "store"
    with copied_store(folder, clock=clock, ids=IdMaker(clock), organisation="Anyshire") as made:
        yield made


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()
