"""Kills in the middle of typing, finishing and migrating, and what must be there afterwards."""

import shutil

from intake_app import drafting, taking_down
from intake_app.drafting import Draft
from intake_app.errors import RecordMissing
from intake_app.forms.library import Library
from intake_app.records import RecordState
from intake_app.store.migrations import NEWEST
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker, system_clock
from tests.proving import extra_steps
from tests.proving.lanes import Lane, Lost, whole
from tests.proving.nursery import Life, Told

_BODIES = "SELECT mutation, body FROM version"
MOST_TYPING_LOST_S = 2.0
MIGRATED_RECORDS = 60
TYPING_S, FINISHING_S, MIGRATING_S = (0.2, 4.0), (0.005, 0.35), (0.0, 0.12)
"""How long programs live once they are ready."""


def while_typing(lane: Lane) -> None:
    with lane.opened() as store:
        records = [row.id for row in store.records.find(RecordQuery(include_drafts=False), limit=20).rows]
        before = {one.id: _text_of(store, one.id) for one in store.drafts.all()}
    life = lane.nursery.live(lane.asked("typing", records=records), lane.dice.uniform(*TYPING_S))
    record = life.of("ready")[0].rest[0]
    with lane.opened() as store:
        whole(store)
        _typed_text_is_there(lane, store, life, record, before.get(record, ""))
        _one_offer(lane, store, life, record, set(before))
        if record in {one.id for one in store.drafts.all()} and lane.dice.random() < 0.5:
            store.records.save(store.drafts.load(record))
    lane.acknowledged += len(life.of("kept"))


def _typed_text_is_there(lane: Lane, store: Store, life: Life, record: str, earlier: str) -> None:
    text, kept = "", _text_of(store, record)
    if kept == earlier:
        # The draft of an earlier life, in which nothing was kept anew.
        kept = ""
    for one in life.of("typed"):
        _record, length, character = one.rest
        text += character.replace("_", " ") * (int(length) - len(text))
        if len(text) > len(kept):
            lane.most_typing_lost_s = max(lane.most_typing_lost_s, life.killed_at - one.at)
            if life.killed_at - one.at > MOST_TYPING_LOST_S:
                raise Lost(f"typing of {life.killed_at - one.at:.2f} s is lost")
            break
    if not text.startswith(kept) and not kept.startswith(text):
        raise Lost("what is kept is not what was typed")
    told = [int(one.rest[1]) for one in life.of("kept")]
    if told and len(kept) < told[-1]:
        raise Lost("typing that was acknowledged is lost")


def _text_of(store: Store, record: str) -> str:
    if record not in {one.id for one in store.drafts.all()}:
        return ""
    story = drafting.story(store.drafts.load(record))
    return story.text if story is not None else ""


def _one_offer(lane: Lane, store: Store, life: Life, record: str, before: set[str]) -> None:
    rows = store.records.find(RecordQuery(), limit=10_000).rows
    offers = [row.id for row in rows if row.state == "draft"]
    if life.of("kept") and offers.count(record) != 1:
        raise Lost(f"{offers.count(record)} recovery offers for one record")
    if set(offers) - before - {record} or len(offers) != len(set(offers)):
        raise Lost("a recovery offer for a record that was not open")
    summary = next((one for one in store.drafts.all() if one.id == record), None)
    if summary is not None:
        age_s = (system_clock().utc_ms - summary.updated.utc_ms) / 1000
        if not 0 <= age_s < 60:
            raise Lost("a recovery offer without its date")
        lane.offers += 1


def while_finishing(lane: Lane) -> None:
    life = lane.nursery.live(lane.asked("finishing"), lane.dice.uniform(*FINISHING_S))
    doing: Told | None = None
    kept: dict[str, str] = {}
    for one in life.told:
        doing = one if one.word in ("keeping", "saving", "erasing") else None
        if one.word == "kept":
            kept[one.rest[0]] = one.rest[1]
        elif one.word == "saved":
            kept.pop(one.rest[0], None)
            lane.numbers[one.rest[0]] = one.rest[1]
        elif one.word == "erased":
            lane.numbers.pop(one.rest[0])
            lane.erased.add(one.rest[0])
    lane.acknowledged += sum(one.word in ("kept", "saved", "erased", "withdrawn") for one in life.told)
    lane.half_way += doing is not None
    with lane.opened() as store:
        whole(store)
        drafts = {one.id for one in store.drafts.all()}
        _finished_are_there(lane, store, doing)
        for record, number in kept.items():
            _kept_is_there(lane, store, drafts, record, number)
        for record in lane.erased:
            if record in drafts or _number_of(store, record):
                raise Lost("an erased record is back")
        for record in drafts:
            store.drafts.discard(record)
        _withdrawn_are_there(store, life)


def _finished_are_there(lane: Lane, store: Store, doing: Told | None) -> None:
    for record, number in list(lane.numbers.items()):
        found = _number_of(store, record)
        if doing is not None and doing.rest[0] == record and found != number:
            # Killed between the commit and the word of it: either way is right, but nothing between.
            if doing.word == "erasing" and not found:
                lane.numbers.pop(record)
                lane.erased.add(record)
                continue
            if doing.word == "saving" and found == doing.rest[1]:
                lane.numbers[record] = found
                continue
        if found != number:
            raise Lost("a finished record that was acknowledged is lost")


def _kept_is_there(lane: Lane, store: Store, drafts: set[str], record: str, number: str) -> None:
    if record in drafts:
        if number not in _text_of(store, record):
            raise Lost("a draft that was acknowledged has other words")
        if _number_of(store, record) == number:
            raise Lost("a record is draft and finished at the same time")
        lane.offers += 1
        return
    if _number_of(store, record) != number:
        raise Lost("a draft that was acknowledged is lost")
    lane.numbers[record] = number


def _withdrawn_are_there(store: Store, life: Life) -> None:
    later = {one.rest[0]: one.word for one in life.told if one.rest and one.word in ("withdrawn", "erasing")}
    for record, word in later.items():
        if word == "withdrawn" and store.records.get(record).state is not RecordState.WITHDRAWN:
            raise Lost("a withdrawal that was acknowledged is lost")


def _number_of(store: Store, record: str) -> str:
    try:
        return _number_in(Draft(record=store.records.get(record)))
    except RecordMissing:
        return ""


def _number_in(draft: Draft) -> str:
    story = drafting.story(draft)
    return story.text.split()[1] if story is not None else ""


def while_migrating(lane: Lane) -> None:
    """From a store of the newest schema, brought on by two steps that only this proof knows."""
    bodies = _before_migrating(lane)
    life = lane.nursery.live(lane.asked("migrating"), lane.dice.uniform(*MIGRATING_S))
    lane.half_way += not life.of("migrated")
    with extra_steps.registered(), lane.opened() as store:
        whole(store)
        with store._database.read() as connection:
            found = {row.mutation: row.body for row in connection.exec_driver_sql(_BODIES)}
            schema = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            unproved = connection.exec_driver_sql("SELECT count(*) FROM version WHERE proof <> sha256")
            if schema != NEWEST + 2 or unproved.scalar_one():
                raise Lost("a migration ended half-way")
        if found != bodies:
            raise Lost("a migration lost or changed a version")
        if not store.drafts.all():
            raise Lost("a migration lost a draft")
        lane.offers += len(store.drafts.all())
    lane.acknowledged += len(bodies)


def _before_migrating(lane: Lane) -> dict[str, str]:
    """Mutation and body of every version in the store, which is made once and copied."""
    template = lane.folder.with_name("before")
    if lane.partner is None:
        with lane.opened() as store:
            lane.partner = _fill(lane, store)
        lane.folder.rename(template)
    shutil.rmtree(lane.folder, ignore_errors=True)
    shutil.copytree(template, lane.folder)
    bodies: dict[str, str] = lane.partner
    return bodies


def _fill(lane: Lane, store: Store) -> dict[str, str]:
    ids = IdMaker(system_clock)
    for number in range(MIGRATED_RECORDS):
        draft = taking_down.new_draft(Library.shipped(), ids, system_clock(), store.device)
        draft = drafting.with_narrative(draft, f"number {number} " + "words " * lane.dice.randrange(200), ids)
        if number:
            store.records.save(draft)
        else:
            store.drafts.keep(draft)
    with store._database.read() as connection:
        return {row.mutation: row.body for row in connection.exec_driver_sql(_BODIES)}
