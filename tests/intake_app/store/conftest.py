"""A store in a temporary folder, with a clock that stands still and a keyring that is a dictionary."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.drafting import Draft
from intake_app.records import Answer, Item, Narrative, Record, ServiceMention, SetRef, Sheet
from intake_app.store.opening import NewStore, create_store, open_store
from intake_app.store.store import Store
from intake_app.times import IdMaker, Instant
from tests.fakes import DictionaryKeyring, HandClock

MORNING = Instant.parse("2026-11-20T09:14:00.000Z")


@pytest.fixture
def keyring() -> DictionaryKeyring:
    return DictionaryKeyring()


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


@pytest.fixture
def ids(clock: HandClock) -> IdMaker:
    return IdMaker(clock)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "intake"


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, DictionaryKeyring]:
    """A store made once; each test works on a copy, as deriving the recovery key takes its time."""
    folder, keyring = tmp_path_factory.mktemp("first") / "intake", DictionaryKeyring()
    clock = HandClock(MORNING)
    made = create_store(
        folder, "Healthwatch Exemplar", staff_name="Sam", clock=clock, ids=IdMaker(clock), keyring=keyring
    )
    made.store.close()
    return folder, made.recovery_code, keyring


@pytest.fixture
def new_store(
    folder: Path,
    clock: HandClock,
    ids: IdMaker,
    keyring: DictionaryKeyring,
    first_run: tuple[Path, str, DictionaryKeyring],
) -> Iterator[NewStore]:
    template, code, first_keyring = first_run
    shutil.copytree(template, folder)
    keyring.kept.update(first_keyring.kept)
    with open_store(folder, clock=clock, ids=ids, keyring=keyring) as store:
        yield NewStore(store, code)


@pytest.fixture
def store(new_store: NewStore) -> Store:
    return new_store.store


TakeDown = Callable[..., Draft]


@pytest.fixture
def take_down(clock: HandClock, ids: IdMaker) -> TakeDown:
    """Makes a draft: ``take_down("words", channel="phone", service="…")``."""

    def make(words: str = "", channel: str = "phone", service: str = "", service_id: str = "") -> Draft:
        clock.forward(seconds=1)
        story = Narrative(id=ids(), text=words)
        answers = {}
        if service:
            mention = ServiceMention(id=service_id, name=service)
            answers["services"] = Answer(value=[mention.model_dump()])
        item = Item(
            id=ids(), question_set=SetRef(id="feedback", version="0"), answers=answers, narratives=(story.id,)
        )
        record = Record(
            id=ids(),
            device="device",
            started=clock(),
            received=clock(),
            frame=Sheet(
                question_set=SetRef(id="frame", version="0"),
                answers={"channel": Answer(value=channel, label=channel)},
            ),
            items=(item,),
            narratives=(story,),
        )
        return Draft(record=record)

    return make
