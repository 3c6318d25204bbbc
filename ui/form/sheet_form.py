"""The form of one section: a row for each question, in the order and with the words of the question set."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from intake_app.forms.model import Kind, Question, QuestionSet
from intake_app.forms.prompts import Prompts
from intake_app.forms.validation import State, is_answered, is_blank, settled
from intake_app.i18n import language, ngettext
from intake_app.records import Answer, AnswerState, Sheet
from ui import theme
from ui.form.context import Asking, FormContext, SayLevel
from ui.form.ink import InkLabel, error_words
from ui.form.marking import Marking
from ui.form.page_area import PageArea
from ui.form.person_language import status_words
from ui.form.question_row import QuestionRow
from ui.form.speech import Speech
from ui.form.words import choice_label, in_language
from ui.messages import problem_words
from ui.translation import tr

_NOTHING: Mapping[str, Any] = {}

AFTER_LEAVING_MS = 150
"""By then a screen reader has begun with the next question; what was wrong with the last one follows."""


class SheetForm(QWidget):
    """Shows one group of a sheet and says what staff did; it keeps and saves nothing itself.

    ``group`` is a group's id; empty for all groups. ``outside`` are the values from outside the set, such as
    the record's channel. A question that no longer applies is hidden and its answer kept.

    Signals: ``edited(str, object)`` question id and its new Answer, None where it was emptied;
    ``question_left(str)`` the focus left this question.
    """

    edited = Signal(str, object)
    question_left = Signal(str)

    def __init__(
        self,
        question_set: QuestionSet,
        group: str,
        sheet: Sheet,
        context: FormContext,
        parent: QWidget | None = None,
        outside: Mapping[str, Any] = _NOTHING,
    ) -> None:
        super().__init__(parent)
        self._set = question_set
        self._context = context
        self._sheet = sheet
        self._outside = dict(outside)
        self._state = State(question_set, sheet.answers, self._outside, context.today())
        self._rows: dict[str, QuestionRow] = {}
        self._speech = Speech(context.say, self)
        self._left: list[QuestionRow] = []
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(AFTER_LEAVING_MS)
        self._leaving.timeout.connect(self._look_at_left)
        self._marking = Marking(self._take, self._prompts, self._speech.say, self)
        self._marking.listen(self, self._focused_row)
        self._focused: QuestionRow | None = None
        self._area = PageArea(self)
        self._page, self._column = self._area.page, self._area.column
        for each in question_set.groups if not group else [question_set.group(group)]:
            self._add_group(each.id)
        self._column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self._fill()
        self._order_focus()
        context.person.changed.connect(self._show_prompts)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def _add_group(self, group_id: str) -> None:
        title = InkLabel(parent=self._page)
        title.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a target of F6 and Ctrl+digits, no stop of Tab
        title.setAccessibleIdentifier(f"section_{group_id}")
        theme.scale_font(title, 1.25, bold=True)
        tr(title, title.setText, lambda: self._set.wording(language()).text(group_id, "label"))
        self.heading = title
        self._column.addWidget(title)
        for question in self._set.in_group(group_id):
            if question.kind is not Kind.CALCULATE:
                self._add_row(question)

    def _add_row(self, question: Question) -> None:
        asking = Asking(
            question=question,
            context=self._context,
            text=lambda column: self._set.wording(language()).text(question.id, column),
            prompt=lambda short: self._prompts().say(question, short),
            choice_label=lambda choice: choice_label(self._set, question, choice, language()),
            choice_prompt=lambda choice: self._prompts().choice(question, choice),
            recording=lambda: self._context.person.recording(self._set, question.id),
            may_show=lambda prompt: self._prompts().may_show(prompt, question),
            values=lambda: self._state.values,
            say=self._speech.say,
        )
        row = QuestionRow(asking, self._page)
        row.edited.connect(partial(self._edited, row))
        row.mark_asked.connect(partial(self._marking.ask, row))
        self._rows[question.id] = row
        self._column.addWidget(row)

    # What is shown

    def show_sheet(self, sheet: Sheet, outside: Mapping[str, Any] | None = None) -> None:
        """Shows the answers of this sheet; controls that show the same already are left alone."""
        if outside is not None:
            self._outside = dict(outside)
        self._sheet = sheet
        self._state = State(self._set, sheet.answers, self._outside, self._context.today())
        self._fill()

    def sheet(self) -> Sheet:
        """The answers as shown, with what follows from them worked out."""
        return self._sheet

    def _fill(self) -> None:
        for question_id, row in self._rows.items():
            row.show_answer(self._sheet.answers.get(question_id))
        self._show_relevant()

    def _show_relevant(self) -> tuple[int, int]:
        """Shows and hides rows by relevance; gives back how many came and how many went."""
        came = went = 0
        for question_id, row in self._rows.items():
            question = row.asking.question
            applies = question_id in self._state.relevant
            required = question.required
            row.show_required(required is not None and required.holds(self._state.values))
            if question.choice_filter is not None or question.kind is Kind.SERVICES:
                row.control.show_choices()
            if applies and row.isHidden():
                row.show()
                came += question.kind.asks
            elif not applies and not row.isHidden() and row is not self._focused:
                # The question that has the focus stays until the focus leaves: it must not jump.
                row.hide()
                went += question.kind.asks
        return came, went

    def show_problems(self, words: Mapping[str, str]) -> None:
        """What is wrong, by question id, in the words of the summary; questions not named are shown clear."""
        for question_id, row in self._rows.items():
            row.show_problem(words.get(question_id, ""))

    def show_say(self, level: SayLevel) -> None:
        """How much of the words to be read out is shown and spoken: full, short or none."""
        for row in self._rows.values():
            row.show_say(level)

    def show_later(self, question_ids: Collection[str], words: str) -> None:
        """These questions need not be put now, which ``words`` say beside them and in their description."""
        for question_id, row in self._rows.items():
            row.show_later(words if question_id in question_ids else "")

    def say_too(self, words: str) -> None:
        """After what an answer just given has the form say, in one go with it."""
        self._speech.say(words)

    def _show_prompts(self) -> None:
        """The questions are put to the person in another language, live."""
        for row in self._rows.values():
            row.refresh()
            row.control.show_prompts()
        self._order_focus()

    # Where the focus goes

    def question_ids(self) -> tuple[str, ...]:
        """The questions shown, in order."""
        return tuple(question_id for question_id, row in self._rows.items() if not row.isHidden())

    def control(self, question_id: str) -> QWidget:
        """The widget that takes the focus for a question. Raises KeyError for one not in this form."""
        return self._rows[question_id].stop()

    def focus_question(self, question_id: str) -> bool:
        """Moves the focus to a question; False where this form does not show it."""
        row = self._rows.get(question_id)
        if row is None or row.isHidden():
            return False
        row.stop().setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_first(self) -> bool:
        """Moves the focus to the first unanswered question, or to the heading where all are answered."""
        first = self.first_unanswered()
        if first is not None:
            return self.focus_question(first)
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def first_unanswered(self) -> str | None:
        return next(iter(self._unanswered()), None)

    def focus_next_unanswered(self) -> bool:
        """Moves to the next unanswered question below the focus; False where there is none below."""
        ids = list(self._rows)
        here = ids.index(self._focused.question_id) if self._focused is not None else -1
        below = next((one for one in self._unanswered() if ids.index(one) > here), None)
        return below is not None and self.focus_question(below)

    def current_question(self) -> str | None:
        """The question that has or had the focus last."""
        return self._focused.question_id if self._focused is not None else None

    def stays_in_question(self, focus: QWidget, forward: bool) -> bool:
        """Whether Tab, or Shift+Tab, goes to another stop of the same question."""
        row = self._row_of(focus)
        if row is None:
            return False
        stops = [one for one in row.control.chain() if one.isVisible() and one.isEnabled()]
        stops = [one for one in stops if one is focus or one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if focus not in stops:
            return False
        return focus is not stops[-1 if forward else 0]

    def asking(self, question_id: str) -> Asking:
        """Raises KeyError for a question that is not in this form."""
        return self._rows[question_id].asking

    def show_question(self, question_id: str) -> None:
        """Makes it the current one, although another window has the focus."""
        self._focused = self._rows[question_id]
        self._area.show_row(self._focused, self._focused.stop())

    def choose(self, question_id: str, code: str) -> None:
        """As staff would: a choice of one, or one of several turned on or off."""
        row = self._rows[question_id]
        if row.asking.question.kind is Kind.SELECT_MULTIPLE:
            before = list(row.control.value() or ())
            without = [one for one in before if one != code]
            row.control.show_value(without if code in before else [*before, code])
        else:
            row.control.show_value(code)
        self._edited(row, row.control.value())

    def guidance(self) -> tuple[str, str]:
        """Of the current question what F1 says: its guidance, else its hint, and the words to be read out."""
        if self._focused is None:
            return "", ""
        asking = self._focused.asking
        return asking.text("guidance") or asking.text("hint"), asking.text("say")

    def status(self) -> str:
        """How far the person's words for the current question may be relied upon; empty in English."""
        person = self._context.person
        prompt = self._focused.asking.prompt(False) if self._focused is not None else None
        if person.is_english or prompt is None or not prompt.english:
            return ""
        return f"{person.name()}: {status_words(prompt.status)}."

    def _unanswered(self) -> list[str]:
        return [
            question_id
            for question_id, row in self._rows.items()
            if row.asking.question.kind.asks
            and not row.isHidden()
            and not is_answered(self._sheet.answers.get(question_id))
        ]

    def _order_focus(self) -> None:
        """Rows stand in the order of the set, and a control's stops in the order that the control says."""
        before: QWidget | None = self.heading if len(self._set.groups) == 1 else None
        for row in self._rows.values():
            for stop in row.chain():
                if before is not None:
                    QWidget.setTabOrder(before, stop)
                before = stop

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QMenu):  # the marks, or a field's own menu: nobody left the question
            return
        row = self._row_of(now)
        if row is not self._focused and (now is not None or row is not None):
            left, self._focused = self._focused, row
            if left is not None:
                self._leave(left)
        if row is not None and now is not None:
            self._area.show_row(row, now)

    def _row_of(self, widget: QWidget | None) -> QuestionRow | None:
        if widget is None or not self.isAncestorOf(widget):
            return None
        return next((row for row in self._rows.values() if row.isAncestorOf(widget)), None)

    def _leave(self, row: QuestionRow) -> None:
        # Now it would be read in the middle of the next question, so it waits until that has the focus.
        self._left.append(row)
        self._leaving.start()
        self._show_relevant()
        self.question_left.emit(row.question_id)

    def _look_at_left(self) -> None:
        """Looks at the answers just left; "required" is for Finish alone, since nothing is a gate."""
        left, self._left = self._left, []
        for row in left:
            question = row.asking.question
            problem = self._state.problem(question)
            words = row.control.unfinished()
            if not words and problem is not None and problem.code != "required":
                words = problem_words(problem, in_language(self._set, question, language()))
            if words and words != row.problem():
                row.show_problem(words)
                self._speech.say(error_words(words))

    # What staff did

    def _edited(self, row: QuestionRow, value: object) -> None:
        state = row.control.state()
        if is_blank(value) and state is AnswerState.ANSWERED:
            self._take(row, None)
            return
        question = row.asking.question
        prompts = self._prompts()
        lists = self._context.library
        answer = Answer(
            value=value if state is AnswerState.ANSWERED else None,
            state=state,
            label=row.control.shown_label(),
            language=prompts.shown_in,
            wording=prompts.sha256,
            code_list=lists.code_list(question.code_list).version if question.code_list else "",
        )
        self._take(row, answer)

    def _take(self, row: QuestionRow, answer: Answer | None) -> None:
        row.take_answer(answer)
        answers = dict(self._sheet.answers)
        if answer is None:
            answers.pop(row.question_id, None)
        else:
            answers[row.question_id] = answer
        changed = self._state.change(answers, [row.question_id])
        sheet = self._sheet.model_copy(update={"answers": answers})
        self._sheet = settled(self._state, sheet, changed)
        came, went = self._show_relevant()
        self._say_change(came, went)
        self.edited.emit(row.question_id, answer)

    def _say_change(self, came: int, went: int) -> None:
        if came:
            words = ngettext("{count} new question below.", "{count} new questions below.", came)
            self._speech.say(words.format(count=came))
        if went:
            words = ngettext(
                "{count} question no longer needed.", "{count} questions no longer needed.", went
            )
            self._speech.say(words.format(count=went))

    def mark(self, question_id: str, state: AnswerState) -> bool:
        """Marks a question declined, not asked or not known; False where typed words stand in the way."""
        return self._marking.mark(self._rows[question_id], state)

    def _focused_row(self) -> QuestionRow | None:
        return self._row_of(QApplication.focusWidget())

    def _prompts(self) -> Prompts:
        return self._context.person.prompts(self._set)
