"""Words of turns as story and as answers; the turns stay what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from intake_app import drafting
from intake_app.channels.relay import log
from intake_app.forms.model import Kind, Question
from intake_app.i18n import _
from intake_app.records import Answer, Source
from intake_app.taking_down import Section
from intake_app.text import fsi
from ui.record import words
from ui.record.display import Display
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.relay.turn_pane import TurnPane


class UsingTurns:
    """Any words can become the story in one key, or an answer in two."""

    def __init__(
        self,
        parts: Parts,
        display: Display,
        record: OpenRecord,
        workplace: Workplace,
        pane: Callable[[], TurnPane | None],
    ) -> None:
        self._parts, self._display, self._record = parts, display, record
        self._pane, self._say = pane, workplace.announce

    def into_story(self) -> None:
        """Enter on turns: their words are copied to the end of what they said."""
        pane = self._pane()
        if pane is not None and (found := self._taken(pane)):
            self._add_to_story(found)

    def as_answer(self) -> None:
        """Ctrl+Shift+U: what they said, or an open text question; the first letter or the arrows choose."""
        pane = self._pane()
        if pane is None or pane.isHidden():
            self._say(_("There is nothing to use yet: no turns, no message."))
            return
        if not (found := self._taken(pane)):
            return
        menu = QMenu(pane)
        menu.setObjectName("relay_use_menu")
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
        menu.popup(pane.log.mapToGlobal(QPoint(0, 0)))

    def _taken(self, pane: TurnPane) -> str:
        """Selected words of the box, else the words of the turns that are chosen in the list."""
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
                if question.kind is Kind.TEXT and not section.question_set.staff_only:
                    yield section, question
