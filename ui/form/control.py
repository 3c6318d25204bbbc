"""What every control of a question can do, whatever its kind."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.records import AnswerState
from intake_app.text import without_isolates
from ui.form.context import Asking


class Control(QWidget):
    """The part of a question that takes the answer.

    Signals: ``edited(object)`` what staff did: the new value, or None where they emptied it.
    Showing a value never emits.
    """

    edited = Signal(object)

    names_itself = False
    """True where the control shows the question's label itself, as a single check box does."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asking = asking

    def stops(self) -> list[QWidget]:
        """The widgets that take the focus, in order; at least one for every kind that asks."""
        raise NotImplementedError

    def chain(self) -> list[QWidget]:
        """Everything that can take the focus, also buttons that only arrow keys reach, in order."""
        return self.stops()

    def buddy(self) -> QWidget | None:
        """The one widget that the question's label is for; None where a named group box holds several."""
        return None

    def value(self) -> Any:
        """What is shown, in the shape of ``records.Answer.value``; None when empty."""
        raise NotImplementedError

    def show_value(self, value: Any, label: str = "") -> None:
        """Shows an answer's value and, where it was kept, its label; None empties."""
        raise NotImplementedError

    def state(self) -> AnswerState:
        """Answered, unless the words typed are themselves "don't know"."""
        return AnswerState.ANSWERED

    def shown_label(self) -> str:
        """The answer in the words put to the person, kept as evidence; empty where the value says all."""
        return ""

    def describe(self, name: str, description: str) -> None:
        """Accessible name and description, on the stops that a screen reader comes to first."""
        raise NotImplementedError

    def show_choices(self) -> None:
        """Offers the choices that fit the other answers now; what was answered stays."""

    def show_prompts(self) -> None:
        """Shows the choices in the person's language too, which is another one now."""

    def unfinished(self) -> str:
        """A sentence where words were typed that are no answer yet; else empty."""
        return ""


def describe(widget: QWidget, name: str, description: str) -> None:
    """Sets name and description only when they differ: a change is spoken at once where the focus is."""
    if widget.accessibleName() != name:
        widget.setAccessibleName(name)
    description = without_isolates(description)
    if widget.accessibleDescription() != description:
        widget.setAccessibleDescription(description)
