"""The communication needs of the records of a page: read of the few that have any."""

import json
from collections.abc import Sequence
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection

from intake_app import sessions
from intake_app.projection.derive import NEEDS
from intake_app.records import Session
from intake_app.store.summaries import RecordSummary

Rows = list[tuple[int, RecordSummary]]

# Between two keys the index has at hand who has needs; only their bodies are read.
_OF_PAGE = f"""
SELECT p.id, json_extract(v.body, '$.sessions') AS sessions
FROM record_search s
JOIN projected_record p ON p.organisation = :organisation AND p.order_key = s.rowid
JOIN version v ON v.mutation = p.mutation
WHERE record_search MATCH 'tokens : {NEEDS}' AND s.rowid BETWEEN :first AND :last AND json_valid(v.body)
"""
_SESSIONS = TypeAdapter(tuple[Session, ...])


def with_needs(connection: Connection, organisation: str, rows: Rows) -> Rows:
    """The same rows, each with the needs that whoever opens it must know."""
    if not rows:
        return rows
    keys = [key for key, _row in rows]
    asked = {"organisation": organisation, "first": min(keys), "last": max(keys)}
    found = {one.id: needs_in(one.sessions) for one in connection.exec_driver_sql(_OF_PAGE, asked)}
    if not found:
        return rows
    return [(key, replace(row, needs=found[row.id]) if row.id in found else row) for key, row in rows]


def needs_in(stored: str | None) -> Sequence[str]:
    """Of sessions as they are stored; none where another program wrote what cannot be read."""
    try:
        return sessions.needs_of(_SESSIONS.validate_python(json.loads(stored or "[]")))
    except (ValueError, ValidationError):
        return ()
