"""Feeds the search with which records wait for a translation, where it was filled before that was known."""

from sqlalchemy import Connection

from intake_app.projection.derive import WAITS_FOR_TRANSLATION, Derived, derive
from intake_app.records import Record
from intake_app.store import search_index

# English is the default and not written into a body, so nearly no body has the word in its narratives.
_CANDIDATES = """
SELECT t.id, t.key, v.body FROM record_text t
JOIN projected_record p ON p.id = t.id
JOIN version v ON v.mutation = p.mutation
WHERE CASE WHEN json_valid(v.body) THEN json_extract(v.body, '$.narratives') LIKE '%"language"%' END
"""


def run(connection: Connection) -> None:
    """Within one transaction of an upgrade."""
    rows = connection.exec_driver_sql(_CANDIDATES).all()
    waiting = [derived for row in rows if (derived := _waiting(row.body)) is not None]
    keys = {row.id: row.key for row in rows}
    search_index.take_out(connection, [one.id for one in waiting])
    search_index.feed(connection, [search_index.row_of(one) for one in waiting], keys)


def _waiting(body: str) -> Derived | None:
    try:
        derived = derive("", "", Record.parse(body))
    except ValueError:
        # A newer program's: it has no row that could be found.
        return None
    return derived if WAITS_FOR_TRANSLATION in derived.tokens.split() else None
