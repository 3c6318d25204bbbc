"""Every journey of scripts/, played with real keys to the real window and heard through the real Orca."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SYSTEM_PYTHON = "/usr/bin/python3"
NAMES = sorted(path.stem for path in (HERE / "scripts").glob("*.py"))
LONGEST_SECONDS = 300
MOST_STEPS = 400  # all journeys together: so many still fit into a test run of twelve minutes


def lacking() -> str:
    """What this computer lacks for journeys, in words; "" if nothing."""
    if not sys.platform.startswith("linux"):
        return "journeys need Linux: the screen reader is Orca"
    programs = [
        name
        for name in ("Xvfb", "dbus-daemon", "openbox", "xdotool", "xprop", "orca")
        if not shutil.which(name)
    ]
    if programs:
        return f"programs missing: {' '.join(programs)} (python3 dev.py test installs them on Debian)"
    bindings = subprocess.run([SYSTEM_PYTHON, "-c", "import gi, pyatspi"], capture_output=True)
    return (
        ""
        if bindings.returncode == 0
        else f"{SYSTEM_PYTHON} has no gi or pyatspi (python3-gi, python3-pyatspi)"
    )


def played(name: str, report: Path) -> tuple[int, str]:
    """Exit status and transcript of one journey, which is asked to end if it takes too long."""
    command = [SYSTEM_PYTHON, str(HERE / "play.py"), name, "--out", str(report)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        try:
            transcript, _ = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGTERM)
            transcript, _ = process.communicate(timeout=30)
            transcript += f"\nended after {LONGEST_SECONDS} s"
    return process.returncode, transcript


@pytest.mark.journey
@pytest.mark.timeout(LONGEST_SECONDS + 60)
@pytest.mark.parametrize("name", NAMES)
def test_screen_reader_says_every_step_of_the_journey(name: str, tmp_path: Path) -> None:
    if reason := lacking():
        if os.environ.get("INTAKE_JOURNEYS") == "required" or os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    report = tmp_path / "report.json"
    status, transcript = played(name, report)
    if keep := os.environ.get("INTAKE_TRANSCRIPTS"):
        Path(keep).mkdir(parents=True, exist_ok=True)
        Path(keep, f"{name}.txt").write_text(transcript, encoding="utf-8")
    if faults := wrong_with(name, report, status):
        pytest.fail("\n".join([*faults, "", transcript]))


def wrong_with(name: str, report: Path, status: int) -> list[str]:
    """What was wrong in one playing, in words; empty when every step was heard as it must be."""
    if not report.is_file():
        return ["the journey ended without a report"]
    told = json.loads(report.read_text(encoding="utf-8"))
    faults = [*told["faults"], *told["complaints"]]
    if status != 0:
        faults.append(f"it ended with status {status}")
    if len(told["steps"]) > MOST_STEPS // 2:
        faults.append(f"it has {len(told['steps'])} steps, {MOST_STEPS // 2} at most")
    return faults
