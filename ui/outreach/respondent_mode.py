"""The screen handed to the person: they answer the open record alone, page by page, and see no other."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from intake_app import drafting
from intake_app.channels.outreach import respondent
from intake_app.channels.outreach.asked import Asked
from intake_app.forms.model import Kind
from intake_app.forms.prompts import Prompt, PromptStatus
from intake_app.i18n import _, ngettext
from intake_app.records import AnswerState
from ui import actions
from ui.outreach.lend_dialog import LendDialog
from ui.outreach.lock import Lock
from ui.outreach.person_phrases import Phrases, beside_english
from ui.outreach.question_page import QuestionPage
from ui.outreach.respondent_screen import RespondentScreen, story_page, words_page
from ui.record.open_record import Saved
from ui.record.record_page import RecordPage
from ui.shell import ShellWindow
from ui.workplace import Workplace

IDLE_MS = 3 * 60_000
LEND = "lend_screen"
WELCOME, STORY, END = "welcome", "story", "end"
Step = str | tuple[str, str]
"""A page of ours, or the key of a question."""


class RespondentMode(QObject):
    """Each answer goes through the open record like any other, so it is on the disk within two seconds.

    ``refusal`` says why this record is not handed over; empty where it may be.
    """

    def __init__(self, shell: ShellWindow, workplace: Workplace, page: RecordPage) -> None:
        super().__init__(shell)
        self._shell = shell
        self._workplace = workplace
        self._page = page
        self._record = page.open_record
        self._lock = Lock(shell)
        self._lock.used.connect(self._used)
        self._lock.close_wanted.connect(self._cover)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._cover)
        self._tag = ""
        self._draft_id = ""
        self._step: Step = WELCOME
        self._questions: tuple[Asked, ...] = ()
        self._stopped_at: Step = WELCOME
        self._tells_story = False
        self._helps = False
        self._focus: QWidget | None = None
        self.refusal: Callable[[], str] = str
        self.dialog: LendDialog | None = None
        self.screen: RespondentScreen | None = None
        self._record.saved_changed.connect(self._tell)
        page.calls.is_lent = lambda: self._lock.is_on

    @property
    def is_on(self) -> bool:
        return self._lock.is_on

    def toggle(self) -> None:
        """Hands the screen over, after a dialog that says what that means; the same key takes it back."""
        if self.is_on:
            self.take_back()
            return
        if self._shell.pages.currentWidget() is not self._shell.record_area:
            self._workplace.announce(_("Go to the record first: it is the open record that is handed over."))
        elif refusal := self.refusal():
            self._workplace.announce(refusal)
        else:
            self._ask()

    def _ask(self) -> None:
        draft = self._record.current()
        self.dialog = LendDialog(self._workplace, draft, self._record.item_id, key_words(), self._shell)
        self.dialog.lent.connect(lambda tag: self.begin(draft.id, tag))
        self.dialog.open()

    def begin(self, draft_id: str, tag: str) -> None:
        """Hands over the record of this id, which must still be the open one."""
        record = self._record
        if record.draft.id != draft_id or self.is_on:
            return
        if record.draft.record.asked_in != tag:
            record.apply(drafting.with_record(record.current(), asked_in=tag))
        self._tag, self._draft_id, self._helps = tag, draft_id, False
        self._tells_story = respondent.may_tell(record.current())
        self._focus = self._shell.focusWidget()
        self.screen = RespondentScreen(Phrases(self._workplace.library, tag), key_words())
        self.screen.deed.connect(self._do)
        self.screen.taken_back.connect(self.take_back)
        self._lock.put_on(self.screen, LEND)
        self._lock.activated.connect(self.screen.tell_focus)
        self._idle.start()
        self._look()
        self._go(WELCOME)

    def take_back(self) -> None:
        """The whole window again, at the place where it was left, with one sentence of what they did."""
        if not self.is_on:
            return
        self._idle.stop()
        self._record.flush()
        self.screen = None
        self._lock.take_off()
        draft = self._record.current()
        # What the parts show was kept up to date behind the lock; the story's title and language follow now.
        self._page.parts.story.refresh(draft)
        self._page.navigation.focus(self._focus)
        self._focus = None
        answered, passed = respondent.by_themselves(draft.record, draft.equality)
        told = (taken_back_words(answered, passed), self._page.calls.waiting_words())
        self._workplace.announce(" ".join(one for one in told if one))

    # Steps

    def _look(self) -> None:
        """Which questions apply now: each answer may open or close others."""
        draft, library = self._record.current(), self._workplace.library
        self._questions = respondent.questions(draft, library, self._record.item_id)

    def _steps(self) -> list[Step]:
        found: list[Step] = [WELCOME]
        if self._tells_story:
            found.append(STORY)
        return [*found, *(one.key for one in self._questions), END]

    def _do(self, deed: str) -> None:
        self._look()
        steps = self._steps()
        place = steps.index(self._step) if self._step in steps else 0
        self._record.flush()
        if deed == "need_help":
            self._helps = not self._helps
            self._tell()
        elif deed == "stop":
            self._stopped_at = self._step
            self._go(END)
        elif deed == "back" and self._step == END and self._stopped_at in steps:
            self._go(self._stopped_at)
        elif deed == "back":
            self._go(steps[max(place - 1, 0)])
        else:
            if deed == "skip":
                self._skip()
                self._look()
                steps = self._steps()
                place = steps.index(self._step) if self._step in steps else place
            self._stopped_at = self._step
            self._go(steps[min(place + 1, len(steps) - 1)])

    def _skip(self) -> None:
        """They do not want to answer. What they wrote stays: a wrong key must not cost a sentence."""
        one = self._asked()
        if one is None:
            return
        before = respondent.current(self._record.current(), one)
        answered = before is not None and before.state is AnswerState.ANSWERED
        if answered and one.question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
            return
        prompts = respondent.prompts_shown(self._workplace.library, one, self._tag)
        self._page.take_answer(*one.place, respondent.skipped(prompts))

    def _asked(self) -> Asked | None:
        return next((one for one in self._questions if one.key == self._step), None)

    def _go(self, step: Step) -> None:
        screen = self.screen
        if screen is None:
            return
        self._step, self._helps = step, False
        page = self._make(step, screen.phrases)
        page.went_on.connect(lambda: self._do("next") if step != END else None)
        count = None
        if isinstance(step, tuple) or step == STORY:
            asked = [one for one in self._steps() if one not in (WELCOME, END)]
            number, total = str(asked.index(step) + 1), str(len(asked))
            count = screen.phrases.of("question_of", number=number, total=total)
        screen.show_page(page, count, _deeds(step))
        self._tell()

    def _make(self, step: Step, phrases: Phrases) -> QuestionPage:
        if step == WELCOME:
            lines = ("go_on_later", "who_sees_text")
            return words_page(
                "respondent_welcome", phrases.of("form_help"), tuple(phrases.of(one) for one in lines)
            )
        if step == END:
            return words_page("respondent_end", phrases.of("thank_you"), (phrases.of("hand_back"),))
        if step == STORY:
            story = drafting.story(self._record.current())
            words = story.text if story is not None else ""
            page = story_page(phrases.of("tell_us"), phrases.of("write_here"), words)
            page.answered.connect(self._tell_story)
            return page
        one = self._asked()
        assert one is not None
        return self._question(one, phrases)

    def _question(self, one: Asked, phrases: Phrases) -> QuestionPage:
        draft, question = self._record.current(), one.question
        prompts = respondent.prompts_shown(self._workplace.library, one, self._tag)
        said = prompts.say(question)
        page = QuestionPage(question.id, said)
        if said.is_foreign and said.status is PromptStatus.DRAFT:
            page.say(phrases.of("not_checked"), 1.2)
        answer = respondent.current(draft, one)
        labels: dict[str, Prompt] = {}
        if question.kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
            several = question.kind is Kind.SELECT_MULTIPLE
            how = phrases.of("choose_several" if several else "choose_one")
            if several:
                page.say(how, 1.3)
            values = respondent.values(draft, self._workplace.library, one)
            choices = question.shown_choices(values, self._workplace.clock().civil)
            labels = {one.code: respondent.choice_shown(prompts, question, one) for one in choices}
            value = answer.value if answer is not None else None
            chosen = [value] if isinstance(value, str) else list(value or ())
            page.offer(list(labels.items()), how.english, several, chosen)
        else:
            typed = respondent.typed_words(answer, question)
            page.write(typed, beside_english(phrases.of("write_here")), respondent.is_long(question))

        def answered(value: Any) -> None:
            made = respondent.answer_of(
                one, value, prompts, self._workplace.library, self._workplace.clock().civil,
                lambda code: labels[code].text if code in labels else code,
            )  # fmt: skip
            if self._may_write():
                self._page.take_answer(*one.place, made)

        page.answered.connect(answered)
        return page

    def _tell_story(self, words: str) -> None:
        if not self._may_write():
            return
        # The story's own box has them too: what is kept is what stands there.
        self._shell.narrative.set_words(words)
        draft = respondent.with_own_words(self._record.current(), words, self._workplace.ids, self._tag)
        self._record.apply(draft)

    def _may_write(self) -> bool:
        """Locked to one record: nothing that happens behind the page leads their words into another."""
        return self.is_on and self._record.draft.id == self._draft_id

    # Around the questions

    def _used(self) -> None:
        self._idle.start()
        if self.screen is not None and self.screen.is_covered:
            self.screen.uncover()
            self._lock.takes_deeds = False

    def _cover(self) -> None:
        if self.screen is not None and not self.screen.is_covered:
            self._record.flush()
            self.screen.cover(self.screen.phrases.of("touch_to_go_on"))
            self._lock.takes_deeds = True

    def _tell(self) -> None:
        """What they must know: that an answer is not on the disk; that staff see that they need help."""
        if self.screen is None:
            return
        failed = self._record.state in (Saved.FAILED, Saved.ERASED) or not self._may_write()
        code = "not_saved" if failed else "help_comes" if self._helps else ""
        self.screen.tell(self.screen.phrases.of(code) if code else None)


def _deeds(step: Step) -> tuple[str, ...]:
    if step == WELCOME:
        return ("next", "need_help", "stop")
    if step == END:
        return ("back",)
    return ("next", "back", "skip", "need_help", "stop")


def key_words() -> str:
    """The key that hands the screen over and takes it back, as people write it."""
    return next(one.shown for one in actions.KEYS if one.name == LEND)


def taken_back_words(answered: int, passed: int) -> str:
    """What the person did while they had the screen."""
    told = ngettext("{count} answer is theirs", "{count} answers are theirs", answered)
    words = told.format(count=answered)
    if passed:
        over = ngettext("{count} question passed over", "{count} questions passed over", passed)
        words = f"{words}, {over.format(count=passed)}"
    return _("The screen is back with you. {words}. The record is still open.").format(words=words)
