"""The bar above every page while this computer is at an event: which one, and two counters."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app import formats
from intake_app.events import Event
from intake_app.i18n import _
from intake_app.text import fsi
from ui.outreach.event_words import event_title
from ui.record.call_bar import Fact
from ui.record.flow import FlowLayout
from ui.rows import button
from ui.translation import tr


class EventBar(QWidget):
    """Out of sight where there is no event, and no form is keyed from paper."""

    def __init__(self, act: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event: Event | None = None
        self._paper: Callable[[], str] = str
        self._writer = ""
        self.place = Fact("text", self)
        self.place.setAccessibleIdentifier("event_here")
        self.place.setWordWrap(True)
        self.people = button(self._people_words, "count_people", lambda: act("count_people"))
        self.leaflets = button(self._leaflet_words, "count_leaflet", lambda: act("count_leaflet"))
        line = QWidget(self)
        row = FlowLayout(line)
        for one in (self.place, self.people, self.leaflets):
            row.addWidget(one)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(line)
        self.hide()
        tr(self, lambda _words: self._show(), str)

    def show_event(self, event: Event | None) -> None:
        self._event = event
        self._show()

    def show_writer(self, name: str) -> None:
        """Who is at the keyboard, where several people share it; empty for nobody to be told of."""
        self._writer = name
        self._show()

    def show_paper(self, words: Callable[[], str]) -> None:
        """Which paper form is being keyed; empty words for none."""
        self._paper = words
        self._show()

    def _show(self) -> None:
        event, paper = self._event, self._paper()
        said = [_("At: {event}").format(event=event_title(event))] if event is not None else []
        if said and self._writer:
            said.append(_("{name} writes").format(name=fsi(self._writer)))
        self.place.setText("  ·  ".join([*said, *([paper] if paper else [])]))
        for one in (self.people, self.leaflets):
            one.setVisible(event is not None)
        self.people.setText(self._people_words())
        self.leaflets.setText(self._leaflet_words())
        self.setVisible(event is not None or bool(paper))

    def _people_words(self) -> str:
        count = formats.number(self._event.people) if self._event is not None else ""
        return _("People spoken to: {count}.  One more  Ctrl+Shift+J").format(count=fsi(count))

    def _leaflet_words(self) -> str:
        count = formats.number(self._event.leaflets) if self._event is not None else ""
        return _("Leaflets: {count}.  One more  Ctrl+Shift+K").format(count=fsi(count))
