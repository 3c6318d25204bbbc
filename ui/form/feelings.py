"""How the person felt about one topic: one radio button for each code of the sentiments list."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from intake_app.forms.model import Choice
from ui.form.choices import digit_of
from ui.form.ink import InkLabel, key_label
from ui.form.wrapped_buttons import NamedBox, WrappedRadio


class Feelings(QWidget):
    """Signals: ``felt(int)`` the place of the button that staff chose; ``left()`` Escape was pressed;
    ``felt_in_place(int)`` the chosen one had the focus already, of which a screen reader says nothing.
    """

    felt = Signal(int)
    felt_in_place = Signal(int)
    left = Signal()

    def __init__(self, identifier: str, sentiments: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = InkLabel(parent=self)
        self._box = NamedBox(self)
        self._box.setAccessibleIdentifier(identifier)
        self._group = QButtonGroup(self)
        self._radios: list[WrappedRadio] = []
        grid = QGridLayout(self._box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(4)
        for row, sentiment in enumerate(sentiments):
            radio = WrappedRadio(self._box)
            radio.setAccessibleIdentifier(f"{identifier}.{sentiment.code}")
            radio.installEventFilter(self)
            grid.addWidget(key_label(row + 1, self._box), row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(radio, row, 1)
            self._group.addButton(radio, row)
            if self._radios:
                QWidget.setTabOrder(self._radios[-1], radio)
            self._radios.append(radio)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._box)
        self._group.idClicked.connect(self.felt)

    def stop(self) -> QWidget:
        """The checked button, or the first."""
        return self._group.checkedButton() or self._radios[0]

    def buttons(self) -> list[QWidget]:
        return list(self._radios)

    def show_feeling(self, title: str, labels: Sequence[str], place: int) -> None:
        """Shows the question, its answers, and which of these holds; -1 for none."""
        for radio, label in zip(self._radios, labels, strict=True):
            if radio.text() != label:
                radio.show_text(label)
        self._title.setText(title)
        self._box.setAccessibleName(title)
        self._group.setExclusive(False)
        for row, radio in enumerate(self._radios):
            radio.setChecked(row == place)
        self._group.setExclusive(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            digit = digit_of(event)
            if 0 < digit <= len(self._radios):
                radio = self._radios[digit - 1]
                stayed = radio.hasFocus()
                radio.setFocus(Qt.FocusReason.OtherFocusReason)
                radio.click()
                if stayed:
                    self.felt_in_place.emit(digit - 1)
                return True
        return super().eventFilter(watched, event)
