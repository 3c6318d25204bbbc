"""A store with many made-up records, and a keyring that is a file, for the benchmarks."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from intake_app.drafting import Draft
from intake_app.records import Answer, Item, Narrative, Record, ServiceMention, SetRef, Sheet
from intake_app.store.opening import create_store
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
WORDS = _TEXT.split()
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
    """Each record is taken down a few minutes after the one before."""

    def __init__(self) -> None:
        self.now = Instant(FIRST_RECORD_MS)

    def __call__(self) -> Instant:
        return self.now

    def forward(self) -> None:
        self.now = Instant(self.now.utc_ms + BETWEEN_RECORDS_MS)


def stories(count: int) -> Iterator[str]:
    """Made-up narratives of 20 to 120 words; common words are common, as in speech."""
    chance = random.Random(SEED)
    weights = [1 / rank for rank in range(1, len(WORDS) + 1)]
    for _ in range(count):
        yield " ".join(chance.choices(WORDS, weights, k=chance.randint(20, 120)))


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


def make_store(folder: Path, records: int) -> tuple[Path, dict[str, str]]:
    """A closed store with that many finished records, and the environment in which its key is found."""
    clock = MovingClock()
    ids = IdMaker(clock)
    folder.parent.mkdir(parents=True, exist_ok=True)
    store, _ = new_store(folder, clock, ids)
    with store:
        for draft in drafts(records, clock, ids, store.device):
            store.records.save(draft)
    return folder, {"BENCH_KEYRING": str(folder.with_name("keyring.json"))}
