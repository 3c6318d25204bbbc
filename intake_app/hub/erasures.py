"""Erasure is the one exception to "never overwritten": bodies and envelopes go, numbers and receipts stay."""

import json
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, update

from intake_app.hub import lookups
from intake_app.hub.tables import ERASURES, VERSIONS


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
    """Blanks every version of the ``asked`` documents (id → revision of the erasure) and those ``again``."""
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
