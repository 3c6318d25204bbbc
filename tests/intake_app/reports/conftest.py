"""A store with a few records, some of them awkward for spreadsheets."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app import drafting, taking_down
from intake_app.forms.library import Library
from intake_app.records import Answer, Narrative, NarrativeKind, Record, ServiceMention, TopicMention
from intake_app.store.store import Store
from intake_app.times import IdMaker, Instant
from tests.first_runs import copied_store

MORNING = Instant.parse("2026-11-20T09:14:00.000Z")


class Ticking:
    """Goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self._now = MORNING.utc_ms

    def __call__(self) -> Instant:
        self._now += 1000
        return Instant(self._now)


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def ids(clock: Ticking) -> IdMaker:
    return IdMaker(clock)


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()


@pytest.fixture
def store(tmp_path: Path, clock: Ticking, ids: IdMaker) -> Iterator[Store]:
    with copied_store(
        tmp_path / "data", clock=clock, ids=ids, organisation="Healthwatch Exemplar", staff_name="Sam"
    ) as store:
        yield store


@pytest.fixture
def take_down(store: Store, library: Library, clock: Ticking, ids: IdMaker) -> Callable[..., Record]:
    def make(
        words: str,
        name: str = "",
        ethnic_group: str = "",
        danger_notes: str = "",
        redacted: str = "",
        items: int = 1,
    ) -> Record:
        draft = taking_down.new_draft(library, ids, clock(), store.device)
        draft = drafting.with_narrative(draft, words, ids)
        for _more in range(items - 1):
            draft = taking_down.add_item(draft, library, ids)
        key = drafting.item_key(draft.record.items[0].id)
        service = ServiceMention(id="ods:A00001", name="The Example Surgery", place="Exampleton, ZZ1 1ZZ")
        topic = TopicMention(code="access_phone", sentiment="negative")
        draft = drafting.with_answer(draft, key, "services", Answer(value=[service.model_dump()]))
        draft = drafting.with_answer(draft, key, "topics", Answer(value=[topic.model_dump()]))
        if name:
            draft = taking_down.opened(draft, "person", library, ids)
            draft = drafting.with_answer(draft, "person", "person_name", Answer(value=name))
        if ethnic_group:
            draft = taking_down.opened(draft, "equality", library, ids)
            draft = drafting.with_answer(draft, "equality", "ethnic_group", Answer(value=ethnic_group))
        if danger_notes:
            draft = taking_down.mark_danger(draft, library, clock())
            draft = drafting.with_answer(draft, "danger", "notes", Answer(value=danger_notes))
        if redacted:
            original = draft.record.narratives[0]
            shared = Narrative(id=ids(), text=redacted, kind=NarrativeKind.REDACTED, derived_from=original.id)
            draft = drafting.with_record(draft, narratives=(*draft.record.narratives, shared))
        return store.records.save(taking_down.finish(draft, library, clock()))

    return make
