"""From the real window to practice: another program on a folder of its own; this window stays as it is."""

import pytest
from PySide6.QtGui import QAction

from tests.ui.record.desk import Desk
from ui.child_process import command


def practise(desk: Desk) -> None:
    action = desk.shell.findChild(QAction, "&Practise …")
    assert isinstance(action, QAction)
    action.trigger()


def test_practice_is_started_beside_this_folder_and_nothing_here_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(
        "ui.practice.starting.QProcess.startDetached",
        lambda program, arguments: bool(started.append([program, *arguments])) or (True, 1),
    )
    desk.type("She waited.")
    practise(desk)
    folder = str(desk.workplace.folder)
    assert started == [[*command(), "--data-dir", folder, "--practise", "--language", "en"]]
    assert desk.last_said() == "The practice window opens. This window stays as it is."
    assert desk.focused() == "narrative"
    assert desk.shell.narrative.words() == "She waited."
    assert desk.window.practice is None
    assert desk.shell.windowTitle() == "Intake"


def test_a_start_that_fails_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.practice.starting.QProcess.startDetached", lambda *_arguments: (False, 0))
    practise(desk)
    assert desk.last_said() == "The practice window could not be started."
