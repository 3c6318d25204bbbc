"""Long work in a process of its own: its progress is heard, its key is not seen, it can be stopped."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import child_process
from ui.child_process import ChildProcess

Ended = list[tuple[int, dict[str, Any], str]]


def run(
    monkeypatch: pytest.MonkeyPatch, code: str, key: str = "", arguments: Sequence[str] = ()
) -> tuple[ChildProcess, list[dict[str, Any]], Ended]:
    monkeypatch.setattr(child_process, "command", lambda: [sys.executable, "-c", code])
    child = ChildProcess()
    heard: list[dict[str, Any]] = []
    ended: Ended = []
    child.progress.connect(heard.append)
    child.finished.connect(lambda status, last, said: ended.append((status, last, said)))
    child.start(arguments, key)
    return child, heard, ended


def test_progress_and_result_are_heard_in_order(
    app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import json\nfor n in range(3): print(json.dumps({'done': n}), flush=True)\nprint('for people')"
    child, heard, ended = run(monkeypatch, code)

    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)

    assert heard == [{"done": 0}, {"done": 1}, {"done": 2}]
    assert ended == [(0, {"done": 2}, "")]
    assert not child.running


def test_the_key_goes_by_standard_input_and_not_by_arguments(
    app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import json, sys\nprint(json.dumps({'read': sys.stdin.read(), 'given': sys.argv[1:]}))"
    _child, _heard, ended = run(monkeypatch, code, key="00ff", arguments=["sync", "--key-stdin"])

    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)

    assert ended[0][1] == {"read": "00ff\n", "given": ["sync", "--key-stdin"]}


def test_a_failure_brings_what_was_said_about_it(
    app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _child, _heard, ended = run(monkeypatch, "import sys\nsys.exit('The disk is full.')")

    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)

    assert ended == [(1, {}, "The disk is full.")]


def test_a_child_can_be_stopped(app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import json, time\nprint(json.dumps({'done': 1}), flush=True)\ntime.sleep(60)"
    child, heard, ended = run(monkeypatch, code)
    qtbot.waitUntil(lambda: bool(heard), timeout=60_000)

    child.cancel()
    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)

    assert child.cancelled
    assert ended[0][0] != 0


def test_a_child_that_does_not_listen_is_ended(
    app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "STOP_PATIENCE_MS", 200)
    code = (
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('{\"ready\": 1}', flush=True)\ntime.sleep(60)"
    )
    child, heard, ended = run(monkeypatch, code)
    qtbot.waitUntil(lambda: bool(heard), timeout=60_000)

    child.cancel()
    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)

    assert ended[0][0] != 0


def test_a_program_that_is_not_there_is_told(
    app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(child_process, "command", lambda: [str(tmp_path / "nothing")])
    child = ChildProcess()
    ended: Ended = []
    child.finished.connect(lambda status, last, said: ended.append((status, last, said)))

    child.start(["sync"])
    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)

    assert ended[0][0] == 1
    assert ended[0][2]


def test_the_real_program_answers() -> None:
    assert child_process.command()[-2:] == ["-m", "ui"]
