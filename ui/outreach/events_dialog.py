"""Events: which there are, where this computer is today, and what was written down of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from intake_app.errors import IntakeError
from intake_app.events import Event
from intake_app.i18n import _, ngettext
from ui.accessibility import heading
from ui.messages import sentence
from ui.outreach.event_words import event_title, event_words
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_LINES_OF_LIST = 8


@dataclass(frozen=True, slots=True)
class _Found:
    events: tuple[Event, ...]
    records: Mapping[str, int]
    today: str


class EventsDialog(AskingDialog):
    """Enter is being there today: until it is ended, every new record of this computer is of that event."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Events"), parent)
        self._found = _Found((), {}, "")
        self.outcome = heading()
        self.outcome.setAccessibleIdentifier("events_outcome")
        self.rows.addWidget(self.outcome)
        self.list = Rows("events_list")
        add_row(
            self.rows,
            self.list,
            lambda: _("Events, the latest first"),
            "events_list",
            lambda: _("Enter: this computer is there today."),
        )
        self.list.setMinimumHeight(_LINES_OF_LIST * self.fontMetrics().lineSpacing())
        self.new = self.add_deed(lambda: _("New event …"), "event_new", self._new)
        self.choose = self.add_deed(lambda: _("Be there today"), "event_choose", self._choose, default=True)
        self.end = self.add_deed(lambda: _("End today’s event"), "event_end", self._end)
        self.edit = self.add_deed(lambda: _("Edit …"), "event_edit", self._edit)
        self.add_deed(lambda: _("Close"), "events_close", self.accept)
        self.list.chosen.connect(lambda _key: self._choose())
        self.list.moved.connect(self._show_deeds)
        tr(self, lambda _text: self._show(), lambda: "")
        self._ask()

    def current(self) -> Event | None:
        """The event under the cursor; None where there is none."""
        key = self.list.current_key()
        return next((one for one in self._found.events if one.id == key), None)

    def _ask(self, said: str = "", go_to: str = "") -> None:
        events = self.workplace.store.events

        def look() -> _Found:
            found, today = events.all(), events.today()
            return _Found(
                found, {one.id: len(events.records(one.id)) for one in found}, today.id if today else ""
            )

        def show(found: _Found) -> None:
            self._found = found
            self._show(said)
            if go_to:
                self.list.go_to(go_to)
            if said:
                # The window's status line is behind the dialog; a heading is read when it takes the focus.
                self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

        self.workplace.background.run(self, look, show, self._failed)

    def _show(self, said: str = "") -> None:
        found = self._found
        self.list.show_rows(
            [
                (one.id, event_words(one, found.records.get(one.id, 0), one.id == found.today))
                for one in found.events
            ]
        )
        count = len(found.events)
        told = ngettext("{count} event", "{count} events", count).format(count=count)
        self.outcome.setText(f"{said} {told if count else _('No event yet')}".strip())
        self._show_deeds()

    def _show_deeds(self) -> None:
        here = self.current()
        self.choose.setEnabled(here is not None and here.id != self._found.today)
        self.edit.setEnabled(here is not None)
        self.end.setEnabled(bool(self._found.today))

    def _choose(self) -> None:
        event, events = self.current(), self.workplace.store.events
        if event is not None and event.id != self._found.today:
            said = _("New records of this computer belong to {event}.").format(event=event_title(event))
            self._do(lambda: events.choose(event.id), lambda _event: self._ask(said, event.id))

    def _end(self) -> None:
        self._do(self.workplace.store.events.end, lambda _none: self._ask(_("Ended.")))

    def _new(self) -> None:
        self._open(None)

    def _edit(self) -> None:
        if (event := self.current()) is not None:
            self._open(event)

    def _open(self, event: Event | None) -> None:
        from ui.outreach.event_dialog import EventDialog

        dialog: QDialog = EventDialog(self.workplace, event, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assert isinstance(dialog, EventDialog)
        dialog.kept.connect(self._kept)
        dialog.open()

    def _kept(self, event: Event) -> None:
        self._ask(_("Saved: {event}.").format(event=event_title(event)), event.id)

    def _do(self, deed: Callable[[], object], done: Callable[..., object]) -> None:
        self.clear_problem()
        self.workplace.background.run(self, deed, done, self._failed)

    def _failed(self, error: IntakeError) -> None:
        self.show_problem(sentence(error), self.list)
