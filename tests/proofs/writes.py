"""Every deed of a day is tried while writing fails: nothing acknowledged is missing, all can be done after.

    python3 dev.py prove writes [--seed N] [--steps 1000] [--seconds 1800]

First each statement and each commit of each deed fails once, the first, the second and so on to the last.
Then the store lies on a disk of its own that is really full, with more and more kilobytes left. Each time the
error has words for staff, the store checks clean, and the deed goes through once there is room again.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.proving.deeds import DEEDS, Deed  # noqa: E402
from tests.proving.failing import small_disk  # noqa: E402
from tests.proving.verdicts import Verdicts, options, say  # noqa: E402
from tests.proving.write_faults import Attempt, at_write, on_full_disk  # noqa: E402

KILOBYTES_LEFT = (0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024)


def main() -> int:
    asked = options(__doc__, 1_000, 1_800)
    verdicts = Verdicts("writes", asked.seed, asked.began)
    time_left, tried = asked.clock(), 0
    for deed in DEEDS:
        attempts = []
        for attempt in _every_write(deed):
            tried += 1
            attempts.append(attempt)
            if attempt.broken:
                say(attempt.broken)
            if tried >= asked.steps or not time_left():
                break
        say(f"{deed.name}: {len(attempts)} writes failed one by one")
        _add(verdicts, f"{deed.name}: each of its writes failed", attempts)
    with tempfile.TemporaryDirectory(prefix="intake-disk-") as name, small_disk(Path(name) / "disk") as disk:
        if disk is None:
            say("No disk of its own could be mounted (that needs root on Linux): nothing was really full.")
        for deed in DEEDS if disk is not None else ():
            attempts = []
            for kilobytes in KILOBYTES_LEFT:
                if time_left():
                    attempts.append(on_full_disk(deed, disk, kilobytes))
                    if attempts[-1].broken:
                        say(attempts[-1].broken)
            say(f"{deed.name}: tried on a full disk {len(attempts)} times")
            _add(verdicts, f"{deed.name}: on a disk that is full", attempts)
    return verdicts.show()


def _every_write(deed: Deed) -> Iterator[Attempt]:
    nth = 1
    while (attempt := at_write(deed, nth)).failed or attempt.broken:
        yield attempt
        nth += 1


def _add(verdicts: Verdicts, what: str, attempts: list[Attempt]) -> None:
    failed = Counter(one.error for one in attempts if one.failed)
    figure = ", ".join(f"{count} {name}" for name, count in failed.items()) or "always went through"
    verdicts.add(what, f"{len(attempts)}: {figure}", not any(one.broken for one in attempts))


if __name__ == "__main__":
    raise SystemExit(main())
