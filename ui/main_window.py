"""Builds the pages around the story box, slice by slice, and ties the window's keys and menu to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from intake_app.i18n import N_, _, ngettext
from intake_app.store.summaries import DraftSummary
from ui import actions
from ui.help.help_menu import HelpMenu
from ui.language_trouble import language_troubles
from ui.record.record_page import RecordPage, build_record_page
from ui.settling.notice_words import told_words
from ui.shell import ShellWindow
from ui.sync_rounds import SyncRounds
from ui.translation import tr
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.outreach.event_desk import EventDesk
    from ui.practice.practice_desk import PracticeDesk
    from ui.record_list.list_page import RecordListPage

PRACTICE = "practice"
MENUS = (
    (actions.RECORD, N_("&Record")),
    (actions.GO, N_("&Go")),
    ("sections", N_("&Sections")),
    (actions.SAY, N_("S&ay")),
    (actions.OUTREACH, N_("Ou&treach")),
    ("office", N_("&Office")),
    (actions.HELP, N_("&Help")),
    (PRACTICE, N_("&Practise")),
)


NOT_IN_PRACTICE = ("&Back up …", "&Export records …", "&Join a hub …")


class Waiting(NamedTuple):
    """What waits for somebody when the window opens: drafts, joined records to be read, overdue calls."""

    drafts: tuple[DraftSummary, ...]
    joined: int
    overdue: int


def build_pages(shell: ShellWindow, workplace: Workplace) -> Iterator[None]:
    """One slice at a time, so that no key waits: the record page, the list, keys and menu."""
    record = yield from build_record_page(shell, workplace)
    window = MainWindow(shell, workplace, record)
    yield
    yield from window.build()


class MainWindow(QObject):
    """The pages of the shell and the ways between them."""

    def __init__(self, shell: ShellWindow, workplace: Workplace, record: RecordPage) -> None:
        super().__init__(shell)
        self.shell = shell
        self.workplace = workplace
        self._before_list: QWidget | None = None
        self._list: RecordListPage | None = None
        self.practice: PracticeDesk | None = None
        self._joined_told = 0
        self.record = record

    def build(self) -> Iterator[None]:
        """The rest, in slices."""
        self.sync = SyncRounds(self.workplace, self)
        self.help = HelpMenu(self.shell, self.workplace)
        yield
        self.outreach = self._build_outreach()
        yield
        self._connect()
        acts = {name: self._on_record(act) for name, act in self.record.acts.items()}
        for name in ("next_pane", "previous_pane"):
            acts[name] = self._next_pane(self.record.acts[name])
        acts |= self.outreach.acts
        acts["find"] = lambda: self.show_list(search=True)
        acts["list"] = self.list_and_back
        acts["palette"] = self.help.open_palette
        keys = actions.KEYS
        if self.workplace.store.practice:
            keys = (*keys, *self._build_practice(acts))
        # A new or reopened record is wanted from the list too.
        self.actions = actions.make_actions(self.shell, acts, keys)
        yield
        self._build_menu()
        yield
        self.sync.begin()
        self.record.warming.later.append(lambda: self.list)
        store, library = self.workplace.store, self.workplace.library

        def look() -> Waiting:
            from ui.follow_up.holidays import holidays_of

            overdue = store.call_backs.overdue(holidays_of(library).days)
            return Waiting(store.drafts.all(), len(store.notices.unread_records()), overdue)

        self.workplace.background.run(self, look, self._say_ready)

    def _build_outreach(self) -> EventDesk:
        from ui.outreach.event_desk import EventDesk

        return EventDesk(self.shell, self.workplace, self.record)

    def _build_practice(self, acts: dict[str, Callable[[], None]]) -> tuple[actions.Key, ...]:
        from ui.practice.practice_desk import KEYS, PracticeDesk

        self.practice = PracticeDesk(self.shell, self.workplace, self.record, self._refresh_list)
        acts["caller_next"] = self._on_record(self.practice.next)
        return KEYS

    @property
    def list(self) -> RecordListPage:
        """Made in a quiet moment, or when it is first gone to: a call can begin without it."""
        if self._list is None:
            from ui.record_list.list_page import RecordListPage

            self._list = listed = RecordListPage(self.workplace)
            self.shell.add_page(listed)
            listed.open_draft.connect(self._back_to(self.record.calls.open_waiting))
            listed.edit.connect(self._back_to(self.record.calls.edit))
            listed.left.connect(self.show_record)
            listed.sync_wanted.connect(self._sync_now)
            listed.settled.connect(self.sync.soon)
            listed.mend_wanted.connect(self._show_quarantine)
        return self._list

    def _on_list(self) -> bool:
        return self._list is not None and self.shell.pages.currentWidget() is self._list

    def _connect(self) -> None:
        record, sync = self.record, self.sync
        sync.finished.connect(self._refresh_list)
        sync.finished.connect(record.meanwhile.look)
        sync.finished.connect(self._look_for_joined)
        record.finished.connect(lambda _id: sync.soon())
        record.files.sync_wanted.connect(self._sync_now)
        self.shell.closing.connect(sync.end)

    def _sync_now(self) -> None:
        if self.practice is not None:
            self.practice.refuse()
        else:
            self.sync.run_now()

    def _say_ready(self, found: Waiting) -> None:
        waiting, joined, overdue = found
        self._joined_told = joined
        # Recovery is offered in the list and in this one sentence; nothing opens by itself.
        others = sum(1 for one in waiting if one.id != self.record.open_record.draft.id)
        words = ngettext("Intake. Ready. {count} waits.", "Intake. Ready. {count} wait.", others)
        ready = words.format(count=others) if others else _("Intake. Ready.")
        if self.practice is not None:
            ready = _("Practice, nothing here is real. {ready}").format(ready=ready)
        ready = " ".join((ready, *language_troubles(self.workplace.library)))
        if overdue:
            late = ngettext("{count} call-back is overdue.", "{count} call-backs are overdue.", overdue)
            ready = f"{ready} {late.format(count=overdue)}"
        # Whoever wrote one of two versions is told, whichever computer joined them.
        self.workplace.announce(f"{ready} {told_words(joined)}." if joined else ready)

    def _look_for_joined(self) -> None:
        notices = self.workplace.store.notices
        self.workplace.background.run(self, notices.unread_records, self._tell_joined)

    def _tell_joined(self, records: tuple[str, ...]) -> None:
        # Shown and not spoken: nobody pressed a key for it. The list and the next start say it too.
        if len(records) > self._joined_told:
            self.shell.status.show_quietly(told_words(len(records)))
        self._joined_told = len(records)

    # Pages

    def show_list(self, search: bool = False) -> None:
        """Ctrl+F with the focus in the search, Ctrl+L on the list; the record stays as it is."""
        if not self._on_list():
            self._before_list = self.shell.focusWidget()
            self.record.open_record.flush()
            self.shell.show_page(self.list)
        self.list.enter(search=search)

    def list_and_back(self) -> None:
        if self._on_list():
            self.show_record()
        else:
            self.show_list()

    def show_record(self) -> None:
        """Back to the record, to the very widget that had the focus."""
        before, self._before_list = self._before_list, None
        self.shell.show_page(self.shell.record_area)
        self.record.navigation.focus(before)

    def _back_to(self, act: Callable[[str], object]) -> Callable[[str], None]:
        def go(record_id: str) -> None:
            self.show_record()
            act(record_id)

        return go

    def _on_record(self, act: Callable[[], object]) -> Callable[[], None]:
        """The keys of the record page lead there from every other page first."""

        def go() -> None:
            if self._on_list():
                self.show_record()
            elif self.shell.pages.currentWidget() is not self.shell.record_area:
                return
            act()

        return go

    def _next_pane(self, on_record: Callable[[], object]) -> Callable[[], None]:
        """F6 moves within the page that is shown and never leaves it."""

        def go() -> None:
            if self._on_list():
                self.list.next_pane()
            elif self.shell.pages.currentWidget() is self.shell.record_area:
                on_record()

        return go

    def _refresh_list(self) -> None:
        if self._on_list():
            self.list.refresh()

    # Menu

    def _build_menu(self) -> None:
        bar = self.shell.menuBar()
        for name, title in MENUS:
            if name == PRACTICE and self.practice is None:
                continue
            menu = bar.addMenu("")
            tr(menu, menu.setTitle, partial(_, title))
            menu.addActions([self.actions[key.name] for key in actions.KEYS if key.menu == name])
            if name == actions.RECORD:
                forget = self._on_record(self.record.calls.forget_number)
                menu.addAction(
                    self._plain_action(N_("Forget the caller’s n&umber, and calls that wait"), forget)
                )
            if name == "office":
                for words, make in self._dialogs():
                    menu.addAction(self._dialog_action(words, make))
            if name == actions.OUTREACH:
                for words, make in self.outreach.dialogs():
                    menu.addAction(self._dialog_action(words, make))
            if name == actions.HELP:
                menu.addActions(self.help.rows())
            if name == PRACTICE and self.practice is not None:
                menu.addAction(self.actions["caller_next"])
                menu.addActions(self.practice.actions())

    def _dialogs(self) -> tuple[tuple[str, Callable[[], QDialog]], ...]:
        return (
            (N_("&Preferences …"), self._preferences),
            (N_("&Who writes here …"), self._staff),
            (N_("&Questions in other languages …"), self._wordings),
            (N_("&Call-backs …"), self._call_backs),
            (N_("E&mails …"), self._messages),
            (N_("&Online responses …"), self._responses),
            (N_("Prin&t forms …"), self._print_forms),
            (N_("S&lip to take away …"), self._slip),
            (N_("&Import services …"), self._import_services),
            (N_("&Back up …"), self._back_up),
            (N_("&Export records …"), self._export),
            (N_("&Join a hub …"), self._join_hub),
            (N_("&Refused by the hub …"), self._quarantine),
        )

    # Each is loaded when it is opened: all of them together would hold up a key while the window is built.

    def _preferences(self) -> QDialog:
        from ui.settings.preferences_dialog import PreferencesDialog

        return PreferencesDialog(self.workplace, self.shell)

    def _staff(self) -> QDialog:
        from ui.settings.staff_dialog import StaffDialog

        return StaffDialog(self.workplace, self.shell)

    def _wordings(self) -> QDialog:
        from ui.settings.wordings_dialog import WordingsDialog

        return WordingsDialog(self.workplace, self.shell)

    def _messages(self) -> QDialog:
        from ui.email.messages_dialog import MessagesDialog

        dialog = MessagesDialog(self.workplace, self.shell)
        dialog.taken.connect(self._back_to(self.record.calls.open_waiting))
        dialog.open_wanted.connect(self._back_to(self.record.calls.open_either))
        return dialog

    def _responses(self) -> QDialog:
        from ui.webform.responses_dialog import ResponsesDialog

        return ResponsesDialog(self.workplace, self.shell)

    def _call_backs(self) -> QDialog:
        from ui.follow_up.call_backs_dialog import CallBacksDialog

        dialog = CallBacksDialog(self.workplace, self.shell)
        dialog.open_wanted.connect(self._call_back)
        return dialog

    def _call_back(self, record_id: str, told: str) -> None:
        self.show_record()
        self.record.calls.open_either(record_id, told)

    def _print_forms(self) -> QDialog:
        from ui.outreach.print_forms_dialog import PrintFormsDialog

        return PrintFormsDialog(self.workplace, self.shell)

    def _slip(self) -> QDialog:
        from ui.outreach.slip_dialog import SlipDialog

        # Of the page that is shown: nobody is given the number of another record.
        given = self.list.for_slip() if self._on_list() else self.record.calls.for_slip()
        return SlipDialog(self.workplace, given, self.shell)

    def _import_services(self) -> QDialog:
        from ui.settings.import_services_dialog import ImportServicesDialog

        return ImportServicesDialog(self.workplace, self.shell)

    def _back_up(self) -> QDialog:
        from ui.settings.back_up_dialog import BackUpDialog

        return BackUpDialog(self.workplace, self.shell)

    def _export(self) -> QDialog:
        from ui.settings.export_dialog import ExportDialog

        return ExportDialog(self.workplace, self.shell)

    def _join_hub(self) -> QDialog:
        from ui.settings.join_hub_dialog import JoinHubDialog

        return JoinHubDialog(self.workplace, self.shell)

    def _quarantine(self) -> QDialog:
        from ui.settling.quarantine_dialog import QuarantineDialog

        dialog = QuarantineDialog(self.workplace, self.shell)
        dialog.edit_wanted.connect(self._back_to(self.record.calls.edit))
        return dialog

    def _show_quarantine(self) -> None:
        self._open_dialog(self._quarantine())

    def _after_dialog(self) -> None:
        self.record.open_record.look_who_writes()
        self.outreach.look()
        self._refresh_list()
        # A hub may have been joined, with records that wait for it.
        self.sync.soon()

    def _dialog_action(self, words: str, make: Callable[[], QDialog]) -> QAction:
        def show() -> None:
            if self.practice is not None and words in NOT_IN_PRACTICE:
                self.practice.refuse()
                return
            self._open_dialog(make())

        return self._plain_action(words, show)

    def _plain_action(self, words: str, act: Callable[[], object]) -> QAction:
        action = QAction(self)
        action.setObjectName(words)
        action.setMenuRole(QAction.MenuRole.NoRole)
        tr(action, action.setText, lambda: _(words))
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _open_dialog(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._after_dialog())
        dialog.open()
