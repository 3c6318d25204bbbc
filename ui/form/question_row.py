"""One question on screen: label, words to read out, hint, problem, control and mark, tied together."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from intake_app.forms.model import Kind
from intake_app.forms.prompts import Prompt
from intake_app.i18n import _
from intake_app.records import Answer, AnswerState
from intake_app.text import fsi
from ui.form.context import Asking, SayLevel
from ui.form.fields import BUILDERS
from ui.form.ink import ACCENT, MUTED, TEXT, InkLabel, ProblemBox, error_words
from ui.form.marks import mark_words
from ui.form.prompt_line import PromptLine, spoken_status
from ui.translation import tr

MARK_KEY = "Alt+Down"
"""Opens the marks of the question that has the focus. It does nothing else in any text field."""

_ABOVE = ("later", "say", "hint", "problem")
_INKS = {"later": MUTED, "hint": MUTED, "mark": ACCENT}


class QuestionRow(QWidget):
    """The one place where a question gets label, buddy, accessible name, description and identifier.

    Signals: ``edited(object)`` the control's new value; ``mark_asked(QPoint)`` staff asked for the marks by
    mouse, at this place on the screen.
    """

    edited = Signal(object)
    mark_asked = Signal(QPoint)

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asking = asking
        self.answer: Answer | None = None
        self.required = False
        self._level = SayLevel.FULL
        self._problem = ""
        self._later = ""
        self.control = BUILDERS[asking.question.kind](asking)
        self.label = InkLabel(TEXT, self)
        bold = self.label.font()
        bold.setBold(True)
        self.label.setFont(bold)
        self.mark_button = QToolButton(self)
        self._lines: dict[str, InkLabel | ProblemBox | PromptLine] = {}
        self._layout = QVBoxLayout(self)
        self._lay_out()
        # The buddy before the text: otherwise Orca 48 reads the label of a form made later with "&".
        if (buddy := self.control.buddy()) is not None:
            self.label.setBuddy(buddy)
        self.control.edited.connect(self.edited)
        self.mark_button.clicked.connect(self._ask_for_marks)
        tr(self, self._retranslate, str)

    def _lay_out(self) -> None:
        self.mark_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down is its key: no second tab stop
        self.mark_button.setAutoRaise(True)
        underlined = self.mark_button.font()
        underlined.setUnderline(True)
        self.mark_button.setFont(underlined)
        self.mark_button.setMinimumHeight(24)
        self.mark_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.mark_button.setAccessibleIdentifier(f"{self.asking.question.id}.mark")
        self.mark_button.setVisible(self.asking.question.kind.asks and not self.control.names_itself)
        head = QHBoxLayout()
        head.addWidget(self.label, 1)
        head.addWidget(self.mark_button)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addLayout(head)
        self._layout.addWidget(self.control)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def question_id(self) -> str:
        return self.asking.question.id

    def chain(self) -> list[QWidget]:
        """Where Tab stops in this row, in its order: what plays the question, then what answers it."""
        line = self._lines.get("say")
        play = line.play_button if isinstance(line, PromptLine) else None
        return [*([play] if play is not None else []), *self.control.chain()]

    def stop(self) -> QWidget:
        """Where the focus goes when somebody goes to this question."""
        return self.control.stops()[0]

    def show_answer(self, answer: Answer | None) -> None:
        """Shows what is in the record. A control that shows the same is left alone, caret and all."""
        if answer == self.answer:
            return
        self.answer = answer
        answered = answer is not None and answer.state is AnswerState.ANSWERED
        if answer is not None and answered:
            self.control.show_value(answer.value, answer.label)
        else:
            self.control.show_value(None, answer.label if answer is not None else "")
        self.refresh()

    def take_answer(self, answer: Answer | None) -> None:
        """Notes an answer that the control already shows, because staff just gave it there."""
        marked = self.answer is not None and self.answer.state is not AnswerState.ANSWERED
        self.answer = answer
        if marked or self._problem:
            self._problem = ""
            self.refresh()

    def problem(self) -> str:
        """What is shown as wrong with the answer; empty for nothing."""
        return self._problem

    def show_problem(self, words: str) -> None:
        """Beside the question and in its description; empty takes it away."""
        if words != self._problem:
            self._problem = words
            self.refresh()

    def show_required(self, required: bool) -> None:
        if required != self.required:
            self.required = required
            self.refresh()

    def show_say(self, level: SayLevel) -> None:
        """How much of the words to be read out is shown and spoken."""
        if level is not self._level:
            self._level = level
            self.refresh()

    def show_later(self, words: str) -> None:
        """That it need not be asked now, in words; empty takes it away."""
        if words != self._later:
            self._later = words
            self.refresh()

    def say_words(self) -> str:
        """The words to be read out, in English, at the level that is shown."""
        return "" if self._level is SayLevel.NONE else self._prompt().english

    def _prompt(self) -> Prompt:
        return self.asking.prompt(self._level is SayLevel.SHORT)

    def name(self) -> str:
        """The label as shown; "required" is a word, since no state of Qt's says it to a screen reader."""
        label = self.asking.text("label")
        return _("{question} (required)").format(question=label) if self.required else label

    def _retranslate(self, _nothing: str) -> None:
        self.mark_button.setText(_("No answer"))
        self.mark_button.setToolTip(_("Declined, not asked or doesn’t know: Alt+Down"))
        self.refresh()

    def refresh(self) -> None:
        """Words, name and description anew."""
        name, say, hint = self.name(), self.say_words(), self._hint_words()
        self.label.setText(name.replace("&", "&&") if self.control.buddy() is not None else name)
        self.label.setVisible(not self.control.names_itself)
        self.mark_button.setAccessibleName(_("No answer: {question}").format(question=name))
        state = self.answer.state if self.answer is not None else AnswerState.ANSWERED
        error, mark = error_words(self._problem), mark_words(state)
        self._show_line("say", _("Say: “{words}”").format(words=fsi(say)) if say else "")
        person, theirs = self.asking.context.person, ""
        if say and isinstance(line := self._lines.get("say"), PromptLine):
            prompt = self._prompt()
            line.show_prompt(prompt, not person.is_english, self.asking.recording())
            theirs = "" if person.is_english else spoken_status(prompt, person.name())
        self._show_line("later", self._later)
        self._show_line("hint", hint)
        self._show_line("problem", error)
        self._show_line("mark", mark)
        spoken_say = _("Say: “{words}”").format(words=say) if say else ""
        self.control.describe(
            name,
            " ".join(
                _sentence(part) for part in (error, mark, self._later, hint, spoken_say, theirs) if part
            ),
        )

    def _show_line(self, place: str, words: str) -> None:
        """Shows a line above or below the control; most questions have few, so each is made when needed."""
        line = self._lines.get(place)
        if line is None:
            if not words:
                return
            self._lines[place] = line = self._new_line(place)
            above = sum(one in self._lines for one in _ABOVE[: _ABOVE.index(place)]) if place in _ABOVE else 0
            self._layout.insertWidget(1 + above if place in _ABOVE else -1, line)
        line.show_words(words)

    def _new_line(self, place: str) -> InkLabel | ProblemBox | PromptLine:
        if place == "problem":
            return ProblemBox(self)
        return PromptLine(self.question_id, self) if place == "say" else InkLabel(_INKS[place], self)

    def _hint_words(self) -> str:
        hint = self.asking.text("hint")
        if not hint and self.asking.question.kind is Kind.DATE:
            return _("For example 9 3 2026, March 2026, or last week")
        return hint

    def _ask_for_marks(self) -> None:
        self.mark_asked.emit(self.mark_button.mapToGlobal(self.mark_button.rect().bottomLeft()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.asking.question.kind.asks:
            self.mark_asked.emit(event.globalPos())
            event.accept()


def _sentence(text: str) -> str:
    return text if text[-1:] in ".?!:”…" else f"{text}."


__all__ = ["MARK_KEY", "QuestionRow"]
