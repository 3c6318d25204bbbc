"""A store of an earlier schema opens as it is, with everything that was in it."""

from intake_app.services import tables
from intake_app.store import migrations
from intake_app.store.database import Database
from intake_app.store.store import Store


def _as_of_the_first_schema(database: Database) -> None:
    with database.write() as connection:
        for table in ("service_edition", "service_nickname"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for column in ("nicknames", "linked", "opened", "closed"):
            connection.exec_driver_sql(f"ALTER TABLE service DROP COLUMN {column}")
        connection.exec_driver_sql("ALTER TABLE service_change DROP COLUMN day")


def test_a_directory_of_the_first_schema_gets_what_it_lacks(store: Store) -> None:
    before = store.directory.get("council:kent")
    database = store._database
    _as_of_the_first_schema(database)
    for _again in range(2):
        with database.write() as connection:
            migrations.m0005.run(connection)
    assert store.directory.get("council:kent") == before
    store.nicknames.add("council:kent", "County Hall")
    assert [hit.id for hit in store.directory.search("county hall")] == ["council:kent"]
    with database.read() as connection:
        there = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_schema")}
    assert {str(table.name) for table in tables.TABLES} <= there
