"""One round with the hub: send what waits, take what is new. Knows no kind of document."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from intake_app.documents import Document, Pulled, Receipt, ReceiptStatus
from intake_app.errors import Cancelled, HubAnswerUnreadable, HubRefused
from intake_app.long_work import never
from intake_app.sync.batches import batches
from intake_app.sync.in_turn import InTurn
from intake_app.sync.protocol import BATCH_BYTES, BATCH_DOCUMENTS, PullAnswer, PushAnswer

_TOO_LARGE = "request_too_large"
_AHEAD = 4
"""Batches that are read from the store at once where requests go out beside its work."""
_RESTARTS = 3
"""In one round; a hub that asks more often would keep the device busy for ever."""

_JOININGS = 3
"""In one round; others may write the same records meanwhile, and the next round is soon."""


class Waiting(Protocol):
    """A version in the outbox; ``attempted`` when a send was begun and nobody knows how it ended."""

    @property
    def document(self) -> Document: ...
    @property
    def attempted(self) -> bool: ...


class SyncStore(Protocol):
    """What a round needs of a store. Each call is one transaction, and is harmless when repeated."""

    def pending(self, max_documents: int, max_bytes: int, beyond: int = 0) -> Sequence[Waiting]:
        """The oldest waiting versions in the order saved, attempted ones first; at least one if any waits.

        ``beyond``: so many of the attempted ones are under way, and what follows them is wanted.
        """

    def mark_attempted(self, mutations: Sequence[str]) -> None: ...

    def accept_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Strikes exactly the versions named by their mutation and keeps the receipts."""

    def quarantine(self, mutation: str, reason: str, details: Mapping[str, Any]) -> None: ...

    def cursor(self) -> int: ...

    def scope(self) -> str: ...

    def prepare(self, documents: Sequence[Pulled]) -> Sequence[Any]:
        """The versions with all that can be worked out before they are kept; in a thread beside the rest."""

    def apply_prepared(self, page: Sequence[Any], cursor: int, scope: str) -> None:
        """Keeps the versions, known or not, and the cursor with them; during a backfill its cursor."""

    def begin_backfill(self, scope: str) -> None:
        """The hub's scope for this device is another: take everything in it again from 0."""

    def backfill_scope(self) -> str:
        """The scope of a backfill under way; empty when none is."""

    def backfill_cursor(self) -> int: ...

    def finish_backfill(self) -> None:
        """Drops *received* documents that the backfill did not bring; what waits here is never dropped.
        The backfill's scope and cursor become the store's."""

    def join(self) -> int:
        """Joins versions made apart where nobody has to decide; how many versions that made, to be sent."""

    def note_round(self) -> None:
        """A whole round ended well, now."""


class Hub(Protocol):
    """HubClient, as the engine sees it."""

    def push(self, documents: Sequence[Document]) -> PushAnswer: ...

    def pull(self, since: int, scope: str) -> PullAnswer: ...


class Stage(StrEnum):
    SENDING = "sending"
    RECEIVING = "receiving"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How many versions this round has sent or received so far; of files, how many pieces."""

    stage: Stage
    done: int


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round did, in versions. ``already`` ones were settled after a lost answer.

    ``files_…`` count attached files: sent, fetched on somebody's wish, and left to be sent in a later round.
    ``new_device``: another computer used the same folder's identity, and this one has its own from now on.
    """

    pushed: int = 0
    already: int = 0
    conflicts: int = 0
    refused: int = 0
    pulled: int = 0
    rescoped: bool = False
    new_device: bool = False
    joined: int = 0
    files_sent: int = 0
    files_fetched: int = 0
    files_left: int = 0


def _unseen(_progress: RoundProgress) -> None:
    """Nobody watches."""


class SyncEngine:
    """``run`` may be repeated at any time; whatever ended the last round, the next one goes on."""

    def __init__(
        self,
        store: SyncStore,
        hub: Hub,
        lock: Callable[[], AbstractContextManager[None]] = nullcontext,
        max_documents: int = BATCH_DOCUMENTS,
        max_bytes: int = BATCH_BYTES,
        beside: Executor | None = None,
    ) -> None:
        """``lock`` keeps two rounds of one data folder apart (``round_lock``).

        ``beside`` has one thread, in which a request goes out while the store works on the answer before it;
        without, everything happens in turn. Requests never overtake each other.
        """
        self._store = store
        self._hub = hub
        self._lock = lock
        self._max_documents = max_documents
        self._max_bytes = max_bytes
        self._beside = beside

    def run(
        self,
        progress: Callable[[RoundProgress], object] = _unseen,
        cancelled: Callable[[], bool] = never,
    ) -> RoundReport:
        """One round. Nothing to send and nothing new costs one request.

        ``cancelled`` is asked between batches and pages; what was settled until then stays.
        Raises Cancelled, RoundUnderWay, StoreError and SyncError.
        """
        with self._lock():
            return _Round(self._store, self._hub, progress, cancelled, self._beside or InTurn()).run(
                self._max_documents, self._max_bytes
            )


_Sent = tuple[Sequence[Document], PushAnswer | None]
"""What went in one request and what came back; None: one document, too large for what lies between."""

_Fetched = tuple[PullAnswer, Sequence[Any]]
"""A page, and its versions prepared."""


class _Round:
    def __init__(
        self,
        store: SyncStore,
        hub: Hub,
        progress: Callable[[RoundProgress], object],
        cancelled: Callable[[], bool],
        beside: Executor,
    ) -> None:
        self._store = store
        self._hub = hub
        self._progress = progress
        self._cancelled = cancelled
        self._beside = beside
        self._ahead = 1 if isinstance(beside, InTurn) else _AHEAD
        self._read_ahead: deque[Sequence[Document]] = deque()
        self._statuses: dict[str, int] = dict.fromkeys(ReceiptStatus, 0)
        self._refused = 0
        self._pulled = 0
        self._rescoped = False
        self._restarts = 0
        self._joined = 0

    def run(self, max_documents: int, max_bytes: int) -> RoundReport:
        self._push_all(max_documents, max_bytes)
        self._pull_all()
        for _time in range(_JOININGS):
            made = self._store.join()
            if not made:
                break
            self._joined += made
            self._push_all(max_documents, max_bytes)
            self._pull_all()
        self._store.note_round()
        return RoundReport(
            pushed=self._statuses[ReceiptStatus.ACCEPTED] + self._statuses[ReceiptStatus.CONFLICT],
            already=self._statuses[ReceiptStatus.ALREADY],
            conflicts=self._statuses[ReceiptStatus.CONFLICT],
            refused=self._refused,
            pulled=self._pulled,
            rescoped=self._rescoped,
            joined=self._joined,
        )

    def _push_all(self, max_documents: int, max_bytes: int) -> None:
        under_way: Future[list[_Sent]] | None = None
        following = self._to_send(max_documents, max_bytes)
        while following or under_way:
            sent = under_way.result() if under_way else []
            stopping = self._cancelled()
            flying = following if not stopping else ()
            under_way = self._beside.submit(self._send, flying) if flying else None
            for documents, answer in sent:
                self._settle(documents, answer)
            if sent:
                self._progress(RoundProgress(Stage.SENDING, sum(self._statuses.values()) + self._refused))
            if stopping:
                raise Cancelled
            following = self._to_send(max_documents, max_bytes, len(flying))

    def _to_send(self, max_documents: int, max_bytes: int, flying: int = 0) -> Sequence[Document]:
        """The next request; the store is read while ``flying`` documents are on their way."""
        if not self._read_ahead:
            waiting = self._store.pending(max_documents * self._ahead, max_bytes * self._ahead, flying)
            # Before the first byte leaves: from here on only the hub knows whether it holds them.
            self._store.mark_attempted([one.document.mutation for one in waiting if not one.attempted])
            self._read_ahead.extend(batches([one.document for one in waiting], max_documents, max_bytes))
        return self._read_ahead.popleft() if self._read_ahead else ()

    def _send(self, documents: Sequence[Document]) -> list["_Sent"]:
        """A proxy's limit may be below ours: halves until the one that does not pass is found."""
        try:
            return [(documents, self._hub.push(documents))]
        except HubRefused as error:
            if error.details.get("code") != _TOO_LARGE:
                raise
        if len(documents) == 1:
            return [(documents, None)]
        middle = len(documents) // 2
        return [*self._send(documents[:middle]), *self._send(documents[middle:])]

    def _settle(self, documents: Sequence[Document], answer: PushAnswer | None) -> None:
        if answer is None:
            self._refused += 1
            self._store.quarantine(documents[0].mutation, "too_large", {})
            return
        sent = {one.mutation: one for one in documents}
        for receipt in answer.receipts:
            document = sent.get(receipt.mutation)
            # A receipt for other content than ours would be a promise the hub cannot keep.
            if document is None or (document.id, document.sha256) != (receipt.id, receipt.sha256):
                raise HubAnswerUnreadable(reason="receipt")
        if any(one.position >= len(documents) for one in answer.refusals):
            raise HubAnswerUnreadable(reason="refusal")
        answered = {receipt.mutation for receipt in answer.receipts}
        answered |= {documents[one.position].mutation for one in answer.refusals}
        if len(answered) < len(sent):
            # Sending the rest again would get the same answer for ever.
            raise HubAnswerUnreadable(reason="receipts_missing")
        self._store.accept_receipts(answer.receipts)
        for refusal in answer.refusals:
            self._store.quarantine(documents[refusal.position].mutation, refusal.reason, refusal.details)
        self._refused += len(answer.refusals)
        for receipt in answer.receipts:
            self._statuses[receipt.status] += 1
        if answer.after > answer.before == self._store.cursor() and self._same_scope(answer.scope):
            # Nobody else wrote in between, and what we wrote is here: no need to fetch it.
            self._store.apply_prepared((), answer.after, answer.scope)

    def _same_scope(self, scope: str) -> bool:
        if self._store.backfill_scope():
            return False
        # Before the first pull there is no scope yet, and at 0 there was nothing in any.
        return scope == self._store.scope() or (self._store.cursor() == 0 and not self._store.scope())

    def _pull_all(self) -> None:
        fetched: Future[_Fetched] | None = None
        while True:
            self._go_on()
            backfill = self._store.backfill_scope()
            since = self._store.backfill_cursor() if backfill else self._store.cursor()
            scope = self._store.scope()
            page, prepared = fetched.result() if fetched else self._fetch(since, backfill or scope)
            fetched = None
            if page.rescope:
                self._start_again(page.scope, backfill)
                continue
            _check_page(page, since)
            if page.more:
                fetched = self._beside.submit(self._fetch, page.next, page.scope)
            if page.documents or page.next != since or page.scope != scope:
                self._store.apply_prepared(prepared, page.next, page.scope)
            self._pulled += len(page.documents)
            if page.documents:
                self._progress(RoundProgress(Stage.RECEIVING, self._pulled))
            if not page.more:
                if backfill:
                    self._store.finish_backfill()
                return

    def _fetch(self, since: int, scope: str) -> "_Fetched":
        page = self._hub.pull(since, scope)
        return page, self._store.prepare(page.documents)

    def _start_again(self, scope: str, backfill: str) -> None:
        self._restarts += 1
        if self._restarts > _RESTARTS:
            raise HubAnswerUnreadable(reason="rescope")
        if scope == (backfill or self._store.scope()):
            # The hub was set back to an older copy of itself. What it lost is still here and is not dropped:
            # absence never deletes. Its numbers come again, so everything is looked at once more.
            self._store.apply_prepared((), 0, scope)
        else:
            self._rescoped = True
            self._store.begin_backfill(scope)

    def _go_on(self) -> None:
        if self._cancelled():
            raise Cancelled


def _check_page(page: PullAnswer, since: int) -> None:
    """A cursor that does not move on would ask for the same page for ever; one that moves back loses work."""
    last = since
    for one in page.documents:
        if one.revision <= last:
            raise HubAnswerUnreadable(reason="order")
        last = one.revision
    if page.next < last or (page.more and page.next == since):
        raise HubAnswerUnreadable(reason="cursor")
