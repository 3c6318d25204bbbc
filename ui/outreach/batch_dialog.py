"""What a pile of paper forms has in common, said once before they are keyed."""

from PySide6.QtWidgets import QLineEdit, QWidget

from intake_app import formats
from intake_app.channels.outreach.keyed_paper import Header, next_number
from intake_app.events import Event
from intake_app.forms.code_lists import shown_name
from intake_app.forms.dates import Precision, parse_when
from intake_app.i18n import ENGLISH, _
from ui.accessibility import ComboBox
from ui.outreach.batch import Batch, number_words
from ui.outreach.event_words import event_title
from ui.outreach.number_dialog import read_number
from ui.record_list.words import channel_words
from ui.rows import add_row, note
from ui.settings.asking_dialog import AskingDialog
from ui.workplace import Workplace

_CHANNELS = ("outreach", "drop_in", "post")


class BatchDialog(AskingDialog):
    """Begin parks the open record; the forms go on until this dialog ends them, or Intake is closed."""

    def __init__(self, workplace: Workplace, batch: Batch, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Key in paper forms"), parent)
        self._batch = batch
        self._events: tuple[Event, ...] = ()
        self.place, self.channel, self.language = ComboBox(), ComboBox(), ComboBox()
        self.received, self.first = QLineEdit(), QLineEdit()
        self.told = note(str)
        add_row(self.rows, self.place, lambda: _("Event where the forms were filled in"), "batch_event")
        self.rows.addWidget(self.told)
        add_row(self.rows, self.channel, lambda: _("How they came in"), "batch_channel")
        add_row(
            self.rows,
            self.received,
            lambda: _("Day on which they were received"),
            "batch_received",
            lambda: _("For example 9 3 2026"),
        )
        add_row(self.rows, self.language, lambda: _("Language of the forms"), "batch_language")
        add_row(
            self.rows,
            self.first,
            lambda: _("Number on the first form"),
            "batch_first",
            lambda: _("The next ones are counted up from it."),
        )
        self.begin = self.add_deed(lambda: _("Begin"), "batch_begin", self._begin, default=True)
        self.end = self.add_deed(lambda: _("No more paper forms"), "batch_end", self._end)
        self.add_deed(lambda: _("Cancel"), "batch_cancel", self.reject)
        self.end.setEnabled(batch.header is not None)
        self._fill()
        self.place.currentIndexChanged.connect(lambda _row: self._chosen())
        store = workplace.store
        workplace.background.run(self, lambda: (store.events.all(), store.events.today()), self._show)

    def _fill(self) -> None:
        library = self.workplace.library
        for code in _CHANNELS:
            self.channel.addItem(channel_words(library, code), code)
        languages = library.code_list("languages")
        self.language.addItem(shown_name(languages, ENGLISH), "")
        for tag in library.wordings.languages():
            self.language.addItem(shown_name(languages, tag), tag)
        header, today = self._batch.header, self.workplace.clock().civil
        self.received.setText(formats.typed_date(header.received if header else today))
        if header is not None:
            self.channel.setCurrentIndex(max(self.channel.findData(header.channel), 0))
            self.language.setCurrentIndex(max(self.language.findData(header.language), 0))

    def _show(self, found: tuple[tuple[Event, ...], Event | None]) -> None:
        self._events, today = found
        for event in self._events:
            self.place.addItem(event_title(event), event.id)
        header = self._batch.header
        wanted = header.event if header is not None else today.id if today is not None else ""
        self.place.setCurrentIndex(max(self.place.findData(wanted), 0))
        self._chosen()
        if not self._events:
            words = _("There is no event yet. Write one down first: Outreach, Events.")
            self.show_problem(words, self.place)
            self.begin.setEnabled(False)

    def _chosen(self) -> None:
        """Another event: its channel, and the number after its last form."""
        event = self._current()
        if event is None:
            return
        if self._batch.header is None:
            self.channel.setCurrentIndex(max(self.channel.findData(event.channel), 0))
        events = self.workplace.store.events

        def show(numbers: tuple[int, ...]) -> None:
            self.first.setText(str(next_number(max(numbers, default=0), numbers)))
            self.told.setText(". ".join(number_words(numbers)))
            self.told.setVisible(bool(self.told.text()))

        self.workplace.background.run(
            self, lambda: tuple(one.number for one in events.numbers(event.id)), show
        )

    def _current(self) -> Event | None:
        wanted = self.place.currentData()
        return next((one for one in self._events if one.id == wanted), None)

    def _begin(self) -> None:
        self.clear_problem()
        event, today = self._current(), self.workplace.clock().civil
        when = parse_when(self.received.text().strip(), today)
        first = read_number(self.first.text())
        if event is None:
            self.show_problem(_("Choose the event"), self.place)
        elif when is None or when.precision is not Precision.DAY:
            self.show_problem(_("Write a day such as 9 3 2026"), self.received)
        elif when.iso > today.isoformat():
            self.show_problem(_("This day is still to come"), self.received)
        elif first is None:
            self.show_problem(_("Write the number on the form, from 1 to 999999"), self.first)
        else:
            received = type(today).fromisoformat(when.iso)
            header = Header(event.id, self.channel.currentData(), received, self.language.currentData())
            self.accept()
            self._batch.begin(header, first)

    def _end(self) -> None:
        self.accept()
        self._batch.end()
