"""Sync of six and more computers of two organisations over bad lines, against a model, from a seed.

    python3 dev.py prove fuzz [--seed N] [--steps 200000] [--seconds 5400] [--jobs 2] [--postgres]
    python3 dev.py prove fuzz --replay SEED [--script FILE]

Worlds of 250 steps each: records taken down, edited, withdrawn and erased, persons, open windows, rounds
with lost, late, repeated and mixed-up answers, kills, restarts, clocks set wrong, changed scopes, backups put
back, cloned folders. One world is played again by another process and must send the same bytes. Of the first
world that fails, seed and the shortest script are printed, for --replay.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.postgresql import postgresql_server  # noqa: E402
from tests.proving.databases import fresh_database  # noqa: E402
from tests.proving.episodes import STEPS, Outcome, episode, on_sqlite, played, shortest  # noqa: E402
from tests.proving.scripts import as_text, of_text, script  # noqa: E402
from tests.proving.verdicts import Options, Verdicts, options, say  # noqa: E402

_TELL_EVERY = 20
_SHRINK_SECONDS = 600


def main() -> int:
    asked = options(
        __doc__,
        200_000,
        5_400,
        ("--jobs", {"type": int, "default": os.cpu_count() or 1, "help": "worlds played at a time"}),
        ("--postgres", {"action": "store_true", "help": "the hub on PostgreSQL instead of SQLite"}),
        ("--replay", {"default": "", "help": "play one world only, by the seed that was printed"}),
        ("--script", {"type": Path, "help": "with --replay: the steps, one a line, as they were printed"}),
    )
    with ExitStack() as stack:
        database = on_sqlite
        if asked.given.postgres:
            database = partial(fresh_database, stack.enter_context(_postgresql()))
        if asked.given.replay:
            return _replay(asked.given.replay, asked.given.script, database)
        return _prove(asked, database)


def _prove(asked: Options, database: object) -> int:
    verdicts = Verdicts("fuzz", asked.seed, asked.began)
    done: list[Outcome] = []
    failed: Outcome | None = None
    time_left = asked.clock()
    with ProcessPoolExecutor(asked.given.jobs) as pool:
        seeds = (f"{asked.seed}/{number}" for number in range(-(-asked.steps // STEPS)))
        while failed is None and time_left() and (some := list(islice(seeds, 2 * asked.given.jobs))):
            for outcome in pool.map(partial(episode, database_url=database), some):
                done.append(outcome)
                failed = failed or (outcome if outcome.rule else None)
            if len(done) % _TELL_EVERY < 2 * asked.given.jobs:
                say(f"{len(done) * STEPS:,} steps in {len(done):,} worlds")
    same = _same_in_another_process(done[0])
    acts = Counter(step.act for one in done for step in script(one.seed, one.steps))
    verdicts.add("steps, in worlds of 250", sum(one.steps for one in done))
    verdicts.add("versions saved and followed to the end", sum(one.versions for one in done))
    verdicts.add("rounds, of them over a line that failed them", _both(done))
    verdicts.add("kills in a round, erasures, restores, clones", _rare(acts))
    verdicts.add(
        "worlds that kept every rule", f"{sum(not one.rule for one in done):,} of {len(done):,}", not failed
    )
    verdicts.add("the first world again, another process, byte for byte", done[0].digest[:16], same)
    status = verdicts.show()
    if failed is not None:
        print(f"\nseed {failed.seed}: {failed.words}\nThe shortest script that breaks the same rule:\n")
        print(as_text(shortest(failed, database, _SHRINK_SECONDS)))  # type: ignore[arg-type]
    return status


def _both(done: list[Outcome]) -> str:
    return f"{sum(one.rounds for one in done):,}, {sum(one.troubled for one in done):,}"


def _rare(acts: Counter[str]) -> str:
    return ", ".join(f"{acts[act]:,}" for act in ("erase", "restore", "clone"))


def _same_in_another_process(first: Outcome) -> bool:
    """With another seed of Python's own hashes, so that no order by chance can hide."""
    command = [sys.executable, __file__, "--replay", first.seed]
    other = subprocess.run(
        command, env=os.environ | {"PYTHONHASHSEED": "12345"}, stdout=subprocess.PIPE, text=True, check=False
    )
    return first.digest in other.stdout


def _replay(seed: str, file: Path | None, database: object) -> int:
    steps = of_text(file.read_text()) if file else script(seed, STEPS)
    outcome = played(seed, steps, database)  # type: ignore[arg-type]
    print(f"{outcome.digest}\n{outcome.words or 'kept every rule'}")
    return int(bool(outcome.rule))


@contextmanager
def _postgresql() -> Iterator[str]:
    temporary = tempfile.TemporaryDirectory(prefix="intake-proof-")
    with temporary as folder, postgresql_server(Path(folder)) as server:
        yield server.database()


if __name__ == "__main__":
    raise SystemExit(main())
