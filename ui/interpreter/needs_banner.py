"""What everybody must know who opens a record: how this person can be spoken to, in words, in a box."""

from PySide6.QtWidgets import QWidget

from ui.form.ink import ProblemBox


class NeedsBanner(ProblemBox):
    """Stands above the record for as long as it is open; hidden where nothing is known."""

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleIdentifier(identifier)
        self.hide()
