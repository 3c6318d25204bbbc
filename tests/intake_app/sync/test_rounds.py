"""Whole rounds of a device with the real hub, and what every interruption leaves behind."""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.documents import Document
from intake_app.errors import Cancelled, HubAnswerUnreadable, HubRefused, HubTimedOut, RoundUnderWay
from intake_app.hub.scopes import DeviceKind
from intake_app.sync.engine import RoundReport, SyncEngine
from intake_app.sync.protocol import PullAnswer, PushAnswer, Refusal
from intake_app.sync.round_lock import round_lock
from tests.hub.hub_fixtures import RunningHub
from tests.intake_app.sync.memory_store import MemoryStore


class Watched:
    """The real hub with its requests counted, and with answers lost or changed where the test says so."""

    def __init__(self, hub: object) -> None:
        self.hub = hub
        self.requests: list[str] = []
        self.sent: list[list[Document]] = []
        self.after_push: Callable[[PushAnswer], PushAnswer] = lambda answer: answer
        self.before_push: Callable[[Sequence[Document]], None] = lambda _documents: None
        self.after_pull: Callable[[PullAnswer], PullAnswer] = lambda answer: answer

    def push(self, documents: Sequence[Document]) -> PushAnswer:
        self.requests.append("push")
        self.sent.append(list(documents))
        self.before_push(documents)
        return self.after_push(self.hub.push(documents))

    def pull(self, since: int, scope: str) -> PullAnswer:
        self.requests.append("pull")
        return self.after_pull(self.hub.pull(since, scope))


def lost(_answer: object) -> object:
    raise HubTimedOut


def test_what_one_device_saved_another_one_receives(hub: RunningHub) -> None:
    here, there = MemoryStore(), MemoryStore()
    documents = [hub.document() for _ in range(3)]
    for document in documents:
        here.save(document)
    assert SyncEngine(here, hub.device()).run() == RoundReport(pushed=3)
    assert SyncEngine(there, hub.device()).run() == RoundReport(pulled=3)
    assert here.heads() == there.heads()
    assert [one.document for one in there.versions.values()] == documents
    assert set(here.receipts) == {document.mutation for document in documents}
    assert not here.outbox


def test_a_round_without_changes_is_one_request(hub: RunningHub) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    store.save(hub.document())
    engine = SyncEngine(store, watched)
    engine.run()
    watched.requests.clear()
    assert engine.run() == RoundReport()
    assert watched.requests == ["pull"]


def test_a_device_does_not_fetch_what_it_just_sent(hub: RunningHub) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    for _ in range(5):
        store.save(hub.document())
    assert SyncEngine(store, watched, max_documents=2).run().pulled == 0
    assert watched.requests == ["push", "push", "push", "pull"]


def test_batches_keep_the_limits(hub: RunningHub) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    for _ in range(7):
        store.save(hub.document("x" * 400_000))
    SyncEngine(store, watched).run()
    assert [len(batch) for batch in watched.sent] == [2, 2, 2, 1]


def test_a_lost_answer_is_settled_by_the_next_round_without_a_second_copy(hub: RunningHub) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    for _ in range(3):
        store.save(hub.document())
    watched.after_push = lost
    with pytest.raises(HubTimedOut):
        SyncEngine(store, watched).run()
    assert [entry.attempted for entry in store.outbox.values()] == [True] * 3
    later = hub.document()
    store.save(later)
    watched.after_push = lambda answer: answer
    report = SyncEngine(store, watched).run()
    assert (report.already, report.pushed) == (3, 1)
    assert watched.sent[1][:3] == watched.sent[0]
    assert watched.sent[1][3] == later
    other = MemoryStore()
    SyncEngine(other, hub.device()).run()
    assert len(other.versions) == 4


def test_an_answer_lost_before_the_hub_saw_it_is_settled_too(hub: RunningHub) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    store.save(hub.document())
    watched.before_push = lost
    with pytest.raises(HubTimedOut):
        SyncEngine(store, watched).run()
    watched.before_push = lambda _documents: None
    assert SyncEngine(store, watched).run().pushed == 1


def test_a_crash_after_the_receipts_loses_nothing(hub: RunningHub) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    store.save(hub.document())
    watched.after_pull = lost
    with pytest.raises(HubTimedOut):
        SyncEngine(store, watched).run()
    assert not store.outbox
    watched.after_pull = lambda answer: answer
    assert SyncEngine(store, watched).run() == RoundReport()
    assert store.cursor() == 1


def test_a_refused_version_is_put_aside_and_never_sent_again(hub: RunningHub) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    bad = hub.document("x" * 4_500_000)
    store.save(bad)
    foreign = hub.document(organisation="another")
    store.save(foreign)
    good = hub.document()
    store.save(good)
    report = SyncEngine(store, watched).run()
    assert (report.pushed, report.refused) == (1, 2)
    assert {mutation: reason for mutation, (reason, _) in store.refused.items()} == {
        bad.mutation: "too_large",
        foreign.mutation: "organisation",
    }
    watched.requests.clear()
    SyncEngine(store, watched).run()
    assert watched.requests == ["pull"]


def test_a_proxy_with_a_small_limit_gets_smaller_batches(hub: RunningHub) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    for size in (10, 10, 9_000, 10, 10, 10):
        store.save(hub.document("x" * size))

    def refuse_large(documents: Sequence[Document]) -> None:
        if sum(len(one.body) for one in documents) > 5_000:
            raise HubRefused(code="request_too_large", status=413)

    watched.before_push = refuse_large
    report = SyncEngine(store, watched).run()
    assert (report.pushed, report.refused) == (5, 1)
    assert [reason for reason, _ in store.refused.values()] == ["too_large"]


def test_edits_on_both_sides_are_both_kept_on_both_devices(hub: RunningHub) -> None:
    here, there = MemoryStore(), MemoryStore()
    mine, theirs = SyncEngine(here, hub.device()), SyncEngine(there, hub.device())
    document = hub.document()
    here.save(document)
    mine.run()
    theirs.run()
    here.save(hub.edit(document, "here", base=1))
    there.save(hub.edit(document, "there", base=1))
    mine.run()
    assert theirs.run().conflicts == 1
    mine.run()
    assert here.heads() == there.heads()
    assert len(here.heads()[document.id]) == 2


def test_an_empty_device_changes_nothing_on_the_hub(hub: RunningHub) -> None:
    store, device = MemoryStore(), hub.device()
    store.save(hub.document())
    SyncEngine(store, device).run()
    assert SyncEngine(MemoryStore(), hub.device()).run().pushed == 0
    assert SyncEngine(store, device).run().pulled == 0
    assert len(store.versions) == 1


def test_a_device_that_receives_less_from_now_on_drops_only_what_it_had_received(hub: RunningHub) -> None:
    store, name = MemoryStore(), f"moved-{hub.organisation}"
    device = hub.device(name=name)
    mine, unsent = hub.document(), hub.document()
    theirs = [hub.document() for _ in range(3)]
    hub.device().push(theirs)
    store.save(mine)
    engine = SyncEngine(store, device)
    assert engine.run().pulled == 4
    hub.set_place(name, kind=DeviceKind.OUTREACH)
    report = engine.run()
    assert report.rescoped
    assert {kept.document.id for kept in store.versions.values()} == {mine.id}
    store.save(unsent)
    hub.set_place(name, kind=DeviceKind.MANAGER)
    report = engine.run()
    assert (report.pushed, report.rescoped) == (1, True)
    assert {kept.document.id for kept in store.versions.values()} == {
        mine.id,
        unsent.id,
        *(one.id for one in theirs),
    }
    assert engine.run() == RoundReport()


def test_an_interrupted_backfill_goes_on_where_it_stopped(
    hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, name = MemoryStore(), f"moved-{hub.organisation}"
    watched = Watched(hub.device(DeviceKind.OUTREACH, name=name))
    hub.device().push([hub.document() for _ in range(9)])
    engine = SyncEngine(store, watched)
    engine.run()
    hub.set_place(name, kind=DeviceKind.OFFICE)
    monkeypatch.setitem(hub.settings.__dict__, "page_documents", 4)
    pages = iter([None, None])

    def stop_after_two(answer: PullAnswer) -> PullAnswer:
        if next(pages, "over") == "over":
            raise HubTimedOut
        return answer

    watched.after_pull = stop_after_two
    with pytest.raises(HubTimedOut):
        engine.run()
    assert (len(store.versions), store.backfill_cursor()) == (4, 4)
    watched.after_pull = lambda answer: answer
    assert engine.run().pulled == 5
    assert (len(store.versions), store.cursor(), store.backfill_scope()) == (9, 9, "")


def test_a_hub_set_back_to_an_older_copy_costs_the_device_nothing(hub: RunningHub) -> None:
    store, device = MemoryStore(), hub.device()
    store.save(hub.document())
    SyncEngine(store, device).run()
    store._cursor = 400
    report = SyncEngine(store, device).run()
    assert not report.rescoped
    assert (store.cursor(), len(store.versions)) == (1, 1)


def test_cancelling_keeps_what_was_settled(hub: RunningHub) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    for _ in range(8):
        store.save(hub.document())
    seen: list[int] = []
    with pytest.raises(Cancelled):
        SyncEngine(store, watched, max_documents=2).run(
            progress=lambda now: seen.append(now.done), cancelled=lambda: len(seen) == 2
        )
    # What was under way when it was cancelled is settled too.
    assert seen == [2, 4, 6]
    assert len(store.outbox) == 2
    assert SyncEngine(store, watched).run().pushed == 2


def test_two_rounds_of_one_folder_never_run_at_once(hub: RunningHub, tmp_path: Path) -> None:
    store = MemoryStore()
    store.save(hub.document())
    engine = SyncEngine(store, hub.device(), lock=lambda: round_lock(tmp_path))
    with round_lock(tmp_path), pytest.raises(RoundUnderWay):
        engine.run()
    assert engine.run().pushed == 1


def test_the_lock_is_held_while_the_round_runs(hub: RunningHub) -> None:
    held: list[bool] = [False]

    @contextmanager
    def lock():
        held[0] = True
        yield
        held[0] = False

    watched = Watched(hub.device())
    watched.after_pull = lambda answer: answer if held[0] else lost(answer)
    SyncEngine(MemoryStore(), watched, lock=lock).run()
    assert held == [False]


WRONG_ANSWERS: dict[str, Callable[[PushAnswer], PushAnswer]] = {
    "a receipt for another body": lambda answer: replace(
        answer, receipts=(replace(answer.receipts[0], sha256="0" * 64),)
    ),
    "a receipt for another version": lambda answer: replace(
        answer, receipts=(replace(answer.receipts[0], mutation="other"),)
    ),
    "no receipt": lambda answer: replace(answer, receipts=()),
    "a refusal out of range": lambda answer: replace(answer, refusals=(Refusal(7, "hash"),)),
}


@pytest.mark.parametrize("wrong", WRONG_ANSWERS)
def test_a_wrong_push_answer_strikes_nothing(hub: RunningHub, wrong: str) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    store.save(hub.document())
    watched.after_push = WRONG_ANSWERS[wrong]
    with pytest.raises(HubAnswerUnreadable):
        SyncEngine(store, watched).run()
    assert len(store.outbox) == 1
    assert not store.receipts


WRONG_PAGES: dict[str, Callable[[PullAnswer], PullAnswer]] = {
    "the same page for ever": lambda page: replace(page, documents=(), next=0, more=True),
    "a cursor that goes back": lambda page: replace(page, next=0),
    "versions out of order": lambda page: replace(page, documents=page.documents[::-1]),
    "rescope for ever": lambda page: replace(page, documents=(), rescope=True, scope="x"),
}


@pytest.mark.parametrize("wrong", WRONG_PAGES)
def test_a_wrong_page_ends_the_round_and_moves_no_cursor(hub: RunningHub, wrong: str) -> None:
    store, watched = MemoryStore(), Watched(hub.device())
    hub.device().push([hub.document(), hub.document()])
    watched.after_pull = WRONG_PAGES[wrong]
    with pytest.raises(HubAnswerUnreadable):
        SyncEngine(store, watched).run()
    assert (store.cursor(), len(store.versions)) == (0, 0)
