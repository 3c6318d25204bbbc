"""Plays scripts in worlds of their own, and makes those that fail as short as they go."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from intake_app.forms.library import Library
from tests.proving.judging import judge
from tests.proving.scripts import Step, script
from tests.proving.shrinking import shrunk
from tests.proving.world import World

STEPS = 250
"""Of one world: long enough for old bases and old backups, short enough for hundreds of worlds."""
QUICK = Path("/dev/shm")
"""Nothing here is about durability, so the stores may lie in memory where there is such a place."""


@dataclass(frozen=True)
class Outcome:
    """``rule`` is what broke, empty where nothing did; ``digest`` of all bytes on all lines."""

    seed: str
    steps: int
    rule: str = ""
    words: str = ""
    digest: str = ""
    versions: int = 0
    rounds: int = 0
    troubled: int = 0


DatabaseUrl = Callable[[Path], str]
"""Of an empty database for a world in this folder."""


def on_sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'hub.sqlite'}"


def played(seed: str, steps: Sequence[Step], database_url: DatabaseUrl = on_sqlite) -> Outcome:
    """Plays the script to its end, lets everything settle, and judges."""
    with _world(seed, database_url) as world:
        rule = words = ""
        try:
            world.play(steps)
            world.settle()
            judge(world)
        except Exception as error:  # noqa: BLE001  # whatever a step raises is what is looked for
            rule = getattr(error, "rule", "") or type(error).__name__
            words = str(error)
        return Outcome(
            seed, len(steps), rule, words, world.digest, len(world.model.saved), world.rounds, world.troubled
        )


def episode(seed: str, steps: int = STEPS, database_url: DatabaseUrl = on_sqlite) -> Outcome:
    return played(seed, script(seed, steps), database_url)


def shortest(
    failed: Outcome, database_url: DatabaseUrl = on_sqlite, seconds: float = 300
) -> tuple[Step, ...]:
    """A script that breaks the same rule as the one of this outcome's seed."""

    def fails(steps: Sequence[Step]) -> bool:
        return played(failed.seed, steps, database_url).rule == failed.rule

    return shrunk(script(failed.seed, failed.steps), fails, seconds)


@contextmanager
def _world(seed: str, database_url: DatabaseUrl) -> Iterator[World]:
    parent = QUICK if QUICK.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="intake-world-", dir=parent) as name:
        world = World(seed, Path(name), database_url(Path(name)), Library.shipped())
        try:
            yield world
        finally:
            world.close()
