"""What lies in a data folder, told without a key."""

from enum import StrEnum
from pathlib import Path

from intake_app.errors import StoreDamaged
from intake_app.store import keys as key_slots

STORE_FILE = "intake.store"
BEING_MADE = "intake.new"


class FolderState(StrEnum):
    """What opening the store of a folder needs."""

    EMPTY = "empty"
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"


def folder_state(folder: Path) -> FolderState:
    """Reads ``keys.json`` only; the keyring may still turn out to have lost the key (KeyMissing on opening).

    Raises KeyMissing for a store without ``keys.json``, StoreDamaged for keys without a store, StoreNewer.
    """
    if not (folder / STORE_FILE).exists():
        # A first run that was cut off has keys and a store that was never put in place.
        if (folder / key_slots.FILE).exists() and not (folder / BEING_MADE).exists():
            raise StoreDamaged(path=str(folder / STORE_FILE), findings=("store_missing",))
        return FolderState.EMPTY
    return FolderState.KEYRING if key_slots.read(folder).has(key_slots.KEYRING) else FolderState.PASSPHRASE
