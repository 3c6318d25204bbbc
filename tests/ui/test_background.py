"""Work off the UI thread comes back in order, on the UI thread, and never to what is gone."""

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.errors import DiskFull, IntakeError
from ui.background import Background


def settle(background: Background, qtbot: QtBot) -> None:
    done: list[bool] = []
    background.run(background, lambda: True, done.append)
    qtbot.waitUntil(lambda: bool(done))


@pytest.fixture
def background(app: QApplication, qtbot: QtBot) -> Background:
    made = Background()
    yield made
    made.close()


def test_results_arrive_in_order_on_the_ui_thread(background: Background, qtbot: QtBot) -> None:
    arrived: list[tuple[int, bool]] = []
    here = threading.current_thread()

    for number in range(2_000):
        background.run(
            background,
            lambda number=number: (number, threading.current_thread() is not here),
            lambda result: arrived.append((result[0], result[1] and threading.current_thread() is here)),
        )
    settle(background, qtbot)

    assert arrived == [(number, True) for number in range(2_000)]


def test_an_expected_error_reaches_its_handler(background: Background, qtbot: QtBot) -> None:
    met: list[IntakeError] = []

    def full() -> None:
        raise DiskFull(path="/data")

    background.run(background, full, lambda _none: met.clear(), met.append)
    settle(background, qtbot)

    assert [type(error) for error in met] == [DiskFull]


def test_an_expected_error_without_a_handler_is_told_to_all(background: Background, qtbot: QtBot) -> None:
    met: list[IntakeError] = []
    background.failed.connect(met.append)

    def full() -> None:
        raise DiskFull(path="/data")

    background.run(background, full, lambda _none: None)
    settle(background, qtbot)

    assert [type(error) for error in met] == [DiskFull]


def test_a_bug_reaches_the_hook_and_later_results_still_arrive(background: Background, qtbot: QtBot) -> None:
    arrived: list[int] = []
    with qtbot.captureExceptions() as caught:
        background.run(background, lambda: 1 // 0, lambda _none: None)
        background.run(background, lambda: 7, arrived.append)
        settle(background, qtbot)

    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]
    assert arrived == [7]


def test_a_result_for_what_is_gone_is_dropped(background: Background, qtbot: QtBot) -> None:
    gate = threading.Event()
    arrived: list[int] = []
    owner = QObject()
    background.run(owner, lambda: gate.wait(5) and 1, arrived.append)
    owner.deleteLater()
    qtbot.waitSignal(owner.destroyed).wait()
    gate.set()
    settle(background, qtbot)

    assert arrived == []


def test_closing_finishes_what_was_given(app: QApplication) -> None:
    done: list[int] = []
    background = Background()
    for number in range(50):
        background.run(background, lambda number=number: done.append(number), lambda _none: None)

    background.close()
    background.run(background, lambda: done.append(99), lambda _none: None)

    assert done == list(range(50))
