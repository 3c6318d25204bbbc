"""Messages about the bytes of attached files: which pieces the hub has, one piece, and whether it is whole.

A file is asked for by the document that has it and by its hash, so that whoever may not have the document may
not have its bytes. Pieces travel as they are, 256 KiB each, with their own hash in a header.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from intake_app.attachments import CHUNK_BYTES, MOST_BYTES, MOST_FILES
from intake_app.documents import Attachment
from intake_app.sync.fields import MessageUnreadable, flag_in, is_number, list_in, number_in, parsed_object

FILE_PATH = "/v1/attachment"
CHUNK_PATH = "/v1/attachment/chunk"
CHUNK_HEADER = "Intake-Chunk-SHA256"
CHUNK_TYPE = "application/octet-stream"
UNKNOWN = "attachment_unknown"
"""The hub's answer where this device may not have the file, or there is none: it never says which."""

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What the hub has of one file: ``missing`` are the numbers of the pieces that it waits for."""

    size: int
    whole: bool
    missing: tuple[int, ...] = ()


def file_text(answer: FileAnswer) -> str:
    return json.dumps({"size": answer.size, "whole": answer.whole, "missing": list(answer.missing)})


def file_of(text: str | bytes) -> FileAnswer:
    """Raises MessageUnreadable."""
    values = parsed_object(text)
    size, missing = number_in(values, "size"), list_in(values, "missing", ())
    if not 0 < size <= MOST_BYTES:
        raise MessageUnreadable("size")
    if not all(is_number(one) and one < chunk_count(size) for one in missing):
        raise MessageUnreadable("missing")
    return FileAnswer(size, flag_in(values, "whole"), tuple(missing))


def chunk_count(size: int) -> int:
    return -(-size // CHUNK_BYTES)


def chunk_length(size: int, number: int) -> int:
    """How long this piece of a file of this size is; 0 for one that it does not have."""
    return 0 if number < 0 else max(0, min(CHUNK_BYTES, size - number * CHUNK_BYTES))


def chunk_hash(content: bytes) -> str:
    """The header's value."""
    return hashlib.sha256(content).hexdigest()


def is_hash(text: str) -> bool:
    return _HASH.fullmatch(text) is not None


def sendable(attachments: tuple[Attachment, ...]) -> Mapping[str, int]:
    """Hash and size of the files of a version whose bytes the hub takes: each once, and not too many."""
    found: dict[str, int] = {}
    for one in attachments:
        if is_hash(one.sha256) and 0 < one.size <= MOST_BYTES and len(found) < MOST_FILES:
            found.setdefault(one.sha256, one.size)
    return found
