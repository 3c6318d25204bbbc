"""One finished record to be read, and what may be done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from intake_app import formats
from intake_app.channels.outreach.take_away import NO_RECORD, SlipFor, slip_for
from intake_app.channels.relay.session import dial, number_of
from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.people import PersonDetails
from intake_app.records import Record, RecordState, spaced_reference
from intake_app.store.notices import Notice
from intake_app.store.store import Store
from intake_app.store.summaries import Version
from intake_app.text import fsi, ltr
from ui.accessibility import heading
from ui.attachments.files_part import FilesPart
from ui.interpreter.needs_banner import NeedsBanner
from ui.interpreter.words import needs_words
from ui.messages import sentence
from ui.record.flow import FlowLayout
from ui.record_list.reason_dialog import ask_reason
from ui.record_list.record_words import record_words, sheet_words
from ui.record_list.related_part import RelatedPart, one_line_of
from ui.record_list.service_remarks import NO_REMARKS, Remarks, service_remarks
from ui.relay.turn_words import call_back_words
from ui.rows import add_row, button
from ui.settling.notice_words import notice_words
from ui.settling.words import joined_words
from ui.translation import tr
from ui.whole_words import keep_whole
from ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class _Read:
    """What the worker reads of a record; ``names`` of everybody who wrote or settled a version of it."""

    record: Record
    versions: tuple[Version, ...]
    where: str
    notices: tuple[Notice, ...]
    names: Mapping[str, str]
    remarks: Remarks
    event: str


class RecordView(QWidget):
    """Signals: ``edit_wanted(str)`` record id, ``settle_wanted(str)`` it has two versions, ``mend_wanted()``
    it was refused, ``changed()`` after a deed, ``sync_wanted()`` a file is wanted from the hub,
    ``back_wanted()``.
    """

    edit_wanted = Signal(str)
    settle_wanted = Signal(str)
    mend_wanted = Signal()
    changed = Signal()
    sync_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._record: Record | None = None
        self._versions: tuple[Version, ...] = ()
        self._remarks = NO_REMARKS
        self._event = ""
        self._notices: tuple[Notice, ...] = ()
        self._names: Mapping[str, str] = {}
        # Details stay on the screen only while this record is, and are opened anew with a new reason.
        self._person_words = ""
        # The records that led here by a link, the last one last.
        self._before: list[str] = []
        outer = QVBoxLayout(self)
        self.heading = heading()
        outer.addWidget(self.heading)
        self.needs = NeedsBanner("record_needs")
        outer.addWidget(self.needs)
        self.text = QTextEdit(readOnly=True)
        keep_whole(self.text)
        add_row(outer, self.text, lambda: _("The record"), "record_text")
        self.history = QTextEdit(readOnly=True)
        self.history.setMaximumHeight(self.fontMetrics().height() * 5)
        add_row(outer, self.history, lambda: _("Versions of this record"), "record_versions")
        self.files = FilesPart(workplace)
        self.files.sync_wanted.connect(self.sync_wanted)
        outer.addWidget(self.files)
        self.related = RelatedPart(workplace)
        self.related.open_wanted.connect(self._open_related)
        self.related.changed.connect(self.changed)
        outer.addWidget(self.related)
        outer.setStretchFactor(self.text, 1)
        deeds = FlowLayout()
        outer.addLayout(deeds)
        self.edit = button(lambda: _("Edit"), "record_edit", self._edit)
        self.settle = button(lambda: _("Settle the two versions"), "record_settle", self._settle)
        self.mend = button(lambda: _("Mend what was refused"), "record_mend", self.mend_wanted.emit)
        self.noticed = button(lambda: _("I have read what was joined"), "record_noticed", self._noticed)
        self.close_danger = button(lambda: _("Close the danger card"), "close_danger", self._close_danger)
        self.person = button(lambda: _("Who told us"), "record_person", self._open_person)
        self.translate = button(lambda: _("Translate …"), "record_translate", self._translate)
        self.slip = button(lambda: _("Slip to take away …"), "record_slip", self._slip)
        self.withdraw = button(lambda: _("Withdraw"), "record_withdraw", self._withdraw)
        self.erase = button(lambda: _("Erase for good"), "record_erase", self._erase)
        self.back = button(self._back_words, "record_back", self.go_back)
        deeds.addWidget(self.settle)
        deeds.addWidget(self.mend)
        deeds.addWidget(self.noticed)
        own = (
            self.edit, self.translate, self.close_danger, self.person, self.slip, self.withdraw, self.erase,
            self.back,
        )  # fmt: skip
        for one in (*self.files.deeds, *self.related.deeds, *own):
            deeds.addWidget(one)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.go_back)
        tr(self, lambda _text: self._show_texts(), lambda: "")

    def show_record(self, record_id: str) -> None:
        """Reads it on the worker, then shows it with the focus on its heading."""
        self._before.clear()
        self._read(record_id)

    def for_slip(self) -> SlipFor:
        """What the slip to take away may know of this record."""
        if self._record is None:
            return NO_RECORD
        return slip_for(self._record, practice=self._workplace.store.practice)

    def go_back(self) -> None:
        """To the row of the record that led here; without one, to the list."""
        if not self._before:
            self.related.clear()
            self.back_wanted.emit()
            return
        left = self._record.id if self._record is not None else ""
        self._read(self._before.pop(), left)

    def next_pane(self) -> None:
        """Words, related records, deeds, and round again."""
        panes = [self.text, self.edit]
        lists = [one for one in (self.files.rows, self.related.rows) if one.isVisible()]
        panes[1:1] = lists
        here = next((at for at, one in enumerate(panes) if one.hasFocus()), -1)
        panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_related(self, record_id: str) -> None:
        if self._record is not None:
            self._before.append(self._record.id)
        self._read(record_id)

    def _back_words(self) -> str:
        return _("Back to the record before") if self._before else _("Back to the list")

    def _read(self, record_id: str, come_back_to: str = "") -> None:
        store = self._workplace.store
        self._workplace.background.run(
            self,
            lambda: _read(store, record_id),
            lambda found: self._show(found, come_back_to),
            self._refused,
        )

    def _show(self, found: _Read, come_back_to: str) -> None:
        record = found.record
        self._record, self._versions, self._person_words = record, found.versions, ""
        self._notices, self._names, self._remarks = found.notices, found.names, found.remarks
        self._event = found.event
        self.settle.setVisible(found.where == "conflict")
        self.mend.setVisible(found.where == "quarantined")
        self.noticed.setVisible(bool(found.notices))
        self.close_danger.setVisible(record.in_danger)
        self.person.setVisible(bool(record.person))
        for deed in (self.edit, self.translate, self.withdraw):
            deed.setEnabled(record.state is not RecordState.WITHDRAWN)
        self.translate.setVisible(bool(record.narratives))
        self._show_texts()
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        if needs := self._needs():
            # Once on opening, and in sight from then on.
            self._workplace.announce(needs)
        self.files.show_record(record)
        self.related.show_record(record, come_back_to)

    def _refused(self, error: IntakeError) -> None:
        self._workplace.announce(sentence(error))
        self.back_wanted.emit()

    def _show_texts(self) -> None:
        self.back.setText(self._back_words())
        self.history.setMinimumHeight(one_line_of(self))
        record = self._record
        if record is None:
            return
        self.heading.setText(
            _("Record {reference}").format(reference=ltr(spaced_reference(record.reference)))
        )
        self.needs.show_words(self._needs())
        told = "\n".join(notice_words(one) for one in self._notices)
        words = record_words(record, self._workplace.library, self._remarks, self._name_of, self._event)
        self.text.setPlainText("\n\n".join(one for one in (told, self._person_words, words) if one))
        self.history.setPlainText("\n".join(self._version_words(one) for one in self._versions))

    def _needs(self) -> str:
        if self._record is None:
            return ""
        return needs_words(self._record, None, self._workplace.library, self._workplace.clock().civil)

    def _version_words(self, version: Version) -> str:
        saved = formats.long_moment(version.saved)
        if name := self._name_of(version.by):
            saved = _("{moment}, by {name}").format(moment=saved, name=fsi(name))
        if version.receipt is None:
            words = _("Saved {moment}").format(moment=saved)
        else:
            words = _("Saved {moment}, received by the hub, receipt {receipt}").format(
                moment=saved, receipt=ltr(version.receipt.code)
            )
        if version.joined is None:
            return words
        library = self._workplace.library
        return f"{words}. {joined_words(version.joined, self._record, library, self._name_of)}"

    def _name_of(self, staff_id: str) -> str:
        return self._names.get(staff_id, "")

    def _settle(self) -> None:
        if self._record is not None:
            self.settle_wanted.emit(self._record.id)

    def _noticed(self) -> None:
        record = self._record
        if record is None:
            return

        def done(_result: object) -> None:
            self._workplace.announce(_("Noted that you have read it"))
            self.changed.emit()
            self.show_record(record.id)

        notices = self._workplace.store.notices
        self._workplace.background.run(self, lambda: notices.read([record.id]), done)

    def _translate(self) -> None:
        from ui.record_list.translate_dialog import TranslateDialog

        record = self._record
        if record is None:
            return
        dialog = TranslateDialog(self._workplace, record, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.kept.connect(lambda: self._translated(record.id))
        dialog.open()

    def _slip(self) -> None:
        from ui.outreach.slip_dialog import SlipDialog

        dialog = SlipDialog(self._workplace, self.for_slip(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _translated(self, record_id: str) -> None:
        self._workplace.announce(_("The translation is kept beside the original"))
        self.changed.emit()
        self._read(record_id)

    def _edit(self) -> None:
        if self._record is not None:
            self.edit_wanted.emit(self._record.id)

    def _close_danger(self) -> None:
        self._with_reason(
            lambda: _("Close the danger card"),
            lambda: _("What was done, and by whom? The record leaves the top of the list; the card is kept."),
            lambda record_id, why: self._workplace.store.records.close_danger(record_id, why, self._by()),
            lambda: _("Danger card closed"),
        )

    def _withdraw(self) -> None:
        self._with_reason(
            lambda: _("Withdraw the record"),
            lambda: _("Why? The record stays readable here and is left out of counts and exports."),
            lambda record_id, why: self._workplace.store.records.withdraw(record_id, why, self._by()),
            lambda: _("Withdrawn"),
        )

    def _erase(self) -> None:
        self._with_reason(
            lambda: _("Erase the record for good"),
            lambda: _(
                "Why? Story, answers, person and history are destroyed here and at the hub. "
                "This cannot be undone."
            ),
            lambda record_id, why: self._workplace.store.erase(record_id, why, self._by()),
            lambda: _("Erased"),
            leave=True,
        )

    def _open_person(self) -> None:
        record = self._record
        if record is None:
            return
        why = ask_reason(
            self,
            _("Who told us"),
            _("Why do you open these details? Your name, the time and the reason are kept."),
        )
        if why:
            store = self._workplace.store
            person = record.person
            self._workplace.background.run(
                self,
                lambda: store.people.open_person(person, why, self._by()),
                self._show_person,
            )

    def _show_person(self, details: PersonDetails) -> None:
        told = sheet_words(_("Who told us"), details, self._workplace.library)
        number = dial(self._record, number_of(details)) if self._record is not None else ""
        self._person_words = "\n".join(one for one in (told, call_back_words(number)) if one)
        self._show_texts()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _by(self) -> str:
        current = self._workplace.store.staff.current
        return current.id if current is not None else ""

    def _with_reason(
        self,
        title: Callable[[], str],
        question: Callable[[], str],
        deed: Callable[[str, str], object],
        done_words: Callable[[], str],
        leave: bool = False,
    ) -> None:
        record = self._record
        if record is None:
            return
        why = ask_reason(self, title(), question())
        if not why:
            return

        def done(_result: object) -> None:
            self._workplace.announce(done_words())
            self.changed.emit()
            if leave:
                self.go_back()
            else:
                self._read(record.id)

        self._workplace.background.run(self, lambda: deed(record.id, why), done)


def _read(store: Store, record_id: str) -> _Read:
    """On the worker."""
    record, versions = store.records.get(record_id), store.records.history(record_id)
    (summary,) = store.records.summaries((record_id,))
    notices = tuple(one for one in store.notices.unread() if one.record_id == record_id)
    joined = [one.joined for one in versions if one.joined is not None]
    writers = {part.by for one in joined for part in one.versions} | {one.by for one in joined}
    writers |= {one.by for one in versions} | {one.by for one in record.narratives}
    names = {one: store.staff.name_of(one) for one in writers if one}
    remarks = service_remarks(record, store.directory)
    event = store.events.name_of(record.event)
    return _Read(record, versions, summary.where.state, notices, names, remarks, event)
