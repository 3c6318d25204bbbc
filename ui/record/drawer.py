"""Forms that were built once are kept for the next time: building one costs more than a key may take."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from intake_app.forms.model import QuestionSet
from intake_app.records import Sheet
from ui.accessibility import in_silence, only_focus_heard
from ui.form.context import FormContext
from ui.form.sheet_form import SheetForm

Outside = Mapping[str, Any]
Key = tuple[str, str, str]
NOTHING: Outside = {}


class FormDrawer(QWidget):
    """Never shown and in no window: what lies in it is met by no key and no screen reader.

    Signals: ``edited(question id, Answer | None)`` and ``question_left(str)`` of any of its forms.
    """

    edited = Signal(str, object)
    question_left = Signal(str)

    def __init__(self, context: FormContext) -> None:
        super().__init__()
        self._context = context
        self._forms: dict[Key, SheetForm] = {}
        self._used: set[Key] = set()

    def take(
        self, question_set: QuestionSet, group: str, sheet: Sheet, outside: Outside, parent: QWidget
    ) -> SheetForm:
        """The form of this group with these answers."""
        key = (question_set.id, question_set.version, group)
        self._used.add(key)
        known = self._forms.get(key)
        if known is None:
            self._forms[key] = self._build(key, question_set, sheet, outside, parent)
            return self._forms[key]
        known.setParent(parent)
        known.show_sheet(sheet, outside)
        known.show_problems({})
        return known

    def _build(
        self, key: Key, question_set: QuestionSet, sheet: Sheet, outside: Outside, parent: QWidget
    ) -> SheetForm:
        with in_silence():
            form = SheetForm(question_set, key[2], sheet, self._context, parent, outside)
        form.edited.connect(self.edited)
        form.question_left.connect(self.question_left)
        return form

    def prepare(
        self, question_set: QuestionSet, group: str, sheet: Sheet, outside: Outside = NOTHING
    ) -> bool:
        """Builds a form for later; False where it is there already."""
        key = (question_set.id, question_set.version, group)
        if key in self._forms:
            return False
        self._forms[key] = form = self._build(key, question_set, sheet, outside, self)
        # Half of what showing it would take: the style looks at every widget once.
        for widget in (form, *form.findChildren(QWidget)):
            widget.ensurePolished()
        return True

    def put_away(self, form: SheetForm) -> None:
        """Out of its window, with its texts and carets."""
        # Hidden first: a layout may still hold a wish to show it, and would show it as a window.
        with only_focus_heard():
            form.hide()
            form.setParent(self)

    def forget(self) -> None:
        """Another record is taken down: not a word of the one before stays in any form."""
        for key in self._used:
            form = self._forms[key]
            form.blockSignals(True)
            form.show_sheet(Sheet(question_set=form.sheet().question_set), {})
            form.show_problems({})
            for line in form.findChildren(QLineEdit):
                # Words of a search that was not ended by choosing.
                if line.text():
                    line.clear()
            form.blockSignals(False)
        self._used.clear()
