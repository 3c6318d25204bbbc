"""A paper form keyed a second time by somebody else, who does not see what the first one keyed."""

from PySide6.QtCore import QObject, Qt

from intake_app import formats, taking_down
from intake_app.channels.outreach.double_entry import Compared, compare, keep_check
from intake_app.channels.outreach.keyed_paper import Header, on_paper
from intake_app.drafting import Draft
from intake_app.errors import DraftMissing, IntakeError
from intake_app.i18n import _, ngettext
from intake_app.merging.decisions import Choice
from intake_app.narratives import told
from intake_app.records import Record
from intake_app.store.conflicts import Side
from intake_app.store.events import PaperNumber
from intake_app.store.store import Store
from ui.messages import sentence
from ui.outreach.settle_check_dialog import SettleCheckDialog
from ui.record.record_page import RecordPage
from ui.shell import ShellWindow
from ui.workplace import Workplace


class SecondKeying(QObject):
    """What is keyed is a draft like any other, and never a record: F12 compares it with the first."""

    def __init__(self, shell: ShellWindow, workplace: Workplace, page: RecordPage) -> None:
        super().__init__(shell)
        self._shell = shell
        self._workplace = workplace
        self._page = page
        self._record = page.open_record
        self._busy = False
        self.wanted: Record | None = None
        self.dialog: SettleCheckDialog | None = None
        page.calls.instead_of_finish = self._finish

    def begin(self, form: PaperNumber) -> None:
        """The open record is parked, and an empty form of this number stands ready."""
        store = self._workplace.store
        self._workplace.background.run(self, lambda: store.records.get(form.record), self._ready, self._fail)

    def _ready(self, record: Record) -> None:
        self.wanted = record
        number = formats.number(record.sequence)
        self._page.calls.new_record(said=_("Key form {number} again. F12 compares.").format(number=number))

    def dress(self, draft: Draft) -> Draft:
        """A new record as the second keying of the form that is wanted."""
        first, self.wanted = self.wanted, None
        assert first is not None
        story = next(iter(told(first)), None)
        language = story.language if story is not None and first.asked_in else ""
        header = Header(first.event, first.channel, first.received.civil, first.asked_in or language)
        library, now = self._workplace.library, self._workplace.clock()
        draft = on_paper(draft, header, first.sequence, library, now)
        return draft.model_copy(update={"checks": first.id})

    def _finish(self) -> bool:
        """False where the record on the page is an ordinary one."""
        if not self._record.draft.checks:
            return False
        if not self._busy:
            self._busy = True
            self._record.keep(self._compare, self._let_go)
        return True

    def _let_go(self) -> None:
        self._busy = False

    def _compare(self) -> None:
        draft, store, library = self._record.current(), self._workplace.store, self._workplace.library
        now = self._workplace.clock()

        def look() -> tuple[Record, Compared, tuple[Side, Side], str]:
            first = store.records.get(draft.checks)
            second = taking_down.finish(draft, library, now).record
            member = store.staff.current
            me = member.id if member is not None else ""
            sides = _side(store, first, me), _side(store, second, me)
            return first, compare(first, second, library), sides, me

        self._workplace.background.run(self, look, lambda found: self._show(*found), self._fail)

    def _show(self, first: Record, compared: Compared, sides: tuple[Side, Side], me: str) -> None:
        self._busy = False
        if not compared.differed:
            self._keep(compared, {}, me)
            return
        self.dialog = dialog = SettleCheckDialog(self._workplace, first, compared, sides, me, self._shell)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(lambda choices: self._keep(compared, choices, me))
        dialog.open()

    def _keep(self, compared: Compared, choices: dict[str, Choice], me: str) -> None:
        draft, store, library = self._record.draft.id, self._workplace.store, self._workplace.library
        now = self._workplace.clock()
        self._record.autosave.forget()

        def keep() -> None:
            keep_check(store, compared, choices, library, now, me)
            try:
                store.drafts.discard(draft)
            except DraftMissing:
                # Thrown away in another window's list meanwhile: it is gone, as it was to be.
                return

        def done(_result: object) -> None:
            self._page.calls.start_afresh()
            self._workplace.announce(_told(compared))

        self._workplace.background.run(self, keep, done, self._fail)

    def _fail(self, error: IntakeError) -> None:
        self._busy = False
        self._workplace.announce(sentence(error))


def _side(store: Store, record: Record, me: str) -> Side:
    by = record.written_by
    return Side("", by, store.staff.name_of(by), record.finished or record.started, by == me)


def _told(compared: Compared) -> str:
    answers = ngettext("{count} answer", "{count} answers", compared.answers)
    answers = answers.format(count=formats.number(compared.answers))
    if not compared.differed:
        return _("Checked: no difference in {answers}.").format(answers=answers)
    differ = ngettext("{count} differed", "{count} differed", compared.differed)
    return _("Checked: of {answers} {differed}, and were settled.").format(
        answers=answers, differed=differ.format(count=formats.number(compared.differed))
    )
