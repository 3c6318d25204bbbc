"""Text that asks nothing, such as words of reassurance."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.form.context import Asking
from ui.form.control import Control, describe
from ui.form.ink import InkLabel


class Note(Control):
    """A label that takes the focus, so that Tab reads it too; otherwise only eyes would meet it."""

    names_itself = True

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        self._label = InkLabel(parent=self)
        self._label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._label.setAccessibleIdentifier(asking.question.id)
        self._label.setMinimumHeight(24)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label)

    def stops(self) -> list[QWidget]:
        return [self._label]

    def value(self) -> Any:
        return None

    def show_value(self, value: Any, label: str = "") -> None:
        """A note has none."""

    def describe(self, name: str, description: str) -> None:
        if self._label.text() != name:
            self._label.setText(name)
        describe(self._label, name, description)
