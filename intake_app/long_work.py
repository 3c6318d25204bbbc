"""How far long work is, and whether it is still wanted: what it tells, and asks, between two slices."""

from collections.abc import Callable

Progress = Callable[[int, int], object]
"""Called with what is done and how much there is, in whatever the work counts."""

Cancelled = Callable[[], bool]


def unwatched(_done: int, _total: int) -> None:
    """Nobody looks on."""


def never() -> bool:
    """Nobody can stop it."""
    return False
