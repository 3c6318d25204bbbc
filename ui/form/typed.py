"""Answers that are typed: text, numbers and dates. What was typed stays as it was typed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from intake_app.forms.dates import Precision, When, parse_when
from intake_app.i18n import _
from intake_app.records import AnswerState
from intake_app.text import clean_text, without_isolates
from ui.form.context import Asking
from ui.form.control import Control, describe
from ui.form.dates_in_words import when_words
from ui.form.ink import MUTED, InkLabel
from ui.form.text_box import TextBox
from ui.translation import tr

_LEFT_TO_RIGHT = frozenset({"numbers", "phone", "email", "url", "postcode"})
"""Appearances whose field is left-to-right in every language, so that an empty one is too."""

Parse = Callable[[str], Any]


class TypedLine(Control):
    """One line of text. ``parse`` makes the value; words it does not understand are kept as they are.

    The value is text in that case, which ``forms.validation`` reports; nobody's words vanish because they
    are no number.
    """

    def __init__(self, asking: Asking, parse: Parse = str, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        self._parse = parse
        self._showing = False
        self.line = QLineEdit(self)
        self.line.setAccessibleIdentifier(asking.question.id)
        if parse is not str or asking.question.appearance in _LEFT_TO_RIGHT:
            self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        # Not textEdited: dictation and screen readers set the text without a key.
        self.line.textChanged.connect(self._typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)

    def stops(self) -> list[QWidget]:
        return [self.line]

    def buddy(self) -> QWidget:
        return self.line

    def value(self) -> Any:
        words = without_isolates(clean_text(self.line.text()))
        if not words.strip():
            return None
        parsed = self._parse(words)
        return words if parsed is None else parsed

    def show_value(self, value: Any, label: str = "") -> None:
        if value == self.value():
            return
        self._show_words("" if value is None else _plain(value))

    def _show_words(self, words: str) -> None:
        self._showing = True
        self.line.setText(words)
        self._showing = False

    def describe(self, name: str, description: str) -> None:
        describe(self.line, name, description)

    def _typed(self) -> None:
        if not self._showing:
            self.edited.emit(self.value())


class TypedDate(TypedLine):
    """A date as people say it. Their words stay; below them stands how they were understood."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        self._understood: InkLabel | None = None
        super().__init__(asking, self._read, parent)
        self._understood = InkLabel(MUTED, self)
        self._understood.hide()
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._understood)
        self.line.textChanged.connect(self._explain)
        tr(self, self._explain, str)

    def _when(self) -> When | None:
        return parse_when(self.shown_label(), self.asking.context.today())

    def _read(self, words: str) -> str | None:
        when = parse_when(words, self.asking.context.today())
        return when.iso if when is not None else None

    def state(self) -> AnswerState:
        """Somebody who is "not sure" said that they do not know, which is an answer of its own."""
        when = self._when()
        unknown = when is not None and when.precision is Precision.UNKNOWN
        return AnswerState.DONT_KNOW if unknown else AnswerState.ANSWERED

    def show_value(self, value: Any, label: str = "") -> None:
        if value != self.value() or (value is None and label != self.shown_label()):
            self._show_words(label or ("" if value is None else str(value)))

    def shown_label(self) -> str:
        """The person's own words, which the value only reads."""
        return without_isolates(clean_text(self.line.text()))

    def _explain(self, _text: str = "") -> None:
        if self._understood is None:
            return
        when = self._when()
        words = when_words(when.iso) if when is not None and when.iso else ""
        self._understood.show_words(_("Understood as {date}").format(date=words) if words else "")


class TypedText(Control):
    """Several lines of text."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        self._showing = False
        self.box = TextBox(asking.question.id, self)
        self.box.textChanged.connect(self._typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)

    def stops(self) -> list[QWidget]:
        return [self.box]

    def buddy(self) -> QWidget:
        return self.box

    def value(self) -> Any:
        words = self.box.words()
        return words if words.strip() else None

    def show_value(self, value: Any, label: str = "") -> None:
        if value == self.value():
            return
        self._showing = True
        self.box.set_words("" if value is None else str(value))
        self._showing = False

    def describe(self, name: str, description: str) -> None:
        describe(self.box, name, description)

    def _typed(self) -> None:
        if not self._showing:
            self.edited.emit(self.value())


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def whole_number(text: str) -> int | None:
    """With spaces or commas between thousands, in any script's digits; None for anything else."""
    try:
        return int(_without_grouping(text))
    except ValueError:
        return None


def number(text: str) -> int | float | None:
    """As ``whole_number``, with a point for the fraction; None for anything else."""
    plain = _without_grouping(text)
    if any(character.isalpha() for character in plain):  # float() takes "nan" and "infinity"
        return None
    try:
        return int(plain) if "." not in plain else float(plain)
    except ValueError:
        return None


def _without_grouping(text: str) -> str:
    if "_" in text:  # int() takes them; people do not mean them
        return ""
    return "".join(character for character in text if not character.isspace() and character != ",")
