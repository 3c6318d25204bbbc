"""A text relay call on the record page: turns, the keys that note them, and what is asked in such a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout

from intake_app import drafting, taking_down
from intake_app.channels.relay import log
from intake_app.channels.relay.essential import essential, is_essential
from intake_app.channels.relay.log import New, Whose
from intake_app.channels.relay.prefixes import call_back
from intake_app.forms.model import Kind, Question
from intake_app.i18n import _
from intake_app.records import Answer, Source
from intake_app.taking_down import Section
from intake_app.text import fsi
from ui.accessibility import in_silence
from ui.form.context import SayLevel
from ui.record import words
from ui.record.calls import Calls
from ui.record.display import Display
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.relay.turn_pane import TurnPane

_NOT_ASKED = frozenset({"channel", "support", "mode", "care", "outcome", "heard_via"})
"""What staff fill in by themselves is no question to put off."""


class RelayCall(QObject):
    """Speaks only what a key caused, and nothing is timed. The pane is made when first needed."""

    def __init__(
        self,
        parts: Parts,
        display: Display,
        navigation: Navigation,
        record: OpenRecord,
        calls: Calls,
        workplace: Workplace,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts, self._display, self._navigation = parts, display, navigation
        self._record, self._workplace = record, workplace
        self.pane: TurnPane | None = None
        self._shown_id = ""
        self._was_on = False
        self._correcting = ""
        record.typing = self._typing
        calls.refusal = self._refusal
        calls.finishing.connect(self._keep_what_is_typed)
        record.changed.connect(self.refresh)
        calls.another.connect(self._another)
        calls.by_relay.connect(self._dialled_by_relay)
        parts.form_pane.form_shown.connect(self._show_form)
        parts.panes.stacked_changed.connect(lambda _stacked: self._arrange())
        parts.panes.entered.connect(lambda _pane: self._arrange())

    @property
    def is_on(self) -> bool:
        return log.is_on(self._record.draft.record)

    def acts(self) -> dict[str, Callable[[], object]]:
        """What the keys, the menu and the buttons do."""
        return {
            "relay_on": self.switch_on,
            "whose_turn": self.say_whose,
            "relay_said": self.said,
            "relay_hold": self.hold,
            "relay_end": self.end,
            "use_selection": self.use_as_answer,
        }

    # What is shown

    def refresh(self) -> None:
        """What follows from the draft; the focus and half a turn stay where they are."""
        draft, on = self._record.draft, self.is_on
        if (on or draft.record.turns or draft.typing) and self.pane is None:
            self._make()
        if self.pane is not None:
            if self._shown_id != draft.id:
                self._shown_id, self._correcting = draft.id, ""
                self.pane.show_typing(draft.typing)
                turns = [one for one in draft.record.turns if not one.corrects]
                self.pane.show_direct(bool(turns) and turns[-1].direct)
            wanted = on or bool(draft.record.turns) or bool(draft.typing)
            if self.pane.isHidden() is wanted:
                with in_silence():
                    self.pane.setVisible(wanted)
                self._parts.panes.arrange_tab_order()
            self._show_turns()
            number = call_back(self._record.number) if on else ""
            self.pane.show_call_back(number)
        if (form := self._parts.form_pane.form) is not None:
            form.show_say(self._level())
        if on is not self._was_on:
            self._was_on = on
            self._show_form()
            if on:
                # Somebody has just chosen it among the supports.
                self._say_on()

    def _say_on(self) -> None:
        said = _("Text relay is on. F6 goes to the turns; F3 says whose turn it is.")
        form = self._parts.form_pane.form
        if form is not None:
            # In one go with what the list of supports has to say of the choice.
            form.say_too(said)
        else:
            self._say(said)

    def _another(self) -> None:
        self._was_on = self.is_on
        self.refresh()
        self._show_form()

    def _show_turns(self) -> None:
        from ui.relay.turn_words import turn_words, whose_words

        turns = self._record.draft.record.turns
        if self.pane is not None:
            library = self._workplace.library
            rows = [(one.id, turn_words(one, turns, library)) for one in log.shown(turns)]
            self.pane.show_turns(rows, whose_words(log.whose(turns)))

    def _show_form(self) -> None:
        """Short words to read out; what is not essential is marked as for later."""
        pane = self._parts.form_pane
        form, section, on = pane.form, pane.section, self.is_on
        if form is not None and section is not None:
            form.show_say(self._level())
            set_id = section.question_set.id
            later = {
                one.id
                for one in section.question_set.in_group(section.group)
                if on and one.kind.asks and not is_essential(set_id, one.id) and one.id not in _NOT_ASKED
            }
            form.show_later(later, _("Later, by the person’s own channel"))

    def _level(self) -> SayLevel:
        """From paper nothing is read out: whoever keys three hundred forms would hear it at each question."""
        if drafting.is_keyed_from_paper(self._record.draft):
            return SayLevel.NONE
        return SayLevel.SHORT if self.is_on else SayLevel.FULL

    def _make(self) -> None:
        from ui.relay.turn_pane import TurnPane

        parts, area = self._parts, self._parts.shell.record_area
        with in_silence():
            self.pane = pane = TurnPane(lambda name: self.acts()[name](), area)
            layout = area.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(layout.indexOf(parts.shell.columns) + 1, pane)
        parts.panes.add(pane, always=pane.box)
        parts.keys.watch(pane.box)
        pane.edited.connect(self._record.touched)
        pane.ended.connect(self.turn_ended)
        pane.correct_wanted.connect(self.correct)
        pane.correction_left.connect(self.leave_correction)
        pane.assistant_wanted.connect(self.assistant_said)
        pane.story_wanted.connect(self.into_story)
        self._arrange()

    def _arrange(self) -> None:
        if self.pane is not None:
            panes = self._parts.panes
            self.pane.arrange(panes.stacked, inside=panes.latest() is self.pane)

    def _typing(self) -> str:
        """What stands in the box of the record that is shown; a correction is no turn of its own."""
        draft = self._record.draft
        if self.pane is None or self._shown_id != draft.id or self._correcting:
            return draft.typing
        return self.pane.box.words()

    # Keys

    def switch_on(self) -> None:
        """Text relay is used in this call: at any moment, nothing is retyped."""
        if not self.is_on:
            self._begin_session()
        self._show_form()
        self._navigation.leave_all_panels()
        if self.pane is not None:
            self.pane.box.setFocus()
        self._say(_("Text relay is on."))

    def _dialled_by_relay(self, prefix: str) -> None:
        """Shown, not spoken: nobody pressed a key for it."""
        self._begin_session(prefix)
        self._show_form()

    def _begin_session(self, prefix: str = "") -> None:
        """A session of its own holds the prefix, which is no part of the number, and how they type."""
        self._was_on = True
        workplace, draft = self._workplace, self._record.current()
        draft = taking_down.add_session(
            draft, workplace.library, workplace.ids, log.TEXT_RELAY, workplace.clock()
        )
        if prefix and draft.record.sessions:
            key = drafting.session_key(draft.record.sessions[-1].id)
            draft = drafting.with_answer(draft, key, "prefix", Answer(value=prefix))
        self._record.apply(draft)

    def say_whose(self) -> None:
        """F3: only when asked for."""
        from ui.relay.turn_words import whose_words

        if self._off():
            return
        self._say(whose_words(log.whose(self._record.draft.record.turns)))

    def turn_ended(self) -> None:
        """Enter in the box."""
        pane = self.pane
        if pane is None:
            return
        typed, correcting = pane.box.words(), self._correcting
        if correcting and not typed.strip():
            self._say(_("A correction needs words. Esc leaves the turn as it was."))
            return
        try:
            draft = log.heard(self._record.current(), typed, self._new(), pane.direct.isChecked(), correcting)
        except ValueError:
            self._say(_("Nothing is typed yet. Type as you hear it; GA alone gives you the turn."))
            return
        if correcting:
            draft = draft.model_copy(update={"typing": self._record.draft.typing})
        self._correcting = ""
        pane.show_typing(draft.typing)
        self._record.apply(draft)
        self._record.autosave.flush()
        if correcting:
            self._say(_("Corrected. What was heard first is kept too."))
        elif log.whose(draft.record.turns) is Whose.OVER:
            self._say(_("They said goodbye: SK. Say “goodbye, SK SK”."))
        else:
            self._say(_("Your turn."))

    def assistant_said(self) -> None:
        """What is in the box came from the assistant, in that role, and not from the person."""
        pane = self.pane
        if pane is None or self._correcting:
            return
        try:
            draft = log.assistant_said(self._record.current(), pane.box.words(), self._new())
        except ValueError:
            self._say(_("Nothing is typed yet. Type as you hear it; GA alone gives you the turn."))
            pane.box.setFocus()
            return
        pane.show_typing("")
        self._record.apply(draft)
        pane.box.setFocus()
        self._say(_("Noted as said by the relay assistant."))

    def said(self) -> None:
        """Staff read out the question that has the focus, or spoke, and said go ahead. Nothing is typed."""
        from ui.relay.turn_words import prompt_words

        if self._off():
            return
        prompt = self._prompt()
        draft = log.said(self._record.current(), self._new(), prompt, self._direct())
        self._record.apply(draft)
        if prompt:
            question = fsi(prompt_words(prompt, self._workplace.library))
            self._say(_("Noted: you asked “{question}”. Their turn.").format(question=question))
        else:
            self._say(_("Noted: you spoke. Their turn."))

    def hold(self) -> None:
        """Staff said "please hold, GA": now the call may be set aside."""
        if not self._off():
            self._record.apply(log.asked_to_hold(self._record.current(), self._new()))
            self._say(_("Noted: please hold, GA. F9 parks now."))

    def end(self) -> None:
        """Staff said goodbye, SK SK."""
        if not self._off():
            self._record.apply(log.ended(self._record.current(), self._new()))
            self._say(_("Noted: goodbye, SK SK. Let them hang up first. F12 wraps up."))

    def correct(self) -> None:
        """The turn's words come into the box; the turn itself stays as it was heard."""
        pane = self.pane
        chosen = pane.selected() if pane is not None else ()
        turns = self._record.draft.record.turns
        said = [one for one in log.shown(turns) if one.words]
        # The chosen one; while a turn of staff is current, the last that was heard.
        turn = next((one for one in said if chosen and one.id == chosen[-1]), said[-1] if said else None)
        if pane is None or turn is None:
            self._say(_("There is no turn with words to correct yet."))
            return
        # Half a turn waits until the correction is kept or left.
        self._record.draft = self._record.current()
        self._correcting = turn.id
        pane.show_typing(log.current_words(turns, turn), correcting=True)
        pane.box.setFocus()

    def leave_correction(self) -> None:
        """Esc: the turn stays as it was, and half a turn comes back."""
        if self._correcting and self.pane is not None:
            self._correcting = ""
            self.pane.show_typing(self._record.draft.typing)
            self._say(_("Left as it was."))

    # Words of turns as story and answers

    def into_story(self) -> None:
        """Enter on turns: their words are copied to the end of what they said; the turns stay."""
        if found := self._taken():
            self._add_to_story(found)

    def use_as_answer(self) -> None:
        """Ctrl+Shift+U: what they said, or an open text question; the first letter or the arrows choose."""
        if self.pane is None or self.pane.isHidden():
            self._say(_("There is nothing to use yet: no turns, no message."))
            return
        if not (found := self._taken()):
            return
        menu = QMenu(self.pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setTitle(_("Use as answer"))
        menu.setAccessibleName(_("Use as answer"))
        menu.addAction(_("What they said")).triggered.connect(lambda: self._add_to_story(found))
        for section, question in self._text_questions():
            title = words.short_name(section.question_set, question)
            action = menu.addAction(title.replace("&", "&&"))
            action.triggered.connect(
                lambda _checked=False, section=section, question=question: self._answer(
                    section, question, found
                )
            )
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.pane.log.mapToGlobal(QPoint(0, 0)))

    def _taken(self) -> str:
        """Selected words of the box, else the words of the turns that are chosen in the list."""
        pane = self.pane
        if pane is None:
            return ""
        marked = pane.box.textCursor().selectedText().replace("\u2029", "\n")
        if pane.box.hasFocus() and marked:
            return marked
        found = log.words_of(self._record.draft.record.turns, pane.selected())
        if not found:
            self._say(_("Choose a turn of theirs in the list first."))
        return found

    def _add_to_story(self, found: str) -> None:
        box = self._parts.story.story
        cursor = QTextCursor(box.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(("\n" if box.words() else "") + found)
        self._say(_("Copied to what they said: {words}").format(words=words.quoted(found)))

    def _answer(self, section: Section, question: Question, found: str) -> None:
        sheet = drafting.sheet(self._record.draft, section.sheet_key)
        before = sheet.value(question.id) if sheet is not None else None
        value = f"{before}\n{found}" if before else found
        self._record.answer(section.sheet_key, question.id, Answer(value=value, source=Source.NARRATIVE))
        name = words.short_name(section.question_set, question)
        self._say(_("{words}, used for {question}").format(words=words.quoted(found), question=fsi(name)))

    def _text_questions(self) -> Iterator[tuple[Section, Question]]:
        for section in self._display.sections():
            for question in section.question_set.in_group(section.group):
                if question.kind is Kind.TEXT:
                    yield section, question

    # What is asked

    def next_unanswered(self) -> None:
        """Ctrl+Enter: in a relay call the next essential question; every other is reached as always."""
        if not self.is_on:
            self._navigation.next_unanswered()
            return
        draft, library = self._record.current(), self._workplace.library
        for set_id, question_id in essential():
            for section in self._display.sections():
                if section.question_set.id != set_id or question_id not in {
                    one.id for one in section.question_set.in_group(section.group)
                }:
                    continue
                if question_id in taking_down.open_questions(draft, library, section):
                    self._navigation.go_to_question(section.key, question_id)
                    return
        self._say(_("Nothing essential is left to ask. The rest comes later, by the person’s own channel."))

    def _prompt(self) -> str:
        """The question that has the focus, as ``set.question``; empty where the focus is elsewhere."""
        pane, focus = self._parts.form_pane, QApplication.focusWidget()
        form = pane.form
        if form is None or pane.section is None or focus is None or not form.isAncestorOf(focus):
            return ""
        current = form.current_question()
        return f"{pane.section.question_set.id}.{current}" if current else ""

    # Leaving

    def _refusal(self) -> str:
        """Why this call may not be set aside yet; empty where it may."""
        if log.may_leave(self._record.current().record):
            return ""
        return _("Not parked: they would wait without a word. Say “please hold, GA”, note it with "
                 "Ctrl+Shift+H, then park.")  # fmt: skip

    def _keep_what_is_typed(self) -> None:
        draft = self._record.current()
        if draft.typing.strip() and self.pane is not None:
            changed = log.broken_off(draft, draft.typing, self._new(), self._direct())
            self._correcting = ""
            self.pane.show_typing("")
            self._record.apply(changed)

    def _off(self) -> bool:
        if self.is_on:
            return False
        self._say(_("No text relay in this call. F5 adds it."))
        return True

    def _direct(self) -> bool:
        return self.pane is not None and self.pane.direct.isChecked()

    def _new(self) -> New:
        return New(self._workplace.ids(), self._workplace.clock())

    def _say(self, said: str) -> None:
        self._workplace.announce(said)
