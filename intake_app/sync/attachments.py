"""The files of a round: what the hub is still to be sent, and what somebody here asked for, piece by piece.

It comes after the documents: the hub knows by them who may have which bytes. Whatever ends it, the next round
goes on at the piece that is missing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from intake_app.errors import Cancelled, HubAnswerUnreadable, HubRefused
from intake_app.sync.attachments_protocol import UNKNOWN, FileAnswer, chunk_count, chunk_length


class Travelling(Protocol):
    """A file of a document; ``size`` is 0 where only the hub knows it."""

    @property
    def document(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...


class FileStore(Protocol):
    """What this needs of ``store.attachments``."""

    def to_send(self) -> Sequence[Travelling]: ...

    def chunk(self, sha256: str, number: int) -> bytes: ...

    def note_sent(self, document: str, sha256: str) -> None: ...

    def to_fetch(self) -> Sequence[Travelling]: ...

    def begin_fetching(self, sha256: str, size: int) -> frozenset[int]:
        """The numbers of the pieces that are here already."""

    def keep_chunk(self, sha256: str, number: int, content: bytes) -> None: ...

    def fetched(self, document: str, sha256: str) -> bool:
        """All pieces came; False where together they are not the file."""

    def unwant(self, document: str, sha256: str) -> None: ...

    def unsent(self) -> int: ...


class FileHub(Protocol):
    """HubClient, as this sees it. Each raises HubRefused, code ``UNKNOWN``, for what is none of ours."""

    def file(self, document: str, sha256: str) -> FileAnswer: ...

    def send_chunk(self, document: str, sha256: str, number: int, content: bytes) -> None: ...

    def finish_file(self, document: str, sha256: str) -> FileAnswer: ...

    def chunk(self, document: str, sha256: str, number: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class FilesReport:
    """``left``: files of records that the hub has and that are still to be sent to it."""

    sent: int = 0
    fetched: int = 0
    left: int = 0


def exchange(
    store: FileStore,
    hub: FileHub,
    progress: Callable[[int], object],
    cancelled: Callable[[], bool],
) -> FilesReport:
    """Sends, then fetches. ``progress`` is told how many pieces have gone either way.

    Raises Cancelled, SyncError and StoreError; what went across until then stays.
    """
    return _Exchange(store, hub, progress, cancelled).run()


class _Exchange:
    def __init__(
        self,
        store: FileStore,
        hub: FileHub,
        progress: Callable[[int], object],
        cancelled: Callable[[], bool],
    ) -> None:
        self._store = store
        self._hub = hub
        self._progress = progress
        self._cancelled = cancelled
        self._pieces = 0

    def run(self) -> FilesReport:
        sent = sum(self._send(one) for one in self._store.to_send())
        fetched = sum(self._fetch(one) for one in self._store.to_fetch())
        return FilesReport(sent, fetched, self._store.unsent())

    def _send(self, one: Travelling) -> bool:
        try:
            answer = self._hub.file(one.document, one.sha256)
            if not answer.whole:
                if answer.size != one.size:
                    raise HubAnswerUnreadable(reason="attachment")
                for number in answer.missing:
                    self._hub.send_chunk(
                        one.document, one.sha256, number, self._store.chunk(one.sha256, number)
                    )
                    self._gone()
                answer = self._hub.finish_file(one.document, one.sha256)
        except HubRefused as error:
            if error.details.get("code") != UNKNOWN:
                raise
            # The hub does not take this one; it stays here, is counted, and keeps no other waiting.
            return False
        if answer.whole:
            self._store.note_sent(one.document, one.sha256)
        return answer.whole

    def _fetch(self, one: Travelling) -> bool:
        try:
            answer = self._hub.file(one.document, one.sha256)
            if not answer.whole:
                # Whoever attached it has not sent all of it yet.
                return False
            here = self._store.begin_fetching(one.sha256, answer.size)
            for number in range(chunk_count(answer.size)):
                if number not in here:
                    content = self._hub.chunk(one.document, one.sha256, number)
                    if len(content) != chunk_length(answer.size, number):
                        raise HubAnswerUnreadable(reason="attachment")
                    self._store.keep_chunk(one.sha256, number, content)
                    self._gone()
        except HubRefused as error:
            if error.details.get("code") != UNKNOWN:
                raise
            self._store.unwant(one.document, one.sha256)
            return False
        return self._store.fetched(one.document, one.sha256)

    def _gone(self) -> None:
        self._pieces += 1
        self._progress(self._pieces)
        if self._cancelled():
            raise Cancelled
