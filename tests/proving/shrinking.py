"""Makes a failing script as short as it goes: delta debugging (Zeller and Hildebrandt, 2002)."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def shrunk(
    steps: Sequence[T],
    still_fails: Callable[[Sequence[T]], bool],
    seconds: float = 300,
    now: Callable[[], float] = time.monotonic,
) -> tuple[T, ...]:
    """A part of ``steps``, in order, that still fails, and from which no single step can be left out.

    After ``seconds`` the shortest one found so far. ``steps`` itself is taken to fail.
    """
    until = now() + seconds
    left, parts = tuple(steps), 2
    while len(left) > 1:
        size = -(-len(left) // parts)
        for start in range(0, len(left), size):
            if now() > until:
                return left
            shorter = left[:start] + left[start + size :]
            if shorter and still_fails(shorter):
                left, parts = shorter, max(parts - 1, 2)
                break
        else:
            if size == 1:
                return left
            parts = min(parts * 2, len(left))
    return left
