"""From rows to what lists show, and where each record is now."""

import json
from typing import Any

from sqlalchemy import Connection, Row

from intake_app.store.home import Home
from intake_app.store.needs import needs_in
from intake_app.store.summaries import RecordSummary, Whereabouts, WhereState
from intake_app.times import Instant

_APART = """
SELECT r.id FROM document d INDEXED BY document_conflict
CROSS JOIN projected_record r INDEXED BY projected_record_person
ON r.organisation = :organisation AND r.person = d.id
WHERE d.conflict = 1 AND d.kind = 'person' AND 1 < (
    SELECT count(*) FROM version h WHERE h.document = d.id AND h.head AND h.revision > 0)
UNION ALL
SELECT json_extract(v.body, '$.record') FROM document d INDEXED BY document_conflict
CROSS JOIN version v ON v.document = d.id AND v.head AND v.revision > 0
WHERE d.conflict = 1 AND d.kind = 'equality' AND json_valid(v.body) AND 1 < (
    SELECT count(*) FROM version h WHERE h.document = d.id AND h.head AND h.revision > 0)
"""
"""Records with two versions of what is kept apart from them. A computer that holds no details has but one
version of them, its own, and nothing to settle. Few are in conflict: each part begins there (CROSS JOIN keeps
it so) and never goes through the records."""

TO_SETTLE = f"""
SELECT r.order_key FROM projected_record r WHERE r.organisation = :organisation AND r.id IN (
    SELECT id FROM document INDEXED BY document_conflict WHERE conflict = 1 AND kind = 'record'
    UNION ALL {_APART})
"""
"""Order keys of all records with two versions, of themselves or of what is kept apart from them."""

COLUMNS = f"""
SELECT p.order_key, p.id, p.reference, p.received_ms, p.channel, p.services, p.first_words, p.state, p.danger,
       p.items, v.seq, v.received_ms AS hub_ms, v.receipt_code, o.seq AS unsent,
       o.organisation AS sent_as, o.refused,
       EXISTS (SELECT 1 FROM document d INDEXED BY document_conflict
               WHERE d.conflict = 1 AND d.kind = 'record' AND d.id = p.id) OR p.id IN ({_APART}) AS conflict,
       (SELECT group_concat(i.kind) FROM projected_item i
        WHERE i.organisation = p.organisation AND i.record = p.id) AS kinds,
       (SELECT group_concat(l.other) FROM projected_link l
        WHERE l.organisation = p.organisation AND l.record = p.id AND NOT EXISTS
              (SELECT 1 FROM projected_unlink u
               WHERE u.organisation = l.organisation AND u.link = l.link)) AS links
"""
"""What ``Surroundings.summaries`` needs of projected_record p and ``JOINS``, in this order."""

JOINS = """
JOIN version v INDEXED BY version_where ON v.mutation = p.mutation
LEFT JOIN outbox o ON o.seq = v.seq
"""
_SURROUNDINGS = """
SELECT (SELECT value FROM fact WHERE name = 'enrolment') AS enrolment,
       (SELECT value FROM fact WHERE name = 'backed_up') AS backed_up,
       EXISTS (SELECT 1 FROM projected_record WHERE organisation = :organisation AND danger = 1) AS danger
"""


class Surroundings:
    """What every row's whereabouts depend on; read with the rows, as another process may change it.

    ``danger``: some record has an open danger card.
    """

    def __init__(self, connection: Connection, home: Home) -> None:
        self.organisation = home.organisation.id
        found = connection.exec_driver_sql(_SURROUNDINGS, {"organisation": home.projected_as}).one()
        self.enrolled = found.enrolment is not None
        self.danger = bool(found.danger)
        backed_up = json.loads(found.backed_up) if found.backed_up else {"seq": 0, "ms": 0}
        self._seq, self._backed_up = int(backed_up["seq"]), Instant(int(backed_up["ms"]))

    def summaries(self, cursor: Any) -> list[tuple[int, RecordSummary]]:
        """Of the driver's rows of ``COLUMNS``, each with its order key: read at every pause in typing."""
        found = []
        for (
            order_key, record_id, reference, received_ms, channel, services, first_words, state, danger,
            items, seq, hub_ms, receipt, unsent, sent_as, refused, conflict, kinds, links,
        ) in cursor.fetchall():  # fmt: skip
            if unsent is None and not conflict:
                where: WhereState = "received"
            else:
                where = self._state(conflict, refused, sent_as)
            at = None if hub_ms is None else Instant(hub_ms)
            backed_up = self._backed_up if 0 < seq <= self._seq else None
            summary = RecordSummary(
                record_id,
                reference,
                Instant(received_ms),
                channel,
                tuple(services.split("\n")) if services else (),
                first_words,
                state,
                bool(danger),
                items,
                Whereabouts(where, at, receipt, backed_up),
                # DISTINCT would make a table for each row, which nearly never has two of one.
                tuple(sorted(set(kinds.split(",")))) if kinds else (),
                len(set(links.split(","))) if links else 0,
            )
            found.append((order_key, summary))
        return found

    def _state(self, conflict: int | None, refused: str, sent_as: str) -> WhereState:
        if conflict:
            return "conflict"
        if refused:
            return "quarantined"
        # Taken before joining a hub, and nobody has yet said that it may be sent there.
        return "waiting" if self.enrolled and sent_as == self.organisation else "alone"


def draft_summary(row: Row[Any]) -> RecordSummary:
    return RecordSummary(
        id=row.id,
        reference=row.reference,
        received=Instant(row.received_ms),
        channel=row.channel,
        services=tuple(row.services.split("\n")) if row.services else (),
        first_words=row.first_words,
        state="draft" if row.parked_ms is None else "parked",
        danger=row.danger,
        items=row.items,
        where=Whereabouts("draft"),
        kinds=tuple(sorted(one[1:] for one in row.tokens.split() if one.startswith("k"))),
        needs=needs_in(row.sessions),
    )
