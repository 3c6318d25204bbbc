"""The practice window on a store that is for practice, driven by keys."""

from pathlib import Path

import pytest

from intake_app import demo
from intake_app.practice import place
from intake_app.store.opening import create_store
from intake_app.times import IdMaker
from tests.fakes import DictionaryKeyring, HandClock
from tests.ui.record.desk import Desk
from tests.ui.record.desk_fixtures import MakeDesk, clock, keyring, library, make_desk
from ui.practice.mark import mark

__all__ = ["clock", "desk", "keyring", "library", "make_desk", "ready_folder"]


@pytest.fixture(scope="session")
def ready_folder(tmp_path_factory: pytest.TempPathFactory, keyring: DictionaryKeyring) -> Path:
    """A practice store under a key that tests need not stretch."""
    folder = tmp_path_factory.mktemp("practice") / "intake"
    clock = HandClock()
    made = create_store(
        folder, place.ORGANISATION, staff_name=place.STAFF, clock=clock, ids=IdMaker(clock),
        keyring=keyring, practice=True,
    )  # fmt: skip
    with made.store as store:
        demo.bring_services(store, folder)
    return folder


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    made = make_desk()
    mark(made.shell, made.workplace.folder)
    return made
