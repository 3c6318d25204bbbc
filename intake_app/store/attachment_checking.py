"""For ``check-store``: do the bytes of every attached file have the hash that its record states?"""

import hashlib
from collections.abc import Iterator

from sqlalchemy import bindparam, select, text

from intake_app.errors import Cancelled
from intake_app.long_work import Cancelled as Stop
from intake_app.store.database import Database
from intake_app.store.summaries import Finding
from intake_app.store.tables import ATTACHMENT, ATTACHMENT_CHUNK

_MOST_IDS = 20
_AT_ONCE = 16

_WHOLE = select(ATTACHMENT.c.sha256, ATTACHMENT.c.size).where(ATTACHMENT.c.whole == 1)
_CHUNKS = (
    select(ATTACHMENT_CHUNK.c.number, ATTACHMENT_CHUNK.c.content)
    .where(ATTACHMENT_CHUNK.c.sha256 == bindparam("sha256"), ATTACHMENT_CHUNK.c.number >= bindparam("start"))
    .order_by(ATTACHMENT_CHUNK.c.number)
    .limit(_AT_ONCE)
)
# What was written here is nowhere else until the hub has it; what was received can be fetched again.
_MISSING = text(
    """
    SELECT DISTINCT u.owner FROM attachment_use u LEFT JOIN attachment a ON a.sha256 = u.sha256
    WHERE NOT coalesce(a.whole, 0) AND (
        (u.draft = 0 AND u.sent = 0)
        OR (u.draft = 1 AND EXISTS (SELECT 1 FROM draft d WHERE d.id = u.owner AND instr(d.body, u.sha256))
            AND NOT EXISTS (SELECT 1 FROM attachment_use o
                            WHERE o.owner = u.owner AND o.sha256 = u.sha256 AND o.draft = 0)))
    ORDER BY u.owner
    """
)
_STRAY = text(
    """
    SELECT DISTINCT c.sha256 FROM attachment_chunk c LEFT JOIN attachment a ON a.sha256 = c.sha256
    WHERE a.sha256 IS NULL
    """
)


def check(database: Database, cancelled: Stop) -> Iterator[Finding]:
    """Changes nothing; read a few chunks at a time. Raises Cancelled."""
    with database.read() as connection:
        whole = [(row.sha256, int(row.size)) for row in connection.execute(_WHOLE)]
        missing = list(connection.execute(_MISSING).scalars())
        stray = list(connection.execute(_STRAY).scalars())
    differing = [
        sha256 for sha256, size in whole if _of_chunks(database, sha256, cancelled) != (sha256, size)
    ]
    for code, ids in (
        ("attachment_differs_from_hash", differing),
        ("attachment_missing", missing),
        ("attachment_without_entry", stray),
    ):
        if ids:
            yield Finding(code, {"count": len(ids), "ids": tuple(ids[:_MOST_IDS])})


def _of_chunks(database: Database, sha256: str, cancelled: Stop) -> tuple[str, int]:
    digest, size, start = hashlib.sha256(), 0, 0
    while True:
        if cancelled():
            raise Cancelled
        with database.read() as connection:
            found = connection.execute(_CHUNKS, {"sha256": sha256, "start": start}).all()
        for one in found:
            digest.update(one.content)
            size += len(one.content)
        if len(found) < _AT_ONCE:
            return digest.hexdigest(), size
        start = found[-1].number + 1
