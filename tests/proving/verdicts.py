"""What a proof prints: progress while it runs, then a table with seed, figures and verdicts."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

SEED = 2026
SKIPPED = 77
"""The exit status for what could not be tried here."""


@dataclass(frozen=True)
class Options:
    """How long a proof takes: at most ``steps`` of its own kind, at most ``seconds`` from ``began`` on."""

    seed: int
    steps: int
    seconds: float
    given: argparse.Namespace
    began: float = field(default_factory=time.monotonic)

    def clock(self) -> Callable[[], bool]:
        """Tells whether there is time left, from now on."""
        until = self.began + self.seconds
        return lambda: time.monotonic() < until


def options(
    description: str | None, steps: int, seconds: float, *more: tuple[str, dict[str, object]]
) -> Options:
    """From the command line; ``more`` are arguments of argparse that only this proof has."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=SEED, help=f"of everything by chance ({SEED})")
    parser.add_argument("--steps", type=int, default=steps, help=f"how many at most ({steps:,})")
    parser.add_argument("--seconds", type=float, default=seconds, help=f"how long at most ({seconds:,.0f})")
    for name, values in more:
        parser.add_argument(name, **values)  # type: ignore[arg-type]
    given = parser.parse_args()
    return Options(given.seed, given.steps, given.seconds, given)


@dataclass
class Verdicts:
    """One line for each thing proved; ``status`` is the process's exit status."""

    proof: str
    seed: int
    began: float = field(default_factory=time.monotonic)
    rows: list[tuple[str, str, bool]] = field(default_factory=list)

    def add(self, what: str, figure: object, holds: bool = True) -> None:
        self.rows.append((what, f"{figure:,}" if isinstance(figure, int) else str(figure), holds))

    def show(self) -> int:
        seconds = time.monotonic() - self.began
        print(f"\n{self.proof}, seed {self.seed}, {seconds:,.0f} s")
        for what, figure, holds in self.rows:
            print(f"    {what:<66} {figure:>22}  {'holds' if holds else 'BROKEN'}")
        return int(not all(holds for _, _, holds in self.rows))


def say(words: str) -> None:
    """Progress, apart from the table."""
    print(f"    {words}", file=sys.stderr, flush=True)
