#!/usr/bin/python3
"""Plays a journey and prints what was done and what the screen reader said: play.py NAME [--out REPORT.json]

Run by the system's Python, which has the accessibility bindings. NAME is a script of tests/journeys/scripts.
Exit status 1 if anything was not as expected.
"""

import argparse
import importlib.util
import json
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def play(name: str, size: str) -> dict[str, Any]:
    """The report of one journey, on a screen of its own."""
    from harness.private_screen import PrivateScreen

    specification = importlib.util.spec_from_file_location(name, HERE / "scripts" / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    script = importlib.util.module_from_spec(specification)
    with PrivateScreen(size) as screen:
        from harness.journey import (
            CannotContinue,
            Journey,
        )  # only now: the bindings look for the bus when imported
        from harness.orca import Orca

        specification.loader.exec_module(script)
        application = getattr(script, "APPLICATION", {})
        journey = Journey(screen, Orca(screen), **application)
        try:
            script.play(journey)
        except (CannotContinue, TimeoutError, LookupError) as problem:
            journey.fault(f"could not go on: {problem}")
        except Exception:  # noqa: BLE001 - a mistake in the script must not hide what was heard so far
            journey.fault(traceback.format_exc())
        return journey.report()


def tell(name: str, report: dict[str, Any]) -> None:
    print(f"== {name}")
    for step in report["steps"]:
        print(f"{step['did']:<28} -> {step['focus']}")
        print(f"    ({step['first_word_ms']} ms) {' | '.join(step['said']) or '(nothing)'}")
        for fault in step["faults"]:
            print(f"    FAULT {fault}")
    for line in report["complaints"]:
        print(f"    the program wrote: {line}")
    done = f"{len(report['steps'])} steps, {report['presses']} keys, {report['typed']} letters typed"
    print(f"{done}, {len(report['faults'])} faults")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--size", default="1366x900x24")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    report = play(options.name, options.size)
    tell(options.name, report)
    if options.out:
        options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    return int(bool(report["faults"]))


if __name__ == "__main__":
    sys.exit(main())
