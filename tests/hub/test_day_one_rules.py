"""What keeps a distributed PostgreSQL possible: shown by reading the schema and watching the hub at work.

Organisation first in every key and index, no sequence, one organisation in every statement and transaction,
nothing that only one machine has.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, Integer, event, inspect, text

from intake_app.hub import access, projecting
from intake_app.hub.overview import overview
from intake_app.hub.scopes import DeviceKind
from intake_app.hub.tables import HubTable
from intake_app.projection.tables import METADATA as PROJECTION
from intake_app.sync.protocol import Turn
from tests.hub.hub_fixtures import RunningHub

HUB = Path(__file__).resolve().parents[2] / "intake_app" / "hub"
SHARED = HUB.parent / "projection"
TABLES = [*HubTable.metadata.sorted_tables, *PROJECTION.sorted_tables]
NAMES = {table.name for table in TABLES}
LISTING = "SELECT organisation.organisation"
"""Which organisations there are: asked by whoever runs the hub, and to find whose a code is."""


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_organisation_stands_first_in_every_key_and_index(hub: RunningHub, table) -> None:
    found = inspect(hub.database.engine)
    keys = [found.get_pk_constraint(table.name)["constrained_columns"]]
    keys += [one["column_names"] for one in found.get_unique_constraints(table.name)]
    keys += [one["column_names"] for one in found.get_indexes(table.name)]
    keys += [one["constrained_columns"] for one in found.get_foreign_keys(table.name)]
    assert keys[0]
    assert all(key[0] == "organisation" for key in keys), keys


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_nothing_is_numbered_by_the_database(table) -> None:
    assert not [
        column.name
        for column in table.columns
        if column.primary_key and isinstance(column.type, Integer) and column.autoincrement is True
    ]


def test_the_database_holds_no_sequence_trigger_function_or_jsonb(hub: RunningHub) -> None:
    if hub.database.engine.dialect.name != "postgresql":
        assert not _rows(hub, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert not _rows(hub, "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'")
        return
    assert not _rows(hub, "SELECT sequence_name FROM information_schema.sequences")
    assert not _rows(hub, "SELECT trigger_name FROM information_schema.triggers")
    assert not _rows(hub, "SELECT rulename FROM pg_rules WHERE schemaname = 'public'")
    assert not _rows(hub, "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
    columns = "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND "
    assert not _rows(hub, columns + "data_type LIKE 'json%'")
    assert not _rows(hub, columns + "(is_identity = 'YES' OR column_default LIKE 'nextval%')")


def test_the_migrations_make_exactly_the_tables(hub: RunningHub) -> None:
    with hub.database.engine.begin() as connection:
        wanted = [HubTable.metadata, PROJECTION]
        assert compare_metadata(MigrationContext.configure(connection), wanted) == []


def test_no_statement_uses_what_only_one_machine_has() -> None:
    banned = re.compile(
        r"pg_advisory|nextval|JSONB|Sequence\(|Identity\(|\b(SERIAL|LISTEN|NOTIFY|TRIGGER|xmin|ctid)\b"
    )
    files = [*HUB.rglob("*.py"), *SHARED.glob("*.py")]
    assert len(files) > 20
    code = {path.name: path.read_text(encoding="utf-8") for path in files}
    assert not [
        (name, line) for name, whole in code.items() for line in whole.splitlines() if banned.search(line)
    ]


def test_every_statement_names_its_organisation_and_every_transaction_has_one(hub: RunningHub) -> None:
    with watched() as seen:
        everything_a_hub_does(hub)
    assert len(seen.statements) > 40
    assert [one for one in seen.statements if not names_its_organisation(one)] == []
    assert {found for found in seen.organisations.values() if len(found) > 1} == set()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT version.revision FROM version WHERE version.mutation = 'x'",
        "UPDATE version SET head = false WHERE version.revision = 7",
        "DELETE FROM projected_item WHERE projected_item.record = 'x'",
        "INSERT INTO erasure (document, revision) VALUES ('x', 1)",
        "SELECT version.body FROM version JOIN erasure ON erasure.document = version.document"
        " WHERE version.organisation = 'x'",
    ],
)
def test_a_statement_across_organisations_would_be_found(statement: str) -> None:
    assert not names_its_organisation(statement)


def test_routes_hold_no_sql() -> None:
    assert "sqlalchemy" not in (HUB / "routes.py").read_text(encoding="utf-8")


class Seen:
    """Statements by their text, and the organisations that each transaction spoke of."""

    def __init__(self) -> None:
        self.statements: dict[str, None] = {}
        self.organisations: dict[int, frozenset[str]] = defaultdict(frozenset)
        self.transactions = 0
        self.open: dict[int, int] = {}

    def begin(self, connection: Any) -> None:
        self.transactions += 1
        self.open[id(connection.connection.dbapi_connection)] = self.transactions

    def run(
        self, connection: Any, _cursor: Any, statement: str, given: Any, context: Any, _many: bool
    ) -> None:
        tables = set(re.findall(r"\w+", statement)) & NAMES
        if not tables or statement.startswith(("CREATE", "PRAGMA", LISTING)):
            return
        self.statements[" ".join(statement.split())] = None
        values = context.compiled_parameters if context.compiled is not None else given
        named = {
            value
            for row in (values if isinstance(values, list | tuple) else [values])
            if isinstance(row, dict)
            for name, value in row.items()
            if name.startswith("organisation") and isinstance(value, str)
        }
        number = self.open.get(id(connection.connection.dbapi_connection), 0)
        self.organisations[number] |= named


@contextmanager
def watched() -> Iterator[Seen]:
    """Every statement of every hub in this process."""
    seen = Seen()
    event.listen(Engine, "begin", seen.begin)
    event.listen(Engine, "before_cursor_execute", seen.run)
    try:
        yield seen
    finally:
        event.remove(Engine, "begin", seen.begin)
        event.remove(Engine, "before_cursor_execute", seen.run)


def names_its_organisation(statement: str) -> bool:
    """Each table that it reads or changes is held to one organisation."""
    if statement.startswith("INSERT"):
        return "(organisation," in statement
    touched = set(re.findall(r"(?:FROM|JOIN|UPDATE|,)\s+(\w+)", statement)) & NAMES
    held = set(re.findall(r"(\w+)\.organisation = ", statement))
    return bool(touched) and touched <= held


def everything_a_hub_does(hub: RunningHub) -> None:
    neighbour = hub.new_organisation("A neighbour")
    office = hub.device(area="North", team="Calls")
    outreach = hub.device(DeviceKind.OUTREACH, name=f"out-{hub.organisation}")
    manager = hub.device(DeviceKind.MANAGER)
    hub.device(organisation=neighbour).push([hub.document(organisation=neighbour)])
    document, unclear = hub.document(), hub.document(kind="person")
    for device in (office, outreach, manager):
        device.push([document, unclear])
        device.pull(0, "")
    office.push([hub.edit(document, "{}", base=1), hub.edit(document, "[]", base=1)])
    office.push([hub.document(f'{{"erases": ["{unclear.id}"]}}', kind="erasure"), hub.document()])
    office.taking(Turn("", "1.a")).pull(0, "")
    office.split(hub.ids())
    write, read = hub.database.write, hub.database.read
    for organisation in read(access.organisations):
        while write(partial(projecting.catch_up, organisation=organisation)):
            pass
        write(partial(projecting.begin_anew, organisation=organisation))
        read(partial(overview, organisation=organisation))
        read(partial(access.listed_devices, organisation=organisation))
    read(partial(access.find_organisation, named=neighbour))
    read(partial(access.has_device, organisation=neighbour, device="nobody"))
    hub.set_place(f"out-{hub.organisation}", kind=DeviceKind.OFFICE, area="South")
    hub.revoke(f"out-{hub.organisation}")


def _rows(hub: RunningHub, statement: str) -> list[object]:
    return hub.database.read(lambda connection: list(connection.execute(text(statement))))
