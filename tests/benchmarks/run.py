"""Runs the benchmarks and prints one table: python3 dev.py bench [-- NAME …] [--records N] [--out TABLE.json]

NAME is a module bench_NAME.py of this folder. Each has rows(options) and gives lines as they are measured.
Exit status 1 if a reach is missed or a benchmark fails.
"""

import argparse
import importlib
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

from rows import Row  # noqa: E402


@dataclass(frozen=True)
class Options:
    """`folder` is empty and goes afterwards, `shared` at the end of the run.

    `records` is how many the store shall hold.
    """

    folder: Path
    shared: Path
    records: int
    rounds: int


def line(row: Row) -> str:
    ratio = f"{row.ours / row.beside:.2f} ×" if row.beside else "–"
    ours, beside = f"{row.ours:.2f} {row.unit}", f"{row.beside:.2f} {row.unit}" if row.beside else "–"
    verdict = "kept" if row.kept else "MISSED"
    return (
        f"{row.what:<58} {ours:>13} {beside:>13}  {ratio:>9}  {row.reach:<20} {verdict:<7} {row.beside_what}"
    )


def measured(name: str, options: Options) -> Iterable[Row]:
    module = importlib.import_module(f"bench_{name}")
    yield from module.rows(options)


def main() -> int:
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--records", type=int, default=100_000, help="in the store that is measured")
    parser.add_argument("--rounds", type=int, default=7, help="of which the median is taken")
    parser.add_argument("--out", type=Path, help="write the table as JSON too")
    given = parser.parse_args()
    if unknown := set(given.names) - set(names):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="intake-bench-") as shared:
        return table(given, given.names or names, Path(shared))


def table(given: argparse.Namespace, names: list[str], shared: Path) -> int:
    rows, failed = [], []
    head = (
        f"{'what':<58} {'ours':>13} {'beside':>13}  {'ratio':>9}  {'reach':<20} {'':<7} the limit beside it"
    )
    print(f"{head}\n{'-' * len(head)}", flush=True)
    for name in names:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix=f"intake-bench-{name}-") as folder:
            try:
                for row in measured(name, Options(Path(folder), shared, given.records, given.rounds)):
                    rows.append(row)
                    print(line(row), flush=True)
            except Exception:  # noqa: BLE001 - the other benchmarks are still worth measuring
                failed.append(name)
                traceback.print_exc()
        print(f"{'':<4}{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    if given.out:
        table = [{**asdict(row), "kept": row.kept} for row in rows]
        given.out.write_text(json.dumps(table, ensure_ascii=False, indent=1), encoding="utf-8")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "not known"
    missed = [row.what for row in rows if not row.kept]
    print(f"{len(rows)} figures, {len(missed)} missed, {len(failed)} benchmarks failed {' '.join(failed)}")
    print(f"load of the last 1, 5 and 15 minutes: {load}, on {os.cpu_count()} processors")
    return int(bool(missed or failed))


if __name__ == "__main__":
    sys.exit(main())
