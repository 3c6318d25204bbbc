"""The panels that are lists: parked and waiting records, earlier records, keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from intake_app import drafting
from intake_app.drafting import Draft
from intake_app.i18n import _, ngettext, series
from intake_app.records import Record
from intake_app.store.summaries import DraftSummary
from intake_app.times import Instant
from ui.actions import KEYS, Key
from ui.actions import words as key_words
from ui.form.ink import TEXT, InkLabel
from ui.record import words
from ui.record.panel import Panel
from ui.record.rows import Rows
from ui.translation import tr


class ParkedList(Panel):
    """Drafts that wait: parked, rung off, or left when the program ended. Open danger comes first.

    Signals: ``chosen(str)`` the id of a draft · ``discard_wanted(str)`` Delete twice on the same row ·
    ``asked(str)`` the sentence after the first Delete
    """

    chosen = Signal(str)
    discard_wanted = Signal(str)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("parked_list", parent)
        self._waiting: tuple[DraftSummary, ...] = ()
        self._now: Instant | None = None
        self.rows = Rows("parked_rows")
        self.rows.chosen.connect(self.chosen)
        self.rows.moved.connect(self._forget_first_press)
        self._asked_for = ""
        self.body.addWidget(self.rows, 1)
        tr(self.rows, self.rows.setAccessibleName, lambda: _("Parked and waiting records"))
        tr(
            self.rows,
            self.rows.setAccessibleDescription,
            lambda: _("Enter goes on with it; Delete throws it away"),
        )
        tr(self, lambda _words: self._show(), str)

    def show_waiting(self, waiting: Sequence[DraftSummary], now: Instant) -> None:
        self._waiting = tuple(sorted(waiting, key=lambda one: not one.danger))
        self._now = now
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and (key := self.rows.current_key()):
            self._delete(key)
        else:
            super().keyPressEvent(event)

    def _delete(self, key: str) -> None:
        """A draft goes only by a person's act, and not by one slip of a key."""
        draft = next(one for one in self._waiting if one.id == key)
        if draft.danger:
            self.asked.emit(_("A record with danger is not thrown away. Open it and close the danger card."))
        elif self._asked_for == key:
            self._asked_for = ""
            self.discard_wanted.emit(key)
        else:
            self._asked_for = key
            said = _("Press Delete again to throw away {reference}. Nothing brings it back.")
            self.asked.emit(said.format(reference=words.reference(draft.reference)))

    def _forget_first_press(self) -> None:
        self._asked_for = ""

    def take_focus(self) -> None:
        if self._waiting:
            self.rows.setFocus()
        else:
            super().take_focus()

    def _show(self) -> None:
        count = len(self._waiting)
        title = ngettext("{count} record parked or waiting", "{count} records parked or waiting", count)
        self.heading.setText(title.format(count=count) if count else _("No record is parked or waiting"))
        if self._now is not None:
            now = self._now
            self.rows.show_rows([(one.id, draft_words(one, now)) for one in self._waiting])
        self.rows.setVisible(bool(count))


def draft_words(draft: DraftSummary, now: Instant) -> str:
    """One waiting draft in a sentence."""
    state = (
        _("Caller rang off")
        if draft.rang_off
        else _("Parked")
        if draft.parked is not None
        else _("Edit of a finished record")
        if draft.based_on
        else _("Not finished")
    )
    parts = [
        _("DANGER") if draft.danger else "",
        state,
        words.how_long_ago(draft.parked or draft.updated, now),
        words.reference(draft.reference),
        words.quoted(draft.last_words or draft.first_words) if draft.last_words or draft.first_words else "",
    ]
    return series(parts)


class EarlierRecords(Panel):
    """Earlier records of the same number, after the person confirmed that it is theirs.

    What is not finished comes first: a caller who rang off has rung back. Finished ones are only read.

    Signals: ``chosen(str)`` the id of a draft · ``finished_chosen()`` Enter on a finished record
    """

    chosen = Signal(str)
    finished_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("earlier_records", parent)
        self._begun: frozenset[str] = frozenset()
        self.rows = Rows("earlier_rows")
        self.rows.chosen.connect(self._choose)
        self.body.addWidget(self.rows, 1)
        tr(self.heading, self.heading.setText, lambda: _("Earlier records of this number"))
        tr(self.rows, self.rows.setAccessibleName, lambda: _("Earlier records of this number"))
        tr(
            self.rows,
            self.rows.setAccessibleDescription,
            lambda: _("Enter goes on with one that is not finished"),
        )

    def show_records(self, begun: Sequence[DraftSummary], records: Sequence[Record], now: Instant) -> None:
        self._begun = frozenset(one.id for one in begun)
        rows = [(one.id, draft_words(one, now)) for one in begun]
        self.rows.show_rows(rows + [(one.id, record_words(one, now)) for one in records])

    def _choose(self, key: str) -> None:
        if key in self._begun:
            self.chosen.emit(key)
        else:
            self.finished_chosen.emit()


class KeyList(Panel):
    """The keys, one a row, as they are in every language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("key_list", parent)
        self._keys: tuple[Key, ...] = KEYS
        self.rows = Rows("key_rows")
        self.body.addWidget(self.rows, 1)
        self.guidance = InkLabel(TEXT, self)
        self.body.insertWidget(0, self.guidance)
        tr(self.heading, self.heading.setText, lambda: _("Keys"))
        tr(self.rows, self.rows.setAccessibleName, lambda: _("Keys"))
        tr(self, lambda _words: self._show(), str)

    def take_focus(self) -> None:
        self.rows.setFocus()

    def add_keys(self, keys: Sequence[Key]) -> None:
        """Keys that only some windows have, below the others."""
        self._keys = (*self._keys, *keys)
        self._show()

    def _show(self) -> None:
        self.rows.show_rows([(key.name, f"{key.shown}:  {key_words(key)}") for key in self._keys])


def record_words(record: Record, now: Instant) -> str:
    """An earlier record in a sentence."""
    story = drafting.story(Draft(record=record))
    parts = (
        words.reference(record.reference),
        words.how_long_ago(record.received, now),
        words.quoted(story.text) if story is not None and story.text else "",
    )
    return ". ".join(one for one in parts if one)
