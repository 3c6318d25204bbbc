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
    # os.path answers False where a folder may not be looked into; the device of a printer is no file.
    if not os.path.isdir(path.parent) or (os.path.exists(path) and not os.path.isfile(path)):
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
        kind = DiskFull if error.errno in _NO_ROOM else StoreReadOnly
        raise kind(path=str(path)) from error
    finally:
        fresh.unlink(missing_ok=True)


_NO_ROOM = tuple(getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name))
_BINARY = getattr(os, "O_BINARY", 0)
