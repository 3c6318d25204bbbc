"""A thousand programs are killed with signal 9 in the middle of their work: nothing acknowledged may be lost.

    python3 dev.py prove kills [--seed N] [--steps 1000] [--seconds 2400] [--jobs 4]

Real processes on real encrypted stores: typing through the window's own autosave, finishing, editing and
erasing, rounds with a real hub (which is killed as well), migrations. After every kill the store is opened
and checked: page authentication, structure, search index, every hash, everything derived.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.proving.kills import Harm, killed  # noqa: E402
from tests.proving.kills_at_work import MOST_TYPING_LOST_S  # noqa: E402
from tests.proving.verdicts import SKIPPED, Options, Verdicts, options, say  # noqa: E402

SHARES = {"typing": 0.4, "finishing": 0.3, "syncing": 0.2, "migrating": 0.1}
PORTION = 20
"""Kills of one lane before it gives its figures."""


def main() -> int:
    asked = options(
        __doc__, 1_000, 2_400, ("--jobs", {"type": int, "default": 4, "help": "folders worked in at a time"})
    )
    if sys.platform == "win32":
        say("Needs fork and SIGKILL.")
        return SKIPPED
    time_left = asked.clock()
    done: dict[str, list[Harm]] = defaultdict(list)
    with ProcessPoolExecutor(asked.given.jobs) as pool:
        portions = iter(_portions(asked.seed, asked.steps))
        working = {pool.submit(killed, *one) for one in islice(portions, asked.given.jobs)}
        while working:
            ended, working = wait(working, return_when=FIRST_COMPLETED)
            for harm in (one.result() for one in ended):
                done[harm.kind].append(harm)
                kills = sum(one.kills for some in done.values() for one in some)
                say(harm.lost or f"{kills:,} kills, the last {harm.kills} while {harm.kind}")
            if time_left():
                working |= {pool.submit(killed, *one) for one in islice(portions, len(ended))}
    return _table(asked, done)


def _portions(seed: int, kills: int) -> list[tuple[str, str, int]]:
    """Kind, seed and number of kills, the kinds mixed."""
    found: list[tuple[float, str, str, int]] = []
    for kind, share in SHARES.items():
        left, number = round(kills * share), 0
        while left > 0:
            place = number * PORTION / (kills * share)
            found.append((place, kind, f"{seed}/{kind}/{number}", min(PORTION, left)))
            left, number = left - PORTION, number + 1
    return [one[1:] for one in sorted(found)]


def _table(asked: Options, done: dict[str, list[Harm]]) -> int:
    verdicts = Verdicts("kills", asked.seed, asked.began)
    every = [one for some in done.values() for one in some]
    verdicts.add("programs killed", sum(one.kills for one in every))
    for kind in SHARES:
        lost = [one.lost for one in done[kind] if one.lost]
        verdicts.add(
            f"    while {kind}: store whole, nothing acknowledged lost", _kills(done[kind]), not lost
        )
    verdicts.add("acts acknowledged before a kill, all found afterwards", _sum(every, "acknowledged"))
    verdicts.add("kills between the beginning of an act and its word", _sum(every, "half_way"))
    verdicts.add("recovery offers, each one for its record and dated", _sum(every, "offers"))
    most = max((one.most_typing_lost_s for one in every), default=0.0)
    verdicts.add(
        f"most typing lost, at most {MOST_TYPING_LOST_S:g} s", f"{most:.2f} s", most <= MOST_TYPING_LOST_S
    )
    return verdicts.show()


def _kills(some: Sequence[Harm]) -> int:
    return _sum(some, "kills")


def _sum(some: Sequence[Harm], name: str) -> int:
    return sum(getattr(one, name) for one in some)


if __name__ == "__main__":
    raise SystemExit(main())
