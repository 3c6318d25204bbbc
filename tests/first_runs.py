"""Stores that are made once and copied, as deriving the keys of a first run takes most of a second."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from intake_app.store.opening import create_store, open_store
from intake_app.store.store import Store
from intake_app.times import Clock, IdMaker, Instant
from tests.fakes import DictionaryKeyring

_MADE = Instant.parse("2026-03-09T08:00:00Z")


def copied_store(
    folder: Path, *, clock: Clock, ids: IdMaker, organisation: str, staff_name: str = "", computer: str = ""
) -> Store:
    """An open store in ``folder``, as after the first run; its key lies in a keyring of its own.

    The same ``computer`` is the same device each time: two that meet at one hub need two names.
    """
    template, _kept = _first_run(organisation, staff_name, computer)
    shutil.copytree(template, folder)
    keyring = keyring_of(organisation, staff_name, computer)
    return open_store(folder, clock=clock, ids=ids, keyring=keyring)


def keyring_of(organisation: str, staff_name: str = "", computer: str = "") -> DictionaryKeyring:
    """A keyring that opens that computer's store, and copies of it."""
    keyring = DictionaryKeyring()
    keyring.kept.update(_first_run(organisation, staff_name, computer)[1])
    return keyring


@cache
def _first_run(organisation: str, staff_name: str, _computer: str) -> tuple[Path, dict[str, bytes]]:
    parent = tempfile.mkdtemp(prefix="intake-first-run-")
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder, keyring = Path(parent, "intake"), DictionaryKeyring()
    made = create_store(
        folder, organisation, staff_name=staff_name, clock=_clock, ids=IdMaker(_clock), keyring=keyring
    )
    made.store.close()
    return folder, keyring.kept


def _clock() -> Instant:
    return _MADE
