"""One event: where, when, with whom and for whom it is, and what was counted there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QTextEdit, QWidget

from intake_app import formats
from intake_app.errors import IntakeError
from intake_app.events import Event
from intake_app.forms.dates import Precision, parse_when
from intake_app.i18n import _, language
from intake_app.store.summaries import StaffMember
from intake_app.text import clean_text, fsi
from ui.accessibility import ComboBox
from ui.outreach.event_words import fact_words
from ui.rows import add_row, note
from ui.settings.asking_dialog import AskingDialog
from ui.settling.notice_words import somebody
from ui.translation import tr
from ui.workplace import Workplace

_LINES_OF_NOTES = 4
_LINES = ("name", "day", "place", "partners", "target_group", "interpreters")


class EventDialog(AskingDialog):
    """A new event, or one that is there. Signals: ``kept(Event)``."""

    kept = Signal(object)

    def __init__(self, workplace: Workplace, event: Event | None, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("New event") if event is None else _("Edit the event"), parent)
        self._event = event
        self._by = ""
        self.lines = {name: QLineEdit() for name in _LINES}
        self.type = ComboBox()
        self.notes = QTextEdit()
        self.people, self.leaflets = QLineEdit(), QLineEdit()
        self.today = QCheckBox()
        self._build()
        if event is not None:
            self._fill(event)
        else:
            # Most events are written down on their day.
            self.lines["day"].setText(formats.typed_date(workplace.clock().civil))
        self.add_deed(lambda: _("Save"), "event_save", self._save, default=True)
        self.add_deed(lambda: _("Cancel"), "event_cancel", self.reject)
        staff = workplace.store.staff
        workplace.background.run(self, lambda: staff.current, self._know_writer)

    def _build(self) -> None:
        hints = {
            "day": lambda: _("For example 9 3 2026"),
            "partners": lambda: _("Organisations that are there with us."),
            "target_group": lambda: _("For example carers, or people who speak Polish."),
            "interpreters": lambda: _("Languages, BSL, and who they were."),
        }
        for name, line in self.lines.items():
            add_row(self.rows, line, lambda name=name: self._label(name), f"event_{name}", hints.get(name))  # type: ignore[misc]
            if name == "day":
                add_row(self.rows, self.type, lambda: fact_words("type"), "event_type")
        self.type.addItem("", "")
        for one in self.workplace.library.code_list("event_types").codes:
            self.type.addItem(
                self.workplace.library.code_label("event_types", one.code, language()), one.code
            )
        add_row(self.rows, self.notes, lambda: fact_words("notes"), "event_notes", self._notes_hint)
        self.notes.setFixedHeight(_LINES_OF_NOTES * self.fontMetrics().lineSpacing())
        if self._event is None:
            tr(self.today, self.today.setText, lambda: _("This computer is there today"))
            self.today.setAccessibleIdentifier("event_today")
            self.today.setChecked(True)
            self.rows.addWidget(self.today)
        else:
            add_row(self.rows, self.people, lambda: _("People spoken to"), "event_people")
            add_row(self.rows, self.leaflets, lambda: _("Leaflets given"), "event_leaflets")

    @staticmethod
    def _label(name: str) -> str:
        words = fact_words(name)
        return _("{question} (required)").format(question=words) if name == "name" else words

    @staticmethod
    def _notes_hint() -> str:
        return _("No names of people who told us something: they belong in records.")

    def _fill(self, event: Event) -> None:
        for name, line in self.lines.items():
            line.setText(event.facts.get(name, ""))
        if event.day is not None:
            self.lines["day"].setText(formats.typed_date(event.day))
        self.type.setCurrentIndex(max(self.type.findData(event.facts.get("type", "")), 0))
        self.notes.setPlainText(event.facts.get("notes", ""))
        self.people.setText(str(event.people))
        self.leaflets.setText(str(event.leaflets))
        names = self.workplace.store.staff.name_of
        self.workplace.background.run(
            self, lambda: {one.by: names(one.by) for one in event.differs}, self._tell_differences
        )

    def _tell_differences(self, names: dict[str, str]) -> None:
        assert self._event is not None
        for one in self._event.differs:
            words = _(
                "For “{fact}” {name} wrote at the same time: {text}. What you save here stands."
            ).format(name=somebody(names.get(one.by, "")), fact=fact_words(one.fact), text=fsi(one.text))
            told = note(lambda words=words: words)  # type: ignore[misc]
            self.rows.insertWidget(0, told)

    def _know_writer(self, member: StaffMember | None) -> None:
        self._by = member.id if member is not None else ""

    def _save(self) -> None:
        self.clear_problem()
        facts = {name: clean_text(line.text()).strip() for name, line in self.lines.items()}
        facts |= {
            "type": self.type.currentData() or "",
            "notes": clean_text(self.notes.toPlainText()).strip(),
        }
        if not facts["name"]:
            self.show_problem(_("Write the name of the event"), self.lines["name"])
            return
        if facts["day"]:
            when = parse_when(facts["day"], self.workplace.clock().civil)
            if when is None or when.precision is not Precision.DAY:
                self.show_problem(_("Write a day such as 9 3 2026"), self.lines["day"])
                return
            facts["day"] = when.iso
        counted = self._counts()
        if counted is not None:
            self._keep(facts, *counted)

    def _counts(self) -> tuple[int, int] | None:
        found = []
        for line in (self.people, self.leaflets):
            typed = line.text().strip()
            if typed and not (typed.isascii() and typed.isdigit() and len(typed) <= 6):
                self.show_problem(_("Write a whole number, or leave it empty"), line)
                return None
            found.append(int(typed or 0))
        return found[0], found[1]

    def _keep(self, facts: dict[str, str], people: int, leaflets: int) -> None:
        events, before, by, here = self.workplace.store.events, self._event, self._by, self.today.isChecked()

        def keep() -> Event:
            if before is None:
                made = events.make(facts, by)
                return events.choose(made.id) if here else made
            kept = events.change(before.id, facts, before.facts, by)
            more = people - before.people, leaflets - before.leaflets
            return events.count(before.id, *more, by) if any(more) else kept

        def done(event: Event) -> None:
            self.accept()
            self.kept.emit(event)

        def failed(error: IntakeError) -> None:
            self.show_error(error, self.lines["name"])

        self.workplace.background.run(self, keep, done, failed)
