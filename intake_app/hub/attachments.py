"""The bytes of attached files on the hub: who may send and have them, piece by piece.

Bytes belong to the version that first named them and to those made from it by somebody who could see it
(``origin``): whoever only knows, or guesses, the hash of a file in a record that is not theirs can name it in
a record of their own, but has to send the bytes themselves.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, select, update

from intake_app.hub.errors import AttachmentUnknown, RequestUnreadable
from intake_app.hub.scopes import Caller, may_send, visible
from intake_app.hub.tables import ATTACHED, ATTACHMENTS, CHUNKS, VERSIONS
from intake_app.sync.attachments_protocol import FileAnswer, chunk_count, chunk_hash, chunk_length, is_hash

_HASHED_AT_ONCE = 16


def note(
    connection: Connection,
    caller: Caller,
    rows: Mapping[int, Mapping[str, Any]],
    files: Mapping[int, Mapping[str, int]],
) -> None:
    """Of versions just stored, by revision: which files they have, and whose bytes those are."""
    named = {revision: found for revision, found in files.items() if found and revision in rows}
    if not named:
        return
    origins = _known(connection, caller, {rows[revision]["document"] for revision in named})
    attached: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for revision in sorted(named):
        document = rows[revision]["document"]
        for sha256, size in named[revision].items():
            here = {"organisation": caller.organisation, "sha256": sha256, "document": document}
            if (document, sha256) not in origins:
                origins[document, sha256] = revision
                fresh.append(here | {"origin": revision, "size": size, "whole": False})
            attached.append(here | {"revision": revision, "origin": origins[document, sha256]})
    if fresh:
        connection.execute(ATTACHMENTS.insert(), fresh)
    connection.execute(ATTACHED.insert(), attached)


def look(connection: Connection, caller: Caller, document: str, sha256: str) -> FileAnswer:
    """What the hub has of it. Raises AttachmentUnknown for what this device may neither have nor send."""
    return _answer(connection, _one(connection, caller, document, sha256))


def put(
    connection: Connection,
    caller: Caller,
    document: str,
    sha256: str,
    number: int,
    content: bytes,
    claimed: str,
) -> None:
    """Keeps one piece; the same one again changes nothing.

    Raises AttachmentUnknown, RequestUnreadable for a piece of another length or hash than it should have.
    """
    one = _one(connection, caller, document, sha256)
    if one.whole:
        return
    if not content or len(content) != chunk_length(one.size, number) or chunk_hash(content) != claimed:
        raise RequestUnreadable(field="chunk")
    place = _of(CHUNKS, caller, one.origin, sha256)
    # Its row is locked first, so that the same piece sent twice at once is kept once.
    connection.execute(
        update(ATTACHMENTS)
        .where(_of(ATTACHMENTS, caller, one.origin, sha256))
        .values(whole=ATTACHMENTS.c.whole)
    )
    if connection.execute(select(CHUNKS.c.number).where(place, CHUNKS.c.number == number)).first() is None:
        connection.execute(
            CHUNKS.insert().values(
                organisation=caller.organisation, origin=one.origin, sha256=sha256, number=number,
                document=document, content=content,
            )
        )  # fmt: skip


def finish(connection: Connection, caller: Caller, document: str, sha256: str) -> FileAnswer:
    """All pieces were sent. Where together they are not the file, all are wanted again.

    Raises AttachmentUnknown.
    """
    one = _one(connection, caller, document, sha256)
    answer = _answer(connection, one)
    if answer.whole or answer.missing:
        return answer
    digest = hashlib.sha256()
    of_it = _of(CHUNKS, caller, one.origin, sha256)
    for start in range(0, chunk_count(one.size), _HASHED_AT_ONCE):
        few = CHUNKS.c.number.between(start, start + _HASHED_AT_ONCE - 1)
        wanted = select(CHUNKS.c.content).where(of_it, few).order_by(CHUNKS.c.number)
        for content in connection.execute(wanted).scalars():
            digest.update(content)
    if digest.hexdigest() != sha256:
        connection.execute(delete(CHUNKS).where(of_it))
        return FileAnswer(one.size, whole=False, missing=tuple(range(chunk_count(one.size))))
    connection.execute(
        update(ATTACHMENTS).where(_of(ATTACHMENTS, caller, one.origin, sha256)).values(whole=True)
    )
    return FileAnswer(one.size, whole=True)


def get(connection: Connection, caller: Caller, document: str, sha256: str, number: int) -> bytes:
    """One piece of a whole file of a document that this device receives. Raises AttachmentUnknown."""
    for one in _named(connection, caller, document, sha256, visible(caller)):
        if one.whole and chunk_length(one.size, number):
            wanted = select(CHUNKS.c.content).where(
                _of(CHUNKS, caller, one.origin, sha256), CHUNKS.c.number == number
            )
            content = connection.execute(wanted).scalar_one_or_none()
            if content is not None:
                return bytes(content)
    raise AttachmentUnknown


def erase(connection: Connection, organisation: str, documents: Iterable[str]) -> None:
    """The bytes of erased documents, and which versions had them."""
    gone = list(documents)
    for table in (CHUNKS, ATTACHMENTS, ATTACHED):
        connection.execute(
            delete(table).where(table.c.organisation == organisation, table.c.document.in_(gone))
        )


def _known(connection: Connection, caller: Caller, documents: Iterable[str]) -> dict[tuple[str, str], int]:
    """Whose bytes the files of these documents are, of the versions that this device can see or has sent."""
    wanted = (
        select(ATTACHED.c.document, ATTACHED.c.sha256, func.min(ATTACHED.c.origin).label("origin"))
        .join(VERSIONS, _SAME_VERSION)
        .where(
            ATTACHED.c.organisation == caller.organisation,
            VERSIONS.c.organisation == caller.organisation,
            ATTACHED.c.document.in_(list(documents)),
            may_send(caller),
        )
        .group_by(ATTACHED.c.document, ATTACHED.c.sha256)
    )
    return {(row.document, row.sha256): row.origin for row in connection.execute(wanted)}


def _one(connection: Connection, caller: Caller, document: str, sha256: str) -> Row[Any]:
    """The bytes that this device may send or has: whole ones first."""
    found = _named(connection, caller, document, sha256, may_send(caller))
    if not found:
        raise AttachmentUnknown
    return found[0]


def _named(
    connection: Connection, caller: Caller, document: str, sha256: str, entitled: Any
) -> Sequence[Row[Any]]:
    if not is_hash(sha256) or "\x00" in document:
        return ()
    wanted = (
        select(ATTACHMENTS)
        .join(
            ATTACHED,
            and_(
                ATTACHED.c.organisation == ATTACHMENTS.c.organisation,
                ATTACHED.c.origin == ATTACHMENTS.c.origin,
                ATTACHED.c.sha256 == ATTACHMENTS.c.sha256,
            ),
        )
        .join(VERSIONS, _SAME_VERSION)
        .where(
            ATTACHMENTS.c.organisation == caller.organisation,
            ATTACHED.c.organisation == caller.organisation,
            VERSIONS.c.organisation == caller.organisation,
            ATTACHED.c.document == document,
            ATTACHED.c.sha256 == sha256,
            entitled,
        )
        .distinct()
        .order_by(ATTACHMENTS.c.whole.desc(), ATTACHMENTS.c.origin)
    )
    return connection.execute(wanted).all()


def _answer(connection: Connection, one: Row[Any]) -> FileAnswer:
    if one.whole:
        return FileAnswer(one.size, whole=True)
    there = connection.execute(
        select(CHUNKS.c.number).where(
            CHUNKS.c.organisation == one.organisation,
            CHUNKS.c.origin == one.origin,
            CHUNKS.c.sha256 == one.sha256,
        )
    ).scalars()
    missing = sorted(set(range(chunk_count(one.size))) - set(there))
    return FileAnswer(one.size, whole=False, missing=tuple(missing))


def _of(table: Any, caller: Caller, origin: int, sha256: str) -> Any:
    return and_(
        table.c.organisation == caller.organisation, table.c.origin == origin, table.c.sha256 == sha256
    )


_SAME_VERSION = and_(
    VERSIONS.c.organisation == ATTACHED.c.organisation, VERSIONS.c.revision == ATTACHED.c.revision
)
