"""Instants with their English civil date, and ids that sort by time."""

import hashlib
import secrets
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_RANDOM_BITS = 74


@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A moment: milliseconds since 1970 in UTC; its civil date is the one in Europe/London."""

    utc_ms: int

    @classmethod
    def of(cls, moment: datetime) -> "Instant":
        """From an aware datetime; a naive one raises ValueError, since its zone would be a guess."""
        if moment.tzinfo is None:
            raise ValueError("naive datetime")
        return cls(round(moment.timestamp() * 1000))

    @classmethod
    def parse(cls, text: str) -> "Instant":
        """From ISO 8601 with an offset or Z, as ``isoformat`` writes it."""
        return cls(_milliseconds(text))

    @property
    def utc(self) -> datetime:
        return datetime.fromtimestamp(self.utc_ms / 1000, UTC)

    @property
    def london(self) -> datetime:
        return self.utc.astimezone(LONDON)

    @property
    def civil(self) -> date:
        """The date in England, by which reports count."""
        return self.london.date()

    def isoformat(self) -> str:
        """``2026-11-22T10:14:03.123Z``."""
        return self.utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@lru_cache(maxsize=1_000)
def _milliseconds(text: str) -> int:
    """Kept: a record has the same moment in several places, and a page of the hub in all its documents."""
    return Instant.of(datetime.fromisoformat(text)).utc_ms


Clock = Callable[[], Instant]


def system_clock() -> Instant:
    return Instant(time.time_ns() // 1_000_000)


class IdMaker:
    """Makes UUIDv7 texts (RFC 9562) that never sort below the one before, even when the clock is set back."""

    def __init__(self, clock: Clock, random_bits: Callable[[int], int] = secrets.randbits) -> None:
        self._clock = clock
        self._random_bits = random_bits
        self._last = 0
        self._lock = threading.Lock()

    def not_below(self, identifier: str) -> None:
        """Ids made from now on sort above ``identifier``: the clock may have been set back since a start.

        Raises ValueError for text that is no UUIDv7.
        """
        milliseconds, number = milliseconds_of(identifier), uuid.UUID(identifier).int
        random = (number >> 64 & 0xFFF) << 62 | number & ((1 << 62) - 1)
        with self._lock:
            self._last = max(self._last, milliseconds << _RANDOM_BITS | random)

    def __call__(self) -> str:
        """The next id, as 36 characters in lower case."""
        with self._lock:
            fresh = (self._clock().utc_ms << _RANDOM_BITS) | self._random_bits(_RANDOM_BITS)
            # A clock set back, or two ids in one millisecond: go on from the last id.
            self._last = fresh if fresh > self._last else self._last + 1 + self._random_bits(32)
            return _as_uuid7(self._last)


def named_id(text: str) -> str:
    """The id that everybody gives to the same text (UUIDv8, RFC 9562): it tells no time."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16])
    number = number & ~(0xF << 76) & ~(3 << 62) | (8 << 76) | (2 << 62)
    return str(uuid.UUID(int=number))


def _as_uuid7(number: int) -> str:
    milliseconds, random = number >> _RANDOM_BITS, number & ((1 << _RANDOM_BITS) - 1)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return str(uuid.UUID(int=(milliseconds << 80) | (7 << 76) | (high << 64) | (2 << 62) | low))


def milliseconds_of(identifier: str) -> int:
    """The time inside a UUIDv7, in milliseconds since 1970. Raises ValueError for other text."""
    number = uuid.UUID(identifier)
    if number.version != 7:
        raise ValueError("not a UUIDv7")
    return number.int >> 80
