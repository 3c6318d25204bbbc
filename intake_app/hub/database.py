"""The hub's database: opened, migrated, and one retried transaction as the only way in."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from intake_app.hub.errors import Busy, DatabaseNewer, DatabaseUnavailable
from intake_app.hub.settings import HubSettings

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_LOST_RACES = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization failure, deadlock. CockroachDB makes a duty of retrying."""
_WAITED_TOO_LONG = frozenset({"55P03", "57014"})
"""PostgreSQL: lock_timeout, statement_timeout. Waiting as long again would outlast the device's patience."""
_MADE_ALREADY = frozenset({"42P07", "42701", "42710", "23505"})
"""PostgreSQL: this table, column, object or row of its own catalogue was made meanwhile by another hub."""
_FIRST_PAUSE_SECONDS = 0.02
_MIGRATION_PAUSE_SECONDS = 0.5

T = TypeVar("T")


class Database:
    """One engine, and whole transactions that are tried again when they lost a race."""

    def __init__(self, settings: HubSettings) -> None:
        """Raises DatabaseUnavailable when the URL is none, or its driver is not installed."""
        self._settings = settings
        try:
            self.engine = _engine(settings)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise DatabaseUnavailable(reason=type(error).__name__) from error

    def write(self, work: Callable[[Connection], T]) -> T:
        """Runs ``work`` in one transaction; on a lost race the whole of it again, so it must be repeatable.

        Raises Busy after the settings' number of tries, or at once where a lock or a statement took longer
        than they allow; DatabaseUnavailable when there is no database.
        """
        return self._run(work, writing=True)

    def read(self, work: Callable[[Connection], T]) -> T:
        """As ``write``, without locking writers out."""
        return self._run(work, writing=False)

    def _run(self, work: Callable[[Connection], T], writing: bool) -> T:
        pause = _FIRST_PAUSE_SECONDS
        for _ in range(self._settings.tries):
            try:
                with self.engine.connect() as opened:
                    # SQLite: a transaction that reads first and writes later cannot be made to wait.
                    connection = opened.execution_options(intake_writing=writing)
                    with connection.begin():
                        return work(connection)
            except DBAPIError as error:
                if _waited_too_long(error):
                    raise Busy from error
                if not _lost_race(error):
                    raise _translated(error) from error
                self._settings.wait(pause * (0.5 + self._settings.jitter()))
                pause *= 2
        raise Busy

    def migrate(self) -> None:
        """Brings the schema to this program's; does nothing when it is there. Raises DatabaseNewer.

        Of several hubs that start at once on one database one makes the schema; the others find it made.
        """
        for left in reversed(range(self._settings.tries)):
            try:
                self._upgrade()
                return
            except DBAPIError as error:
                if not left or not (_made_already(error) or _lost_race(error) or _waited_too_long(error)):
                    raise _translated(error) from error
                self._settings.wait(_MIGRATION_PAUSE_SECONDS * (0.5 + self._settings.jitter()))

    def _upgrade(self) -> None:
        with self.engine.begin() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        if found is not None and found not in known_revisions():
            raise DatabaseNewer(found=found)
        with self.engine.begin() as connection:
            configuration = alembic_configuration()
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")

    def revision(self) -> str:
        """The schema's number in the database; empty before the first migration."""
        return self.read(
            lambda connection: MigrationContext.configure(connection).get_current_revision() or ""
        )

    def close(self) -> None:
        self.engine.dispose()


def alembic_configuration() -> Config:
    """Without an .ini file: the migrations are shipped inside the package."""
    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return configuration


def known_revisions() -> frozenset[str]:
    """Every migration of this program."""
    scripts = ScriptDirectory.from_config(alembic_configuration())
    return frozenset(script.revision for script in scripts.walk_revisions())


def _engine(settings: HubSettings) -> Engine:
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite":
        _make_private(url.database or "")
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args={"check_same_thread": False, "timeout": settings.lock_seconds},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(url, hide_parameters=True, pool_size=10, max_overflow=10, pool_pre_ping=True)
    lock, statement = int(settings.lock_seconds * 1000), int(settings.statement_seconds * 1000)

    def bound_waiting(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            # Batches of one organisation queue on its counter row: a stuck one must not hang the others.
            cursor.execute(f"SET lock_timeout = {lock}")
            cursor.execute(f"SET statement_timeout = {statement}")
        connection.commit()

    event.listen(engine, "connect", bound_waiting)
    return engine


def _make_private(path: str) -> None:
    """The file holds what people said, in the clear: made for the hub's own account alone."""
    # Where it cannot be made, or exists, opening it says what is wrong, and with which file.
    with contextlib.suppress(OSError):
        if path and path != ":memory:" and not path.startswith("file:"):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin late and let DDL escape a rollback: SQLAlchemy begins ours.
    connection.isolation_level = None
    # The last: what was erased is overwritten, and not only taken out of the index of pages.
    for statement in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {statement}").close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("intake_writing", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _lost_race(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _LOST_RACES


def _made_already(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _MADE_ALREADY


def _waited_too_long(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in _WAITED_TOO_LONG:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _translated(error: DBAPIError) -> Exception:
    """Only what the world did; a wrong statement stays a bug."""
    no_database = getattr(error.orig, "sqlite_errorcode", None) in (
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CORRUPT,
    )
    if isinstance(error, OperationalError) or error.connection_invalidated or no_database:
        return DatabaseUnavailable(reason=type(error.orig).__name__)
    return error
