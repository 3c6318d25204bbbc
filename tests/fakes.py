"""Stand-ins for the computer around the program: a keyring and a clock."""

from intake_app.times import Instant

MORNING = Instant.parse("2026-11-20T10:14:00.000Z")


class DictionaryKeyring:
    """Keeps keys in memory, as the system's keyring does between two starts."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, entry: str) -> bytes | None:
        return self.kept.get(entry)

    def put(self, entry: str, key: bytes) -> None:
        self.kept[entry] = key

    def remove(self, entry: str) -> None:
        self.kept.pop(entry, None)


class HandClock:
    """A clock that moves only when it is moved."""

    def __init__(self, now: Instant = MORNING) -> None:
        self.now = now

    def __call__(self) -> Instant:
        return self.now

    def forward(self, seconds: float = 0, *, days: float = 0) -> None:
        self.now = Instant(self.now.utc_ms + int(days * 86_400_000 + seconds * 1000))
