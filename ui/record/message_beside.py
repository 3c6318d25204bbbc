"""The email that the open record is made of, in a column of its own beside form and story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from intake_app import drafting, formats
from intake_app.i18n import _, ngettext
from intake_app.passages import Passage, Reply
from ui.accessibility import in_silence
from ui.actions import trigger
from ui.record.calls import Calls
from ui.record.display import Display
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.record.using import Taken, Using
from ui.workplace import Workplace

if TYPE_CHECKING:
    from intake_app.channels.email.message import Message
    from ui.email.message_pane import MessagePane


_EMAIL = "email"
"""Code of ``channels.csv``."""


class MessageBeside(QObject):
    """The pane is made when first needed. The email stays on the computer that fetched it."""

    def __init__(
        self,
        parts: Parts,
        _display: Display,
        navigation: Navigation,
        record: OpenRecord,
        calls: Calls,
        using: Using,
        workplace: Workplace,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts, self._navigation = parts, navigation
        self._record, self._workplace = record, workplace
        self.pane: MessagePane | None = None
        using.origins.append(self)
        calls.another.connect(self._look)
        parts.panes.stacked_changed.connect(lambda _stacked: self._arrange())
        parts.panes.entered.connect(lambda _pane: self._arrange())

    # What is shown

    def _look(self) -> None:
        """Whether this record was made of an email that is here."""
        draft, inbox = self._record.draft, self._workplace.store.inbox
        if draft.record.message is None and draft.record.channel != _EMAIL:
            self._show(None)
            return

        def read() -> Message | None:
            # Loaded here: most calls are no emails, and this is the worker.
            from intake_app.channels.email.kept import of_text

            message = inbox.of_record(draft.id)
            return of_text(inbox.reading(message)) if message else None

        def done(message: Message | None) -> None:
            if self._record.draft.id == draft.id:
                self._show(message)

        self._workplace.background.run(self, read, done)

    def _show(self, message: Message | None) -> None:
        if self.pane is None:
            if message is None:
                return
            self._make()
        pane, panes = self.pane, self._parts.panes
        assert pane is not None
        before = pane.message
        pane.show_message(message, [one.name for one in self._record.draft.record.attachments])
        with in_silence():
            panes.show_column(message is not None)
        self._arrange()
        if message is not None and message != before:
            self._workplace.announce(_("The email stands beside the form; F6 goes there."))

    def _make(self) -> None:
        from ui.email.message_pane import MessagePane

        with in_silence():
            self.pane = MessagePane(lambda name: trigger(self._parts.shell, name))
            self._parts.panes.add_column(self.pane)
        self.pane.reply_wanted.connect(self.reply)

    def _arrange(self) -> None:
        if self.pane is not None and self.pane.message is not None:
            panes = self._parts.panes
            self.pane.arrange(panes.stacked, inside=panes.latest() is self.pane)

    # Its words as story and answers (``Using``)

    def pane_of(self) -> QWidget | None:
        """Where the email is shown; None where there is none."""
        return self.pane if self.pane is not None and not self.pane.isHidden() else None

    def taken(self) -> Taken:
        """What is selected; without a selection all that they wrote themselves."""
        if self.pane is None or self.pane.message is None:
            return Taken()
        if (found := self.pane.selected()) is not None:
            return Taken(found[0], (found[1],))
        words = self.pane.message.words
        if not words.strip():
            return Taken(why=_("The email has no words of its own. Select what you need in what it quotes."))
        return Taken(words, (Passage(end=len(words)),))

    def show_passages(self, passages: Sequence[Passage]) -> str:
        """The words in the email that an answer or the story was taken from."""
        own = [one for one in passages if not one.turn]
        if self.pane_of() is None or self.pane is None or not own:
            return ""
        self._navigation.leave_all_panels()
        self.pane.select(own)
        if len(own) == 1:
            return _("Taken from these words of the email. Ctrl+Shift+M goes back.")
        told = ngettext(
            "Taken from {count} place of the email; the first is selected.",
            "Taken from {count} places of the email; the first is selected.",
            len(own),
        )
        return told.format(count=formats.number(len(own)))

    # Replying

    def reply(self) -> None:
        """From a template, to be changed; nothing is sent by this program."""
        from ui.email.reply_dialog import ReplyDialog

        if self.pane is None or self.pane.message is None:
            return
        if self._workplace.store.practice:
            self._workplace.announce(_("This is practice: nobody is written to."))
            return
        dialog = ReplyDialog(self._workplace, self.pane.message, self._record.current(), self._parts.shell)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        record = self._record.draft.id
        dialog.written.connect(lambda reply: self._note(record, reply))
        dialog.open()

    def _note(self, record: str, reply: Reply) -> None:
        draft = self._record.current()
        if draft.id == record:
            noted = reply.model_copy(update={"by": self._record.by})
            self._record.apply(drafting.with_record(draft, replies=(*draft.record.replies, noted)))
