"""An application as the window makes it, put back to English and light after each test."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from ui import accessibility, theme
from ui.translation import use_language


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    accessibility.install(qapp)
    QAccessible.setActive(True)
    theme.apply(qapp, "light", 100)
    yield qapp
    use_language(qapp, "en")
    theme.apply(qapp, "light", 100)
