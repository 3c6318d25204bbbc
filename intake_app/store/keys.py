"""The store's key: 32 random bytes, wrapped in the slots of ``keys.json``, never in the clear there.

``keys.json`` is readable by anyone and holds no names: the store's id, how to check a key, and one slot each
for the system's keyring, every staff member's passphrase, and the recovery code.
"""

import hashlib
import hmac
import json
import os
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from intake_app.errors import KeyMissing, StoreDamaged, StoreNewer, WrongPassphrase, WrongRecoveryCode
from intake_app.store import recovery_code
from intake_app.store.files import file_faults, write_whole
from intake_app.text import clean_text

FILE = "keys.json"
SPARE = "keys.spare.json"
FORMAT = 1
KEY_BYTES = 32
KEYRING, PASSPHRASE, RECOVERY = "keyring", "passphrase", "recovery"

MEMORY_KIB = 64 * 1024
PASSES = 3
"""Argon2id over 64 MiB three times: about 135 ms a try (measured)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the key. ``owner`` is a staff member's id for a passphrase, else empty.

    ``salt`` feeds Argon2id; ``wrapped`` is nonce + AES-256-GCM of the key. A keyring slot has neither.
    """

    kind: str
    owner: str = ""
    salt: bytes = b""
    wrapped: bytes = b""
    memory_kib: int = MEMORY_KIB
    passes: int = PASSES


@dataclass(frozen=True, slots=True)
class Keys:
    """The content of ``keys.json``. ``check`` tells whether a key is the one, without opening the store."""

    store: str
    check: str
    slots: tuple[Slot, ...]

    @property
    def keyring_entry(self) -> str:
        return f"intake/{self.store}"

    @property
    def salt(self) -> bytes:
        """The first 16 bytes of the store's file, by which a damaged store is told from a foreign one."""
        return hashlib.sha256(f"salt {self.store}".encode()).digest()[:16]

    def has(self, kind: str) -> bool:
        return any(slot.kind == kind for slot in self.slots)

    def fits(self, key: bytes) -> bool:
        return hmac.compare_digest(self.check, check_of(key))

    def with_slot(self, slot: Slot) -> "Keys":
        """With ``slot`` in place of the one of the same kind and owner."""
        return replace(self, slots=(*self.without(slot.kind, slot.owner).slots, slot))

    def without(self, kind: str, owner: str = "") -> "Keys":
        kept = tuple(slot for slot in self.slots if (slot.kind, slot.owner) != (kind, owner))
        return replace(self, slots=kept)


def new_keys(store: str, key: bytes) -> Keys:
    return Keys(store=store, check=check_of(key), slots=())


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def check_of(key: bytes) -> str:
    return hmac.new(key, b"intake: is this the key?", hashlib.sha256).hexdigest()[:32]


def passphrase_slot(keys: Keys, key: bytes, owner: str, passphrase: str) -> Slot:
    return _wrap(keys, key, PASSPHRASE, owner, _passphrase_bytes(passphrase))


def recovery_slot(keys: Keys, key: bytes, code: str) -> Slot:
    return _wrap(keys, key, RECOVERY, "", recovery_code.parse(code).encode())


def keyring_slot() -> Slot:
    return Slot(KEYRING)


def key_by_passphrase(keys: Keys, passphrase: str) -> tuple[bytes, str]:
    """The key, and the id of the staff member whose passphrase it is. Raises WrongPassphrase.

    Each slot costs one Argon2id, so a wrong passphrase takes as many as there are staff with one.
    """
    for slot in keys.slots:
        if slot.kind == PASSPHRASE:
            key = _unwrap(keys, slot, _passphrase_bytes(passphrase))
            if key is not None:
                return key, slot.owner
    raise WrongPassphrase()


def key_by_recovery_code(keys: Keys, code: str) -> bytes:
    """Raises WrongRecoveryCode, with ``group`` where a check digit is off."""
    secret = recovery_code.parse(code).encode()
    for slot in keys.slots:
        if slot.kind == RECOVERY:
            key = _unwrap(keys, slot, secret)
            if key is not None:
                return key
    raise WrongRecoveryCode(group=None)


def write(folder: Path, keys: Keys) -> None:
    """Both copies, one after the other: one is whole at any moment. Raises DiskFull, StoreReadOnly."""
    content = to_json(keys).encode()
    write_whole(folder / FILE, content)
    write_whole(folder / SPARE, content)


def read(folder: Path) -> Keys:
    """From ``keys.json``, or its spare copy where that is missing or damaged.

    Raises KeyMissing where there is neither, StoreDamaged where neither can be read, StoreNewer.
    """
    with file_faults(folder):
        found = [path for path in (folder / FILE, folder / SPARE) if path.is_file()]
    if not found:
        raise KeyMissing(path=str(folder / FILE), no_slots=True)
    for path in found:
        try:
            return from_json(path.read_text("utf-8"), path)
        except (ValueError, TypeError, OSError):
            continue
    raise StoreDamaged(path=str(found[0]), findings=("keys_unreadable",))


def to_json(keys: Keys) -> str:
    values = {
        "format": FORMAT,
        "store": keys.store,
        "check": keys.check,
        "slots": [_slot_values(slot) for slot in keys.slots],
    }
    return json.dumps(values, indent=1) + "\n"


def from_json(text: str, path: Path) -> Keys:
    """Raises ValueError for text that is no such file, StoreNewer for a later format."""
    values = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError("not an object")
    found = values.get("format")
    if isinstance(found, int) and found > FORMAT:
        raise StoreNewer(path=str(path), found=found, known=FORMAT)
    if (
        found != FORMAT
        or not isinstance(values.get("store"), str)
        or not isinstance(values.get("check"), str)
    ):
        raise ValueError("not keys")
    return Keys(values["store"], values["check"], tuple(_slot(one) for one in values.get("slots", ())))


def _slot_values(slot: Slot) -> dict[str, Any]:
    if slot.kind == KEYRING:
        return {"kind": KEYRING}
    return {
        "kind": slot.kind,
        "owner": slot.owner,
        "salt": b64encode(slot.salt).decode(),
        "wrapped": b64encode(slot.wrapped).decode(),
        "memory_kib": slot.memory_kib,
        "passes": slot.passes,
    }


def _slot(values: Any) -> Slot:
    if not isinstance(values, dict) or not isinstance(values.get("kind"), str):
        raise ValueError("not a slot")
    if values["kind"] == KEYRING:
        return keyring_slot()
    return Slot(
        kind=values["kind"],
        owner=str(values.get("owner", "")),
        salt=b64decode(values.get("salt", "")),
        wrapped=b64decode(values.get("wrapped", "")),
        memory_kib=int(values.get("memory_kib", MEMORY_KIB)),
        passes=int(values.get("passes", PASSES)),
    )


def _wrap(keys: Keys, key: bytes, kind: str, owner: str, secret: bytes) -> Slot:
    slot = Slot(kind, owner, salt=os.urandom(16))
    nonce = os.urandom(12)
    wrapped = nonce + AESGCM(_derived(slot, secret)).encrypt(nonce, key, _bound_to(keys, slot))
    return replace(slot, wrapped=wrapped)


def _unwrap(keys: Keys, slot: Slot, secret: bytes) -> bytes | None:
    nonce, sealed = slot.wrapped[:12], slot.wrapped[12:]
    try:
        key = AESGCM(_derived(slot, secret)).decrypt(nonce, sealed, _bound_to(keys, slot))
    except (InvalidTag, ValueError):
        return None
    return key if keys.fits(key) else None


def _derived(slot: Slot, secret: bytes) -> bytes:
    derivation = Argon2id(
        salt=slot.salt, length=KEY_BYTES, iterations=slot.passes, lanes=1, memory_cost=slot.memory_kib
    )
    return derivation.derive(secret)


def _bound_to(keys: Keys, slot: Slot) -> bytes:
    # A slot copied into another store's file, or to another staff member, does not open.
    return f"{keys.store} {slot.kind} {slot.owner}".encode()


def _passphrase_bytes(passphrase: str) -> bytes:
    # The same passphrase may be typed composed on one keyboard and decomposed on another.
    return unicodedata.normalize("NFKC", clean_text(passphrase)).encode()
