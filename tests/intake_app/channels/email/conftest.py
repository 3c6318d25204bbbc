"""A store and a shared mailbox for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.store.store import Store
from intake_app.times import IdMaker, system_clock
from tests.first_runs import copied_store
from tests.intake_app.channels.email.mail_office import office, running

__all__ = ["office", "running"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "store"
    with copied_store(folder, clock=system_clock, ids=IdMaker(system_clock), organisation="Anyshire") as made:
        yield made
