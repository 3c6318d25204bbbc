"""After the first paint: opens the store on the worker thread, then builds the pages around the story box."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from intake_app.errors import (
    IntakeError,
    KeyMissing,
    KeyringUnavailable,
    StoreForeign,
    WrongPassphrase,
    WrongRecoveryCode,
)
from intake_app.i18n import _
from intake_app.logs import Log
from intake_app.settings import PASSPHRASE_FILE_VARIABLE, Settings
from intake_app.text import ltr
from intake_app.times import Clock, IdMaker, system_clock
from ui.accessibility import in_silence
from ui.background import Background
from ui.call_links import CallLinks
from ui.command_line import WindowOptions
from ui.crash import CrashScreen
from ui.garbage import GarbageCollection
from ui.messages import sentence
from ui.shell import ShellWindow
from ui.single_copy import Doorbell
from ui.workplace import Workplace

if TYPE_CHECKING:
    from intake_app.forms.library import Library
    from intake_app.store.opening import FolderState
    from intake_app.store.store import Store
    from ui.first_run.first_run_page import FirstRunAnswers, FirstRunPage
    from ui.first_run.restore_page import RestorePage
    from ui.passphrase_page import PassphrasePage

_NEEDS_WORDS = (WrongPassphrase, WrongRecoveryCode, KeyMissing, KeyringUnavailable)
"""Errors after which a passphrase or a recovery code helps."""


class Opening(QObject):
    """Holds what lives as long as the window: worker threads, store, doorbell and crash screen."""

    def __init__(
        self, app: QApplication, shell: ShellWindow, folder: Path, chosen: Settings, options: WindowOptions
    ) -> None:
        super().__init__(app)
        self._app = app
        self._shell = shell
        self._folder = folder
        self._settings = chosen
        self._options = options
        self._clock = system_clock
        self._ids = IdMaker(system_clock)
        self._background = Background(self)
        self._sync_background = Background(self, "intake-sync")
        self._ended = False
        self._doorbell: Doorbell | None = None
        # Calls that came before there was a page to take them down on; None once there is.
        self._early_calls: list[tuple[str, str]] | None = []
        self._store: Store | None = None
        self._building: Iterator[None] = iter(())
        self._passphrase_page: PassphrasePage | None = None
        self._first_run: FirstRunPage | None = None
        self.workplace: Workplace | None = None
        shell.status.setText("")
        shell.finish_work = self._finish_work
        shell.narrative.textChanged.connect(self._typed)
        for one in (self._background, self._sync_background):
            one.failed.connect(self._tell)
        self._log = Log(folder)
        self._crash = CrashScreen(shell, self._log.path, self._where_words_are)

    def begin(self) -> None:
        """Starts everything; returns at once."""
        self._crash.install()
        self._look()

    def end(self) -> None:
        """The window is gone: the worker finishes what it was given, then the store is closed."""
        self._ended = True
        self._background.run(self, self._close_store, lambda _none: None)
        self._background.close()
        self._sync_background.close()
        self._log.close()

    def _close_store(self) -> None:
        """The worker's last job: a store whose opening was not even told yet is closed too."""
        if self._store is not None:
            self._store.close()

    # --- which way to open

    def _look(self) -> None:
        folder, clock, ids, options = self._folder, self._clock, self._ids, self._options
        self._background.run(self, lambda: _look(folder, clock, ids, options), self._looked, self._cannot)

    def _looked(self, state: FolderState) -> None:
        if self._doorbell is None:
            self._doorbell = Doorbell(self._folder, self)
            self._doorbell.rung.connect(self._rung)
            if sys.platform == "darwin":
                # Elsewhere a link starts a second copy, which rings; and every event would be looked at here.
                CallLinks(self._app, self).rung.connect(self._rung)
        if state.name == "EMPTY":
            self._background.run(self, _keyring_missing, self._welcome, self._cannot)
        elif state.name == "PASSPHRASE" and not (passphrase := self._unattended()):
            self._ask_passphrase("")
        else:
            self._open(passphrase if state.name == "PASSPHRASE" else "")

    def _unattended(self) -> str:
        """A passphrase that nobody is asked for; empty where there is none."""
        if self._options.practise:
            from intake_app.practice.place import PASSPHRASE

            return PASSPHRASE
        return _unattended_passphrase()

    def _open(self, passphrase: str = "", recovery_code: str = "") -> None:
        folder, clock, ids, practise = self._folder, self._clock, self._ids, self._options.practise

        def work() -> _Opened:
            from intake_app.store.opening import open_store

            store = open_store(folder, passphrase, recovery_code, clock=clock, ids=ids, window=True)
            if practise and not store.practice:
                # Somebody put a real store there: it is never shown as practice.
                store.close()
                raise StoreForeign(path=str(folder), there=True)
            self._store = store
            return _Opened(store, _load_rest())

        self._background.run(self, work, self._opened, self._cannot)

    def _cannot(self, error: IntakeError) -> None:
        """The store did not open. What was typed stays where it is, and is still to be seen or copied."""
        if isinstance(error, _NEEDS_WORDS) and not error.details.get("no_slots"):
            self._ask_passphrase(sentence(error))
            return
        from ui.fault_panel import FaultPanel

        self._show_record_area()
        panel = FaultPanel(sentence(error), self._shell.record_area)
        panel.again.connect(self.begin_again)
        self._shell.put_above(panel)
        self._shell.status.say(sentence(error))

    def begin_again(self) -> None:
        """After something outside was put right."""
        self._shell.put_above(None)
        self._look()

    def _ask_passphrase(self, problem: str) -> None:
        if self._passphrase_page is None:
            from ui.passphrase_page import PassphrasePage

            self._passphrase_page = PassphrasePage()
            self._passphrase_page.given.connect(self._open)
            self._shell.add_page(self._passphrase_page)
        self._shell.show_page(self._passphrase_page)
        if problem:
            self._passphrase_page.show_problem(problem)
        else:
            self._passphrase_page.enter()

    def _welcome(self, needs_passphrase: bool) -> None:
        from ui.first_run.first_run_page import FirstRunPage

        page = FirstRunPage(needs_passphrase)
        page.answered.connect(self._create)
        page.finished.connect(self._first_run_over)
        page.restore_wanted.connect(self._offer_restore)
        self._first_run = page
        self._shell.add_page(page)
        self._shell.show_page(page)
        page.enter()

    def _offer_restore(self) -> None:
        from ui.first_run.restore_page import RestorePage

        page, first = RestorePage(), self._first_run
        page.given.connect(partial(self._restore, page))
        if first is not None:
            page.back_wanted.connect(partial(self._shell.show_page, first))
            page.back_wanted.connect(first.enter)
        self._shell.add_page(page)
        self._shell.show_page(page)
        page.enter()

    def _restore(self, page: RestorePage, package: Path, passphrase: str, recovery_code: str) -> None:
        folder, clock, ids = self._folder, self._clock, self._ids

        def work() -> _Opened:
            from intake_app.store.backup import restore
            from intake_app.store.opening import open_store

            restore(package, folder, passphrase, recovery_code, clock=clock, ids=ids)
            store = open_store(folder, passphrase, recovery_code, clock=clock, ids=ids, window=True)
            self._store = store
            return _Opened(store, _load_rest())

        self._shell.status.say(_("Restoring. This can take a minute."))
        self._background.run(self, work, self._opened, lambda error: page.show_problem(sentence(error)))

    def _create(self, answers: FirstRunAnswers) -> None:
        folder, clock, ids = self._folder, self._clock, self._ids
        page = self._first_run

        def work() -> tuple[_Opened, str]:
            from intake_app.store.opening import create_store

            made = create_store(
                folder,
                organisation=answers.organisation,
                area=answers.area,
                staff_name=answers.staff_name,
                passphrase=answers.passphrase,
                clock=clock,
                ids=ids,
                window=True,
            )
            self._store = made.store
            return _Opened(made.store, _load_rest()), made.recovery_code

        def made(result: tuple[_Opened, str]) -> None:
            opened, code = result
            self._keep(opened)
            if page is not None:
                page.show_recovery_code(code)

        def refused(error: IntakeError) -> None:
            if page is not None:
                page.show_problem(sentence(error))

        self._background.run(self, work, made, refused)

    def _first_run_over(self, _confirmed: bool) -> None:
        self._show_record_area()
        self._build()

    # --- once the store is open

    def _opened(self, opened: _Opened) -> None:
        self._keep(opened)
        self._show_record_area()
        self._build()

    def _keep(self, opened: _Opened) -> None:
        if opened.store.practice:
            from ui.practice.mark import mark

            mark(self._shell, self._folder)
        self.workplace = Workplace(
            folder=self._folder,
            store=opened.store,
            library=opened.library,
            background=self._background,
            sync_background=self._sync_background,
            settings=self._settings,
            clock=self._clock,
            ids=self._ids,
            announce=self._shell.status.say,
        )

    def _build(self) -> None:
        from ui.main_window import build_pages

        assert self.workplace is not None
        self._shell.narrative.textChanged.disconnect(self._typed)
        built = build_pages(self._shell, self.workplace)
        self._building = built if isinstance(built, Iterator) else iter(())
        self._next_slice()

    def _next_slice(self) -> None:
        """One slice, then the keys that were pressed meanwhile, then the next."""
        if self._ended:
            return
        try:
            # Parts that appear on their own are nothing to speak about, and a screen reader whose queue they
            # fill drops the sentence that everything is ready (heard).
            with in_silence():
                next(self._building)
        except StopIteration:
            self._built()
        else:
            QTimer.singleShot(0, self._next_slice)

    def _built(self) -> None:
        GarbageCollection.settle()
        calls, self._early_calls = self._early_calls or [], None
        if self._options.new:
            calls.insert(0, (self._options.new, self._options.number))
        for channel, number in calls:
            self._shell.new_wanted.emit(channel, number)

    # --- around it

    def _show_record_area(self) -> None:
        """Gives the focus back to the story only where a page of ours had taken it."""
        if self._shell.pages.currentWidget() is not self._shell.record_area:
            self._shell.show_page(self._shell.record_area)
            self._shell.narrative.setFocus()

    def _typed(self) -> None:
        self._shell.status.show_quietly(_("Not saved yet"))

    def _rung(self, channel: str, number: str) -> None:
        self._shell.come_forward()
        if not channel:
            return
        if self._early_calls is None:
            self._shell.new_wanted.emit(channel, number)
        else:
            self._early_calls.append((channel, number))

    def _tell(self, error: IntakeError) -> None:
        self._shell.status.say(sentence(error))

    def _finish_work(self, then: Callable[[], None]) -> None:
        self._background.run(self, lambda: None, lambda _none: then())

    def _where_words_are(self) -> str:
        if self._store is None:
            return _("What you typed is in this window only: keep it open.")
        return _("What you typed before is saved, encrypted, in {path}.").format(path=ltr(str(self._folder)))


@dataclass(frozen=True, slots=True)
class _Opened:
    store: Store
    library: Library


def _look(folder: Path, clock: Clock, ids: IdMaker, options: WindowOptions) -> FolderState:
    from intake_app.store.opening import folder_state
    from ui import made_up

    made_up.prepare(folder, options, clock, ids)
    return folder_state(folder)


def _keyring_missing() -> bool:
    from intake_app.store.keyring_slot import SystemKeyring

    try:
        SystemKeyring().get("none")
    except KeyringUnavailable:
        return True
    return False


def _unattended_passphrase() -> str:
    """From the file that INTAKE_PASSPHRASE_FILE names; empty where there is none: then it is asked for."""
    name = os.environ.get(PASSPHRASE_FILE_VARIABLE, "")
    try:
        return Path(name).read_text("utf-8").rstrip("\r\n") if name else ""
    except (OSError, ValueError):
        return ""


def _load_rest() -> Library:
    """Everything that the pages import, on the worker thread: the window goes on being typed into."""
    from intake_app import formats
    from intake_app.forms.library import Library

    library = Library.shipped()
    formats.prepare()
    import ui.main_window  # noqa: F401

    return library
