"""Erasure is the one exception to "never overwritten": bodies and envelopes go, numbers and receipts stay."""

import json
from collections.abc import Collection, Iterable, Mapping, Set

from sqlalchemy import Connection, select, update

from intake_app.documents import Kind
from intake_app.hub import attachments, lookups
from intake_app.hub.tables import ERASURES, VERSIONS
from intake_app.people import details_in


def named_in(body: str) -> tuple[str, ...]:
    """The ids of the documents that an erasure document names; empty when its body says none."""
    try:
        values = json.loads(body)
    except ValueError:
        return ()
    named = values.get("erases", ()) if isinstance(values, dict) else ()
    return tuple(one for one in named if isinstance(one, str)) if isinstance(named, list) else ()


def erased_already(connection: Connection, organisation: str, documents: Collection[str]) -> tuple[str, ...]:
    """Those of the documents that were asked to be erased before."""
    return lookups.erased(connection, organisation, documents)


def erase(connection: Connection, organisation: str, asked: Mapping[str, int], again: Iterable[str]) -> None:
    """Blanks every version of the ``asked`` documents (id → revision of the erasure) and those ``again``.

    With a record go the person and the equality answers that any version of it tells of: whoever erased it
    need not have known of a person that somebody else had added meanwhile.
    """
    asked = {**_people_of(connection, organisation, {*asked, *again}), **asked}
    known = erased_already(connection, organisation, asked.keys())
    fresh = [
        {"organisation": organisation, "document": document, "revision": revision}
        for document, revision in asked.items()
        if document not in known
    ]
    if fresh:
        connection.execute(ERASURES.insert(), fresh)
    gone = {*asked, *again}
    if gone:
        connection.execute(
            update(VERSIONS)
            .where(VERSIONS.c.organisation == organisation, VERSIONS.c.document.in_(gone))
            .values(erased=True, body="", envelope="{}", size=0)
        )
        attachments.erase(connection, organisation, gone)


def _people_of(connection: Connection, organisation: str, gone: Set[str]) -> dict[str, int]:
    """What records among ``gone`` tell of besides, and other records do not: id → revision that told it."""
    if not gone:
        return {}
    told = select(VERSIONS.c.body, VERSIONS.c.revision).where(
        VERSIONS.c.organisation == organisation,
        VERSIONS.c.kind == Kind.RECORD,
        VERSIONS.c.document.in_(gone),
        VERSIONS.c.erased.is_(False),
    )
    found = {
        one: int(row.revision)
        for row in connection.execute(told)
        for one in details_in(row.body)
        if one not in gone
    }
    return {one: found[one] for one in found if not _shared(connection, organisation, one, gone)}


def _shared(connection: Connection, organisation: str, details: str, gone: Set[str]) -> bool:
    # Looks through every record, but only where an erasure did not name what a version of it tells of.
    statement = (
        select(VERSIONS.c.revision)
        .where(
            VERSIONS.c.organisation == organisation,
            VERSIONS.c.kind == Kind.RECORD,
            VERSIONS.c.document.not_in(gone),
            VERSIONS.c.body.contains(f'"{details}"', autoescape=True),
        )
        .limit(1)
    )
    return connection.execute(statement).first() is not None
