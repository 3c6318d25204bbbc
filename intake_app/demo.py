"""Sample data for trying the program and for training: every person, place and story in it is made up.

It lies in a folder of its own, so that it never mixes with real records. Postcodes begin ZZ99 (no such area),
telephone numbers are those that Ofcom keeps for drama, and every service and person has a telling name.
"""

import csv
import io
import os
import random
from dataclasses import dataclass
from pathlib import Path

from intake_app import drafting, taking_down
from intake_app.assets import asset
from intake_app.drafting import Draft, Place
from intake_app.forms.library import Library
from intake_app.forms.model import QuestionSet
from intake_app.links import Relation
from intake_app.records import ENQUIRY, FEEDBACK, Answer, ServiceMention, TopicMention
from intake_app.reports.files import written_whole
from intake_app.services.model import Service
from intake_app.settings import PASSPHRASE_FILE_VARIABLE
from intake_app.store.opening import FolderState, create_store, folder_state, open_store
from intake_app.store.store import Store
from intake_app.times import Clock, IdMaker, Instant

ORGANISATION = "Healthwatch Exampleshire (sample data, not real)"
AREA = "Exampleshire"
STAFF = "Sam Sample"
PASSPHRASE = "sample"
"""Nothing here is secret; a real store never has a passphrase that the program knows."""

PASSPHRASE_FILE = "passphrase.txt"
RECORDS = 60
_SEED = 20200708
_DAY_MS = 86_400_000
_MINUTE_MS = 60_000
_DAYS_BACK = 120

_TOWNS = ("Exampleton", "Sampleby", "Mockford", "Testwick", "Little Fictionham")
_KINDS = (
    ("Surgery", "GP"), ("Dental Practice", "Dentist"), ("House", "Care home"), ("Court", "Nursing home"),
    ("Home Care", "Homecare agencies"), ("Hospital", "Hospital"), ("Pharmacy", "Pharmacy"),
    ("Minds", "Community services - Mental Health"),
)  # fmt: skip
_NAMES = ("Imaginary Oaks", "Invented Elms", "Made-Up Meadow", "Pretend Park")
_WEEKLY_COLUMNS = (
    "Name", "Also known as", "Address", "Postcode", "Phone number", "Service types", "Provider name",
    "Local authority", "Region", "CQC Location ID (for office use only)",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Story:
    words: str
    kind: str
    topic: str
    sentiment: str
    item: str = FEEDBACK
    asked_for: str = ""
    given: str = ""
    signposted_to: str = ""


_STORIES = (
    _Story(
        "I rang at eight and was number 34. When I got through all the appointments were gone.",
        "bad", "access_phone", "negative",
    ),
    _Story(
        "The nurse sat down, looked at me and explained it twice. I have never been listened to like that.",
        "good", "communication_listening", "positive",
    ),
    _Story(
        "Mum waited eleven hours on a trolley. The staff were kind, there were just not enough of them.",
        "both", "staff_numbers", "mixed",
    ),
    _Story(
        "They sent the letter in small print again. I have told them three times that I cannot read it.",
        "bad", "communication_accessible_information", "negative",
    ),
    _Story(
        "The carers come late and leave early. On Sunday nobody came at all.",
        "bad", "care_quality", "negative",
    ),
    _Story(
        "My dad eats again since he moved there. They found out that he likes his tea in the blue mug.",
        "good", "dignity_respect", "positive",
    ),
    _Story(
        "No dentist in town takes NHS patients. I pulled the tooth out myself.",
        "bad", "access_registration", "negative",
    ),
    _Story(
        "The interpreter did not come, so my daughter had to tell me what the doctor said. She is nine.",
        "bad", "communication_language", "negative",
    ),
    _Story(
        "They had lost my results. A week later they rang and said sorry, and that all was well.",
        "both", "communication_test_results", "mixed",
    ),
    _Story(
        "How do I complain about a hospital, and who can help me write the letter?",
        "", "admin_complaints_handling", "", ENQUIRY, "signposting", "signposting", "nhs_advocacy",
    ),
    _Story(
        "I have moved here and need a doctor who takes new patients.",
        "", "access_registration", "", ENQUIRY, "information", "information",
    ),
    _Story(
        "What can I do if the home puts its price up again?",
        "", "finance_charges", "", ENQUIRY, "advice", "advice",
    ),
)  # fmt: skip
_CHANNELS = ("phone", "phone", "phone", "phone", "drop_in", "outreach", "email", "post")


def prepare(folder: Path, clock: Clock, ids: IdMaker, records: int = RECORDS) -> None:
    """Makes the sample store where there is none, and lets this process open it without asking."""
    if folder_state(folder) is FolderState.EMPTY:
        open_demo(folder, clock, ids, records).close()
    os.environ[PASSPHRASE_FILE_VARIABLE] = str(folder / PASSPHRASE_FILE)


def open_demo(folder: Path, clock: Clock, ids: IdMaker, records: int = RECORDS) -> Store:
    """The sample store in ``folder``, made now with ``records`` records where there is none.

    The same choices each time it is made; only the dates follow ``clock``. Raises StoreError.
    """
    if folder_state(folder) is not FolderState.EMPTY:
        return open_store(folder, PASSPHRASE, clock=clock, ids=ids)
    made = create_store(folder, ORGANISATION, AREA, STAFF, PASSPHRASE, clock=clock, ids=ids)
    with written_whole(folder / PASSPHRASE_FILE) as out:
        out.write(PASSPHRASE.encode() + b"\n")
    try:
        _fill(made.store, folder, clock, records)
    except BaseException:
        made.store.close()
        raise
    return made.store


def _fill(store: Store, folder: Path, clock: Clock, records: int) -> None:
    bring_services(store, folder)
    _Teller(store, Library.shipped(), clock).tell(records)


def bring_services(store: Store, folder: Path) -> None:
    """The fictitious services, and the councils and boards; brought in again they change nothing."""
    services = folder / "sample-services.csv"
    services.write_text(_services_file(), encoding="utf-8")
    store.directory.import_files([services])
    store.directory.add_subjects(asset("resources/code_lists"))


def _services_file() -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_WEEKLY_COLUMNS)
    number = 0
    for town in _TOWNS:
        for name, (ending, kind) in zip(_NAMES * 2, _KINDS, strict=True):
            number += 1
            writer.writerow(
                (
                    f"{name} {ending}", f"Sample {ending} of {town}", f"{number} Fiction Street, {town}",
                    f"ZZ99 {number % 9 + 1}ZZ", f"01632 960{number:03}", kind, "Fictitious Care Limited",
                    AREA, "Nowhere", f"1-999000{number:03}",
                )
            )  # fmt: skip
    return text.getvalue()


class _Teller:
    """Takes the stories down as an operator would, at made-up times before now."""

    def __init__(self, store: Store, library: Library, clock: Clock) -> None:
        self._store = store
        self._library = library
        self._now = clock()
        self._chance = random.Random(_SEED)
        member = store.staff.current
        self._by = member.id if member else ""
        self._services = [
            service
            for number in range(1, len(_TOWNS) * len(_KINDS) + 1)
            if (service := store.directory.get(f"cqc:1-999000{number:03}")) is not None
        ]

    def tell(self, records: int) -> None:
        first = ""
        for number in range(records):
            # Oldest first, more of them lately, between nine and five (UTC) of the days before today.
            days = 1 + int(_DAYS_BACK * (1 - (number + 1) / (records + 1)) ** 1.5)
            midnight = self._now.utc_ms // _DAY_MS * _DAY_MS - days * _DAY_MS
            at = midnight + (9 * 60 + self._chance.randrange(8 * 60)) * _MINUTE_MS
            draft = self._draft(Instant(at))
            if number == records - 1:
                draft = self._also_asks(draft, Instant(at))
            if number == records - 2:
                draft = taking_down.mark_danger(draft, self._library, Instant(at))
            record = self._store.records.save(
                taking_down.finish(draft, self._library, Instant(at + 12 * _MINUTE_MS), self._by)
            )
            for service in record.items[0].services:
                self._store.directory.note_use(service.id)
            if number == records - 1 and first:
                self._store.links.link(record.id, first, Relation.FOLLOW_UP, self._by)
            first = first or record.id
            if number == records // 2:
                self._store.records.withdraw(record.id, "They asked for it", self._by)
        self._park()

    def _park(self) -> None:
        draft = self._draft(Instant(self._now.utc_ms - 20 * _MINUTE_MS), "I was just telling your colleague")
        place = Place(section="", caret=34)
        self._store.drafts.keep(drafting.parked(draft, self._now, place))

    def _draft(self, at: Instant, words: str = "") -> Draft:
        chance, library = self._chance, self._library
        story = chance.choice(_STORIES)
        ids = IdMaker(lambda: at, chance.getrandbits)
        draft = taking_down.new_draft(
            library, ids, at, self._store.device, self._by, chance.choice(_CHANNELS), story.item
        )
        draft = drafting.with_narrative(draft, words or story.words, ids, self._by)
        item = draft.record.items[0]
        key, asked = drafting.item_key(item.id), library.latest(story.item)
        service = chance.choice(self._services)
        draft = drafting.with_answer(draft, key, "services", Answer(value=[_mention(service)]))
        topic = asked.question("topics").choice(story.topic)
        mention = TopicMention(
            code=story.topic, sentiment=story.sentiment, label=topic.label if topic else ""
        )
        draft = drafting.with_answer(draft, key, "topics", Answer(value=[mention.model_dump()]))
        if story.kind:
            draft = self._choose(draft, key, asked, "experience_kind", story.kind)
        for question, code in (
            ("asked_for", story.asked_for), ("given", story.given), ("signposted_to", story.signposted_to),
        ):  # fmt: skip
            if code:
                draft = self._choose_several(draft, key, asked, question, code)
        frame = library.latest("frame")
        draft = self._choose(draft, "frame", frame, "about_whom", chance.choice(("self", "someone_else")))
        draft = self._choose(draft, "frame", frame, "may_quote", chance.choice(("yes", "yes", "no")))
        if chance.random() < 0.3:
            draft = self._with_person(draft, ids)
        return taking_down.settled(draft, library)

    def _also_asks(self, draft: Draft, at: Instant) -> Draft:
        """Feedback and an enquiry in one record, as many calls are."""
        ids = IdMaker(lambda: at, self._chance.getrandbits)
        draft = taking_down.add_item(draft, self._library, ids, ENQUIRY)
        key, asked = drafting.item_key(draft.record.items[-1].id), self._library.latest(ENQUIRY)
        draft = self._choose_several(draft, key, asked, "asked_for", "advice")
        return taking_down.settled(self._choose_several(draft, key, asked, "given", "advice"), self._library)

    def _with_person(self, draft: Draft, ids: IdMaker) -> Draft:
        number = self._chance.randrange(1000)
        draft = taking_down.opened(draft, "person", self._library, ids)
        draft = drafting.with_answer(draft, "person", "person_name", Answer(value=f"Alex Example {number}"))
        return drafting.with_answer(draft, "person", "phone", Answer(value=f"07700 900{number:03}"))

    @staticmethod
    def _choose(draft: Draft, key: str, asked: QuestionSet, question_id: str, code: str) -> Draft:
        choice = asked.question(question_id).choice(code)
        answer = Answer(value=code, label=choice.label if choice else "")
        return drafting.with_answer(draft, key, question_id, answer)

    @staticmethod
    def _choose_several(draft: Draft, key: str, asked: QuestionSet, question_id: str, code: str) -> Draft:
        choice = asked.question(question_id).choice(code)
        answer = Answer(value=[code], label=choice.label if choice else "")
        return drafting.with_answer(draft, key, question_id, answer)


def _mention(service: Service) -> dict[str, object]:
    mention = ServiceMention(id=service.id, name=service.name, place=service.place, provider=service.provider)
    return mention.model_dump()
