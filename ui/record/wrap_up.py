"""Reading back and wrapping up: what is written down, what needs a look, and Finish, which always works."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app import sessions
from intake_app.drafting import FRAME, Draft, session_key
from intake_app.forms.library import Library
from intake_app.forms.model import ACKNOWLEDGED, QuestionSet
from intake_app.i18n import _, ngettext
from intake_app.records import Answer
from intake_app.taking_down import question_set_of
from ui.accessibility import in_silence, only_focus_heard
from ui.form.context import FormContext
from ui.form.error_summary import ErrorSummary
from ui.form.ink import MUTED, InkLabel
from ui.form.sheet_form import SheetForm
from ui.record import read_back
from ui.record.panel import Panel
from ui.record.rows import Rows
from ui.rows import button
from ui.translation import tr

ASKED_AT_WRAP_UP = ("confidentiality_said", "danger_asked")
"""Never gates: where they were not said during the call, they are asked for once more here."""

READ_BACK = "read_back"

Problems = Sequence[tuple[str, Callable[[], object]]]


class WrapUp(Panel):
    """One panel for F8 and F12; the story stays beside it.

    Signals: ``edited(sheet key, question id, Answer | None)`` · ``change_wanted(section, question)`` Enter on
    a row · ``finish_wanted()`` · ``other_wanted()`` it was no feedback
    """

    edited = Signal(str, str, object)
    change_wanted = Signal(str, str)
    finish_wanted = Signal()
    other_wanted = Signal()
    _is_noted = False

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__("wrap_up", parent)
        self._context = context
        self._wrapping_up = False
        self._answers = 0
        self._problems = 0
        self._form: SheetForm | None = None
        self._shown: tuple[Draft, Library] | None = None
        self.summary = ErrorSummary(self)
        self.summary.hide()
        self._asked = QVBoxLayout()
        self.rows = Rows("read_back_rows")
        self.rows.chosen.connect(self._change)
        self.note = InkLabel(MUTED, self)
        self.finish = button(lambda: _("Finish  F12"), "finish", self.finish_wanted.emit)
        self.other = button(lambda: _("Not feedback …  Ctrl+Shift+X"), "not_feedback", self.other_wanted.emit)
        # Only while an interpreter is there.
        self.through = button(self._through_words, "read_back_through", self._note_through)
        self.through.hide()
        self._interpreter = ""
        self.body.addWidget(self.summary)
        self.body.addLayout(self._asked)
        self.body.addWidget(self.rows, 1)
        # With the rows and not at the foot, where its lines would take the room of a small screen.
        self.body.addWidget(self.note)
        self.foot.addWidget(self.finish)
        self.foot.addWidget(self.other)
        self.foot.addWidget(self.through)
        self.foot.addStretch(1)
        self.rows.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        tr(self.rows, self.rows.setAccessibleName, lambda: _("What is written down"))
        tr(self.rows, self.rows.setAccessibleDescription, lambda: _("Enter changes the row"))
        tr(self, lambda _words: self._turn(), str)

    @property
    def is_wrapping_up(self) -> bool:
        """True when F12 brought it up, so that the next F12 finishes."""
        return self._wrapping_up

    def show_draft(self, draft: Draft, library: Library, wrapping_up: bool, problems: Problems) -> None:
        """Fills the panel. The summary and what was never said show only when wrapping up."""
        self._wrapping_up = wrapping_up
        self._problems = len(problems)
        self.show_rows(draft, library)
        self.clear()
        frame_set = question_set_of(draft.record.frame, library)
        if wrapping_up and frame_set is not None:
            self._ask(frame_set, draft)
        self.summary.show_problems(list(problems) if wrapping_up else [])
        self.summary.setVisible(wrapping_up and bool(problems))
        self._retranslate()

    def take_focus(self) -> None:
        """The summary has taken the focus where there is one; else the rows, or the heading without any."""
        if self._wrapping_up and self._problems:
            return
        if not self._wrapping_up and self.rows.words.rowCount():
            self.rows.setFocus()
        else:
            super().take_focus()

    def ask(self, question_id: str) -> bool:
        """Goes to what was not said yet; False where it is not asked here."""
        if self._form is None or question_id not in ASKED_AT_WRAP_UP:
            return False
        self._form.focus_question(question_id)
        return True

    def spoken(self) -> str:
        """The panel in a sentence."""
        answers = ngettext("{count} answer", "{count} answers", self._answers).format(count=self._answers)
        if self._wrapping_up and not self._problems:
            return answers
        look = ngettext("{count} thing to look at", "{count} things to look at", self._problems)
        return _("{answers}, {problems}").format(answers=answers, problems=look.format(count=self._problems))

    def clear(self) -> None:
        """The questions leave the window, so that no two there have one identifier."""
        if self._form is not None:
            # Hidden first: the layout may still hold a wish to show it, then as a window.
            with only_focus_heard():
                self._form.hide()
                self._form.setParent(None)
            self._form.deleteLater()
            self._form = None

    def _ask(self, frame_set: QuestionSet, draft: Draft) -> None:
        frame = draft.record.frame
        ids = [one for one in ASKED_AT_WRAP_UP if one in frame_set.by_id and one not in frame.answers]
        if not ids:
            return
        part = part_of(frame_set, ids)
        with in_silence():
            self._form = SheetForm(part, part.groups[0].id, frame, self._context, self)
            self._form.edited.connect(partial(self._on_edited, frame_set))
            self._asked.addWidget(self._form)
            self.show_whole(self._form)
            # Now, and not with the next turn of the event loop, when each control would be an event.
            self._form.show()

    def _on_edited(self, frame_set: QuestionSet, question_id: str, answer: Answer | None) -> None:
        if answer is not None:
            # The words shown are those of the whole set, of which only a part is on this panel.
            whole = frame_set.wording(answer.language).sha256
            answer = answer.model_copy(update={"wording": whole})
        self.edited.emit(FRAME, question_id, answer)

    def show_rows(self, draft: Draft, library: Library) -> None:
        """What is written down, after something changed."""
        self._shown = (draft, library)
        shown = read_back.rows(draft, library)
        self._answers = read_back.answers(shown)
        self.rows.show_rows([(one.key, one.text) for one in shown])
        there = sessions.interpreter(draft.record)
        self._interpreter = there.id if there is not None else ""
        self._is_noted = there is not None and there.value(READ_BACK) is not None
        self.through.setVisible(there is not None)
        self.through.setText(self._through_words())

    def _through_words(self) -> str:
        return (
            _("✓ Read back through the interpreter")
            if self._is_noted
            else _("Read back through the interpreter")
        )

    def _note_through(self) -> None:
        """They heard it from the interpreter; pressed again, it was not so."""
        answer = None if self._is_noted else Answer(value=ACKNOWLEDGED)
        self.edited.emit(session_key(self._interpreter), READ_BACK, answer)
        noted = _("Noted: read back through the interpreter") if answer else _("Not read back through them")
        self._context.say(noted)

    def _change(self, key: str) -> None:
        section, _bar, question = key.partition("|")
        self.change_wanted.emit(section, question)

    def _turn(self) -> None:
        """The panel that is shown, in another language."""
        if self._shown is not None:
            self.show_rows(*self._shown)
        self._retranslate()

    def _retranslate(self) -> None:
        title = _("Wrap up: {summary}. F12 finishes.") if self._wrapping_up else _("Read back: {summary}")
        self.heading.setText(title.format(summary=self.spoken()))
        self.note.setText(
            _("F12 finishes. What has no answer is kept as not asked. Escape goes back to the call.")
            if self._wrapping_up
            else _("Enter changes a row. F12 wraps up. Escape goes back to the call.")
        )
        self.heading.setAccessibleDescription(
            # The heading has said by itself that F12 finishes.
            _("What has no answer is kept as not asked. Escape goes back to the call.")
            if self._wrapping_up
            else self.note.text()
        )
        self.summary.title.setAccessibleDescription(self.note.text())


def part_of(question_set: QuestionSet, ids: Sequence[str]) -> QuestionSet:
    """The same set with only these questions, all in the first one's group, to be asked by themselves."""
    chosen = [question_set.question(one) for one in ids]
    group = question_set.group(chosen[0].group)
    questions = tuple(replace(one, group=group.id, relevant=None) for one in chosen)
    return replace(question_set, groups=(replace(group, relevant=None),), questions=questions)
