"""One line of the table: a figure of ours, the limit measured beside it in the same run, and the reach."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True)
class Row:
    """`ours` and `beside` are medians (or what `what` says) in `unit`.

    Kept if ours ≤ `times` × beside, where given, and ours ≤ `at_most`, where given.
    """

    what: str
    ours: float
    beside_what: str
    beside: float
    unit: str = "ms"
    times: float | None = None
    at_most: float | None = None

    @property
    def kept(self) -> bool:
        by_factor = self.times is None or self.ours <= self.times * self.beside
        return by_factor and (self.at_most is None or self.ours <= self.at_most)

    @property
    def reach(self) -> str:
        factor = "" if self.times is None else f"≤ {self.times:g} ×"
        ceiling = "" if self.at_most is None else f"≤ {self.at_most:g} {self.unit}"
        return ", ".join(filter(None, (factor, ceiling))) or "told only"


T = TypeVar("T")


def side_by_side(ours: Callable[[], T], beside: Callable[[], T], rounds: int) -> tuple[list[T], list[T]]:
    """Both measured in turns, `rounds` times, so that whatever else the computer does meets both alike."""
    first, second = [], []
    for _ in range(rounds):
        second.append(beside())
        first.append(ours())
    return first, second


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def median(values: list[float]) -> float:
    return statistics.median(values)


def percentile(values: list[float], percent: float) -> float:
    """By nearest rank: p95 of 200 values is the 190th smallest."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, round(percent / 100 * len(ordered)) - 1))]
