"""The rows of the record list as Qt's table shows and a screen reader speaks them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from intake_app import formats
from intake_app.attaching import is_day_alone
from intake_app.forms.library import Library
from intake_app.i18n import _
from intake_app.records import spaced_reference
from intake_app.store.summaries import RecordSummary
from intake_app.text import fsi, ltr, numbers_kept
from ui.fonts import for_row
from ui.record_list.words import channel_words, state_words, where_words

_NOWHERE = QModelIndex()


class RecordTableModel(QAbstractTableModel):
    """Open danger on top, then newest first, exactly in the order of the rows given."""

    STATE, RECEIVED, REFERENCE, CHANNEL, SERVICES, WORDS, WHERE = range(7)
    COLUMNS = 7

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._rows: tuple[RecordSummary, ...] = ()

    def show_rows(self, rows: Sequence[RecordSummary]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def append_rows(self, rows: Sequence[RecordSummary]) -> None:
        """Older rows below those shown; nothing above them moves."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(_NOWHERE, first, first + len(rows) - 1)
            self._rows += tuple(rows)
            self.endInsertRows()

    def retranslate(self) -> None:
        """After a change of language: texts are asked for again, selection and focus stay."""
        if self._rows:
            last = self.index(len(self._rows) - 1, self.COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.COLUMNS - 1)

    def record(self, row: int) -> RecordSummary | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, record_id: str) -> int:
        """The row of a record, -1 where it is not listed."""
        return next((number for number, row in enumerate(self._rows) if row.id == record_id), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.COLUMNS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            _("State"),
            _("Received"),
            _("Reference"),
            _("How it came in"),
            _("Service"),
            _("First words"),
            _("Where it is now"),
        )[section]

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        row = self.record(index.row())
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.FontRole:
            return self._font(row, index.column())
        return None

    def _font(self, row: RecordSummary, column: int) -> QFont | None:
        font = for_row(row.first_words) if column == self.WORDS else None
        if row.danger:
            font = font or QFont()
            font.setBold(True)
        return font

    def _text(self, row: RecordSummary, column: int) -> str:
        if column == self.STATE:
            return state_words(row, self._library)
        if column == self.RECEIVED:
            day_alone = is_day_alone(row.received)
            return formats.short_date(row.received.civil) if day_alone else formats.short_moment(row.received)
        if column == self.REFERENCE:
            return ltr(spaced_reference(row.reference))
        if column == self.CHANNEL:
            return channel_words(self._library, row.channel)
        if column == self.SERVICES:
            return formats.listing([fsi(name) for name in row.services])
        if column == self.WORDS:
            return fsi(numbers_kept(row.first_words))
        return where_words(row.where)
