"""A bug: staff hear where their words are, the log holds no words of anybody, the window stays."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from intake_app.logs import Log
from ui.crash import CrashScreen


def failing(words: str) -> None:
    secret = words
    try:
        {}[secret]
    except KeyError as error:
        raise ValueError(f"cannot read {secret}") from error


def caught() -> BaseException:
    try:
        failing("Mrs Smith of 1 High Street")
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_dialog_says_where_words_are_and_the_window_stays(
    app: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    error = caught()
    with Log(tmp_path) as log:
        screen = CrashScreen(window, log.path, lambda: "Your words are in the safe.")
        screen.install()
        for _time in range(3):
            if elsewhere:
                thread = threading.Thread(target=lambda: sys.excepthook(type(error), error, None))
                thread.start()
                thread.join()
            else:
                sys.excepthook(type(error), error, None)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    app.processEvents()

    (box,) = window.findChildren(QMessageBox)
    assert "Your words are in the safe." in box.informativeText()
    assert str(log.path) in box.informativeText()
    written = log.path.read_text("utf-8")
    assert "test_crash.py:" in written
    assert "Smith" not in written
    assert box.defaultButton().text() == "Go on"
    box.defaultButton().click()
    assert window.isVisible()
