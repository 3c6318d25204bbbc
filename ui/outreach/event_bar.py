"""The bar above every page while this computer is at an event: which one, and two counters."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
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

LINES_WITH_COUNTERS = 30
"""So many lines of text the window must be high."""


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
        if parent is not None:
            parent.installEventFilter(self)
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
        self._arrange()
        self.people.setText(self._people_words())
        self.leaflets.setText(self._leaflet_words())
        self.setVisible(event is not None or bool(paper))

    def _arrange(self) -> None:
        """Where the window is low or its letters are large, the counters leave their room to the record.

        Their keys and the menu do the same.
        """
        lines = self.window().height() / max(1, self.fontMetrics().lineSpacing())
        for one in (self.people, self.leaflets):
            one.setVisible(self._event is not None and lines >= LINES_WITH_COUNTERS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _people_words(self) -> str:
        count = formats.number(self._event.people) if self._event is not None else ""
        return _("People spoken to: {count}.  One more  Ctrl+Shift+J").format(count=fsi(count))

    def _leaflet_words(self) -> str:
        count = formats.number(self._event.leaflets) if self._event is not None else ""
        return _("Leaflets: {count}.  One more  Ctrl+Shift+K").format(count=fsi(count))
