"""From the start of the process to the first key taken and to all loaded, beside a bare PySide6 window."""

import compileall
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from big_store import shared_store
from rows import Row, median, side_by_side

WINDOW = Path(__file__).with_name("timed_window.py")
ROOT = Path(__file__).resolve().parents[2]


def timed(*arguments: str, env: dict[str, str] | None = None) -> dict[str, float]:
    """What one start of a window tells; see timed_window.py."""
    given = {**os.environ, **(env or {}), "BENCH_BEGAN_NS": str(time.monotonic_ns())}
    done = subprocess.run(
        [sys.executable, str(WINDOW), *arguments], env=given, capture_output=True, text=True, timeout=120
    )
    if done.returncode:
        raise RuntimeError(f"{arguments}: {done.stderr}")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def rows(options: Any) -> Iterator[Row]:
    folder, env = shared_store(options.shared, options.records)
    # As pip leaves an installed program; a checkout has it only where Python may write into it.
    for package in ("intake_app", "ui"):
        compileall.compile_dir(ROOT / package, quiet=1)
    timed("intake", "--data-dir", str(folder), env=env)  # once, so that both are measured warm
    ours, bare = side_by_side(
        lambda: timed("intake", "--data-dir", str(folder), env=env), lambda: timed("bare"), options.rounds
    )

    def both(name: str) -> tuple[float, float]:
        return median([told[name] for told in ours]), median([told[name] for told in bare])

    first, bare_first = both("first_key_ms")
    loaded, _ = both("loaded_ms")
    stall, _ = both("stall_ms")
    memory, bare_memory = both("memory_mb")
    window = "bare PySide6 window, one line edit"
    with_records = f"{options.records:,} records"
    yield Row(f"start → the story box has taken a key, {with_records}", first, window, bare_first, times=1.3)
    yield Row("start → everything loaded", loaded, window, bare_first, times=7)
    yield Row("longest stall until then", stall, "", 0, at_most=50)
    yield Row(f"memory, window open, {with_records}", memory, window, bare_memory, "MB", times=3)
