"""An application as the window makes it, put back to English and light after each test."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from ui import accessibility, theme
from ui.translation import use_language


@pytest.fixture(autouse=True)
def _no_window_of_another_test() -> Iterator[None]:
    """A window that was left open takes the focus from the next one, as soon as something is turned."""
    _hide_all()
    yield
    _hide_all()


def _hide_all() -> None:
    if QApplication.instance() is not None:
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible():
                widget.hide()


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    accessibility.install(qapp)
    QAccessible.setActive(True)
    theme.apply(qapp, "light", 100)
    yield qapp
    use_language(qapp, "en")
    theme.apply(qapp, "light", 100)
