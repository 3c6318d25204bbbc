"""The encrypted database file: how connections are made and transactions begun."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from intake_app.store.faults import store_faults
from intake_app.store.turnstile import Turnstile

APPLICATION_ID = 0x494E544B
"""``INTK`` in the file's header, told apart from other programs' files."""

BUSY_TIMEOUT_MS = 5_000
CACHE_KIB = 16_000
_CONNECTIONS = 4
_RELAXED = "intake_relaxed"
_CHECKPOINT_PAGES = 1_000
CHECKPOINT_PAGES_RELAXED = 8_000
READING = "intake_reading"
"""Execution option of engines and connections that only read: they take no write lock."""


class _QuietConnection(sqlcipher3.Connection):  # type: ignore[misc]  # the driver has no types
    """Does not print on stderr when a key is wrong; that is for the errors to say."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.execute("PRAGMA cipher_log_level = NONE")


class Database:
    """One store file and its pool of connections; made complete, closed by ``close``.

    ``key`` is the raw key (a passphrase would cost 91 ms at every connection), ``salt`` the file's first 16
    bytes. Never log or rebuild ``engine.url``: it holds the key. ``turnstile`` is for a file that several
    processes write.
    """

    def __init__(self, path: Path, key: bytes, salt: bytes, turnstile: Turnstile | None = None) -> None:
        self.path = path
        self._turnstile = turnstile
        self._key_text = f"x'{key.hex()}{salt.hex()}'"
        self._salt = salt
        self.engine: Engine = create_engine(
            URL.create("sqlite+pysqlcipher", password=self._key_text, database=str(path)),
            # The dialect's own pool closes connections that other threads use: SIGSEGV under 8 threads.
            poolclass=QueuePool,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            # An error's text would quote what was written: a story, a name, a word that was looked for.
            hide_parameters=True,
            connect_args={
                "check_same_thread": False,
                # The driver's legacy mode lets DDL survive a rollback; transactions are begun below.
                "isolation_level": None,
                "factory": _QuietConnection,
                "cached_statements": 256,
            },
            query_cache_size=1_000,
        )
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)
        self.reading: Engine = self.engine.execution_options(**{READING: True})
        self._relaxed: Engine = self.engine.execution_options(**{_RELAXED: True})

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view that blocks nobody."""
        with store_faults(self.path, self._salt), self.reading.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, durable when the block ends and undone when it raises."""
        with store_faults(self.path, self._salt, writing=True), self.engine.connect() as connection:
            with self._turnstile.going_first() if self._turnstile else contextlib.nullcontext():
                transaction = connection.begin()
            with transaction:
                yield connection

    @contextlib.contextmanager
    def write_slice(self) -> Iterator[Connection]:
        """One transaction of many: whole or not there, but certain to be on the disk only when the next
        ``write`` is; a power cut may take it, and all slices after it.

        For what can be repeated without harm: an import, and what the hub hands out again (a cursor goes with
        its page, a receipt is answered once more). Waiting for the disk was most of a pull (60 %).
        """
        with store_faults(self.path, self._salt, writing=True), self._relaxed.connect() as connection:
            try:
                if self._turnstile:
                    self._turnstile.let_pass()
                with connection.begin():
                    yield connection
            finally:
                _set(connection, "FULL", _CHECKPOINT_PAGES)

    def raw(self) -> Any:
        """A driver's connection of its own, for backup and for watching; the caller closes it."""
        with store_faults(self.path, self._salt):
            return open_raw(self.path, self._key_text)

    def raw_beside(self, path: Path) -> Any:
        """A connection to another file under the same key: a backup."""
        with store_faults(path):
            return open_raw(path, self._key_text)

    def faults(self) -> contextlib.AbstractContextManager[None]:
        return store_faults(self.path, self._salt)

    def close(self) -> None:
        self.engine.dispose()


def open_raw(path: Path, key_text: str) -> Any:
    connection = sqlcipher3.connect(
        str(path), isolation_level=None, check_same_thread=False, factory=_QuietConnection
    )
    try:
        connection.execute(f'PRAGMA key = "{key_text}"')
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlcipher3.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "secure_delete = ON",
        f"cache_size = -{CACHE_KIB}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A write that began as a read could fail half-way with "database is locked" in spite of the timeout.
    reading = connection.get_execution_options().get(READING, False)
    if connection.get_execution_options().get(_RELAXED, False):
        _set(connection, "NORMAL", CHECKPOINT_PAGES_RELAXED)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _set(connection: Connection, synchronous: str, checkpoint_pages: int) -> None:
    # SQLite changes the first only outside a transaction, so the driver's connection is told.
    driver: Any = connection.connection.driver_connection
    if driver.in_transaction:  # a commit that failed, on a full disk, left it open
        driver.rollback()
    driver.execute(f"PRAGMA synchronous = {synchronous}").close()
    driver.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_pages}").close()
