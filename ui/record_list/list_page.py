"""The record list: found by words, channel, date, service and state; open danger always on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from intake_app.i18n import _, ngettext
from intake_app.store.summaries import Page, RecordQuery, RecordSummary
from ui.accessibility import heading
from ui.fonts import show_any_script
from ui.narrative_words import translation_words
from ui.record.flow import FlowLayout
from ui.record_list.filters import Filters
from ui.record_list.table_model import RecordTableModel
from ui.rows import add_row, button
from ui.settling.notice_words import told_words
from ui.translation import tr
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.record_list.record_view import RecordView
    from ui.settling.settle_page import SettlePage

SPACING_PX = 8
"""Kept where letters grow: at 200 % the room on a small screen belongs to the rows."""
_TO_CONTENTS = (
    RecordTableModel.STATE,
    RecordTableModel.RECEIVED,
    RecordTableModel.REFERENCE,
    RecordTableModel.CHANNEL,
)
_LETTERS = {RecordTableModel.SERVICES: 20, RecordTableModel.WORDS: 20}
"""Widths of columns whose texts may be long; the last takes what is left, and never less than its words."""
LETTERS_OF_A_STATE = 31
"""Danger and whether it is finished; what it holds and links may be cut there, and is spoken whole."""
ROW_MARGIN_PX = 10


class RecordListPage(QWidget):
    """Signals: ``open_draft(str)`` go on with a draft, ``edit(str)`` a finished record, ``sync_wanted()``,
    ``mend_wanted()`` what was refused, ``settled()`` two versions became one, ``left()`` back to the record
    that is being taken down.
    """

    open_draft = Signal(str)
    edit = Signal(str)
    sync_wanted = Signal()
    mend_wanted = Signal()
    left = Signal()
    settled = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._asked = 0
        self._more: int | None = None
        self._stack = QStackedLayout(self)
        self._list = QWidget()
        self._stack.addWidget(self._list)
        self._view: RecordView | None = None
        self._settle: SettlePage | None = None
        self._build_list()

    def _build_list(self) -> None:
        outer = QVBoxLayout(self._list)
        outer.setSpacing(SPACING_PX)
        self.heading = heading()
        tr(self.heading, self.heading.setText, lambda: _("Records"))
        top = QHBoxLayout()
        outer.addLayout(top)
        top.addWidget(self.heading, 1)
        self.count = QLabel()
        self.count.setAccessibleIdentifier("record_count")
        self.count.setWordWrap(True)
        self.count.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.count, 3)
        self.filters = Filters(self._workplace.library, lambda: self._workplace.clock().civil)
        self.filters.changed.connect(self.refresh)
        outer.addWidget(self.filters)
        self._unread = 0
        self.joined = button(lambda: told_words(self._unread), "joined_records", self._show_joined)
        self.joined.hide()
        outer.addWidget(self.joined, 0, Qt.AlignmentFlag.AlignLeading)
        self._untranslated = 0
        self.translate = button(
            lambda: translation_words(self._untranslated), "untranslated_records", self._show_untranslated
        )
        self.translate.hide()
        outer.addWidget(self.translate, 0, Qt.AlignmentFlag.AlignLeading)
        self.model = RecordTableModel(self._workplace.library, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setMinimumHeight(1)
        self.table.verticalHeader().hide()
        self.table.installEventFilter(self)
        self.table.viewport().installEventFilter(self)  # it is narrower once the rows need a scroll bar
        self.table.doubleClicked.connect(self._open_index)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        add_row(
            outer,
            self.table,
            lambda: _("Records, open danger first, then newest first"),
            "record_list",
            self._table_hint,
            show_hint=False,
        )
        outer.setStretchFactor(self.table, 1)
        deeds = FlowLayout()
        outer.addLayout(deeds)
        self.open = button(lambda: _("Open"), "record_open", self._open_current)
        self.settle = button(lambda: _("Settle or mend"), "list_settle", self._settle_current)
        self.older = button(lambda: _("Older records"), "older_records", self._fetch_older)
        self.everything = button(lambda: _("Show all records"), "clear_filters", self.filters.clear)
        self.sync_now = button(lambda: _("Sync now"), "sync_now", self.sync_wanted.emit)
        self.leave = button(lambda: _("Back to the call"), "list_leave", self.left.emit)
        for one in (self.open, self.settle, self.older, self.everything, self.sync_now, self.leave):
            deeds.addWidget(one)
        show_any_script(self)
        tr(self, lambda _text: self._retranslate(), lambda: "")

    @property
    def view(self) -> RecordView:
        """One record to read, made when the first is opened: the window need not wait for it."""
        if self._view is None:
            from ui.record_list.record_view import RecordView

            self._view = view = RecordView(self._workplace)
            self._stack.addWidget(view)
            view.edit_wanted.connect(self.edit)
            view.changed.connect(self.refresh)
            view.back_wanted.connect(self._back_to_list)
            view.settle_wanted.connect(self.settle_record)
            view.mend_wanted.connect(self.mend_wanted)
        return self._view

    def enter(self, *, search: bool = False) -> None:
        """Shows the list anew with the focus on the heading, or in the search field (Ctrl+F)."""
        self._stack.setCurrentWidget(self._list)
        self.refresh()
        target = self.filters.words if search else self.heading
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if search:
            self.filters.words.selectAll()

    def next_pane(self) -> None:
        """From the search to the rows and back; on a record, from its words to its deeds and back."""
        if self._view is not None and self._stack.currentWidget() is self._view:
            self._view.next_pane()
            return
        first: QWidget = self.filters.words
        second: QWidget = self.table
        if self._settle is not None and self._stack.currentWidget() is self._settle:
            first, second = self._settle.difference.versions, self._settle.next
        target = first if second.hasFocus() else second
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, record_id: str) -> None:
        self._stack.setCurrentWidget(self.view)
        self.view.show_record(record_id)

    def refresh(self) -> None:
        """Asks the store again; the selected record stays selected and the focus where it is."""
        self._asked += 1
        asked, query = self._asked, self.filters.query()
        records = self._workplace.store.records
        self._workplace.background.run(
            self, lambda: records.find(query), lambda page: self._show(asked, query, page)
        )
        notices = self._workplace.store.notices
        self._workplace.background.run(self, notices.unread_records, self._show_unread)
        self._workplace.background.run(self, records.untranslated, self._show_waiting)

    def settle_record(self, record_id: str) -> None:
        """Its versions, difference by difference."""
        if self._settle is None:
            from ui.settling.settle_page import SettlePage

            self._settle = SettlePage(self._workplace)
            self._stack.addWidget(self._settle)
            self._settle.back_wanted.connect(self._back_to_list)
            self._settle.settled.connect(self._on_settled)
        self._stack.setCurrentWidget(self._settle)
        self._settle.show_record(record_id)

    def _on_settled(self, _record_id: str) -> None:
        self.settled.emit()
        self.refresh()
        self._back_to_list()

    def _show_unread(self, records: tuple[str, ...]) -> None:
        self._unread = len(records)
        self.joined.setText(told_words(self._unread))
        self.joined.setVisible(bool(records))

    def _show_joined(self) -> None:
        self.filters.choose_state("joined")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_waiting(self, count: int) -> None:
        self._untranslated = count
        self.translate.setText(translation_words(count))
        self.translate.setVisible(bool(count))

    def _show_untranslated(self) -> None:
        self.filters.choose_state("untranslated")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle_current(self) -> None:
        row = self._current()
        if row is not None and row.where.state == "conflict":
            self.settle_record(row.id)
        elif row is not None and row.where.state == "quarantined":
            self.mend_wanted.emit()
        else:
            self._workplace.announce(
                _("Nothing to settle here: this record has one version, and the hub did not refuse it")
            )

    def _show(self, asked: int, query: RecordQuery, page: Page) -> None:
        if asked != self._asked:
            return  # a later question is on its way
        selected = self._current()
        on_top = {row.id for row in page.danger}
        self.model.show_rows((*page.danger, *(row for row in page.rows if row.id not in on_top)))
        self._size_columns()
        self._set_more(page.more)
        row = self.model.row_of(selected.id) if selected is not None else -1
        if self.model.rowCount():
            # A table without a current row is silent when it is entered.
            self.table.setCurrentIndex(self.model.index(max(row, 0), 0))
        self._tell_count()

    def _fetch_older(self) -> None:
        before = self._more
        if before is None:
            return
        asked, query = self._asked, self.filters.query()
        records = self._workplace.store.records

        def show(page: Page) -> None:
            if asked == self._asked:
                first_new = self.model.rowCount()
                self.model.append_rows([row for row in page.rows if self.model.row_of(row.id) < 0])
                self._set_more(page.more)
                self._tell_count()
                self.table.setCurrentIndex(self.model.index(min(first_new, self.model.rowCount() - 1), 0))
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        self._workplace.background.run(self, lambda: records.find(query, before), show)

    def _set_more(self, more: int | None) -> None:
        self._more = more
        self.older.setEnabled(more is not None)

    def _tell_count(self) -> None:
        shown = self.model.rowCount()
        if self._more is not None:
            words = ngettext("{count} record shown, there are older ones",
                             "{count} records shown, there are older ones", shown)  # fmt: skip
        elif shown:
            words = ngettext("{count} record", "{count} records", shown)
        else:
            words = _("No records match. Change what you look for, or show all records.")
        words = words.format(count=shown)
        if words != self.count.text():
            self.count.setText(words)
            self.table.setAccessibleDescription(self._table_hint())
            if self.filters.isAncestorOf(self.focusWidget() or self):
                self._workplace.announce(words)

    def _table_hint(self) -> str:
        """An empty table says nothing of itself but that it has no rows."""
        return _("Enter opens the record.") if self.model.rowCount() else self.count.text()

    def _retranslate(self) -> None:
        self.model.retranslate()
        self._size_columns()
        self._tell_count()

    def _size_columns(self) -> None:
        letter = self.table.fontMetrics().averageCharWidth()
        for column in _TO_CONTENTS:
            self.table.resizeColumnToContents(column)
        state = self.table.columnWidth(RecordTableModel.STATE)
        self.table.setColumnWidth(RecordTableModel.STATE, min(state, letter * LETTERS_OF_A_STATE))
        for column, letters in _LETTERS.items():
            heading = self.table.horizontalHeader().sectionSizeHint(column)
            self.table.setColumnWidth(column, max(letter * letters, heading))
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + ROW_MARGIN_PX)
        self._size_last_column()

    def _size_last_column(self) -> None:
        header, last = self.table.horizontalHeader(), RecordTableModel.WHERE
        left = self.table.viewport().width() - header.sectionPosition(last)
        words = max(self.table.sizeHintForColumn(last), header.sectionSizeHint(last))
        self.table.setColumnWidth(last, max(left, words))

    def _current(self) -> RecordSummary | None:
        return self.model.record(self.table.currentIndex().row())

    def _open_current(self) -> None:
        self._open_row(self._current())

    def _open_index(self, index: QModelIndex) -> None:
        self._open_row(self.model.record(index.row()))

    def _open_row(self, row: RecordSummary | None) -> None:
        if row is None:
            self._workplace.announce(_("No record is chosen"))
        elif row.state in ("draft", "parked"):
            self.open_draft.emit(row.id)
        else:
            self.show_record(row.id)

    def _back_to_list(self) -> None:
        self._stack.setCurrentWidget(self._list)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table.viewport() and event.type() == QEvent.Type.Resize:
            self._size_last_column()
        elif watched is self.table and event.type() == QEvent.Type.FontChange:
            self._size_columns()
        if (
            watched is self.table
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._open_current()
            return True
        return super().eventFilter(watched, event)
