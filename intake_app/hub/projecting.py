"""Keeps the hub's projection: what reports read, derived from records and links and made anew at will.

It follows behind the pushes, in slices, so that no device waits for it (``following``).
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sqlalchemy import Connection, select, update

from intake_app.documents import Kind
from intake_app.hub import access
from intake_app.hub.database import Database
from intake_app.hub.tables import COUNTERS, ERASURES, PROJECTED, VERSIONS
from intake_app.long_work import never
from intake_app.projection import links
from intake_app.projection import write as projection
from intake_app.projection.derive import Derived, derive
from intake_app.records import Record

SLICE = 500


def catch_up(connection: Connection, organisation: str, slice_: int = SLICE) -> bool:
    """Derives from the next versions, in the connection's transaction. False when there were none."""
    # Updated first and so locked: two hubs on one database do not derive the same slice.
    done = connection.execute(
        update(PROJECTED)
        .where(PROJECTED.c.organisation == organisation)
        .values(revision=PROJECTED.c.revision)
        .returning(PROJECTED.c.revision)
    ).scalar_one()
    latest = connection.execute(
        select(COUNTERS.c.latest).where(COUNTERS.c.organisation == organisation)
    ).scalar_one()
    if done >= latest:
        return False
    to = min(done + slice_, latest)
    table = VERSIONS.c
    changed = connection.execute(
        select(table.document, table.kind)
        .where(
            table.organisation == organisation,
            table.revision > done,
            table.revision <= to,
            table.kind.in_((Kind.RECORD, Kind.LINK)),
        )
        .distinct()
    ).all()
    erased = set(
        connection.execute(
            select(ERASURES.c.document).where(
                ERASURES.c.organisation == organisation, ERASURES.c.revision > done, ERASURES.c.revision <= to
            )
        ).scalars()
    )
    records = {one.document for one in changed if one.kind == Kind.RECORD}
    _derive_anew(connection, organisation, records | erased)
    _link_anew(connection, organisation, {one.document for one in changed} - records | erased)
    links.forget_records(connection, organisation, sorted(erased))
    connection.execute(update(PROJECTED).where(PROJECTED.c.organisation == organisation).values(revision=to))
    return True


def begin_anew(connection: Connection, organisation: str) -> None:
    """Empties the organisation's projection; ``catch_up`` fills it again."""
    connection.execute(update(PROJECTED).where(PROJECTED.c.organisation == organisation).values(revision=0))
    projection.remove_all(connection, organisation)
    links.remove_all(connection, organisation)


def bring_up_to_date(
    database: Database, organisations: Iterable[str] | None = None, stopped: Callable[[], bool] = never
) -> None:
    """These organisations, or every one, a transaction a slice. Raises Busy, DatabaseUnavailable.

    ``stopped`` is asked before each slice, and may take a moment for others to write.
    """
    for organisation in database.read(access.organisations) if organisations is None else organisations:
        while not stopped() and database.write(partial(catch_up, organisation=organisation)):
            pass


def _derive_anew(connection: Connection, organisation: str, ids: Iterable[str]) -> None:
    wanted = list(ids)
    if not wanted:
        return
    shown = _newest_heads(connection, organisation, Kind.RECORD, wanted)
    derived = [one for row in shown if (one := _derived(organisation, row)) is not None]
    projection.remove(connection, organisation, set(wanted) - {one.id for one in derived})
    projection.put(connection, organisation, derived)


def _link_anew(connection: Connection, organisation: str, ids: Iterable[str]) -> None:
    wanted = list(ids)
    if not wanted:
        return
    shown = _newest_heads(connection, organisation, Kind.LINK, wanted)
    links.remove(connection, organisation, wanted)
    read = [links.read(row.document, row.body, row.deleted) for row in shown]
    links.put(connection, organisation, [one for one in read if one is not None])


def _newest_heads(connection: Connection, organisation: str, kind: Kind, ids: list[str]) -> Iterable[Any]:
    """Of several heads the newest stands for the document until a person has settled the conflict."""
    table = VERSIONS.c
    rows = connection.execute(
        select(table.document, table.mutation, table.deleted, table.body)
        .where(
            table.organisation == organisation,
            table.kind == kind,
            table.document.in_(ids),
            table.head.is_(True),
            table.erased.is_(False),
        )
        .order_by(table.revision)
    )
    return {row.document: row for row in rows}.values()


def _derived(organisation: str, row: Any) -> Derived | None:
    """None for what is deleted, or cannot be read by this program: it is kept and handed on all the same."""
    # PostgreSQL holds no NUL. No device of ours writes one, and one that does must not stop all that follows.
    if row.deleted or "\\u0000" in row.body:
        return None
    try:
        derived = derive(organisation, row.mutation, Record.parse(row.body))
    except ValueError:
        return None
    return derived if derived.id == row.document else None
