"""What SQLite and SQLCipher complain of, put into the errors that staff can act on; nowhere else."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import sqlcipher3
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from intake_app.errors import DiskFull, StoreDamaged, StoreError, StoreForeign, StoreLocked, StoreReadOnly

# Primary result codes of SQLite (sqlite.org/rescode.html).
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_PLAIN_SQLITE = b"SQLite format 3\x00"


@contextlib.contextmanager
def store_faults(path: Path, salt: bytes = b"", writing: bool = False) -> Iterator[None]:
    """Around every use of the store at ``path``; ``salt`` is how its file begins.

    Raises StoreLocked, StoreReadOnly, DiskFull, StoreForeign or StoreDamaged; complaints about our own
    statements (bugs) pass as they are.
    """
    try:
        yield
    except (DBAPIError, sqlcipher3.Error) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        found = _known(original, path, salt, writing)
        if found is None:
            raise
        raise found from error
    except PoolTimeout as error:
        raise StoreLocked(path=str(path)) from error


def _known(error: BaseException | None, path: Path, salt: bytes, writing: bool) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary in (_BUSY, _LOCKED):
        return StoreLocked(path=str(path))
    if primary in (_READONLY, _CANTOPEN):
        return StoreReadOnly(path=str(path))
    # Quotas and limits other than "no space left" come as a failed input or output while writing; the
    # driver does not say which of the two it was.
    if primary == _FULL or (primary == _IOERR and writing):
        return DiskFull(path=str(path))
    if primary == _NOTADB:
        return not_ours(path, salt)
    if primary in (_CORRUPT, _IOERR):
        return StoreDamaged(path=str(path), findings=(getattr(error, "sqlite_errorname", ""),))
    return None


def not_ours(path: Path, salt: bytes) -> StoreError:
    """StoreDamaged where the file begins as this store's does, else StoreForeign."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return StoreReadOnly(path=str(path))
    if salt and start == salt:
        return StoreDamaged(path=str(path), findings=("first_page",))
    return StoreForeign(path=str(path), plain=start == _PLAIN_SQLITE)
