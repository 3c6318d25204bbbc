"""The folder in which staff practise: beside the real one, with a key of its own that is no secret."""

import shutil
from pathlib import Path

from intake_app.demo import bring_services
from intake_app.errors import StoreForeign
from intake_app.reports.files import written_whole
from intake_app.settings import FILE_NAME
from intake_app.store.files import file_faults
from intake_app.store.opening import FolderState, create_store, folder_state, open_store
from intake_app.store.store import Store
from intake_app.times import Clock, IdMaker

ORGANISATION = "Practice (nothing here is real)"
AREA = "Exampleshire"
STAFF = "Learner"
PASSPHRASE = "practice"
"""Nothing here is secret; a real store never has a passphrase that the program knows."""

PASSPHRASE_FILE = "passphrase.txt"
READY_FILE = "ready"
"""Written last: a folder without it is made good the next time."""


def prepare(folder: Path, real: Path, clock: Clock, ids: IdMaker) -> None:
    """Makes the practice store where there is none; it opens with ``PASSPHRASE``.

    It looks as the window of the ``real`` folder does: language, colours and text size are taken over each
    time. Raises StoreForeign where another store lies in ``folder``, and what ``create_store`` raises.
    """
    with file_faults(folder):
        if folder_state(folder) is not FolderState.EMPTY and not (folder / PASSPHRASE_FILE).exists():
            raise StoreForeign(path=str(folder), there=True)
        if not (folder / READY_FILE).exists():
            _make(folder, clock, ids)
        if (real / FILE_NAME).exists():
            shutil.copyfile(real / FILE_NAME, folder / FILE_NAME)


def _make(folder: Path, clock: Clock, ids: IdMaker) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with written_whole(folder / PASSPHRASE_FILE) as out:
        out.write(PASSPHRASE.encode() + b"\n")
    with _store(folder, clock, ids) as store:
        bring_services(store, folder)
    (folder / READY_FILE).touch()


def _store(folder: Path, clock: Clock, ids: IdMaker) -> Store:
    if folder_state(folder) is not FolderState.EMPTY:
        return open_store(folder, PASSPHRASE, clock=clock, ids=ids)
    made = create_store(folder, ORGANISATION, AREA, STAFF, PASSPHRASE, clock=clock, ids=ids, practice=True)
    return made.store
