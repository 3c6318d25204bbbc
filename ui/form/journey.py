"""Several services in the order in which the person came to them, and the time between two of them."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from intake_app.i18n import _
from intake_app.text import clean_text
from ui.form.control import describe
from ui.translation import tr

_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Journey(QWidget):
    """What is asked of the current row of several: a place in the order, and how long after the one before.

    Shown while at least two services are chosen. ``watch`` takes the list in which Alt+Up and Alt+Down move
    the current row and Alt+Enter tells about it.

    Signals: ``moved(int)`` −1 for earlier, 1 for later · ``gap_typed(str)`` · ``about_wanted()``
    """

    moved = Signal(int)
    gap_typed = Signal(str)
    about_wanted = Signal()

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = QPushButton(self)
        self.about.setAccessibleIdentifier(f"{identifier}.about")
        self.earlier = QPushButton(self)
        self.earlier.setAccessibleIdentifier(f"{identifier}.earlier")
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.gap = QLineEdit(self)
        self.gap.setAccessibleIdentifier(f"{identifier}.gap")
        self.label.setBuddy(self.gap)
        buttons = QHBoxLayout()
        for one in (self.about, self.earlier):
            one.setMinimumHeight(24)
            buttons.addWidget(one)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self.label)
        layout.addWidget(self.gap)
        self._name = self._before = ""
        self.about.clicked.connect(self.about_wanted)
        self.earlier.clicked.connect(lambda _checked=False: self.moved.emit(-1))
        self.gap.textEdited.connect(lambda text: self.gap_typed.emit(clean_text(text)))
        tr(self, self._retranslate, str)
        self.hide()

    def watch(self, rows: QWidget) -> None:
        rows.installEventFilter(self)

    def stops(self) -> list[QWidget]:
        """Those that are asked now, in order."""
        return [one for one in (self.about, self.earlier, self.gap) if not one.isHidden()]

    def show_row(self, name: str, known: bool, before: str, gap: str) -> None:
        """The current row: its name, whether the directory has it, and the one before it ("" for none)."""
        self._name, self._before = name, before
        self.about.setVisible(known)
        for one in (self.earlier, self.label, self.gap):
            one.setVisible(bool(before))
        if self.gap.text() != gap:
            self.gap.setText(gap)
        self._retranslate("")
        self.setVisible(bool(name) and (known or bool(before)))

    def _retranslate(self, _nothing: str) -> None:
        self.about.setText(_("About this service"))
        self.about.setAccessibleName(_("About {service}").format(service=self._name))
        self.earlier.setText(_("Move earlier"))
        self.earlier.setAccessibleName(
            _("Move {service} before {before}").format(service=self._name, before=self._before)
        )
        asked = _("How long after {before}, if they say it?").format(before=self._before)
        self.label.setText(asked.replace("&", "&&"))
        describe(self.gap, asked, _("For example 3 weeks later, the same day, or March 2026."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _with_alt(event):
            if step := _STEPS.get(event.key()):
                self.moved.emit(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.about_wanted.emit()
                return True
        return super().eventFilter(watched, event)


def _with_alt(event: QKeyEvent) -> bool:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
