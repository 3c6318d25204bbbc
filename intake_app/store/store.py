"""One open store: everything that reads or writes the encrypted file, made complete and closed once."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake_app.errors import PracticeOnly
from intake_app.long_work import Cancelled, Progress, never, unwatched
from intake_app.services.directory import Directory
from intake_app.store.audit import AuditLog
from intake_app.store.database import Database
from intake_app.store.drafts import DraftStore
from intake_app.store.files import FolderLock
from intake_app.store.home import Home
from intake_app.store.keys import Keys
from intake_app.store.notices import NoticeStore
from intake_app.store.people import PeopleStore
from intake_app.store.preferences import PreferenceStore
from intake_app.store.records import RecordStore
from intake_app.store.staff import StaffStore
from intake_app.store.summaries import CheckReport, Organisation
from intake_app.store.sync_state import SyncStore
from intake_app.times import Clock, IdMaker

if TYPE_CHECKING:
    from intake_app.store.attachments import AttachmentStore
    from intake_app.store.call_backs import CallBackStore
    from intake_app.store.conflicts import ConflictStore
    from intake_app.store.directory_exchange import DirectoryExchange
    from intake_app.store.events import EventStore
    from intake_app.store.inbox import Inbox
    from intake_app.store.links import LinkStore
    from intake_app.store.meanwhile import Meanwhile
    from intake_app.store.mentions import Mentions
    from intake_app.store.nicknames import NicknameStore
    from intake_app.store.paper import PaperStore
    from intake_app.store.quarantine import Quarantine
    from intake_app.store.related import RelatedStore
    from intake_app.store.web_forms import WebFormStore
    from intake_app.store.wordings import WordingStore


class Store:
    """Safe to use from several threads: each call takes a connection of its own from the pool."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        home: Home,
        keys: Keys,
        key: bytes,
        clock: Clock,
        ids: IdMaker,
        lock: FolderLock | None = None,
    ) -> None:
        self.folder = folder
        self._database = database
        self._home = home
        self._keys = keys
        self._key = key
        self._clock = clock
        self._ids = ids
        self._lock = lock
        self._watcher: Any = None
        self._watching = threading.Lock()
        self.audit = AuditLog(database, home, clock, ids)
        self.staff = StaffStore(database, home, clock, ids, folder, lambda: key)
        self.drafts = DraftStore(database, home, clock)
        self.people = PeopleStore(database, home, clock, ids, self.audit)
        self.records = RecordStore(database, home, clock, ids, self.drafts, self.people, self.audit)
        self.preferences = PreferenceStore(database, home)
        self.notices = NoticeStore(database, home, clock)
        self.sync = SyncStore(database, home, clock, ids, self.audit, self.notices)
        self.directory = Directory(database, clock)

    # What a window does not need while it opens is loaded, and made, when it is first asked for.

    @cached_property
    def links(self) -> LinkStore:
        from intake_app.store.links import LinkStore

        return LinkStore(self._database, self._home, self._clock, self._ids)

    @cached_property
    def related(self) -> RelatedStore:
        from intake_app.store.related import RelatedStore

        return RelatedStore(self._database, self._home, self.links, self.records, self.audit)

    @cached_property
    def conflicts(self) -> ConflictStore:
        from intake_app.store.conflicts import ConflictStore

        return ConflictStore(self._database, self._home, self._clock, self._ids, self.people)

    @cached_property
    def meanwhile(self) -> Meanwhile:
        from intake_app.store.meanwhile import Meanwhile

        return Meanwhile(self._database)

    @cached_property
    def quarantine(self) -> Quarantine:
        from intake_app.store.quarantine import Quarantine

        return Quarantine(self._database, self._home, self._clock, self._ids, self.audit)

    @cached_property
    def nicknames(self) -> NicknameStore:
        from intake_app.store.nicknames import NicknameStore

        return NicknameStore(self._database, self._home, self._clock, self._ids)

    @cached_property
    def wordings(self) -> WordingStore:
        from intake_app.store.wordings import WordingStore

        return WordingStore(self._database, self._home, self._clock, self._ids)

    @cached_property
    def attachments(self) -> AttachmentStore:
        from intake_app.store.attachments import AttachmentStore

        return AttachmentStore(self._database, self._home, self._clock)

    @cached_property
    def inbox(self) -> Inbox:
        from intake_app.store.inbox import Inbox

        return Inbox(self._database, self._clock, self._ids)

    @cached_property
    def web_forms(self) -> WebFormStore:
        from intake_app.store.web_forms import WebFormStore

        return WebFormStore(self._database, self._home)

    @cached_property
    def paper(self) -> PaperStore:
        from intake_app.store.paper import PaperStore

        return PaperStore(self._database)

    @cached_property
    def events(self) -> EventStore:
        from intake_app.store.events import EventStore

        return EventStore(self._database, self._home, self._clock, self._ids)

    @cached_property
    def call_backs(self) -> CallBackStore:
        from intake_app.store.call_backs import CallBackStore

        return CallBackStore(
            self._database, self._home, self.drafts, self.records, self.people, self._clock, self._ids
        )

    @cached_property
    def exchange(self) -> DirectoryExchange:
        from intake_app.store.directory_exchange import DirectoryExchange

        return DirectoryExchange(self._database, self._home, self._clock, self._ids)

    @cached_property
    def mentions(self) -> Mentions:
        from intake_app.store.mentions import Mentions

        return Mentions(self._database, self._home)

    @property
    def organisation(self) -> Organisation:
        return self._home.organisation

    @property
    def practice(self) -> bool:
        """Nothing in this store is real."""
        return self._home.practice

    def not_in_practice(self) -> None:
        """Before anything leaves the store or is counted. Raises PracticeOnly."""
        if self._home.practice:
            raise PracticeOnly(path=str(self.folder))

    def empty_practice(self) -> None:
        """Everything that was practised goes at once, drafts too. Raises ValueError for a real store."""
        from intake_app.store.emptying import empty

        empty(self._database, self._home)

    @property
    def device(self) -> str:
        """This installation's id."""
        return self._home.device

    def key_for_child(self) -> str:
        """The key in hexadecimal, to be written to a child process's standard input and nowhere else."""
        return self._key.hex()

    @property
    def projected_as(self) -> str:
        """What the organisation column of the projection holds on this computer."""
        return self._home.projected_as

    def erase(self, record_id: str, why: str, by: str = "") -> None:
        """For good, here and, once sent, on the hub and every device. Raises RecordMissing."""
        from intake_app.store.erasures import Eraser

        Eraser(self._database, self._home, self._clock, self._ids, self.audit).erase(record_id, why, by)

    def check(self, cancelled: Cancelled = never) -> CheckReport:
        """Is the file whole, and does everything derived agree with the documents? Changes nothing."""
        from intake_app.store.checking import Checker

        return Checker(self._database, self._home).check(cancelled)

    def mend(self) -> CheckReport:
        """What can be mended, from second copies and by deriving anew; then checks again."""
        from intake_app.store.checking import Checker

        return Checker(self._database, self._home).mend()

    def back_up(
        self,
        target: Path,
        passphrase: str = "",
        progress: Progress = unwatched,
        cancelled: Cancelled = never,
    ) -> Path:
        """An encrypted package in a folder or at a path; see ``Backup.back_up``. Returns where it lies."""
        self.not_in_practice()
        from intake_app.store.backup import Backup

        backup = Backup(self.folder, self._database, self._home, self._key, self._clock, self.audit)
        return backup.back_up(target, passphrase, progress, cancelled)

    def data_version(self) -> int:
        """Changes when anything was committed, by this process or another; compare with the last one."""
        with self._watching, self._database.faults():
            if self._watcher is None:
                self._watcher = self._database.raw()
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Lets go of files and locks; closing twice is no error."""
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self._database.close()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
