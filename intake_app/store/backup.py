"""Backing up to a folder or stick as one encrypted file, and restoring it on this or another computer."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlcipher3

from intake_app.errors import (
    BackupUnreadable,
    Cancelled,
    DiskFull,
    FileRefused,
    KeyMissing,
    KeyringUnavailable,
    StoreError,
    StoreForeign,
)
from intake_app.long_work import Progress, never, unwatched
from intake_app.store import audit, files, migrations, packages
from intake_app.store import home as facts
from intake_app.store import keys as key_slots
from intake_app.store.audit import AuditLog
from intake_app.store.database import Database
from intake_app.store.folder import BEING_MADE, STORE_FILE, FolderState, folder_state
from intake_app.store.home import Home
from intake_app.store.keyring_slot import Keyring, SystemKeyring
from intake_app.store.keys import Keys
from intake_app.times import Clock, IdMaker, Instant

PAGES_A_STEP = 500
BACKUP_OWNER = "backup"
_COPYING = "intake.backing-up"


class Backup:
    def __init__(
        self, folder: Path, database: Database, home: Home, key: bytes, clock: Clock, audit_log: AuditLog
    ) -> None:
        self._folder = folder
        self._database = database
        self._home = home
        self._key = key
        self._clock = clock
        self._audit = audit_log

    def back_up(
        self,
        target: Path,
        passphrase: str = "",
        progress: Progress = unwatched,
        cancelled: Callable[[], bool] = never,
    ) -> Path:
        """Writes a package and returns its path; ``target`` is a folder, or the file to make.

        It opens with the recovery code, with the staff's passphrases and, where one is given, with
        ``passphrase``. Records can be saved meanwhile. Raises Cancelled, DiskFull, StoreReadOnly; then no
        package is left; FileRefused where ``target`` is a file that exists.
        """
        made = self._clock()
        path = self._path(target, made)
        copy = self._folder / _COPYING
        try:
            seq = self._copy_to(copy, progress, cancelled)
            keys = key_slots.read(self._folder).without(key_slots.KEYRING)
            if passphrase:
                slot = key_slots.passphrase_slot(keys, self._key, BACKUP_OWNER, passphrase)
                keys = keys.with_slot(slot)
            text = key_slots.to_json(keys)
            packages.write(path, copy, text, self._home.store, made, progress, cancelled)
        finally:
            remove_store(copy)
        try:
            with self._database.write() as connection:
                facts.write_fact(connection, facts.BACKED_UP, {"seq": seq, "ms": made.utc_ms})
                self._audit.write(connection, audit.BACKED_UP)
        except StoreError:
            # Who is told that it failed must find nothing there, and be able to do it again.
            path.unlink(missing_ok=True)
            raise
        return path

    def _path(self, target: Path, made: Instant) -> Path:
        if not target.is_dir():
            if target.exists():
                # Whatever it is, it is not ours to replace.
                raise FileRefused(path=str(target), reason="in_the_way")
            return target
        path = target / f"Intake {made.london:%Y-%m-%d %H.%M}{packages.SUFFIX}"
        number = 2
        while path.exists():
            path = target / f"Intake {made.london:%Y-%m-%d %H.%M} ({number}){packages.SUFFIX}"
            number += 1
        return path

    def _copy_to(self, copy: Path, progress: Progress, cancelled: Callable[[], bool]) -> int:
        """One moment's state of the store under the same key. Returns the last version's ``seq`` in it."""
        remove_store(copy)
        source = self._database.raw()
        try:
            with self._database.faults():
                # A reader's view does not move, so that a record saved meanwhile need not start it again.
                source.execute("BEGIN")
                seq = source.execute("SELECT coalesce(max(seq), 0) FROM version").fetchone()[0]
            beside = self._database.raw_beside(copy)
            try:
                with self._database.faults(), _full_disk(copy):
                    source.backup(beside, pages=PAGES_A_STEP, progress=_watch(progress, cancelled))
            finally:
                beside.close()
        finally:
            source.close()
        return int(seq)


def restore(
    package: Path,
    folder: Path,
    passphrase: str = "",
    recovery_code: str = "",
    *,
    clock: Clock,
    ids: IdMaker,
    keyring: Keyring | None = None,
) -> None:
    """Puts a backup into an empty folder, as a device of its own that works alone until it joins a hub.

    Open it afterwards with ``open_store`` and the same passphrase or code, or by the keyring, which is given
    the key where there is one. What had not been sent when the backup was made waits again; sending it twice
    is harmless. Raises BackupUnreadable, WrongPassphrase, WrongRecoveryCode, KeyMissing, StoreForeign where
    the folder holds a store, StoreNewer, StoreDamaged, DiskFull, StoreReadOnly.
    """
    with files.file_faults(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder_state(folder) is not FolderState.EMPTY:
        raise StoreForeign(path=str(folder), there=True)
    making = folder / BEING_MADE
    remove_store(making)
    with packages.open_package(package) as archive:
        packages.verify(archive, package, lambda _count: None)
        keys = _keys_of(archive.read(key_slots.FILE), package)
        key, _owner = _key_of(keys, passphrase, recovery_code, package)
        packages.extract(archive, packages.STORE, making)
    try:
        _become_another_device(making, keys, key, clock, ids)
        key_slots.write(folder, _with_keyring(keys, key, keyring or SystemKeyring()))
        with files.file_faults(folder):
            making.replace(folder / STORE_FILE)
            files.sync_folder(folder)
    finally:
        remove_store(making)


def _become_another_device(making: Path, keys: Keys, key: bytes, clock: Clock, ids: IdMaker) -> None:
    database = Database(making, key, keys.salt)
    try:
        migrations.upgrade(database)
        with database.write() as connection:
            # Two computers under one device id would be one to the hub, and share its token.
            facts.write_fact(connection, facts.DEVICE, ids())
            facts.write_fact(connection, facts.ENROLMENT, None)
            facts.write_fact(connection, facts.BACKED_UP, None)
            home = facts.read_home(connection, keys.store)
            AuditLog(database, home, clock, ids).write(connection, audit.RESTORED)
    finally:
        database.close()


def _keys_of(content: bytes, package: Path) -> Keys:
    try:
        return key_slots.from_json(content.decode(), package)
    except (ValueError, TypeError) as error:
        raise BackupUnreadable(path=str(package)) from error


def _key_of(keys: Keys, passphrase: str, code: str, package: Path) -> tuple[bytes, str]:
    if code:
        return key_slots.key_by_recovery_code(keys, code), ""
    if not passphrase:
        raise KeyMissing(path=str(package))
    return key_slots.key_by_passphrase(keys, passphrase)


def _with_keyring(keys: Keys, key: bytes, keyring: Keyring) -> Keys:
    try:
        keyring.put(keys.keyring_entry, key)
    except KeyringUnavailable:
        return keys
    return keys.with_slot(key_slots.keyring_slot())


def _watch(progress: Progress, cancelled: Callable[[], bool]) -> Callable[[int, int, int], None]:
    def step(_status: int, remaining: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(total - remaining, total * packages.PHASES)

    return step


@contextlib.contextmanager
def _full_disk(copy: Path) -> Iterator[None]:
    """The driver's backup gives no result code: what fails to be written while copying is a full disk."""
    try:
        yield
    except sqlcipher3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) is not None:
            raise
        raise DiskFull(path=str(copy)) from error


def remove_store(path: Path) -> None:
    """The file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
