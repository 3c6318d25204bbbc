"""What another language costs: a start in Urdu beside one in English, and a live switch on a full page."""

import compileall
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench_start_up import ROOT, timed
from big_store import shared_store
from rows import Row, median, side_by_side

SWITCHES = Path(__file__).with_name("switching_window.py")
TAG = "ur"


def rows(options: Any) -> Iterator[Row]:
    folder, env = shared_store(options.shared, options.records)
    for package in ("intake_app", "ui"):
        compileall.compile_dir(ROOT / package, quiet=1)
    urdu = ("intake", "--data-dir", str(folder), "--language", TAG)
    english = ("intake", "--data-dir", str(folder), "--language", "en")
    # Once each, so that both are measured warm; the first start in a language compiles its catalogue.
    timed(*urdu, env=env)
    timed(*english, env=env)
    ours, beside = side_by_side(
        lambda: timed(*urdu, env=env), lambda: timed(*english, env=env), options.rounds
    )

    def both(name: str) -> tuple[float, float]:
        return median([told[name] for told in ours]), median([told[name] for told in beside])

    in_english = "the same in English"
    first, first_english = both("first_key_ms")
    loaded, loaded_english = both("loaded_ms")
    yield Row("start in Urdu → the story box has taken a key", first, in_english, first_english, times=1.2)
    yield Row("start in Urdu → everything loaded", loaded, in_english, loaded_english, times=1.2)
    done = subprocess.run(
        [sys.executable, str(SWITCHES), str(options.folder)],
        env=dict(os.environ), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    told = json.loads(done.stdout.splitlines()[-1])
    what = f"live switch, {told['controls']} controls open, slowest of {len(told['switches'])} languages"
    yield Row(what, max(told["switches"].values()), "", 0, at_most=300)
