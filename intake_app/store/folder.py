"""What lies in a data folder, told without a key."""

from enum import StrEnum
from pathlib import Path

from intake_app.errors import StoreDamaged
from intake_app.store import keys as key_slots
from intake_app.store.files import file_faults

STORE_FILE = "intake.store"
BEING_MADE = "intake.new"


class FolderState(StrEnum):
    """What opening the store of a folder needs."""

    EMPTY = "empty"
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"


def folder_state(folder: Path) -> FolderState:
    """Reads ``keys.json`` only; the keyring may still turn out to have lost the key (KeyMissing on opening).

    Raises KeyMissing for a store without ``keys.json``, StoreDamaged for keys without a store, StoreNewer,
    StoreReadOnly for a folder that may not be looked into.
    """
    with file_faults(folder):
        there, keys, making = ((folder / name).exists() for name in (STORE_FILE, key_slots.FILE, BEING_MADE))
    if not there:
        # A first run that was cut off has keys and a store that was never put in place.
        if keys and not making:
            raise StoreDamaged(path=str(folder / STORE_FILE), findings=("store_missing",))
        return FolderState.EMPTY
    return FolderState.KEYRING if key_slots.read(folder).has(key_slots.KEYRING) else FolderState.PASSPHRASE
