"""The office's pages and dialogs, at the same desk as the record page."""

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.record.desk import Desk, turn
from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures

A = TypeVar("A", bound=QDialog)


class Office:
    """Opens a dialog over the desk's window, and closes what a test left open."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self._desk = desk
        self._qtbot = qtbot
        self._opened: list[QDialog] = []

    def open(self, kind: type[A]) -> A:
        dialog = kind(self._desk.workplace, self._desk.shell)
        self._opened.append(dialog)
        dialog.open()
        self._qtbot.waitExposed(dialog)
        self._desk.settle()
        turn()
        return dialog

    def close(self) -> None:
        for dialog in self._opened:
            dialog.close()
        turn()


@pytest.fixture
def office(desk: Desk, qtbot: QtBot) -> Iterator[Office]:
    opened = Office(desk, qtbot)
    yield opened
    opened.close()
