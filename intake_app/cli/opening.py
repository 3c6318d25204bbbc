"""Opens the store without a window: by the window's key, a passphrase file, the keyring, or by asking."""

import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from intake_app import settings
from intake_app.errors import FileRefused, KeyMissing
from intake_app.store.opening import FolderState, create_store, folder_state, open_store
from intake_app.store.store import Store
from intake_app.times import Clock, IdMaker


@dataclass(frozen=True, slots=True)
class Secrets:
    """What came in by standard input: the key in hexadecimal, and a passphrase or code behind it."""

    key: str = ""
    second: str = ""


def read_secrets(key_on_stdin: bool, secret_on_stdin: bool) -> Secrets:
    """Never from the arguments: those of a process can be seen by others on the computer."""
    key = sys.stdin.readline().strip() if key_on_stdin else ""
    second = sys.stdin.readline().rstrip("\r\n") if key_on_stdin or secret_on_stdin else ""
    return Secrets(key, second)


def passphrase_of_file() -> str:
    """Of the file named in INTAKE_PASSPHRASE_FILE; empty where none is named. Raises FileRefused."""
    name = os.environ.get(settings.PASSPHRASE_FILE_VARIABLE, "")
    if not name:
        return ""
    try:
        return Path(name).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise FileRefused(path=name, reason="passphrase_file") from error


def open_folder(folder: Path, secrets: Secrets, clock: Clock, ids: IdMaker) -> Store:
    """Raises KeyMissing where there is no store, and what ``open_store`` raises."""
    if secrets.key:
        return open_store(folder, key_hex=secrets.key, clock=clock, ids=ids)
    state = folder_state(folder)
    passphrase = passphrase_of_file()
    if state is FolderState.PASSPHRASE and not passphrase and sys.stdin.isatty():
        passphrase = getpass.getpass()
    if state is FolderState.PASSPHRASE and not passphrase:
        raise KeyMissing(path=str(folder), passphrase_wanted=True)
    return open_store(folder, passphrase, clock=clock, ids=ids)


def open_or_make(folder: Path, secrets: Secrets, clock: Clock, ids: IdMaker) -> tuple[Store, str]:
    """The store, and the recovery code of one that was made now (empty otherwise).

    A computer is often set up by a script before anybody opens the window: an empty folder becomes a store
    under the passphrase of the file, else under the keyring. Raises KeyringUnavailable where both lack.
    """
    if secrets.key or folder_state(folder) is not FolderState.EMPTY:
        return open_folder(folder, secrets, clock, ids), ""
    made = create_store(folder, passphrase=passphrase_of_file(), clock=clock, ids=ids)
    return made.store, made.recovery_code
