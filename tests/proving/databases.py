"""A fresh database on a PostgreSQL server for every world that is played."""

import itertools
import os
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

_numbers = itertools.count()


def fresh_database(server_url: str, _folder: Path) -> str:
    """The URL of an empty database beside the one that ``server_url`` names."""
    name = f"world_{os.getpid()}_{next(_numbers)}"
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    finally:
        engine.dispose()
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)
