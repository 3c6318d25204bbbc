"""The bytes of attached files: taken in, read, sent, fetched and let go in slices, none above a few ms.

The same bytes are stored once, whoever has them. They are found by their hash, and kept for as long as a
draft or a document here has them.
"""

import hashlib
import io
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from sqlalchemy import (
    TextClause,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    update,
)

from intake_app.attachments import CHUNK_BYTES, MOST_BYTES, START_BYTES
from intake_app.errors import AttachmentMissing, AttachmentRefused
from intake_app.store import attachment_uses
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import (
    ATTACHMENT,
    ATTACHMENT_CHUNK,
    ATTACHMENT_USE,
    DOCUMENT,
    DRAFT,
)
from intake_app.times import Clock

ORPHAN_KEPT = timedelta(days=1)
"""Bytes of a draft that never came to the disk: its window may still be open."""

_SLICE = 4
_HASHED_AT_ONCE = 4 << 20
_REMOVED_AT_ONCE = 8

_KEEP = insert(ATTACHMENT).prefix_with("OR IGNORE")
_TOUCH = update(ATTACHMENT).where(ATTACHMENT.c.sha256 == bindparam("of")).values(kept_ms=bindparam("now"))
_WHOLE = update(ATTACHMENT).where(ATTACHMENT.c.sha256 == bindparam("of")).values(whole=True)
_PUT = insert(ATTACHMENT_CHUNK).prefix_with("OR IGNORE")
_LOOK = select(ATTACHMENT).where(ATTACHMENT.c.sha256 == bindparam("sha256"))
_CHUNKS = (
    select(ATTACHMENT_CHUNK.c.number, ATTACHMENT_CHUNK.c.content)
    .where(ATTACHMENT_CHUNK.c.sha256 == bindparam("sha256"), ATTACHMENT_CHUNK.c.number >= bindparam("start"))
    .order_by(ATTACHMENT_CHUNK.c.number)
    .limit(_SLICE)
)
_NUMBERS = select(ATTACHMENT_CHUNK.c.number).where(ATTACHMENT_CHUNK.c.sha256 == bindparam("sha256"))
_HERE = select(ATTACHMENT.c.sha256, ATTACHMENT.c.whole).where(
    ATTACHMENT.c.sha256.in_(bindparam("hashes", expanding=True))
)
_USES = select(ATTACHMENT_USE.c.sha256, ATTACHMENT_USE.c.sent, ATTACHMENT_USE.c.wanted).where(
    ATTACHMENT_USE.c.owner == bindparam("owner"), ATTACHMENT_USE.c.draft == 0
)
_THIS_USE = (ATTACHMENT_USE.c.owner == bindparam("of"), ATTACHMENT_USE.c.sha256 == bindparam("hash"))
_DOCUMENT_USE = (*_THIS_USE, ATTACHMENT_USE.c.draft == 0)
_SENT = update(ATTACHMENT_USE).where(*_DOCUMENT_USE).values(sent=True)
_WANT = update(ATTACHMENT_USE).where(*_DOCUMENT_USE).values(wanted=bindparam("as_wanted"))
_UNUSED = ~exists().where(ATTACHMENT_USE.c.sha256 == ATTACHMENT.c.sha256)
_DOOMED = select(ATTACHMENT.c.sha256).where(ATTACHMENT.c.kept_ms == 0, _UNUSED).limit(1)
_STILL_DOOMED = _DOOMED.where(ATTACHMENT.c.sha256 == bindparam("sha256"))
_BREAK_UP = update(ATTACHMENT).where(ATTACHMENT.c.sha256 == bindparam("of")).values(whole=False)
_FEW = _NUMBERS.limit(_REMOVED_AT_ONCE)
_TAKE_AWAY = delete(ATTACHMENT_CHUNK).where(
    ATTACHMENT_CHUNK.c.sha256 == bindparam("of"),
    ATTACHMENT_CHUNK.c.number.in_(bindparam("numbers", expanding=True)),
)
_FORGET = delete(ATTACHMENT).where(ATTACHMENT.c.sha256 == bindparam("of"))
_OLD = ATTACHMENT.c.kept_ms < bindparam("before")
_ORPHANS = delete(ATTACHMENT_USE).where(
    ATTACHMENT_USE.c.draft == 1,
    ~exists().where(DRAFT.c.id == ATTACHMENT_USE.c.owner),
    ~exists().where(DOCUMENT.c.id == ATTACHMENT_USE.c.owner),
    exists().where(ATTACHMENT.c.sha256 == ATTACHMENT_USE.c.sha256, _OLD),
)
_LEFT_OVER = update(ATTACHMENT).where(_OLD, _UNUSED).values(kept_ms=0)
# Only where the hub has the document: whoever may not have the record may not have its bytes, and it knows
# of the file by the record alone.
_READY = """
FROM attachment_use u
JOIN attachment a ON a.sha256 = u.sha256 AND a.whole
WHERE u.draft = 0 AND u.sent = 0 AND EXISTS (
    SELECT 1 FROM version v WHERE v.document = u.owner AND v.revision > 0
    AND v.organisation = :organisation AND instr(v.attachments, u.sha256))
"""
_TO_SEND = text(f"SELECT u.owner, u.sha256, a.size {_READY} ORDER BY a.kept_ms, u.owner, u.sha256")
_TO_FETCH = text(
    """
    SELECT u.owner, u.sha256, coalesce(a.size, 0) AS size FROM attachment_use u
    LEFT JOIN attachment a ON a.sha256 = u.sha256
    WHERE u.wanted = 1 AND NOT coalesce(a.whole, 0) ORDER BY u.owner, u.sha256
    """
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are here; ``start`` is how it begins, to tell its kind by."""

    sha256: str
    size: int
    start: bytes


@dataclass(frozen=True, slots=True)
class FileState:
    """Of one file of one record: whether its bytes are ``here``, the hub need not be ``sent`` them, and
    somebody ``wanted`` them from there."""

    here: bool = False
    sent: bool = False
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Travelling:
    """Bytes that are to be sent or fetched for a document; ``size`` is 0 where it is not known yet."""

    document: str
    sha256: str
    size: int


class AttachmentStore:
    def __init__(self, database: Database, home: Home, clock: Clock) -> None:
        self._database = database
        self._home = home
        self._clock = clock

    # Taking in

    def taking_in(self, draft_id: str, source: BinaryIO) -> Generator[tuple[int, int], None, Kept]:
        """Keeps the bytes for a draft, one slice a step; what is yielded is (done, total).

        Whoever closes it before its end leaves nothing behind. Returns what was kept. Raises
        AttachmentRefused (empty, too_large, changed), DiskFull, StoreReadOnly, OSError of ``source``.
        """
        digest, size, start = hashlib.sha256(), 0, b""
        while block := source.read(_HASHED_AT_ONCE):
            start = start or block[:START_BYTES]
            size += len(block)
            if size > MOST_BYTES:
                raise AttachmentRefused(reason="too_large")
            digest.update(block)
            yield 0, 2 * size
        if not size:
            raise AttachmentRefused(reason="empty")
        kept = Kept(digest.hexdigest(), size, start)
        source.seek(0)
        whole = self._begin(draft_id, kept)
        try:
            if not whole:
                yield from self._store(kept, source)
        except BaseException:
            self._give_up(draft_id, kept.sha256)
            raise
        return kept

    def take_in(self, draft_id: str, content: bytes) -> Kept:
        """``taking_in`` of bytes that are at hand, in one go."""
        steps = self.taking_in(draft_id, io.BytesIO(content))
        while True:
            try:
                next(steps)
            except StopIteration as ended:
                kept: Kept = ended.value
                return kept

    def _begin(self, draft_id: str, kept: Kept) -> bool:
        row = {"sha256": kept.sha256, "size": kept.size, "whole": False, "kept_ms": self._clock().utc_ms}
        with self._database.write() as connection:
            # Before the first byte: from here on they are somebody's, and nothing takes them away.
            attachment_uses.of_draft(connection, draft_id, [kept.sha256])
            connection.execute(_KEEP, row)
            connection.execute(_TOUCH, {"of": kept.sha256, "now": row["kept_ms"]})
            return bool(connection.execute(_LOOK, {"sha256": kept.sha256}).one().whole)

    def _store(self, kept: Kept, source: BinaryIO) -> Generator[tuple[int, int], None, None]:
        digest, number, done = hashlib.sha256(), 0, 0
        while block := source.read(CHUNK_BYTES * _SLICE):
            rows = []
            for chunk in chunks_of(block):
                digest.update(chunk)
                rows.append({"sha256": kept.sha256, "number": number, "content": chunk})
                number += 1
            done += len(block)
            if done > kept.size:
                break
            with self._database.write() as connection:
                connection.execute(_PUT, rows)
            yield kept.size + done, 2 * kept.size
        if digest.hexdigest() != kept.sha256:
            # Somebody wrote in it meanwhile.
            raise AttachmentRefused(reason="changed")
        with self._database.write() as connection:
            connection.execute(_WHOLE, {"of": kept.sha256})

    def _give_up(self, draft_id: str, sha256: str) -> None:
        with self._database.write() as connection:
            row = connection.execute(_LOOK, {"sha256": sha256}).one_or_none()
            if row is None or row.whole:
                return
            connection.execute(delete(ATTACHMENT_USE).where(*_THIS_USE, ATTACHMENT_USE.c.draft == 1),
                               {"of": draft_id, "hash": sha256})  # fmt: skip
            connection.execute(_LEFT_OVER, {"before": row.kept_ms + 1})
        self.collect()

    # Reading

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes, 256 KiB at a time. Raises AttachmentMissing where they are not here, or not whole."""
        with self._database.read() as connection:
            row = connection.execute(_LOOK, {"sha256": sha256}).one_or_none()
        if row is None or not row.whole:
            raise AttachmentMissing
        start = 0
        while start * CHUNK_BYTES < row.size:
            with self._database.read() as connection:
                found = connection.execute(_CHUNKS, {"sha256": sha256, "start": start}).all()
            if not found or [one.number for one in found] != list(range(start, start + len(found))):
                raise AttachmentMissing
            for one in found:
                yield bytes(one.content)
            start += len(found)

    def states(self, record_id: str, hashes: Sequence[str]) -> dict[str, FileState]:
        """Where the bytes of these files of a record, or draft, are."""
        with self._database.read() as connection:
            here = {
                row.sha256: bool(row.whole) for row in connection.execute(_HERE, {"hashes": list(hashes)})
            }
            uses = {row.sha256: row for row in connection.execute(_USES, {"owner": record_id})}
        return {
            one: FileState(
                here.get(one, False),
                one in uses and bool(uses[one].sent),
                one in uses and bool(uses[one].wanted),
            )
            for one in hashes
        }

    def totals(self) -> tuple[int, int]:
        """How many files are whole here, each counted once, and their bytes together."""
        asked = select(func.count(), func.coalesce(func.sum(ATTACHMENT.c.size), 0)).where(
            ATTACHMENT.c.whole == 1
        )
        with self._database.read() as connection:
            files, size = connection.execute(asked).one()
        return int(files), int(size)

    # To the hub and from it

    def want(self, record_id: str, sha256: str) -> None:
        """Somebody wants to see it: the next round with the hub brings its bytes."""
        with self._database.write() as connection:
            connection.execute(_WANT, {"of": record_id, "hash": sha256, "as_wanted": True})

    def to_send(self) -> tuple[Travelling, ...]:
        """Whole files that the hub knows of by a record and has not been sent, the oldest first."""
        if not self._home.enrolled:
            return ()
        return self._travelling(_TO_SEND, {"organisation": self._home.organisation.id})

    def to_fetch(self) -> tuple[Travelling, ...]:
        """Files that were asked for and are not here yet."""
        return self._travelling(_TO_FETCH, {}) if self._home.enrolled else ()

    def unsent(self) -> int:
        """Files of finished records that the hub has not, wherever their records are."""
        with self._database.read() as connection:
            return sum(attachment_uses.unsent_by_owner(connection).values()) if self._home.enrolled else 0

    def _travelling(self, statement: TextClause, asked: dict[str, str]) -> tuple[Travelling, ...]:
        with self._database.read() as connection:
            rows = connection.execute(statement, asked).all()
        return tuple(Travelling(row.owner, row.sha256, row.size) for row in rows)

    def chunk(self, sha256: str, number: int) -> bytes:
        """One piece. Raises AttachmentMissing."""
        asked = {"sha256": sha256, "start": number}
        with self._database.read() as connection:
            row = connection.execute(_CHUNKS.limit(1), asked).one_or_none()
        if row is None or row.number != number:
            raise AttachmentMissing
        return bytes(row.content)

    def note_sent(self, document: str, sha256: str) -> None:
        """The hub has all its bytes."""
        with self._database.write() as connection:
            connection.execute(_SENT, {"of": document, "hash": sha256})

    def begin_fetching(self, sha256: str, size: int) -> frozenset[int]:
        """Makes room for it; the numbers of the chunks that came before the last round broke off."""
        row = {"sha256": sha256, "size": size, "whole": False, "kept_ms": self._clock().utc_ms}
        with self._database.write() as connection:
            connection.execute(_KEEP, row)
            return frozenset(connection.execute(_NUMBERS, {"sha256": sha256}).scalars())

    def keep_chunk(self, sha256: str, number: int, content: bytes) -> None:
        with self._database.write_slice() as connection:
            connection.execute(_PUT, {"sha256": sha256, "number": number, "content": content})

    def fetched(self, document: str, sha256: str) -> bool:
        """All its chunks came. False, and none is left, where together they are not what the record says."""
        digest, start = hashlib.sha256(), 0
        while True:
            with self._database.read() as connection:
                found = connection.execute(_CHUNKS, {"sha256": sha256, "start": start}).all()
            for one in found:
                digest.update(one.content)
            if not found:
                break
            start = found[-1].number + 1
        if digest.hexdigest() == sha256:
            with self._database.write() as connection:
                connection.execute(_WHOLE, {"of": sha256})
                connection.execute(_WANT, {"of": document, "hash": sha256, "as_wanted": False})
            return True
        while self._take_away(sha256):
            pass
        return False

    def unwant(self, document: str, sha256: str) -> None:
        """The hub has no such file for this computer."""
        with self._database.write() as connection:
            connection.execute(_WANT, {"of": document, "hash": sha256, "as_wanted": False})

    # Letting go

    def sweep(self) -> None:
        """Bytes of drafts that never came to the disk, a day later, and what was being removed at a kill."""
        before = {"before": self._clock().utc_ms - ORPHAN_KEPT // timedelta(milliseconds=1)}
        with self._database.read() as connection:
            if connection.execute(select(ATTACHMENT.c.sha256).limit(1)).first() is None:
                return
        with self._database.write() as connection:
            connection.execute(_ORPHANS, before)
            connection.execute(_LEFT_OVER, before)
        self.collect()

    def collect(self) -> None:
        """Removes the bytes that nothing here has any more, a little at a time."""
        while True:
            with self._database.read() as connection:
                doomed = connection.execute(_DOOMED).scalar_one_or_none()
            if doomed is None:
                return
            while self._take_away(doomed, only_doomed=True):
                pass

    def _take_away(self, sha256: str, only_doomed: bool = False) -> bool:
        """A few chunks; False when there is no more to do."""
        with self._database.write() as connection:
            if only_doomed and connection.execute(_STILL_DOOMED, {"sha256": sha256}).first() is None:
                return False
            numbers = connection.execute(_FEW, {"sha256": sha256}).scalars().all()
            if numbers:
                connection.execute(_BREAK_UP, {"of": sha256})
                connection.execute(_TAKE_AWAY, {"of": sha256, "numbers": numbers})
            else:
                connection.execute(_FORGET, {"of": sha256})
            return bool(numbers)


def chunks_of(block: bytes) -> Iterator[bytes]:
    """256 KiB each, the last one what is left."""
    for start in range(0, len(block), CHUNK_BYTES):
        yield block[start : start + CHUNK_BYTES]
