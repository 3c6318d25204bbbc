"""Files that are written whole or not at all, and are readable by their owner only until then."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from intake_app.errors import DiskFull, FileRefused, StoreReadOnly


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` that takes its place when the block ends, and is removed when it raises.

    Raises DiskFull, StoreReadOnly, and FileRefused where ``path`` is a folder or its folder is missing.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise FileRefused(path=str(path), reason="no_such_folder")
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        # Another program may not read what is not finished, nor what is still to be encrypted around it.
        with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(fresh, path)
    except OSError as error:
        kind = DiskFull if error.errno == errno.ENOSPC else StoreReadOnly
        raise kind(path=str(path)) from error
    finally:
        fresh.unlink(missing_ok=True)


_BINARY = getattr(os, "O_BINARY", 0)
