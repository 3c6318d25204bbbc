"""A bug: staff hear where their words are, the log holds no words of anybody, the window stays."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ui.crash import LOG_NAME, CrashScreen, fault_lines, write_fault


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


def test_log_names_kinds_and_places_and_no_words(tmp_path: Path) -> None:
    path = write_fault(tmp_path, caught())

    assert path == tmp_path / LOG_NAME
    text = path.read_text("utf-8")
    assert "Smith" not in text
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_crash.py:" in text


def test_log_begins_anew_when_it_has_grown_long(tmp_path: Path) -> None:
    (tmp_path / LOG_NAME).write_text("old\n" * 200_000, "utf-8")

    write_fault(tmp_path, caught())

    assert "old" not in (tmp_path / LOG_NAME).read_text("utf-8")


def test_a_log_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    assert write_fault(tmp_path / "file", caught()) is None


def test_a_circle_of_causes_ends() -> None:
    assert fault_lines(caught()).count("KeyError") == 1


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_dialog_says_where_words_are_and_the_window_stays(
    app: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    screen = CrashScreen(window, tmp_path, lambda: "Your words are in the safe.")
    screen.install()
    error = caught()

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
    assert str(tmp_path / LOG_NAME) in box.informativeText()
    assert box.defaultButton().text() == "Go on"
    box.defaultButton().click()
    assert window.isVisible()
