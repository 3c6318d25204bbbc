"""Copies of attached files outside the store: opened by another program, or saved where a person says.

The first kind lies in a folder of its own beside the store, readable by this account alone, and is removed
when Intake closes and when it opens again.
"""

import contextlib
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

from intake_app.attachments import AttachedFile, safe_name
from intake_app.store.attachments import AttachmentStore
from intake_app.store.files import file_faults

FOLDER = "opened-outside"
_AT_ONCE = 4


def folder_of(data_folder: Path) -> Path:
    """Where copies for other programs lie."""
    return data_folder / FOLDER


def write_for_viewing(
    store: AttachmentStore, file: AttachedFile, data_folder: Path
) -> Generator[tuple[int, int], None, Path]:
    """A copy that may be read and not written; returns its path. Raises AttachmentMissing, DiskFull, …"""
    folder = folder_of(data_folder) / secrets.token_hex(8)
    with file_faults(folder):
        folder.mkdir(parents=True, mode=0o700)
    path = folder / (safe_name(file.name) or "file")
    yield from write_copy(store, file, path)
    with file_faults(path):
        # Whoever changes it is told by their program, instead of losing the change.
        path.chmod(stat.S_IRUSR)
    return path


def write_copy(
    store: AttachmentStore, file: AttachedFile, path: Path
) -> Generator[tuple[int, int], None, Path]:
    """One slice a step; closed before its end it leaves nothing. Returns ``path``."""
    part = path.with_name(f"{secrets.token_hex(8)}.part")
    done = 0
    with file_faults(path):
        try:
            with open(part, "xb", opener=_private) as target:
                for number, chunk in enumerate(store.chunks(file.sha256), start=1):
                    target.write(chunk)
                    done += len(chunk)
                    if number % _AT_ONCE == 0:
                        yield done, file.size
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    _mark_as_from_elsewhere(path)
    return path


def remove_all(data_folder: Path) -> bool:
    """Whether nothing is left; another program may still hold a file open, on Windows."""
    folder = folder_of(data_folder)
    for path in _files_below(folder):
        with contextlib.suppress(OSError):
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _files_below(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from (one for one in folder.rglob("*") if one.is_file())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _mark_as_from_elsewhere(path: Path) -> None:
    """Windows then opens it guarded, such as a document without its macros."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            Path(f"{path}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", "ascii")
