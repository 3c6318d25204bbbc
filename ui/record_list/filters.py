"""What to find: words or a reference, channel, state, kind of piece, service and dates of receipt."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.forms.dates import bounds, parse_when
from intake_app.forms.library import Library
from intake_app.i18n import _
from intake_app.outcomes import NO_FEEDBACK
from intake_app.records import ENQUIRY, FEEDBACK
from intake_app.store.summaries import RecordQuery
from ui.accessibility import ComboBox, set_problem
from ui.record.flow import FlowLayout
from ui.record_list.words import channel_words
from ui.rows import add_row, button
from ui.translation import tr

TYPING_PAUSE_MS = 300


class Filters(QWidget):
    """Signals: ``changed()`` when a pause in typing or a choice asks for another list."""

    changed = Signal()

    def __init__(self, library: Library, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._today = today
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.words = QLineEdit()
        self.channel = ComboBox()
        self.state = ComboBox()
        self.kind = ComboBox()
        self.service = QLineEdit()
        self.earliest = QLineEdit()
        self.latest = QLineEdit()
        # Out of the way until they are wanted: at large text a small screen belongs to the rows.
        self._narrow_shown = False
        self._date_problems = {self.earliest: QLabel(), self.latest: QLabel()}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        add_row(
            outer,
            self.words,
            lambda: _("Find words or a reference"),
            "record_search",
            lambda: _("Any words of the story, the last words, or the nine digits of the reference."),
            show_hint=False,
        )
        self.more = button(self._more_words, "more_filters", self._show_more)
        outer.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._narrow = QWidget()
        self._narrow.hide()
        outer.addWidget(self._narrow)
        line = FlowLayout(self._narrow)
        self._in_line(line, self.channel, lambda: _("How it came in"), "filter_channel")
        self._in_line(line, self.state, lambda: _("State"), "filter_state")
        self._in_line(line, self.kind, lambda: _("What it holds"), "filter_kind")
        self._in_line(line, self.service, lambda: _("Service's name"), "filter_service")
        self._in_line(line, self.earliest, lambda: _("Received from"), "filter_from", self._date_hint)
        self._in_line(line, self.latest, lambda: _("Received to"), "filter_to", self._date_hint)
        for box in (self.channel, self.state, self.kind):
            box.currentIndexChanged.connect(lambda _row: self.changed.emit())
        for edit in (self.words, self.service, self.earliest, self.latest):
            edit.textEdited.connect(lambda _text: self._pause.start())
            edit.returnPressed.connect(self._now)
        self._fill(self.channel, self._channels)
        self._fill(self.state, self._states)
        self._fill(self.kind, self._kinds)

    def query(self) -> RecordQuery:
        """What is asked for now; a date that cannot be read is told beside its field and left out."""
        return RecordQuery(
            words=self.words.text().strip(),
            channel=self.channel.currentData() or "",
            state=self.state.currentData() or "",
            service=self.service.text().strip(),
            received_from=self._date(self.earliest, last=False),
            received_to=self._date(self.latest, last=True),
            kind=self.kind.currentData() or "",
        )

    def choose_state(self, code: str) -> None:
        """One state alone, whatever was asked for before."""
        self.clear()
        if not self._narrow_shown:
            self._show_more()
        self.state.setCurrentIndex(self.state.findData(code))

    def clear(self) -> None:
        """Everything again, without asking for the list twice."""
        for box in (self.channel, self.state, self.kind):
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        for edit in (self.words, self.service, self.earliest, self.latest):
            edit.clear()
        self.changed.emit()

    def _more_words(self) -> str:
        return _("Fewer ways to find") if self._narrow_shown else _("More ways to find")

    def _show_more(self) -> None:
        self._narrow_shown = not self._narrow_shown
        self._narrow.setVisible(self._narrow_shown)
        self.more.setText(self._more_words())

    def _now(self) -> None:
        self._pause.stop()
        self.changed.emit()

    def _in_line(
        self,
        line: FlowLayout,
        field: QWidget,
        label: Callable[[], str],
        identifier: str,
        hint: Callable[[], str] | None = None,
    ) -> None:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line.addWidget(block)
        add_row(column, field, label, identifier, hint, show_hint=False)
        problem = self._date_problems.get(field) if isinstance(field, QLineEdit) else None
        if problem is not None:
            problem.setWordWrap(True)
            problem.hide()
            column.addWidget(problem)

    @staticmethod
    def _date_hint() -> str:
        return _("For example 9 3 2026, or March 2026")

    def _date(self, edit: QLineEdit, *, last: bool) -> date | None:
        typed = edit.text().strip()
        when = parse_when(typed, self._today()) if typed else None
        earliest, latest = bounds(when.iso) if when is not None else (None, None)
        found = latest if last else earliest
        wrong = bool(typed) and found is None
        set_problem(
            edit,
            self._date_problems[edit],
            _("Write a date such as 9 3 2026") if wrong else "",
            self._date_hint(),
        )
        return found

    def _channels(self) -> list[tuple[str, str]]:
        codes = [one.code for one in self._library.code_list("channels").codes]
        return [("", _("All channels")), *((one, channel_words(self._library, one)) for one in codes)]

    @staticmethod
    def _states() -> list[tuple[str, str]]:
        return [
            ("", _("All states")),
            ("danger", _("Danger, open")),
            ("draft", _("Not finished")),
            ("parked", _("Parked")),
            ("finished", _("Finished")),
            ("waiting", _("Waiting for the hub")),
            ("conflict", _("Two versions")),
            ("quarantined", _("Refused by the hub")),
            ("joined", _("Joined with other changes, to be read")),
            ("untranslated", _("Waiting for a translation")),
            ("unmet", _("Interpreter or support not met")),
            ("withdrawn", _("Withdrawn")),
        ]

    @staticmethod
    def _kinds() -> list[tuple[str, str]]:
        return [
            ("", _("Feedback and enquiries")),
            (FEEDBACK, _("With feedback")),
            (ENQUIRY, _("With an enquiry")),
            (NO_FEEDBACK, _("Not feedback")),
        ]

    def _fill(self, box: ComboBox, choices: Callable[[], list[tuple[str, str]]]) -> None:
        for code, label in choices():
            box.addItem(label, code)
        # Texts are replaced in place: clearing a combo box would lose what was chosen.
        tr(box, lambda _text: self._relabel(box, choices()), lambda: "")

    @staticmethod
    def _relabel(box: ComboBox, choices: list[tuple[str, str]]) -> None:
        for row, (_code, label) in enumerate(choices):
            box.setItemText(row, label)
