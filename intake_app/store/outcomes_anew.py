"""Derives anew the records that were no feedback, and those in which something was promised."""

from sqlalchemy import Connection

from intake_app import outcomes
from intake_app.projection import write as projection
from intake_app.projection.derive import OWED, Derived, derive
from intake_app.records import Record
from intake_app.store import search_index

# Nearly no body has one of these words; what they mean is settled when it is read.
_CANDIDATES = """
SELECT p.id, p.organisation, p.mutation, v.body FROM projected_record p
JOIN version v ON v.mutation = p.mutation
WHERE {words}
"""
_WORDS = (
    *outcomes.NOT_FEEDBACK,
    "call_back",
    "later",
    "follow_up",
    "unmet_back",
    "call_back_by_relay",
    "respond_in",
    "rang_off",
)


def run(connection: Connection) -> None:
    """Within one transaction of an upgrade."""
    found = " OR ".join(f"instr(v.body, '\"{word}\"')" for word in _WORDS)
    rows = connection.exec_driver_sql(_CANDIDATES.format(words=found)).all()
    changed: dict[str, list[Derived]] = {}
    for row in rows:
        derived = _changed(row.organisation, row.mutation, row.body)
        if derived is not None:
            changed.setdefault(row.organisation, []).append(derived)
    for organisation, derived_ones in changed.items():
        search_index.take_out(connection, [one.id for one in derived_ones])
        keys = projection.put(connection, organisation, derived_ones)
        search_index.feed(connection, [search_index.row_of(one) for one in derived_ones], keys)


def _changed(organisation: str, mutation: str, body: str) -> Derived | None:
    try:
        record = Record.parse(body)
    except ValueError:
        # A newer program's: it has no row that could be found.
        return None
    derived = derive(organisation, mutation, record)
    owes = bool(set(OWED.values()) & set(derived.tokens.split()))
    return derived if owes or not outcomes.is_feedback(record) else None
