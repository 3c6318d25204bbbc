"""A reply to an email: a template in the person's language, changed by staff; a mail program sends it."""

import sys
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from intake_app import drafting
from intake_app.channels.email.message import Message
from intake_app.channels.email.reply import (
    LONGEST_LINK,
    ReplyRefused,
    Template,
    Written,
    answering,
    as_draft,
    as_link,
    letter,
    subject_of,
)
from intake_app.channels.outreach.take_away import offer
from intake_app.drafting import Draft
from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.passages import Reply
from intake_app.reports.files import written_whole
from intake_app.store.wordings import KeptWordings
from intake_app.text import ltr
from ui.accessibility import ComboBox, heading, in_silence
from ui.email.reply_words import safety_words, template_words
from ui.fonts import show_any_script
from ui.interpreter.words import needs_words
from ui.narrative import NarrativeBox
from ui.outreach.words import language_words, languages
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_LINES = 12
_LONGEST = LONGEST_LINK if sys.platform == "win32" else 30_000
FILE, PROGRAM = "file", "program"


class ReplyDialog(AskingDialog):
    """Sends nothing: a draft file, or the computer's mail program with everything filled in.

    Signals: ``written(Reply)`` one of the two was done: when, from which template, in which language
    """

    written = Signal(object)

    def __init__(
        self, workplace: Workplace, message: Message, draft: Draft, parent: QWidget | None = None
    ) -> None:
        super().__init__(workplace, lambda: _("Reply to the email"), parent)
        self._message, self._draft = message, draft
        self._library = workplace.library
        self._tags = languages(self._library)
        self._reach = ""
        self.warning = heading()
        self.warning.setAccessibleIdentifier("reply_warning")
        self.rows.addWidget(self.warning)
        self.template = ComboBox(self)
        self.language = ComboBox(self)
        for _template in Template:
            self.template.addItem("")
        for _tag in self._tags:
            self.language.addItem("")
        add_row(self.rows, self.template, lambda: _("What the reply is for"), "reply_template", self._hint)
        add_row(self.rows, self.language, lambda: _("Language of the reply"), "reply_language")
        self.to = QLineEdit(self._address())
        add_row(
            self.rows,
            self.to,
            lambda: _("To (required)"),
            "reply_to",
            lambda: _("The address that the email claims. Anybody can write any: look at it twice."),
        )
        self.subject = QLineEdit(subject_of(message))
        add_row(self.rows, self.subject, lambda: _("Subject"), "reply_subject")
        self.text = NarrativeBox()
        self.text.setFixedHeight(_LINES * self.fontMetrics().lineSpacing())
        add_row(self.rows, self.text, lambda: _("The reply"), "reply_text")
        show_any_script(self)
        self.outcome = heading()
        self.outcome.setAccessibleIdentifier("reply_outcome")
        self.outcome.hide()
        self.rows.addWidget(self.outcome)
        self.open_program = self.add_deed(
            lambda: _("Open in the mail program"), "reply_program", self._to_program, default=True
        )
        self.save = self.add_deed(lambda: _("Save as a draft file …"), "reply_save", self._choose_file)
        self.add_deed(lambda: _("Close"), "reply_close", self.reject)
        tr(self, lambda _words: self._name_rows(), str)
        self._choose_language()
        self._write_text()
        self.template.currentIndexChanged.connect(lambda _row: self._write_text())
        self.language.currentIndexChanged.connect(lambda _row: self._write_text())
        if not self.warning.isHidden():
            self.warning.setFocus()
        else:
            self.template.setFocus()
        store = workplace.store
        workplace.background.run(self, lambda: (store.wordings.all(), store.paper.known()), self._take)

    # What was chosen

    def chosen(self) -> Template:
        return tuple(Template)[max(0, self.template.currentIndex())]

    def tag(self) -> str:
        return self._tags[max(0, self.language.currentIndex())]

    def _address(self) -> str:
        """As they gave it themselves, where that was taken down and is not sealed yet."""
        person = self._draft.person
        given = person.value("email") if person is not None else None
        return str(given or self._message.address)

    def _choose_language(self) -> None:
        person, record, told = self._draft.person, self._draft.record, drafting.story(self._draft)
        wanted = [
            person.value("written_language") if person is not None else None,
            record.asked_in,
            person.value("spoken_language") if person is not None else None,
            told.language if told is not None else None,
        ]
        for one in wanted:
            if one in self._tags:
                self.language.setCurrentIndex(self._tags.index(one))
                return

    def _take(self, found: tuple[KeptWordings, tuple[str, int]]) -> None:
        """Another computer may have named a reviewer since; how to reach us is known from the papers."""
        kept, (self._reach, _following) = found
        self._library.wordings.use(kept.approvals, kept.sheets)
        self._name_rows()
        if not self.text.document().isModified():
            self._write_text()

    def _write_text(self) -> None:
        """Undoable: whoever had changed the words gets them back with Ctrl+Z."""
        record = self._draft.record
        made = letter(
            self._library,
            self.chosen(),
            self.tag(),
            record.reference,
            record.received.civil,
            self.workplace.store.organisation.name,
            self._reach,
        )
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(made.text)
        self.text.document().setModified(False)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    # Deeds

    def _to_program(self) -> None:
        reply = self._reply()
        if reply is None:
            return
        try:
            link = as_link(reply, _LONGEST)
            if not QDesktopServices.openUrl(QUrl.fromEncoded(link.encode())):
                raise ReplyRefused(reason="no_program")
        except ReplyRefused as error:
            self.show_error(error, self.save)
            return
        self._done(PROGRAM, _("The mail program has the reply. Send it there; Intake sends nothing."))

    def _choose_file(self) -> None:
        if self._reply() is None:
            return
        # No reference and no name in it: the folder may be anybody's.
        found, _kind = QFileDialog.getSaveFileName(self, self.windowTitle(), _("reply") + ".eml", "*.eml")
        if found:
            self.save_file(Path(found))

    def save_file(self, path: Path) -> None:
        reply = self._reply()
        if reply is None:
            return
        try:
            data = as_draft(reply)
        except ReplyRefused as error:
            self.show_error(error, self.to)
            return

        def write() -> None:
            with written_whole(path) as out:
                out.write(data)

        def done(_none: object) -> None:
            said = _(
                "Saved: {path}. The file is not encrypted and holds their address. Send it with your mail "
                "program, then delete it."
            )
            self._done(FILE, said.format(path=ltr(str(path))))

        self.workplace.background.run(self, write, done, self._failed)

    def _reply(self) -> Written | None:
        """None where something has to be mended first, and that is said."""
        self.clear_problem()
        try:
            return answering(self._message, self.to.text(), self.subject.text(), self.text.words())
        except ReplyRefused as error:
            self.show_error(error, self.to if error.details["reason"] == "address" else self.text)
            return None

    def _done(self, way: str, said: str) -> None:
        place = self.workplace
        # Neither the address nor the words: they stay in the email and with the mail program.
        self.written.emit(
            Reply(
                id=place.ids(), at=place.clock(), template=self.chosen().value, language=self.tag(), way=way
            )
        )
        with in_silence():
            self.outcome.setText(said)
            self.outcome.show()
            self.fit()
        self.outcome.setFocus()

    def _failed(self, error: IntakeError) -> None:
        self.show_error(error, self.save)

    # Words

    def _name_rows(self) -> None:
        for row, template in enumerate(Template):
            self.template.setItemText(row, template_words(template))
        for row, tag in enumerate(self._tags):
            self.language.setItemText(row, language_words(self._library, tag))
        record, person = self._draft.record, self._draft.person
        told = [safety_words(one) for one in offer(record, person).reasons]
        needs = needs_words(record, person, self._library, self.workplace.clock().civil)
        told += [needs] if needs else []
        self.warning.setText("\n".join(dict.fromkeys(one for one in told if one)))
        self.warning.setVisible(bool(self.warning.text()))

    @staticmethod
    def _hint() -> str:
        return _("Another choice writes the reply anew; Ctrl+Z in it brings your words back.")
