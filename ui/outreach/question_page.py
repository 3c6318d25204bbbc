"""One question as a person answers it by themselves: large, in their language, by touch, mouse or keys."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.forms.prompts import Prompt
from intake_app.i18n import is_right_to_left
from intake_app.text import without_isolates
from ui import fonts, theme
from ui.accessibility import heading
from ui.form.prompt_line import ForeignLabel
from ui.form.text_box import TextBox
from ui.form.wrapped_buttons import NamedBox, WrappedCheck, WrappedRadio
from ui.outreach.person_phrases import beside_english
from ui.rows import add_row
from ui.whole_words import keep_whole

QUESTION_FACTOR, ANSWER_FACTOR, ENGLISH_FACTOR = 26 / theme.BASE_POINTS, 18 / theme.BASE_POINTS, 1.3
TARGET_PX = 56
_SPACING_PX = 12


def align(label: QLabel, on: QWidget) -> None:
    """To the side at which the page begins that it stands on, whatever its words are."""
    right = on.layoutDirection() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class QuestionPage(QWidget):
    """Signals: ``answered(object)`` the value at every change: a code, a list of codes, or words ·
    ``went_on()`` Enter, or Ctrl+Enter among several lines: to the next question
    """

    answered = Signal(object)
    went_on = Signal()

    def __init__(self, identifier: str, question: Prompt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(_SPACING_PX)
        self._identifier = identifier
        self._prompt = question
        self._buttons: dict[str, WrappedRadio | WrappedCheck] = {}
        self._group = QButtonGroup(self)
        self._several = False
        self._said: list[QLabel] = []
        self._lines: list[str] = []
        self.typed: QLineEdit | TextBox | None = None
        self.heading = heading(question.english, self)
        self.heading.setAccessibleIdentifier("respondent_question")
        if question.is_foreign:
            foreign = ForeignLabel(self)
            self.column.addWidget(foreign)
            foreign.show_prompt(question, QUESTION_FACTOR)
        theme.scale_font(self.heading, ENGLISH_FACTOR if question.is_foreign else QUESTION_FACTOR)
        self.column.addWidget(self.heading)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            # Qt aligns a label by its own words, so English would stand left on an Urdu page.
            for label in (self.heading, *self._said):
                align(label, self)

    def say(self, prompt: Prompt, factor: float) -> QLabel:
        """A line below what stands there, for the eye in both languages and for the ear in English."""
        label = QLabel(beside_english(prompt), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        theme.scale_font(label, factor)
        if prompt.is_foreign:
            label.setFont(fonts.for_reader(prompt.language, label.font()))
        align(label, self)
        self._said.append(label)
        self.column.addWidget(label)
        self._lines.append(prompt.english)
        self.name_heading("", "")
        return label

    def name_heading(self, before: str, after: str) -> None:
        """All that is heard when the focus comes to the question: a label's description would not be."""
        words = (before, self._prompt.english, *self._lines, after)
        self.heading.setAccessibleName(" ".join(one for one in words if one))

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in order."""
        if self.typed is not None:
            return [self.heading, self.typed]
        return [self.heading, *self._buttons.values()]

    def offer(self, choices: list[tuple[str, Prompt]], how: str, several: bool, chosen: list[str]) -> None:
        """Answers to choose from, below each other, each with its English; ``how`` says how many."""
        self._several = several
        box = NamedBox(self)
        box.setAccessibleIdentifier(self._identifier)
        # The heading has told the question: here it would be heard a second time.
        box.setAccessibleName(how)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        self._group.setExclusive(not several)
        for code, prompt in choices:
            button: WrappedRadio | WrappedCheck = WrappedCheck(box) if several else WrappedRadio(box)
            self._show_choice(button, prompt)
            button.setAccessibleIdentifier(f"{self._identifier}.{code}")
            button.setChecked(code in chosen)
            button.clicked.connect(lambda _on=False: self.answered.emit(self.value()))
            self._group.addButton(button)
            self._buttons[code] = button
            column.addWidget(button)
        self.column.addWidget(box)

    def _show_choice(self, button: WrappedRadio | WrappedCheck, prompt: Prompt) -> None:
        foreign = prompt.is_foreign
        words = beside_english(prompt)
        if isinstance(button, WrappedRadio):
            button.show_text(words)
        else:
            button.setText(words)
        # An English voice says the English, not letters of another script.
        button.setAccessibleName(prompt.english)
        theme.scale_font(button, ANSWER_FACTOR)
        if foreign:
            button.setFont(fonts.for_reader(prompt.language, button.font()))
            if is_right_to_left(prompt.language):
                button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setMinimumHeight(TARGET_PX)

    def write(self, words: str, label: str, multiline: bool) -> None:
        """A place to write in; several lines for the story."""
        typed: QLineEdit | TextBox
        if multiline:
            typed = TextBox(self._identifier, self)
        else:
            typed = QLineEdit(self)
            typed.setMinimumHeight(TARGET_PX)
        caption = add_row(self.column, typed, lambda: label, self._identifier)
        typed.setAccessibleName(self._prompt.english)
        align(caption, self)
        self._said.append(caption)
        for widget in (typed, caption):
            theme.scale_font(widget, ANSWER_FACTOR)
        if self._prompt.is_foreign:
            typed.setFont(fonts.for_reader(self._prompt.language, typed.font()))
        if isinstance(typed, TextBox):
            keep_whole(typed)
            typed.set_words(words)
        else:
            typed.setText(words)
        typed.textChanged.connect(lambda *_text: self.answered.emit(self.value()))
        self.typed = typed

    def value(self) -> Any:
        """What is chosen or written now; empty for nothing."""
        if isinstance(self.typed, TextBox):
            return self.typed.words()
        if self.typed is not None:
            return without_isolates(self.typed.text())
        chosen = [code for code, button in self._buttons.items() if button.isChecked()]
        return chosen if self._several else (chosen[0] if chosen else "")

    def buttons(self) -> dict[str, WrappedRadio | WrappedCheck]:
        """The answers to choose from, by their codes."""
        return dict(self._buttons)

    def take_focus(self) -> None:
        """On the question, so that it is heard; Tab goes to the answers."""
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - int(Qt.Key.Key_0)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and 1 <= digit <= min(9, len(self._buttons)):
            button = list(self._buttons.values())[digit - 1]
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            button.click()
            event.accept()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and (plain or event.modifiers() == Qt.KeyboardModifier.ControlModifier):
            event.accept()
            self.went_on.emit()
            return
        super().keyPressEvent(event)
