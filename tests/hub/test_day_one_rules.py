"""What keeps a distributed PostgreSQL possible: shown by reading the schema, not by trusting ourselves."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Integer, inspect, text

from intake_app.hub.tables import HubTable
from tests.hub.hub_fixtures import RunningHub

HUB = Path(__file__).resolve().parents[2] / "intake_app" / "hub"
TABLES = list(HubTable.metadata.sorted_tables)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_organisation_stands_first_in_every_key_and_index(hub: RunningHub, table) -> None:
    found = inspect(hub.database.engine)
    keys = [found.get_pk_constraint(table.name)["constrained_columns"]]
    keys += [one["column_names"] for one in found.get_unique_constraints(table.name)]
    keys += [one["column_names"] for one in found.get_indexes(table.name)]
    assert keys[0]
    assert all(key[0] == "organisation" for key in keys), keys


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_nothing_is_numbered_by_the_database(table) -> None:
    assert not [
        column.name
        for column in table.columns
        if column.primary_key and isinstance(column.type, Integer) and column.autoincrement is True
    ]


def test_postgresql_holds_no_sequence_trigger_or_jsonb(hub: RunningHub) -> None:
    if hub.database.engine.dialect.name != "postgresql":
        assert not _rows(hub, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert not _rows(hub, "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'")
        return
    assert not _rows(hub, "SELECT sequence_name FROM information_schema.sequences")
    assert not _rows(hub, "SELECT trigger_name FROM information_schema.triggers")
    columns = "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND "
    assert not _rows(hub, columns + "data_type LIKE 'json%'")
    assert not _rows(hub, columns + "(is_identity = 'YES' OR column_default LIKE 'nextval%')")


def test_the_migrations_make_exactly_the_tables(hub: RunningHub) -> None:
    with hub.database.engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), HubTable.metadata) == []


def test_no_statement_uses_what_only_one_machine_has() -> None:
    banned = re.compile(r"advisory|nextval|SERIAL|IDENTITY|LISTEN |NOTIFY |jsonb|TRIGGER", re.IGNORECASE)
    asking = ["access.py", "records.py", "erasures.py", "overview.py"]
    code = {name: (HUB / name).read_text(encoding="utf-8") for name in asking}
    assert not [
        (name, line) for name, text in code.items() for line in text.splitlines() if banned.search(line)
    ]


def test_routes_hold_no_sql() -> None:
    assert "sqlalchemy" not in (HUB / "routes.py").read_text(encoding="utf-8")


def _rows(hub: RunningHub, statement: str) -> list[object]:
    return hub.database.read(lambda connection: list(connection.execute(text(statement))))
