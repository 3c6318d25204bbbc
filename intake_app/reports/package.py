"""An encrypted export: one file that whoever has its passphrase can open on any computer.

Layout, numbers big-endian: the 16 bytes ``INTAKE-EXPORT-1`` and LF; 4 bytes length of the header; the
header as UTF-8 JSON: ``name`` (of the file inside), ``kdf`` = ``argon2id``, ``salt`` (hexadecimal),
``memory_kib``, ``passes``, ``lanes``, ``chunk`` (bytes), ``cipher`` = ``aes-256-gcm``, ``nonce`` (7 bytes,
hexadecimal). Then the chunks, each AES-256-GCM of up to ``chunk`` bytes with its tag of 16 bytes behind it.
The nonce of a chunk is the header's 7 bytes, 4 bytes number of the chunk from 0, and 1 byte that is 1 for
the last chunk only, so that cutting off, swapping and repeating are noticed. All that stands before the
chunks is authenticated with every chunk.
"""

import io
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from intake_app.errors import FileRefused, WrongPassphrase
from intake_app.reports.files import written_whole

MAGIC = b"INTAKE-EXPORT-1\n"
MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 4
CHUNK_BYTES = 1 << 20
_TAG_BYTES = 16
_LARGEST_HEADER_BYTES = 4096
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_PASSES = 20
_MOST_LANES = 64


class Packer(io.BufferedIOBase):
    """Encrypts what is written to it into ``target``, so that no plain text ever lies on the disk.

    ``close`` writes the last chunk; a package that was not closed opens nowhere.
    """

    def __init__(self, target: BinaryIO, passphrase: str, name: str) -> None:
        super().__init__()
        self._header: dict[str, Any] = {
            "name": name, "kdf": "argon2id", "salt": secrets.token_hex(16), "memory_kib": MEMORY_KIB,
            "passes": PASSES, "lanes": LANES, "chunk": CHUNK_BYTES, "cipher": "aes-256-gcm",
            "nonce": secrets.token_hex(7),
        }  # fmt: skip
        text = json.dumps(self._header).encode()
        self._start = MAGIC + len(text).to_bytes(4, "big") + text
        self._cipher = AESGCM(_key(self._header, passphrase))
        self._target = target
        self._waiting = bytearray()
        self._number = 0
        target.write(self._start)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._waiting += content
        # One chunk stays back: only ``close`` knows which is the last.
        while len(self._waiting) > CHUNK_BYTES:
            self._put(bytes(self._waiting[:CHUNK_BYTES]), last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._waiting), last=True)
            self._waiting.clear()
        super().close()

    def _put(self, chunk: bytes, last: bool) -> None:
        nonce = _nonce(self._header, self._number, last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._start))
        self._number += 1


def unpack(package: Path, target: Path, passphrase: str) -> Path:
    """Decrypts into ``target`` (a folder, or the file to make) and returns the file's path.

    Raises FileRefused for what is no package, was cut off or altered; WrongPassphrase; nothing is left then.
    """
    try:
        with package.open("rb") as source:
            header, start = _read_header(source, package)
            path = target / Path(str(header["name"])).name if target.is_dir() else target
            cipher = AESGCM(_key(header, passphrase))
            with written_whole(path) as out:
                for number, chunk, last in _chunks(source, header["chunk"] + _TAG_BYTES):
                    try:
                        out.write(cipher.decrypt(_nonce(header, number, last), chunk, start))
                    except InvalidTag as error:
                        # A wrong passphrase fails at the first chunk; so does one altered there.
                        if number == 0:
                            raise WrongPassphrase from error
                        raise FileRefused(path=str(package), reason="altered") from error
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise FileRefused(path=str(package), reason="not_a_package") from error
    except OSError as error:
        raise FileRefused(path=str(package), reason="unreadable") from error
    return path


def _read_header(source: IO[bytes], package: Path) -> tuple[dict[str, Any], bytes]:
    magic, length = source.read(len(MAGIC)), source.read(4)
    size = int.from_bytes(length, "big")
    if magic != MAGIC or not 0 < size <= _LARGEST_HEADER_BYTES:
        raise FileRefused(path=str(package), reason="not_a_package")
    text = source.read(size)
    header: dict[str, Any] = json.loads(text)
    # A hostile header must not take all the memory of this computer.
    limits = {
        "memory_kib": _MOST_MEMORY_KIB, "passes": _MOST_PASSES, "lanes": _MOST_LANES,
        "chunk": 64 * CHUNK_BYTES,
    }  # fmt: skip
    if not all(type(header[name]) is int and 0 < header[name] <= most for name, most in limits.items()):
        raise FileRefused(path=str(package), reason="not_a_package")
    return header, magic + length + text


def _key(header: dict[str, Any], passphrase: str) -> bytes:
    return Argon2id(
        salt=bytes.fromhex(header["salt"]),
        length=32,
        iterations=header["passes"],
        lanes=header["lanes"],
        memory_cost=header["memory_kib"],
    ).derive(passphrase.encode())


def _nonce(header: dict[str, Any], number: int, last: bool) -> bytes:
    return bytes.fromhex(header["nonce"]) + number.to_bytes(4, "big") + bytes([last])


def _chunks(source: IO[bytes], size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Each chunk with its number and whether it is the last."""
    number, chunk = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number, chunk, not following
        if not following:
            return
        number, chunk = number + 1, following
