"""The backup package: one file holding the encrypted store, its key slots and a manifest of checksums.

An uncompressed ZIP, so that any system can look at it: ``manifest.json`` first, then ``keys.json`` and the
store, encrypted under its own key as always. Without a passphrase or the recovery code it is noise.
"""

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from intake_app.errors import BackupUnreadable, Cancelled
from intake_app.long_work import Progress
from intake_app.store import keys as key_slots
from intake_app.store.files import file_faults
from intake_app.times import Instant

SUFFIX = ".intake-backup"
FORMAT = 1
MANIFEST = "manifest.json"
STORE = "intake.store"
PHASES = 4
"""The store's size is gone through four times: copied, hashed, packed, read back."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Package:
    """What the manifest says; nothing of it is secret."""

    store: str
    made: Instant
    size: int


class _Counter:
    """Tells how far it is and stops when a person cancels."""

    def __init__(self, progress: Progress, cancelled: Callable[[], bool], total: int, done: int) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._total = total
        self._done = done

    def add(self, count: int) -> None:
        if self._cancelled():
            raise Cancelled
        self._done += count
        self._progress(min(self._done, self._total), self._total)


def write(
    target: Path,
    store_copy: Path,
    keys: str,
    store_id: str,
    made: Instant,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> None:
    """Makes the package at ``target`` and reads it once more to prove it. Raises Cancelled, DiskFull, …

    Nothing is left at ``target`` unless all went well.
    """
    size = store_copy.stat().st_size
    counter = _Counter(progress, cancelled, PHASES * size, size)
    files = {key_slots.FILE: _of_bytes(keys.encode()), STORE: _of_file(store_copy, counter)}
    manifest = {"format": FORMAT, "store": store_id, "made": made.isoformat(), "files": files}
    part = target.with_name(target.name + ".part")
    try:
        with file_faults(target.parent):
            with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
                archive.writestr(key_slots.FILE, keys)
                with archive.open(STORE, "w", force_zip64=True) as inside, store_copy.open("rb") as file:
                    _copy(file, inside, counter)
            _sync(part)
        with open_package(part) as archive:
            verify(archive, part, counter.add)
        with file_faults(target.parent):
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def open_package(path: Path) -> Iterator[zipfile.ZipFile]:
    """Raises BackupUnreadable for a file that is no package, is cut short, or cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, OSError, KeyError, EOFError, NotImplementedError) as error:
        raise BackupUnreadable(path=str(path)) from error


def read_manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    """Raises BackupUnreadable for another kind of file or a later format."""
    try:
        values = json.loads(archive.read(MANIFEST))
        if values["format"] != FORMAT or not {key_slots.FILE, STORE} <= set(values["files"]):
            raise ValueError("not a package of this format")
        Instant.parse(values["made"])
    except (ValueError, TypeError, KeyError) as error:
        raise BackupUnreadable(path=str(path)) from error
    return dict(values)


def look(path: Path) -> Package:
    """What a package says it is, without checking it. Raises BackupUnreadable."""
    with open_package(path) as archive:
        values = read_manifest(archive, path)
        return Package(str(values["store"]), Instant.parse(values["made"]), archive.getinfo(STORE).file_size)


def verify(archive: zipfile.ZipFile, path: Path, count: Callable[[int], object]) -> None:
    """Every byte against the manifest. Raises BackupUnreadable."""
    for name, stated in read_manifest(archive, path)["files"].items():
        digest = hashlib.sha256()
        with archive.open(name) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                count(len(chunk))
        if digest.hexdigest() != stated["sha256"]:
            raise BackupUnreadable(path=str(path))


def extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    """Raises DiskFull, StoreReadOnly."""
    with file_faults(target.parent), archive.open(name) as inside, target.open("wb") as file:
        while chunk := inside.read(_CHUNK):
            file.write(chunk)
    with file_faults(target.parent):
        _sync(target)


def _of_bytes(content: bytes) -> dict[str, object]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _of_file(path: Path, counter: _Counter) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            counter.add(len(chunk))
    return {"size": size, "sha256": digest.hexdigest()}


def _copy(source: IO[bytes], target: IO[bytes], counter: _Counter) -> None:
    while chunk := source.read(_CHUNK):
        target.write(chunk)
        counter.add(len(chunk))


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
