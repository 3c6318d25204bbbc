"""Words of a message or of relay turns as story or answer, and the way back to where they were taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from intake_app import drafting
from intake_app.forms.model import Kind, Question
from intake_app.i18n import _
from intake_app.passages import Passage
from intake_app.records import Answer, Narrative, Source
from intake_app.taking_down import Section
from intake_app.text import fsi
from ui.record import words
from ui.record.display import Display
from ui.record.navigation import Here, Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Taken:
    """Words and where they stand. No words: ``why`` says what to do instead."""

    words: str = ""
    passages: tuple[Passage, ...] = ()
    why: str = ""


class Origin(Protocol):
    """A part of the page whose words may be used."""

    def pane_of(self) -> QWidget | None:
        """The part that is shown; None where there is none."""

    def taken(self) -> Taken:
        """What is chosen in it."""

    def show_passages(self, passages: Sequence[Passage]) -> str:
        """Selects those that are its own, takes the focus there, and says it; empty where none is."""


class LetterMenu(QMenu):
    """A letter goes to the next row that begins with it: Qt knows underlined letters only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.actions()
        letter, active = event.text().casefold().strip(), self.activeAction()
        here = rows.index(active) + 1 if active in rows else 0
        for row in (*rows[here:], *rows[:here]):
            if letter and row.text().casefold().startswith(letter):
                self.setActiveAction(row)
                return
        super().keyPressEvent(event)


class Using(QObject):
    """One key takes words over, another goes from an answer to the words that it came from, and back."""

    def __init__(
        self,
        parts: Parts,
        display: Display,
        navigation: Navigation,
        record: OpenRecord,
        workplace: Workplace,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts, self._display, self._navigation = parts, display, navigation
        self._record, self._workplace = record, workplace
        self._before: Here | None = None
        self.origins: list[Origin] = []

    def use_as_answer(self) -> None:
        """Ctrl+Shift+U: what they said, or an open text question; the first letter or the arrows choose."""
        origin = self._origin()
        pane = origin.pane_of() if origin is not None else None
        if origin is None or pane is None:
            self._say(_("There is nothing to use yet: no turns, no message."))
            return
        taken = origin.taken()
        if not taken.words:
            self._say(taken.why)
            return
        menu = LetterMenu(pane)
        menu.setObjectName("use_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setTitle(_("Use as answer"))
        menu.setAccessibleName(_("Use as answer"))
        menu.addAction(_("What they said")).triggered.connect(lambda: self.add_to_story(taken))
        for section, question in self._text_questions():
            title = words.short_name(section.question_set, question)
            action = menu.addAction(title.replace("&", "&&"))
            action.triggered.connect(
                lambda _checked=False, section=section, question=question: self._answer(
                    section, question, taken
                )
            )
        menu.setActiveAction(menu.actions()[0])
        menu.popup(pane.mapToGlobal(QPoint(0, 0)))

    def add_to_story(self, taken: Taken) -> None:
        """To the end of what they said; where the very words stand there already, nothing is doubled."""
        box = self._parts.story.story
        draft = self._record.current()
        story = drafting.story(draft)
        if story is not None and _holds(story.taken_from, taken.passages) and taken.words in box.words():
            self._say(_("That stands in what they said already."))
            return
        cursor = QTextCursor(box.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(("\n" if box.words() else "") + taken.words)
        draft = self._record.current()
        if (story := drafting.story(draft)) is not None:
            self._record.apply(drafting.with_passages(draft, story.id, taken.passages))
        self._say(_("Copied to what they said: {words}").format(words=words.quoted(taken.words)))

    def _answer(self, section: Section, question: Question, taken: Taken) -> None:
        sheet = drafting.sheet(self._record.draft, section.sheet_key)
        before = sheet.answers.get(question.id) if sheet is not None else None
        held = sheet.value(question.id) if sheet is not None else None
        value = f"{held}\n{taken.words}" if held else taken.words
        known = before.taken_from if before is not None and held else ()
        self._record.answer(
            section.sheet_key,
            question.id,
            Answer(
                value=value,
                source=Source.NARRATIVE,
                taken_from=tuple(dict.fromkeys((*known, *taken.passages))),
            ),
        )
        name = words.short_name(section.question_set, question)
        self._say(
            _("{words}, used for {question}").format(words=words.quoted(taken.words), question=fsi(name))
        )

    def go_to_source(self) -> None:
        """Ctrl+Shift+M: from an answer or a story to the words it was taken from; there, back again."""
        before = self._before
        if before is not None and self._is_in_an_origin():
            self._before = None
            self._navigation.come_back(before)
            return
        here = self._navigation.here()
        holder = self._holder(here)
        if holder is None:
            self._say(_("Go to an answer or to what they said first."))
            return
        if not holder.taken_from:
            self._say(_("Nothing notes where this was taken from: it was asked or typed."))
            return
        for origin in self.origins:
            if said := origin.show_passages(holder.taken_from):
                self._before = here
                self._say(said)
                return
        self._say(_("Taken from an email that is not on this computer."))

    def _holder(self, here: Here) -> Answer | Narrative | None:
        draft = self._record.current()
        if here.widget is not None and here.widget in self._parts.story.boxes():
            at = self._parts.story.boxes().index(here.widget)
            return (drafting.story(draft), drafting.beside(draft))[at]
        section = self._parts.form_pane.section
        if not here.question or section is None:
            return None
        sheet = drafting.sheet(draft, section.sheet_key)
        answer = sheet.answers.get(here.question) if sheet is not None else None
        return answer or Answer()

    def _origin(self) -> Origin | None:
        """Of those shown, the one that is worked in; else the one that was last, else the first."""
        shown = [one for one in self.origins if (pane := one.pane_of()) is not None and not pane.isHidden()]
        panes = self._parts.panes
        latest = panes.current() or panes.latest()
        return next((one for one in shown if one.pane_of() is latest), shown[0] if shown else None)

    def _is_in_an_origin(self) -> bool:
        here = self._parts.panes.current()
        return here is not None and any(one.pane_of() is here for one in self.origins)

    def _text_questions(self) -> Iterator[tuple[Section, Question]]:
        for section in self._display.sections():
            for question in section.question_set.in_group(section.group):
                if question.kind is Kind.TEXT and not section.question_set.staff_only:
                    yield section, question

    def _say(self, said: str) -> None:
        self._workplace.announce(said)


def _holds(known: Sequence[Passage], wanted: Sequence[Passage]) -> bool:
    """Whether all that is wanted was taken already, alone or with more around it."""
    return bool(wanted) and all(
        any(one.turn == new.turn and one.start <= new.start and new.end <= one.end for one in known)
        for new in wanted
    )
