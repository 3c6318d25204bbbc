"""Short lists of choices: radio buttons, check boxes and the single box that acknowledges."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from intake_app.forms.model import ACKNOWLEDGED, Choice
from intake_app.i18n import _
from ui.form.context import Asking
from ui.form.control import Control, describe
from ui.form.ink import key_label
from ui.form.prompt_line import ForeignLabel
from ui.form.wrapped_buttons import NamedBox, WrappedCheck, WrappedRadio
from ui.translation import tr

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def digit_of(event: QKeyEvent) -> int:
    """1 to 9 where a bare digit key was pressed, else 0."""
    if event.modifiers() not in _PLAIN or not Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
        return 0
    return int(event.key()) - int(Qt.Key.Key_0)


class _Theirs:
    """Each choice in the person's language, in the row of the English one; made when first needed."""

    def __init__(self, asking: Asking, grid: QGridLayout, box: QWidget) -> None:
        self._asking = asking
        self._grid = grid
        self._box = box
        self._rows: dict[str, tuple[int, Choice]] = {}
        self._labels: dict[str, ForeignLabel] = {}

    def add(self, row: int, choice: Choice) -> None:
        self._rows[choice.code] = (row, choice)
        self._show_one(choice.code, True)

    def show(self, buttons: Mapping[str, QWidget]) -> None:
        for code in self._rows:
            self._show_one(code, not buttons[code].isHidden())

    def _show_one(self, code: str, offered: bool) -> None:
        label = self._labels.get(code)
        if self._asking.context.person.is_english:
            if label is not None:
                label.hide()
            return
        row, choice = self._rows[code]
        if label is None:
            self._labels[code] = label = ForeignLabel(self._box)
            self._grid.addWidget(label, row, 2)
            self._grid.setColumnStretch(2, 1)
        label.show_prompt(self._asking.choice_prompt(choice))
        if not offered:
            label.hide()


class RadioChoices(Control):
    """One of at most nine choices, as radio buttons below each other: in a row Up and Down would do nothing.

    While the focus is among them, a digit chooses; the digit of the chosen one, or Delete, clears.
    """

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        self._box = NamedBox(self)
        self._grid = QGridLayout(self._box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(4)
        self._theirs = _Theirs(asking, self._grid, self._box)
        self._group = QButtonGroup(self)
        self._radios: dict[str, WrappedRadio] = {}
        self._description = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self._box.setAccessibleIdentifier(asking.question.id)
        self._group.buttonClicked.connect(self._chosen_by_staff)
        for choice in asking.choices():
            self._add(choice)

    def _add(self, choice: Choice) -> WrappedRadio:
        row = len(self._radios)
        if row < 9:
            self._grid.addWidget(key_label(row + 1, self._box), row, 0, Qt.AlignmentFlag.AlignVCenter)
        radio = WrappedRadio(self._box)
        radio.setAccessibleIdentifier(f"{self.asking.question.id}.{choice.code}")
        tr(radio, radio.show_text, lambda: self.asking.choice_label(choice))
        radio.installEventFilter(self)
        self._grid.addWidget(radio, row, 1)
        self._theirs.add(row, choice)
        if self._radios:
            QWidget.setTabOrder(list(self._radios.values())[-1], radio)
        self._group.addButton(radio)
        self._radios[choice.code] = radio
        return radio

    def stops(self) -> list[QWidget]:
        """The checked button, or the first: the others are reached by arrow keys."""
        chosen = self._group.checkedButton()
        return [chosen if chosen is not None else next(iter(self._radios.values()))]

    def chain(self) -> list[QWidget]:
        return list(self._radios.values())

    def value(self) -> Any:
        return next((code for code, radio in self._radios.items() if radio.isChecked()), None)

    def show_value(self, value: Any, label: str = "") -> None:
        if value == self.value():
            return
        if value is None:
            self._uncheck()
            return
        code = str(value)
        radio = self._radios.get(code)
        if radio is None:  # no longer offered, and still the answer
            radio = self._add(self.asking.choice(code, label))
        radio.setChecked(True)
        self._describe_stop()

    def shown_label(self) -> str:
        code = self.value()
        return self.asking.choice_prompt(self.asking.choice(code)).text if code is not None else ""

    def describe(self, name: str, description: str) -> None:
        if self._box.accessibleName() != name:
            self._box.setAccessibleName(name)
        self._description = description
        self._describe_stop()

    def _describe_stop(self) -> None:
        # Only where Tab arrives: on every button it would be read again at each arrow key.
        stop = self.stops()
        for radio in self._radios.values():
            words = self._description if radio in stop else ""
            if radio.accessibleDescription() != words:
                radio.setAccessibleDescription(words)

    def show_choices(self) -> None:
        offered = {choice.code for choice in self.asking.choices()}
        for choice in self.asking.choices():
            if choice.code not in self._radios:
                self._add(choice)
        for code, radio in self._radios.items():
            radio.setVisible(code in offered or radio.isChecked())
        self._theirs.show(self._radios)

    def show_prompts(self) -> None:
        self._theirs.show(self._radios)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if digit := digit_of(event):
                return self._digit(digit)
            if event.key() in _CLEARS and event.modifiers() in _PLAIN and self.value() is not None:
                self._cleared()
                return True
        return super().eventFilter(watched, event)

    def _digit(self, digit: int) -> bool:
        if digit > len(self._radios):
            return False
        radio = list(self._radios.values())[digit - 1]
        if radio.isHidden():
            return False
        if radio.isChecked():
            radio.setFocus(Qt.FocusReason.OtherFocusReason)
            self._cleared()
        elif radio.hasFocus():
            radio.click()
            # Where the focus stays, Orca speaks of a radio button's choice for the space bar alone.
            self.asking.say(_("{choice} chosen.").format(choice=radio.text()))
        else:
            radio.setFocus(Qt.FocusReason.OtherFocusReason)
            radio.click()
        return True

    def _cleared(self) -> None:
        self._uncheck()
        self.asking.say(_("Cleared."))  # a screen reader says nothing of a radio button that is let go
        self.edited.emit(None)

    def _uncheck(self) -> None:
        self._group.setExclusive(False)
        for radio in self._radios.values():
            radio.setChecked(False)
        self._group.setExclusive(True)
        self._describe_stop()

    def _chosen_by_staff(self) -> None:
        self.edited.emit(self.value())


class CheckChoices(Control):
    """Several of at most nine choices, as check boxes; a digit turns one on or off."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        self._box = NamedBox(self)
        self._grid = QGridLayout(self._box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(4)
        self._theirs = _Theirs(asking, self._grid, self._box)
        self._checks: dict[str, WrappedCheck] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self._box.setAccessibleIdentifier(asking.question.id)
        for choice in asking.choices():
            self._add(choice)

    def _add(self, choice: Choice) -> WrappedCheck:
        row = len(self._checks)
        if row < 9:
            self._grid.addWidget(key_label(row + 1, self._box), row, 0, Qt.AlignmentFlag.AlignVCenter)
        check = WrappedCheck(self._box)
        check.setAccessibleIdentifier(f"{self.asking.question.id}.{choice.code}")
        tr(check, check.show_text, lambda: self.asking.choice_label(choice))
        check.installEventFilter(self)
        check.clicked.connect(self._changed_by_staff)
        self._grid.addWidget(check, row, 1)
        self._theirs.add(row, choice)
        if self._checks:
            QWidget.setTabOrder(list(self._checks.values())[-1], check)
        self._checks[choice.code] = check
        return check

    def stops(self) -> list[QWidget]:
        return [check for check in self._checks.values() if not check.isHidden()]

    def chain(self) -> list[QWidget]:
        return list(self._checks.values())

    def value(self) -> Any:
        return [code for code, check in self._checks.items() if check.isChecked()] or None

    def show_value(self, value: Any, label: str = "") -> None:
        codes = [str(code) for code in value or ()]
        for code in codes:
            if code not in self._checks:
                self._add(self.asking.choice(code))
        for code, check in self._checks.items():
            check.setChecked(code in codes)

    def shown_label(self) -> str:
        chosen = (self.asking.choice(code) for code in self.value() or ())
        return "; ".join(self.asking.choice_prompt(one).text for one in chosen)

    def describe(self, name: str, description: str) -> None:
        if self._box.accessibleName() != name:
            self._box.setAccessibleName(name)
        for place, check in enumerate(self.stops()):
            words = description if place == 0 else ""
            if check.accessibleDescription() != words:
                check.setAccessibleDescription(words)

    def show_choices(self) -> None:
        offered = {choice.code for choice in self.asking.choices()}
        for choice in self.asking.choices():
            if choice.code not in self._checks:
                self._add(choice)
        for code, check in self._checks.items():
            check.setVisible(code in offered or check.isChecked())
        self._theirs.show(self._checks)

    def show_prompts(self) -> None:
        self._theirs.show(self._checks)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit = digit_of(event)
            if 0 < digit <= len(self._checks):
                check = list(self._checks.values())[digit - 1]
                if not check.isHidden():
                    check.setFocus(Qt.FocusReason.OtherFocusReason)
                    check.click()
                    return True
        return super().eventFilter(watched, event)

    def _changed_by_staff(self) -> None:
        self.edited.emit(self.value())


class Acknowledgement(Control):
    """One check box whose words are the question: ticked when it was said or done."""

    names_itself = True

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        self._check = WrappedCheck(self)
        self._check.setAccessibleIdentifier(asking.question.id)
        self._check.clicked.connect(self._changed_by_staff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._check)

    def stops(self) -> list[QWidget]:
        return [self._check]

    def value(self) -> Any:
        return ACKNOWLEDGED if self._check.isChecked() else None

    def show_value(self, value: Any, label: str = "") -> None:
        self._check.setChecked(value is not None)

    def describe(self, name: str, description: str) -> None:
        if self._check.text() != name:
            self._check.setText(name)
        describe(self._check, name, description)

    def _changed_by_staff(self) -> None:
        self.edited.emit(self.value())
