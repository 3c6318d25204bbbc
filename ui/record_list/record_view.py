"""One finished record to be read, and what may be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from intake_app import formats
from intake_app.i18n import _
from intake_app.people import PersonDetails
from intake_app.records import Record, RecordState, spaced_reference
from intake_app.store.summaries import Version
from intake_app.text import ltr
from ui.accessibility import heading
from ui.record.flow import FlowLayout
from ui.record_list.reason_dialog import ask_reason
from ui.record_list.record_words import record_words, sheet_words
from ui.record_list.related_part import RelatedPart, one_line_of
from ui.record_list.service_remarks import NO_REMARKS, Remarks, service_remarks
from ui.rows import add_row, button
from ui.translation import tr
from ui.workplace import Workplace


class RecordView(QWidget):
    """Signals: ``edit_wanted(str)`` record id, ``changed()`` after a deed, ``back_wanted()``."""

    edit_wanted = Signal(str)
    changed = Signal()
    back_wanted = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._record: Record | None = None
        self._versions: tuple[Version, ...] = ()
        self._remarks = NO_REMARKS
        # Details stay on the screen only while this record is, and are opened anew with a new reason.
        self._person_words = ""
        # The records that led here by a link, the last one last.
        self._before: list[str] = []
        outer = QVBoxLayout(self)
        self.heading = heading()
        outer.addWidget(self.heading)
        self.text = QTextEdit(readOnly=True)
        add_row(outer, self.text, lambda: _("The record"), "record_text")
        self.history = QTextEdit(readOnly=True)
        self.history.setMaximumHeight(self.fontMetrics().height() * 5)
        add_row(outer, self.history, lambda: _("Versions of this record"), "record_versions")
        self.related = RelatedPart(workplace)
        self.related.open_wanted.connect(self._open_related)
        self.related.changed.connect(self.changed)
        outer.addWidget(self.related)
        outer.setStretchFactor(self.text, 1)
        deeds = FlowLayout()
        outer.addLayout(deeds)
        self.edit = button(lambda: _("Edit"), "record_edit", self._edit)
        self.close_danger = button(lambda: _("Close the danger card"), "close_danger", self._close_danger)
        self.person = button(lambda: _("Who told us"), "record_person", self._open_person)
        self.withdraw = button(lambda: _("Withdraw"), "record_withdraw", self._withdraw)
        self.erase = button(lambda: _("Erase for good"), "record_erase", self._erase)
        self.back = button(self._back_words, "record_back", self.go_back)
        own = (self.edit, self.close_danger, self.person, self.withdraw, self.erase, self.back)
        for one in (*self.related.deeds, *own):
            deeds.addWidget(one)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.go_back)
        tr(self, lambda _text: self._show_texts(), lambda: "")

    def show_record(self, record_id: str) -> None:
        """Reads it on the worker, then shows it with the focus on its heading."""
        self._before.clear()
        self._read(record_id)

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
        if self.related.rows.isVisible():
            panes.insert(1, self.related.rows)
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

        def read() -> tuple[Record, tuple[Version, ...], Remarks]:
            record = store.records.get(record_id)
            return record, store.records.history(record_id), service_remarks(record, store.directory)

        self._workplace.background.run(self, read, lambda found: self._show(*found, come_back_to))

    def _show(
        self, record: Record, versions: tuple[Version, ...], remarks: Remarks, come_back_to: str
    ) -> None:
        self._record, self._versions, self._person_words = record, versions, ""
        self._remarks = remarks
        self.close_danger.setVisible(record.in_danger)
        self.person.setVisible(bool(record.person))
        self.edit.setEnabled(record.state is not RecordState.WITHDRAWN)
        self.withdraw.setEnabled(record.state is not RecordState.WITHDRAWN)
        self._show_texts()
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        self.related.show_record(record, come_back_to)

    def _show_texts(self) -> None:
        self.back.setText(self._back_words())
        self.history.setMinimumHeight(one_line_of(self))
        record = self._record
        if record is None:
            return
        self.heading.setText(
            _("Record {reference}").format(reference=ltr(spaced_reference(record.reference)))
        )
        words = record_words(record, self._workplace.library, self._remarks)
        self.text.setPlainText(f"{self._person_words}\n\n{words}" if self._person_words else words)
        self.history.setPlainText("\n".join(self._version_words(one) for one in self._versions))

    def _version_words(self, version: Version) -> str:
        saved = formats.long_moment(version.saved)
        if version.receipt is None:
            return _("Saved {moment}").format(moment=saved)
        return _("Saved {moment}, received by the hub, receipt {receipt}").format(
            moment=saved, receipt=ltr(version.receipt.code)
        )

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
        self._person_words = sheet_words(_("Who told us"), details, self._workplace.library)
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
