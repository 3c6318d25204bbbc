"""Making a store, and opening one by its keyring, a passphrase or the recovery code."""

from dataclasses import dataclass
from pathlib import Path

from intake_app.assets import asset
from intake_app.errors import KeyMissing, KeyringUnavailable, StoreDamaged, StoreForeign
from intake_app.store import home as facts
from intake_app.store import keys as key_slots
from intake_app.store import migrations, recovery_code, versions
from intake_app.store.database import Database
from intake_app.store.faults import not_ours
from intake_app.store.files import FolderLock, file_faults, sync_folder
from intake_app.store.folder import BEING_MADE, STORE_FILE, FolderState, folder_state
from intake_app.store.keyring_slot import Keyring, SystemKeyring
from intake_app.store.keys import Keys
from intake_app.store.staff import add_first
from intake_app.store.store import Store
from intake_app.store.summaries import Organisation
from intake_app.store.turnstile import Turnstile
from intake_app.text import clean_text
from intake_app.times import Clock, IdMaker

WINDOW_LOCK = "window"

__all__ = ["FolderState", "NewStore", "create_store", "folder_state", "open_store"]


@dataclass(frozen=True, slots=True)
class NewStore:
    """``recovery_code`` is shown once, to be printed or written down; it is kept nowhere."""

    store: Store
    recovery_code: str


def create_store(
    folder: Path,
    organisation: str = "",
    area: str = "",
    staff_name: str = "",
    passphrase: str = "",
    *,
    clock: Clock,
    ids: IdMaker,
    keyring: Keyring | None = None,
    window: bool = False,
    practice: bool = False,
) -> NewStore:
    """Makes the store of an empty folder, alone, with a key of its own.

    With a passphrase, that and the recovery code are the ways in; without, the keyring and the recovery code.
    ``practice`` marks it for good as one in which nothing is real. Raises KeyringUnavailable where there is
    neither passphrase nor keyring, StoreReadOnly, DiskFull, and StoreLocked when another copy is making it;
    StoreForeign when there is a store already.
    """
    with file_faults(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FolderLock(folder, WINDOW_LOCK)
    try:
        if folder_state(folder) is not FolderState.EMPTY:
            raise StoreForeign(path=str(folder), there=True)
        member = ids() if staff_name.strip() or passphrase else ""
        keys, key, code = _new_ways_in(ids(), member, passphrase, keyring or SystemKeyring())
        making = folder / BEING_MADE
        from intake_app.store.backup import remove_store  # not loaded with every window

        remove_store(making)
        database = Database(making, key, keys.salt)
        try:
            migrations.create(database)
            with database.write() as connection:
                mine = Organisation(ids(), clean_text(organisation).strip(), clean_text(area).strip())
                facts.write_organisation(connection, mine, key_slots.new_key())
                facts.write_fact(connection, facts.LOCAL_KEY, key_slots.new_key().hex())
                facts.write_fact(connection, facts.DEVICE, ids())
                if practice:
                    facts.write_fact(connection, facts.PRACTICE, True)
                if member:
                    add_first(connection, member, staff_name, clock())
        finally:
            database.close()
        key_slots.write(folder, keys)
        with file_faults(folder):
            # Last, so that a folder either has a whole store or counts as empty.
            making.replace(folder / STORE_FILE)
            sync_folder(folder)
        store = _open(folder, keys, key, clock, ids, lock if window else None)
    except BaseException:
        lock.close()
        raise
    if not window:
        lock.close()
    # Feedback can be about a council or a board before anybody brought a list of services in.
    store.directory.add_subjects(asset("resources/code_lists"))
    return NewStore(store, code)


def open_store(
    folder: Path,
    passphrase: str = "",
    recovery_code: str = "",
    *,
    clock: Clock,
    ids: IdMaker,
    keyring: Keyring | None = None,
    key_hex: str = "",
    window: bool = False,
) -> Store:
    """Opens the store by what is given: a key from a parent process, recovery code, passphrase, or keyring.

    ``window``: this process is the one window of the folder. A passphrase's owner is at the keyboard after.
    A recovery code puts the key back into a keyring that had lost it. Raises WrongPassphrase,
    WrongRecoveryCode, KeyMissing, KeyringUnavailable, StoreForeign, StoreDamaged, StoreNewer, StoreLocked,
    StoreReadOnly, DiskFull. A new key is never made for a store that exists.
    """
    with file_faults(folder):
        there = (folder / STORE_FILE).exists()
    if not there:
        raise KeyMissing(path=str(folder / STORE_FILE))
    keys = key_slots.read(folder)
    lock = FolderLock(folder, WINDOW_LOCK) if window else None
    try:
        key, owner = _key(keys, folder, passphrase, recovery_code, key_hex, keyring or SystemKeyring())
        store = _open(folder, keys, key, clock, ids, lock)
    except BaseException:
        if lock is not None:
            lock.close()
        raise
    if owner and owner in {one.id for one in store.staff.all()}:
        store.staff.switch(owner)
    return store


def _key(
    keys: Keys, folder: Path, passphrase: str, code: str, key_hex: str, keyring: Keyring
) -> tuple[bytes, str]:
    if key_hex:
        return _fitting(keys, _bytes(key_hex), folder), ""
    if code:
        key = key_slots.key_by_recovery_code(keys, code)
        if keys.has(key_slots.KEYRING):
            _put_back(keyring, keys, key)
        return key, ""
    if passphrase:
        return key_slots.key_by_passphrase(keys, passphrase)
    if not keys.has(key_slots.KEYRING):
        raise KeyMissing(path=str(folder / key_slots.FILE))
    return _fitting(keys, keyring.get(keys.keyring_entry), folder), ""


def _fitting(keys: Keys, key: bytes | None, folder: Path) -> bytes:
    if key is None or not keys.fits(key):
        raise KeyMissing(path=str(folder / key_slots.FILE))
    return key


def _put_back(keyring: Keyring, keys: Keys, key: bytes) -> None:
    try:
        keyring.put(keys.keyring_entry, key)
    except KeyringUnavailable:
        # The code has opened the store; the keyring is asked for again, and missed, at the next start.
        return


def _new_ways_in(store: str, member: str, passphrase: str, keyring: Keyring) -> tuple[Keys, bytes, str]:
    key = key_slots.new_key()
    keys = key_slots.new_keys(store, key)
    code = recovery_code.new_code()
    if passphrase:
        keys = keys.with_slot(key_slots.passphrase_slot(keys, key, member, passphrase))
    else:
        keyring.put(keys.keyring_entry, key)
        keys = keys.with_slot(key_slots.keyring_slot())
    return keys.with_slot(key_slots.recovery_slot(keys, key, code)), key, code


def _open(folder: Path, keys: Keys, key: bytes, clock: Clock, ids: IdMaker, lock: FolderLock | None) -> Store:
    path = folder / STORE_FILE
    _refuse_what_is_no_store(path, keys)
    database = Database(path, key, keys.salt, Turnstile(folder))
    try:
        migrations.upgrade(database)
        with database.read() as connection:
            home = facts.read_home(connection, keys.store)
            last = versions.last_made_here(connection, home.device)
        if last:
            ids.not_below(last)
        store = Store(folder, database, home, keys, key, clock, ids, lock)
        store.records.sweep()
        store.attachments.sweep()
    except BaseException:
        database.close()
        raise
    return store


def _refuse_what_is_no_store(path: Path, keys: Keys) -> None:
    # An empty file would be taken for a new database; a plain one for a damaged one.
    with file_faults(path):
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(16)
    if size == 0:
        raise StoreDamaged(path=str(path), findings=("empty",))
    if start != keys.salt:
        raise not_ours(path, keys.salt)


def _bytes(key_hex: str) -> bytes | None:
    try:
        return bytes.fromhex(key_hex.strip())
    except ValueError:
        return None
