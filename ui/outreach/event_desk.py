"""Where this computer is today: new records belong there, people are counted, the window says so."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog

from intake_app import drafting
from intake_app.channels.outreach.belonging import at_event
from intake_app.drafting import Draft
from intake_app.errors import IntakeError
from intake_app.events import Event
from intake_app.i18n import N_, _
from intake_app.store.store import Store
from intake_app.store.summaries import StaffMember
from intake_app.text import without_isolates
from ui.messages import sentence
from ui.outreach.batch import Batch
from ui.outreach.event_bar import EventBar
from ui.outreach.event_words import event_title, leaflet_words, people_words, seated_words
from ui.outreach.respondent_mode import RespondentMode
from ui.outreach.second_keying import SecondKeying
from ui.record.record_page import RecordPage
from ui.shell import ShellWindow
from ui.translation import tr
from ui.workplace import Workplace


class EventDesk(QObject):
    """Signals: ``moved()`` this computer is at another event, or at none."""

    moved = Signal()

    def __init__(self, shell: ShellWindow, workplace: Workplace, record: RecordPage) -> None:
        super().__init__(shell)
        self._shell = shell
        self._workplace = workplace
        self._record = record.open_record
        self.here: Event | None = None
        self.acts: dict[str, Callable[[], None]] = {
            "count_people": lambda: self._count(people=1),
            "count_leaflet": lambda: self._count(leaflets=1),
            "change_over": self._change_over,
        }
        self.bar = EventBar(lambda name: self.acts[name](), shell)
        shell.add_on_top(self.bar)
        self.batch = Batch(shell, workplace, record, self._show_paper)
        self.again = SecondKeying(shell, workplace, record)
        self.alone = RespondentMode(shell, workplace, record)
        self.alone.refusal = self._stays_here
        self.acts["lend_screen"] = self.alone.toggle
        self._calls = record.calls
        self._record.dress = self._dress
        if not workplace.store.practice:
            tr(shell, shell.setWindowTitle, self._title)
        self.look()

    def dialogs(self) -> tuple[tuple[str, Callable[[], QDialog]], ...]:
        return (
            (N_("E&vents …"), self._events),
            (N_("&Key in paper forms …"), self._paper),
            (N_("&Number of this paper form …"), self._number),
            (N_("Key a form a &second time …"), self._check),
        )

    def look(self) -> None:
        """Asks the store where this computer is."""
        store = self._workplace.store
        self._workplace.background.run(self, lambda: (store.events.today(), _writer(store)), self._looked)

    def _looked(self, found: tuple[Event | None, str]) -> None:
        event, writer = found
        self._show(event)
        self.bar.show_writer(writer)

    def _change_over(self) -> None:
        from ui.outreach.change_over import ChangeOverDialog

        if self._calls.stays():
            return
        dialog = ChangeOverDialog(self._workplace, self._shell)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._sit_down)
        dialog.open()

    def _sit_down(self, member: StaffMember) -> None:
        self._calls.sit_down(member, lambda parked, waiting: seated_words(member.name, parked, waiting))
        self.look()

    def _stays_here(self) -> str:
        """Why the open record is not handed to the person; empty where it may be."""
        if self.batch.is_paper:
            return _("This record is keyed from paper: the person has answered it already.")
        return ""

    def _events(self) -> QDialog:
        from ui.outreach.events_dialog import EventsDialog

        dialog = EventsDialog(self._workplace, self._shell)
        dialog.finished.connect(lambda _result: self.look())
        return dialog

    def _paper(self) -> QDialog:
        from ui.outreach.batch_dialog import BatchDialog

        return BatchDialog(self._workplace, self.batch, self._shell)

    def _number(self) -> QDialog:
        from ui.outreach.number_dialog import NumberDialog

        return NumberDialog(self._workplace, self.batch, self._shell)

    def _check(self) -> QDialog:
        from ui.outreach.check_dialog import CheckDialog

        return CheckDialog(self._workplace, self.again, self._shell)

    def _show_paper(self) -> None:
        self.bar.show_paper(self.batch.words)

    def _show(self, event: Event | None) -> None:
        before, self.here = self.here, event
        self.bar.show_event(event)
        if (before.id if before else "") != (event.id if event else ""):
            if not self._workplace.store.practice:
                self._shell.setWindowTitle(self._title())
            self._record.dress_anew()
            self.moved.emit()

    def _title(self) -> str:
        if self.here is None:
            return "Intake"
        return _("{event} – Intake").format(event=without_isolates(event_title(self.here)))

    def _dress(self, draft: Draft) -> Draft:
        if self.again.wanted is not None:
            return self.again.dress(draft)
        if self.batch.header is not None:
            return self.batch.dress(draft)
        if draft.record.sequence:
            draft = drafting.with_record(draft, sequence=0, received=draft.record.started)
        if self.here is None and not draft.record.event:
            return draft
        return at_event(draft, self.here, self._workplace.library)

    def _count(self, people: int = 0, leaflets: int = 0) -> None:
        event, store = self.here, self._workplace.store
        if event is None:
            self._workplace.announce(_("No event is chosen. Choose one under Outreach, Events."))
            return

        def counted(now: Event) -> None:
            self._show(now)
            said = people_words(now.people) if people else leaflet_words(now.leaflets)
            self._workplace.announce(said)

        def failed(error: IntakeError) -> None:
            self._workplace.announce(_("Not counted. {reason}").format(reason=sentence(error)))

        self._workplace.background.run(
            self, lambda: store.events.count(event.id, people, leaflets), counted, failed
        )


def _writer(store: Store) -> str:
    """Who is at the keyboard, where several people share it."""
    current = store.staff.current
    return current.name if current is not None and len(store.staff.all()) > 1 else ""
