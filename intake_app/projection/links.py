"""From link documents to the rows that say which records belong together; works on any connection."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_

from intake_app.links import RecordLink
from intake_app.projection.tables import LINK, UNLINK

_SLICE = 500
_INSERT_LINK = insert(LINK)
_INSERT_UNLINK = insert(UNLINK)
_DELETE = (
    delete(LINK).where(
        LINK.c.organisation == bindparam("of"), LINK.c.link.in_(bindparam("ids", expanding=True))
    ),
    delete(UNLINK).where(
        UNLINK.c.organisation == bindparam("of"), UNLINK.c.undoing.in_(bindparam("ids", expanding=True))
    ),
)
_FORGET = delete(LINK).where(
    LINK.c.organisation == bindparam("of"),
    or_(
        LINK.c.record.in_(bindparam("ids", expanding=True)),
        LINK.c.other.in_(bindparam("ids", expanding=True)),
    ),
)


def read(document_id: str, body: str, deleted: bool) -> RecordLink | None:
    """None for what is deleted, cannot be read by this program, or speaks of another link."""
    if deleted:
        return None
    try:
        link = RecordLink.parse(body)
    except ValueError:
        return None
    return link if link.id == document_id else None


def link_rows(organisation: str, link: RecordLink) -> list[dict[str, Any]]:
    """A link stands once with each of its records; one that takes another back has no such rows."""
    if link.undoes:
        return []
    first, second = link.records
    common = {
        "organisation": organisation,
        "link": link.id,
        "relation": link.relation,
        "by": link.by,
        "at_ms": link.at.utc_ms,
    }
    return [
        common | {"record": first, "other": second, "first": True},
        common | {"record": second, "other": first, "first": False},
    ]


def unlink_rows(organisation: str, link: RecordLink) -> list[dict[str, Any]]:
    """Whether the link that is taken back is here yet makes no difference."""
    return [{"organisation": organisation, "link": link.undoes, "undoing": link.id}] if link.undoes else []


def put(connection: Connection, organisation: str, links: Sequence[RecordLink]) -> None:
    """Makes these the rows of their links, whatever was there before; each link at most once."""
    for start in range(0, len(links), _SLICE):
        part = links[start : start + _SLICE]
        remove(connection, organisation, [one.id for one in part])
        if rows := [row for one in part for row in link_rows(organisation, one)]:
            connection.execute(_INSERT_LINK, rows)
        if rows := [row for one in part for row in unlink_rows(organisation, one)]:
            connection.execute(_INSERT_UNLINK, rows)


def remove(connection: Connection, organisation: str, ids: Iterable[str]) -> None:
    """Takes the rows of these link documents away; an id without any is no error."""
    wanted = list(ids)
    for start in range(0, len(wanted), _SLICE):
        asked = {"of": organisation, "ids": wanted[start : start + _SLICE]}
        for statement in _DELETE:
            connection.execute(statement, asked)


def forget_records(connection: Connection, organisation: str, records: Sequence[str]) -> None:
    """Takes away every link of these records, for erasing them."""
    for start in range(0, len(records), _SLICE):
        connection.execute(_FORGET, {"of": organisation, "ids": list(records[start : start + _SLICE])})


def remove_all(connection: Connection, organisation: str) -> None:
    """Before rebuilding."""
    for table in (LINK, UNLINK):
        connection.execute(delete(table).where(table.c.organisation == organisation))
