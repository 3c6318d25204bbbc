"""A store with many made-up records, and a keyring that is a file, for the benchmarks."""

import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from intake_app.documents import Document, Kind, Pulled
from intake_app.drafting import Draft
from intake_app.records import Answer, Item, Narrative, Record, ServiceMention, SetRef, Sheet
from intake_app.store.database import CACHE_KIB
from intake_app.store.opening import create_store, open_store
from intake_app.store.store import Store
from intake_app.times import Clock, IdMaker, Instant

SEED = 2026
FIRST_RECORD_MS = Instant.parse("2025-01-06T09:00:00.000Z").utc_ms
BETWEEN_RECORDS_MS = 290_000
_TEXT = """
    the and was they were told that waited staff nurse doctor reception phone call back home ward care kind
    never always appointment hospital surgery daughter mother father help medicine letter morning evening
    nobody listened explained clear clean cold food pain referral results discharge ambulance week month
    again asked answer worried grateful excellent poor rude polite quick slow repeat prescription dentist
    pharmacy interpreter wheelchair parking bus visit carer agency late early missed cancelled moved closed
"""
_SYLLABLES = re.findall("..", "badeelfograhijukalomenostopequaritulvewiyaze")
VOCABULARY = 20_000
PAGE = 2_000
"""Records that a hub hands out at a time."""
CHANNELS = ("phone", "email", "drop_in", "outreach", "post", "web_form")


class KeyringFile:
    """Keeps keys between processes, as the system's keyring does; only ever for made-up records."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _all(self) -> dict[str, str]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def get(self, entry: str) -> bytes | None:
        kept = self._all().get(entry)
        return bytes.fromhex(kept) if kept else None

    def put(self, entry: str, key: bytes) -> None:
        self._path.write_text(json.dumps({**self._all(), entry: key.hex()}))

    def remove(self, entry: str) -> None:
        self._path.write_text(json.dumps({name: key for name, key in self._all().items() if name != entry}))


class MovingClock:
    """Each record is taken down a few minutes after the one before; the first one after ``records``."""

    def __init__(self, records: int = 0) -> None:
        self.now = Instant(FIRST_RECORD_MS + records * BETWEEN_RECORDS_MS)

    def __call__(self) -> Instant:
        return self.now

    def forward(self) -> None:
        self.now = Instant(self.now.utc_ms + BETWEEN_RECORDS_MS)


@cache
def vocabulary() -> tuple[str, ...]:
    """Common words first, then made-up ones, each once."""
    chance = random.Random(SEED)
    words = dict.fromkeys(_TEXT.split())
    while len(words) < VOCABULARY:
        words["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))] = None
    return tuple(words)


def some_words(chance: random.Random, count: int) -> list[str]:
    """The second most common word is half as common as the first, and so on, as in speech."""
    return chance.choices(vocabulary(), cum_weights=_weights(), k=count)


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, len(vocabulary()) + 1)))


def stories(count: int) -> Iterator[str]:
    """Made-up narratives of 20 to 120 words."""
    chance = random.Random(SEED)
    for _ in range(count):
        yield " ".join(some_words(chance, chance.randint(20, 120)))


def drafts(count: int, clock: MovingClock, ids: IdMaker, device: str) -> Iterator[Draft]:
    chance = random.Random(SEED)
    for words in stories(count):
        clock.forward()
        story = Narrative(id=ids(), text=words)
        mention = ServiceMention(id="", name=f"Made-up Surgery {chance.randint(1, 900)}")
        channel = chance.choice(CHANNELS)
        item = Item(
            id=ids(),
            question_set=SetRef(id="feedback", version="0"),
            answers={"services": Answer(value=[mention.model_dump()])},
            narratives=(story.id,),
        )
        frame = Sheet(
            question_set=SetRef(id="frame", version="0"),
            answers={"channel": Answer(value=channel, label=channel)},
        )
        record = Record(
            id=ids(),
            device=device,
            started=clock(),
            received=clock(),
            frame=frame,
            items=(item,),
            narratives=(story,),
        )
        yield Draft(record=record)


def new_store(folder: Path, clock: Clock, ids: IdMaker) -> tuple[Store, KeyringFile]:
    keyring = KeyringFile(folder.with_name("keyring.json"))
    made = create_store(folder, "Bench", staff_name="Bench", clock=clock, ids=ids, keyring=keyring)
    return made.store, keyring


def pulled(drafts_made: Iterator[Draft], organisation: str, ids: IdMaker) -> Iterator[Pulled]:
    """The records as a hub hands them out, numbered from 1."""
    for number, draft in enumerate(drafts_made, 1):
        record = draft.record.model_copy(update={"finished": draft.record.started})
        document = Document(organisation, Kind.RECORD, record.id, ids(), record.to_json())
        yield Pulled(document, number, (), True, record.started, "elsewhere")


def make_store(
    folder: Path, records: int, time_left: Callable[[], bool] = lambda: True
) -> tuple[Path, dict[str, str]]:
    """A closed store with that many finished records, and the environment in which its key is found.

    They come in as pages of a hub: saved one by one, 100,000 would take half an hour.
    """
    began = time.monotonic()
    clock = MovingClock()
    ids = IdMaker(clock)
    folder.parent.mkdir(parents=True, exist_ok=True)
    store, _ = new_store(folder, clock, ids)
    with store:
        arriving = pulled(drafts(records, clock, ids, store.device), store.organisation.id, ids)
        done = 0
        while time_left() and (page := list(islice(arriving, PAGE))):
            store.sync.apply_page(page, page[-1].revision, "bench")
            done += len(page)
            if done % 20_000 == 0:
                say(f"{done:,} of {records:,} records made, {time.monotonic() - began:.0f} s")
    return folder, {"BENCH_KEYRING": str(folder.with_name("keyring.json"))}


@cache
def shared_store(folder: Path, records: int) -> tuple[Path, dict[str, str]]:
    """The same store for every benchmark of one run; its newest record is the last of ``drafts``."""
    return make_store(folder / "big", records)


def opened(folder: Path, clock: Clock) -> Store:
    """A store that ``make_store`` made."""
    keyring = KeyringFile(folder.with_name("keyring.json"))
    return open_store(folder, clock=clock, ids=IdMaker(clock), keyring=keyring)


def raw_connection(store: Store) -> Any:
    """The driver's own connection to the same encrypted file, with the store's own settings."""
    connection = store._database.raw()
    for setting in ("synchronous = FULL", "temp_store = MEMORY", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return connection


def say(words: str) -> None:
    """Progress, apart from the table."""
    print(f"    {words}", file=sys.stderr, flush=True)
