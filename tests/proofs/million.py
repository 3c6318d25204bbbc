"""A million narratives in one encrypted store: how long to take in, how quick to search, how much room.

    python3 dev.py prove million [--seed N] [--steps 1000000] [--seconds 7200]

They come as pages of a hub, which is how a store gets that many. Each search is measured beside a raw
full-text query for the same, newest first, on the same encrypted file with the same cache, one by one.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

import bench_search  # noqa: E402
from big_store import MovingClock, make_store, opened  # noqa: E402
from rows import median, percentile  # noqa: E402

from intake_app.errors import Cancelled  # noqa: E402
from intake_app.store.folder import STORE_FILE  # noqa: E402
from intake_app.store.store import Store  # noqa: E402
from intake_app.store.summaries import RecordQuery  # noqa: E402
from tests.proving.verdicts import Verdicts, options, say  # noqa: E402

QUERIES, ROUNDS = 200, 3
MOST_SEARCHING_MB = 250
LONGEST_TO_STOP_S = 1.0
CANCELLED_AFTER_S = 2.0


def main() -> int:
    made = {
        "type": Path,
        "help": "a folder beyond this run: made there and left, or found there and measured",
    }
    asked = options(__doc__, 1_000_000, 7_200, ("--store", made))
    verdicts = Verdicts("million", asked.seed, asked.began)
    with tempfile.TemporaryDirectory(prefix="intake-million-") as name:
        folder = asked.given.store or Path(name) / "store"
        seconds = 0.0
        if not (folder / STORE_FILE).exists():
            began = time.monotonic()
            make_store(folder, asked.steps, asked.clock())
            seconds = time.monotonic() - began
        before = _peak_mb()
        with opened(folder, MovingClock(asked.steps)) as store:
            records = store.records.totals()[0]
            verdicts.add("narratives taken in, searchable at once", records, records == asked.steps)
            rate = f"{records / seconds:,.0f}" if seconds else "made earlier"
            verdicts.add("    a second, derived, folded and indexed", rate)
            size = (folder / STORE_FILE).stat().st_size
            verdicts.add("size of the encrypted file", f"{size / 1e9:.2f} GB, {size / records:,.0f} B each")
            verdicts.add("memory at most while taking in", f"{before:,.0f} MB")
            _search(store, verdicts)
            grown = _peak_mb() - before
            verdicts.add("memory that searching added", f"{grown:,.0f} MB", grown <= MOST_SEARCHING_MB)
            _stops(store, Path(name), verdicts)
    return verdicts.show()


def _search(store: Store, verdicts: Verdicts) -> None:
    for what, queries in bench_search.KINDS.items():
        took = bench_search.measured(store, list(queries(QUERIES)), ROUNDS)
        for name, of in (("median", median), ("p95", lambda values: percentile(values, 95))):
            ours, rows, numbers = of(took.ours), of(took.rows), of(took.numbers)
            figure = f"{ours:.2f} ms, {rows:.2f} raw, {ours / rows:.2f} ×"
            holds = name == "median" or ours <= bench_search.TIMES * rows
            verdicts.add(f"{what}, first page, {name} ({numbers:.2f} ms for row numbers only)", figure, holds)
    began = time.monotonic()
    page = store.records.find(RecordQuery())
    verdicts.add(
        "the list without words", f"{(time.monotonic() - began) * 1000:.2f} ms", len(page.rows) == 50
    )


def _stops(store: Store, folder: Path, verdicts: Verdicts) -> None:
    """Long work ends soon after a person says so."""
    stick = folder / "stick"
    stick.mkdir()
    for what, work in (
        ("checking the store", lambda cancelled: store.check(cancelled)),
        ("backing up", lambda cancelled: store.back_up(stick, cancelled=cancelled)),
    ):
        took = _cancelled(work)
        verdicts.add(f"{what}: seconds from “stop” to stopped", f"{took:.2f} s", took <= LONGEST_TO_STOP_S)
    left = [one.name for one in stick.iterdir()]
    verdicts.add("what a stopped backup leaves on the stick", len(left), not left)


def _cancelled(work: Callable[[Callable[[], bool]], object]) -> float:
    """Seconds; 0 where it was done before anybody said stop."""
    began = time.monotonic()
    try:
        work(lambda: time.monotonic() - began > CANCELLED_AFTER_S)
    except Cancelled:
        return time.monotonic() - began - CANCELLED_AFTER_S
    say("done before it could be stopped")
    return 0.0


def _peak_mb() -> float:
    # Kilobytes on Linux, bytes on macOS.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1e3 if sys.platform.startswith("linux") else 1e6
    )


if __name__ == "__main__":
    raise SystemExit(main())
