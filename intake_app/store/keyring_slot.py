"""The system's keyring, where it is one that may be trusted with the store's key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from intake_app.errors import KeyringUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "intake"
ALLOWED = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.libsecret.Keyring",
    }
)
"""Others lose the key (null) or write it to a plain file (keyrings.alt); an environment variable can choose
them, so the one in force is asked each time."""


class Keyring(Protocol):
    """What a keyring must do; the real one and a test's dictionary do it."""

    def get(self, entry: str) -> bytes | None:
        """The 32-byte key kept under ``entry``; None when there is none. Raises KeyringUnavailable."""

    def put(self, entry: str, key: bytes) -> None:
        """Keeps it and reads it back. Raises KeyringUnavailable."""

    def remove(self, entry: str) -> None:
        """Forgets it; nothing to forget is no error. Raises KeyringUnavailable."""


class SystemKeyring:
    """Windows Credential Locker, macOS Keychain or a Secret Service.

    Only the 32-byte key goes there: Windows holds 1,280 characters (jaraco/keyring 355).
    """

    def get(self, entry: str) -> bytes | None:
        import keyring.errors

        backend = _trusted()
        try:
            found = backend.get_password(SERVICE, entry)
        except keyring.errors.KeyringError as error:
            raise KeyringUnavailable(backend=type(backend).__name__) from error
        return _from_hex(found)

    def put(self, entry: str, key: bytes) -> None:
        import keyring.errors

        backend = _trusted()
        try:
            backend.set_password(SERVICE, entry, key.hex())
            kept = backend.get_password(SERVICE, entry)
        except keyring.errors.KeyringError as error:
            raise KeyringUnavailable(backend=type(backend).__name__) from error
        if _from_hex(kept) != key:
            raise KeyringUnavailable(backend=type(backend).__name__)

    def remove(self, entry: str) -> None:
        import keyring.errors

        backend = _trusted()
        try:
            if backend.get_password(SERVICE, entry) is not None:
                backend.delete_password(SERVICE, entry)
        except keyring.errors.KeyringError as error:
            raise KeyringUnavailable(backend=type(backend).__name__) from error


def _trusted() -> KeyringBackend:
    import keyring  # 58 ms, so only when a key is wanted

    backend = keyring.get_keyring()
    # A chainer asks several backends in turn, so that an untrusted one could answer: take the first trusted.
    chained: list[KeyringBackend] = getattr(backend, "backends", [])
    backend = next((one for one in chained if _name(one) in ALLOWED), backend)
    if _name(backend) not in ALLOWED:
        raise KeyringUnavailable(backend=_name(backend))
    return backend


def _name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__name__}"


def _from_hex(text: str | None) -> bytes | None:
    try:
        return bytes.fromhex(text) if text else None
    except ValueError:
        return None
