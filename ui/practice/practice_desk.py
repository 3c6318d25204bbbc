"""What only the practice window has: callers, the comparison, emptying, and refusals in words."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QVBoxLayout

from intake_app import i18n
from intake_app.drafting import Draft
from intake_app.errors import DraftMissing, IntakeError, PracticeOnly, RecordMissing
from intake_app.forms.translations import Catalogues
from intake_app.i18n import N_, _
from intake_app.practice import callers
from intake_app.practice.callers import Caller
from intake_app.practice.comparison import Point, compare
from intake_app.settings import real_folder
from intake_app.store.store import Store
from ui import theme
from ui.actions import Key
from ui.messages import sentence
from ui.practice import words
from ui.practice.caller_strip import CallerStrip, is_large
from ui.practice.comparison_panel import ComparisonPanel
from ui.practice.mark import mark
from ui.practice.starting import open_real
from ui.record.record_page import RecordPage
from ui.shell import ShellWindow
from ui.translation import tr
from ui.workplace import Workplace

PRACTISE = "practise"
KEYS = (
    Key("caller_next", ("Ctrl+Shift+L",), N_("Practice: what the caller says next, then compare"), PRACTISE),
)
_REASON = "practice"


class PracticeDesk(QObject):
    """One practice call at a time; what comes of it is on the page, in the panel or in the status line."""

    def __init__(
        self, shell: ShellWindow, workplace: Workplace, record: RecordPage, refresh_list: Callable[[], object]
    ) -> None:
        super().__init__(shell)
        self._shell = shell
        self._workplace = workplace
        self._record = record
        self._refresh_list = refresh_list
        self._callers = callers.shipped()
        self._catalogues = Catalogues(workplace.folder / "cache")
        self._caller: Caller | None = None
        self._said = 0
        self._draft_id = ""
        self._heard = ""
        self._mark = mark(shell, workplace.folder)
        self.strip = CallerStrip(shell.record_area)
        self.strip.next_wanted.connect(self.next)
        area = shell.record_area.layout()
        assert isinstance(area, QVBoxLayout)
        area.insertWidget(0, self.strip)
        self.panel = ComparisonPanel(workplace.library)
        record.parts.centre.add(self.panel)
        record.parts.panes.add(self.strip)
        self.panel.left.connect(record.navigation.leave_panel)
        record.parts.key_list.add_keys(KEYS)
        theme.state().changed.connect(self._make_room)
        self._make_room()

    def _make_room(self) -> None:
        """At large text the button stands in the mark, and the caller's words in the status line alone."""
        if is_large():
            self._mark.hold(self.strip.next)
        self.strip.setVisible(self._caller is not None and not is_large())
        self.strip.next.setVisible(self._caller is not None)
        if not is_large():
            self.strip.hold_next()
        self._record.parts.panes.arrange_tab_order()

    # The menu

    def actions(self) -> list[QAction]:
        """The rows of the menu below its key: the callers, emptying, the way back."""
        rows = [self._action(partial(self._title, one), partial(self.choose, one)) for one in self._callers]
        rows.append(self._action(lambda: _("&What the caller said, again"), self._again))
        rows.append(self._action(lambda: _("&Empty the practice records …"), self._ask_to_empty))
        rows.append(self._action(lambda: _("&Back to the real records"), self._back))
        return rows

    def _action(self, text: Callable[[], str], act: Callable[[], object]) -> QAction:
        action = QAction(self)
        action.setMenuRole(QAction.MenuRole.NoRole)
        tr(action, action.setText, text)
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _title(self, caller: Caller) -> str:
        return _("Caller: {title}").format(title=self._shown(caller).title)

    def _back(self) -> None:
        open_real(real_folder(self._workplace.folder))

    def refuse(self) -> None:
        """What sends, takes out or counts is refused with a sentence."""
        self._workplace.announce(sentence(PracticeOnly(path=str(self._workplace.folder))))

    # A call

    def choose(self, caller: Caller) -> None:
        """The caller is on the line; a record that was open is parked, and nothing is said yet."""
        if self._record.calls.stays():
            return
        self._caller, self._said, self._draft_id = caller, 0, ""
        self._record.calls.new_record(caller.channel)
        introduction = words.introduction(self._shown(caller))
        self.strip.begin(introduction)
        self._make_room()
        self._say(introduction)

    def next(self) -> None:
        """The next words; after the last ones the comparison. The focus stays where it is until then."""
        if self._caller is None:
            self._workplace.announce(_("Nobody is on the line yet. Choose a caller in the menu Practise."))
            return
        caller = self._shown(self._caller)
        if self._said == len(caller.turns):
            self._compare()
            return
        if not self._draft_id:
            self._draft_id = self._record.open_record.draft.id
        turn = caller.turns[self._said]
        self._said += 1
        over = self._said == len(caller.turns)
        end = [_("That was the call. The same key now compares.")] if over else []
        self.strip.add("\n".join([words.turn_words(turn), *end]), over)
        spoken = [words.spoken_words(turn, self._workplace.library), *end]
        self._say("\n".join(spoken).replace("\n", " "))

    def _say(self, said: str) -> None:
        self._heard = said
        self._workplace.announce(said)

    def _again(self) -> None:
        self._workplace.announce(self._heard or _("Nobody has spoken yet."))

    def _shown(self, caller: Caller) -> Caller:
        return callers.in_language(caller, i18n.language(), self._catalogues)

    # The comparison

    def _compare(self) -> None:
        caller, record = self._caller, self._record.open_record
        if caller is None:
            return
        shown = self._shown(caller)
        if record.draft.id == self._draft_id:
            self._show(compare(shown, record.current()))
            return
        store, draft_id = self._workplace.store, self._draft_id
        self._workplace.background.run(
            self,
            lambda: compare(shown, _written(store, draft_id)),
            self._show,
            self._nothing_written,
        )

    def _show(self, points: tuple[Point, ...]) -> None:
        self.panel.show_points(points)
        self._record.navigation.open_panel(self.panel)
        self.panel.take_focus()

    def _nothing_written(self, error: IntakeError) -> None:
        if isinstance(error, RecordMissing | DraftMissing):
            self._workplace.announce(
                _("Nothing was written down of this call, so there is nothing to compare.")
            )
        else:
            self._workplace.announce(sentence(error))

    # Emptying

    def _ask_to_empty(self) -> None:
        box = QMessageBox(self._shell)
        box.setWindowTitle(_("Empty the practice records"))
        box.setText(_("Everything that was written in practice goes for good. Real records are not touched."))
        stay = box.addButton(_("Keep them"), QMessageBox.ButtonRole.RejectRole)
        go = box.addButton(_("Empty"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(self.empty)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def empty(self) -> None:
        """Records and drafts go, also the one on the page; the made-up services stay."""
        self._record.calls.start_afresh()
        self._caller, self._draft_id, self._heard = None, "", ""
        self._make_room()
        self._workplace.background.run(self, self._workplace.store.empty_practice, self._emptied)

    def _emptied(self, _none: None) -> None:
        self._record.calls.count_waiting()
        self._refresh_list()
        self._workplace.announce(_("Practice is empty. Ready for a new record."))


def _written(store: Store, draft_id: str) -> Draft:
    """The call's record wherever it is by now. Raises RecordMissing, DraftMissing."""
    draft = store.records.draft_for_edit(draft_id)
    if draft.person is None and draft.record.person:
        details = store.people.open_person(draft.record.person, _REASON)
        draft = draft.model_copy(update={"person": details})
    return draft
