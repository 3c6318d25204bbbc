"""The question that has the focus, on the whole screen in the person's language: to be read by the person."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from intake_app.forms.model import Choice, Kind
from intake_app.forms.prompts import Prompt, PromptStatus
from intake_app.i18n import _
from intake_app.narratives import is_english
from ui import theme
from ui.form.context import Asking
from ui.form.page_area import PageArea
from ui.form.prompt_line import ForeignLabel, play, play_words
from ui.form.sheet_form import SheetForm
from ui.rows import button

QUESTION_FACTOR, ANSWER_FACTOR = 26 / theme.BASE_POINTS, 18 / theme.BASE_POINTS
NOTICE_FACTOR, ENGLISH_FACTOR = 1.6, 1.2
_SPACING_PX = 16
_MOST_DIGITS = 9


class EnlargedView(QDialog):
    """Esc goes back. Page Down and Page Up go to the next and the last question; a digit chooses, and P plays
    the question where somebody has recorded it.

    Nothing else is on this screen: no story, no name, no other record. Words that nobody has checked are
    shown only where the organisation has said so; else the English stands alone, with the language's own
    name, so that the person can ask for an interpreter.
    """

    def __init__(self, form: SheetForm, say: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._say = say
        self.setWindowTitle(_("For the person to read"))
        self.setAccessibleIdentifier("enlarged")
        self._area = PageArea(self)
        self._area.column.setSpacing(_SPACING_PX)
        outer = QVBoxLayout(self)
        outer.addWidget(self._area)
        foot = QHBoxLayout()
        outer.addLayout(foot)
        for text, identifier, act in (
            (lambda: _("Back  Esc"), "enlarged_back", self.reject),
            (lambda: _("Question before  Page Up"), "enlarged_before", lambda: self._step(-1)),
            (lambda: _("Next question  Page Down"), "enlarged_next", lambda: self._step(1)),
        ):
            made = button(text, identifier, act)
            # By key alone: digits and Page Down go to the question, wherever the mouse was.
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            foot.addWidget(made)
        self.play = button(self._play_words, "enlarged_play", self._play)
        self.play.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot.addWidget(self.play)
        foot.addStretch(1)
        self._show()

    @property
    def asking(self) -> Asking | None:
        """The question that is shown: one with words for the person; None where the section has none."""
        current = self._form.current_question()
        askings = self._askings()
        return next((one for one in askings if one.question.id == current), askings[0] if askings else None)

    def _askings(self) -> list[Asking]:
        shown = (self._form.asking(one) for one in self._form.question_ids())
        return [one for one in shown if one.prompt(False).english]

    def _show(self) -> None:
        while (item := self._area.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        asking = self.asking
        self.play.setText(self._play_words())
        self.play.setVisible(asking is not None and asking.recording() is not None)
        if asking is None:
            self._line(_("There is nothing to show here."), NOTICE_FACTOR)
            return
        person, question = asking.context.person, asking.prompt(False)
        theirs = asking.may_show(question)
        # Words of Easy Read may be the English ones.
        worded = theirs and question.status is not PromptStatus.ENGLISH_ONLY
        # Who reads Easy Read English needs no interpreter for the English that stands instead.
        if not is_english(person.tag) and not worded:
            words = _("{language}: ask for an interpreter")
            offer = self._line(words.format(language=person.own_name()), NOTICE_FACTOR)
            # Read out on opening: an English voice says its English name, not letters of another script.
            offer.setAccessibleName(words.format(language=person.name()))
        if theirs and question.is_foreign and question.status is PromptStatus.DRAFT:
            self._words(person.phrase("not_checked"), NOTICE_FACTOR)
        self._words(question if theirs else _english(question), QUESTION_FACTOR)
        if theirs and question.is_foreign:
            self._line(question.english, ENGLISH_FACTOR)
        for number, choice in enumerate(_choices(asking), 1):
            prompt = asking.choice_prompt(choice)
            shown = theirs and asking.may_show(prompt)
            self._words(prompt if shown else _english(prompt), ANSWER_FACTOR, number)
        self._area.column.addStretch(1)

    def shown_words(self) -> str:
        """For who cannot see it: the language that the person has before them; empty where all is English."""
        asking = self.asking
        if asking is None or asking.context.person.is_english:
            return ""
        question, language = asking.prompt(False), asking.context.person.name()
        if not question.is_foreign or not asking.may_show(question):
            return _("Shown in English only.")
        if question.status is PromptStatus.DRAFT:
            return _("Shown in {language}, marked as a draft.").format(language=language)
        return _("Shown in {language}.").format(language=language)

    def _words(self, prompt: Prompt, factor: float, number: int = 0) -> None:
        before = f"{number}  " if number else ""
        if prompt.is_foreign:
            label: QLabel = (foreign := ForeignLabel(self._area.page))
            self._area.column.addWidget(foreign)
            foreign.show_prompt(prompt, factor, before)
        else:
            label = self._line(before + prompt.english, factor)
        if number:
            # Of what a dialog shows Orca 43 reads no label of fewer than three words (heard: not "1 Yes").
            words = _("Answer {number}: {choice}")
            label.setAccessibleName(words.format(number=number, choice=prompt.english))

    def _line(self, words: str, factor: float) -> QLabel:
        label = QLabel(words, self._area.page)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        theme.scale_font(label, factor)
        self._area.column.addWidget(label)
        return label

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - int(Qt.Key.Key_0)
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._step(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.key() == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._play()
        elif 1 <= digit <= _MOST_DIGITS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._choose(digit)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _play_words(self) -> str:
        asking = self.asking
        return f"{play_words(asking.recording() if asking is not None else None)}  P"

    def _play(self) -> None:
        asking = self.asking
        recording = asking.recording() if asking is not None else None
        if recording is not None:
            play(recording)

    def _step(self, by: int) -> None:
        asking, askings = self.asking, self._askings()
        if asking is None:
            return
        place = [one.question.id for one in askings].index(asking.question.id) + by
        if 0 <= place < len(askings):
            self._form.show_question(askings[place].question.id)
            self._show()
            words = (askings[place].prompt(False).english, self.shown_words())
            self._say(" ".join(one for one in words if one))

    def _choose(self, digit: int) -> None:
        asking = self.asking
        choices = _choices(asking) if asking is not None else ()
        if asking is not None and digit <= len(choices):
            self._form.choose(asking.question.id, choices[digit - 1].code)
            self._say(_("{choice} chosen.").format(choice=asking.choice_label(choices[digit - 1])))


def _choices(asking: Asking) -> tuple[Choice, ...]:
    """Long lists are searched, not shown whole."""
    asks = asking.question.kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)
    offered = asking.choices() if asks else ()
    return offered if len(offered) <= _MOST_DIGITS else ()


def _english(prompt: Prompt) -> Prompt:
    return Prompt(prompt.english, prompt.english, PromptStatus.ENGLISH_ONLY, "en")
