"""No error text of the database quotes what people said."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from intake_app.store.database import Database


def test_error_of_the_database_does_not_quote_what_was_written(tmp_path: Path) -> None:
    database = Database(tmp_path / "store", bytes(32), bytes(16))
    try:
        with database.engine.connect() as connection, pytest.raises(DBAPIError) as caught:
            connection.execute(text("INSERT INTO none_such VALUES (:words)"), {"words": "She told us"})
        assert "She told us" not in str(caught.value)
    finally:
        database.close()
