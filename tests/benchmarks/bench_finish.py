"""From Finish to durable, beside raw inserts of the very rows that Finish writes."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from big_store import MovingClock, drafts, new_store, opened, raw_connection, shared_store
from rows import Row, median, milliseconds, percentile

from intake_app.drafting import Draft
from intake_app.store.store import Store
from intake_app.times import IdMaker

BLOCK = 50
"""Saves in a row: a connection reads anew what another one wrote, and staff do not take turns with one."""

TABLES = (
    ("version", "document"), ("outbox", "document"), ("document", "id"), ("second_copy", "document"),
    ("projected_record", "id"), ("projected_item", "record"), ("projected_service", "record"),
    ("projected_topic", "record"), ("record_text", "id"),
)  # fmt: skip
"""What Finish writes to, and the column that names the record."""

_INDEX = "INSERT INTO record_search (rowid, words, tokens) VALUES (?, ?, ?)"

Inserts = list[tuple[str, tuple[Any, ...]]]


def rows(options: Any) -> Iterator[Row]:
    folder, _env = shared_store(options.shared, options.records)
    clock = MovingClock(options.records)
    ids = IdMaker(clock)
    aside, _ = new_store(options.folder / "aside", clock, ids)
    ours, raw, bare = [], [], []
    with opened(folder, clock) as store, aside:
        made = drafts(3 * BLOCK * options.rounds, clock, ids, store.device)
        connection = raw_connection(store)
        for _ in range(options.rounds):
            both = written(aside, islice(made, 2 * BLOCK), store)
            whole = both[:BLOCK]
            plain = [[one for one in part if one[0] != _INDEX] for part in both[BLOCK:]]
            kept = [store.drafts.keep(draft) for draft in islice(made, BLOCK)]
            raw += [milliseconds(partial(insert, connection, part)) for part in whole]
            bare += [milliseconds(partial(insert, connection, part)) for part in plain]
            ours += [milliseconds(partial(store.records.save, draft)) for draft in kept]
        connection.close()
    what = f"Finish → durable, {options.records:,} records"
    yield Row(what, median(ours), "raw SQLCipher insert of the same rows", median(raw), times=3)
    yield Row("the same, p95", percentile(ours, 95), "the same, p95", percentile(raw, 95))
    yield Row("the same", median(ours), "its row in the full-text index left out", median(bare))


def written(aside: Store, finished: Iterator[Draft], store: Store) -> list[Inserts]:
    """What Finish writes for each, as plain inserts into ``store``, found out in a store of its own."""
    further = last_number(store) - last_number(aside)  # versions go behind those there, as Finish's own do
    records = [aside.records.save(draft).id for draft in finished]
    connection = raw_connection(aside)
    try:
        found = [inserts_of(connection, record, further) for record in records]
    finally:
        connection.close()
    same = {aside.organisation.id: store.organisation.id, aside.projected_as: store.projected_as}
    return [[(sql, tuple(same.get(one, one) for one in values)) for sql, values in part] for part in found]


def last_number(store: Store) -> int:
    with store._database.read() as connection:
        return int(connection.exec_driver_sql("SELECT ifnull(max(seq), 0) FROM version").scalar_one())


def inserts_of(connection: Any, record: str, further: int) -> Inserts:
    found: Inserts = []
    for table, column in TABLES:
        cursor = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (record,))
        columns = [name for name, *_ in cursor.description]
        for row in cursor.fetchall():
            values = dict(zip(columns, row, strict=True))
            if "seq" in values:
                values["seq"] += further
            marks = ", ".join("?" * len(values))
            found.append((f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", (*values.values(),)))
            if table == "record_text":
                found.append((_INDEX, (values["key"], values["words"], values["tokens"])))
    return found


def insert(connection: Any, statements: Sequence[tuple[str, tuple[Any, ...]]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement, values in statements:
        connection.execute(statement, values)
    connection.execute("COMMIT")
