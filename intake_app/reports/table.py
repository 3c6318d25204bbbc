"""Records as one flat table: a row for each item, the record's own columns repeated in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake_app import outcomes, sessions
from intake_app.channels.outreach.respondent import by_themselves
from intake_app.channels.relay import log
from intake_app.forms.columns import Column, columns, row
from intake_app.forms.library import Library
from intake_app.forms.model import Kind, QuestionSet
from intake_app.i18n import N_, _
from intake_app.links import Relation
from intake_app.people import EqualityAnswers, PersonDetails
from intake_app.records import Item, NarrativeKind, Record, ServiceMention, Sheet
from intake_app.reports.stories import Story, story_of
from intake_app.store.links import Linked

_DANGER = "danger"
_PARTS = ("frame", "feedback", "enquiry", _DANGER)
_SESSIONS = ("interpreter", "communication", "relay")
_BESIDE = " | "
"""Between the cells of several sessions; each column has one for each session of its set, in their order."""
_OWN = (
    ("reference", N_("Reference")),
    ("record", N_("Record")),
    ("received_on", N_("Received on")),
    ("received_utc", N_("Received (UTC)")),
    ("typed_on", N_("Typed on")),
    ("state", N_("State")),
    ("identity", N_("Identity")),
    ("danger", N_("Danger")),
    ("asked_in", N_("Language of the questions")),
    ("item", N_("Item")),
    ("items", N_("Items in the record")),
    ("kind", N_("Kind")),
    ("question_set", N_("Question set")),
    ("services", N_("Services")),
    ("service_ids", N_("Service ids")),
    ("service_gaps", N_("Time between the services")),
    ("topics", N_("Topics")),
    ("links", N_("Linked records")),
    ("attachments", N_("Attached files")),
    ("sessions", N_("Sessions with support")),
    ("unmet", N_("Requests for support that were not met")),
    ("event", N_("Event")),
    ("event_id", N_("Event id")),
    ("paper_number", N_("Number of the paper form")),
    ("by_themselves", N_("Answers that the person gave by themselves on our screen")),
    ("keyed_twice", N_("Keyed twice: answers that differed, of those compared")),
    ("web_form", N_("Web form")),
    ("partner", N_("Partner organisation")),
    ("response_id", N_("Response on the web form")),
    ("story", N_("Story")),
    ("story_language", N_("Language of the story")),
    ("story_kind", N_("Whose words the story is in")),
    ("story_direction", N_("Direction of the story")),
    ("english", N_("The story in English")),
    ("english_kind", N_("What the English is")),
    ("english_how", N_("How it was translated")),
    ("english_checked", N_("Translation checked")),
    ("relay_turns", N_("Text relay turns")),
    ("replies", N_("Replies written")),
)
_WITH_PERSONS = (
    ("relay_words", N_("Text relay, turn by turn")),
    ("also_written", N_("Also written on the web form")),
)
"""Names are dictated in turns, and typed anywhere on a form: such words leave only with persons."""


@dataclass(frozen=True, slots=True)
class Heading:
    """``key`` is stable from one export to the next and names the column in CSV; ``text`` is for people."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One record as it is taken out; person and equality answers only where they were asked for.

    ``event`` is the name of the event where it was told.
    """

    record: Record
    person: PersonDetails | None = None
    equality: EqualityAnswers | None = None
    links: tuple[Linked, ...] = ()
    event: str = ""


class Table:
    """The columns are those of the latest question sets; an older answer keeps its place by its key."""

    def __init__(self, library: Library, with_persons: bool, with_equality: bool) -> None:
        self._library = library
        self._with_persons = with_persons
        own = (*_OWN, *_WITH_PERSONS) if with_persons else _OWN
        apart = {"person": with_persons, "equality": with_equality}
        wanted = [*_PARTS, *_SESSIONS, *(part for part, asked_for in apart.items() if asked_for)]
        self._parts: dict[str, tuple[Column, ...]] = {
            part: tuple(
                one
                for one in columns(library.latest(part))
                if with_persons or _may_leave(one, part, library.latest(part))
            )
            for part in wanted
            if part in library.ids()
        }
        self.headings: tuple[Heading, ...] = (
            *(Heading(key, _(text)) for key, text in own),
            *(
                Heading(f"{part}.{one.key}", f"{library.latest(part).title}: {one.heading}")
                for part, found in self._parts.items()
                for one in found
            ),
        )

    def rows(self, taken: Taken) -> Iterator[tuple[str, ...]]:
        """One for each item, in order; a record without items still has one."""
        record = taken.record
        shared: dict[str, Sheet | None] = {
            "frame": record.frame,
            _DANGER: record.danger,
            "person": taken.person,
            "equality": taken.equality,
        }
        common = (
            self._own(record)
            | {"relay_words": turns_text(record), "also_written": also_written(record)}
            | {"links": links_text(taken.links), "event": taken.event}
            | self._cells({part: one for part, one in shared.items() if one is not None})
            | self._session_cells(record)
        )
        items: Sequence[Item | None] = record.items or (None,)
        for number, item in enumerate(items, 1):
            cells = common | _item_cells(record, item, number)
            if item is not None and not outcomes.counts(record, item):
                cells["kind"] = outcomes.NO_FEEDBACK
            if item is not None:
                cells |= self._cells({item.question_set.id: item})
            yield tuple(cells.get(heading.key, "") for heading in self.headings)

    def _cells(self, sheets: Mapping[str, Sheet]) -> dict[str, str]:
        found = {}
        for part, sheet in sheets.items():
            wanted = self._parts.get(part)
            if wanted is None:
                continue
            cells = row(self._set_of(sheet, part), sheet)
            found.update({f"{part}.{one.key}": cells.get(one.key, "") for one in wanted})
        return found

    def _session_cells(self, record: Record) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for one in record.sessions:
            for key, cell in self._cells({one.question_set.id: one}).items():
                found.setdefault(key, []).append(cell)
        return {key: _BESIDE.join(cells) if any(cells) else "" for key, cells in found.items()}

    def _set_of(self, sheet: Sheet, part: str) -> QuestionSet:
        # A version that this computer never had: what the latest knows by the same ids is still told.
        return self._library.get(sheet.question_set) or self._library.latest(part)

    @staticmethod
    def _own(record: Record) -> dict[str, str]:
        danger = ""
        if record.danger is not None:
            danger = "open" if record.danger.closed is None else "closed"
        return {
            "reference": record.reference,
            "record": record.id,
            "received_on": record.received.civil.isoformat(),
            "received_utc": record.received.isoformat(),
            "typed_on": record.started.civil.isoformat(),
            "state": str(record.state),
            "identity": str(record.identity),
            "danger": danger,
            "asked_in": record.asked_in or "en",
            "items": str(len(record.items)),
            # How many, and no names: people name files after people.
            "attachments": str(len(record.attachments)),
            "relay_turns": str(len(record.turns)) if record.turns else "",
            "replies": replies_text(record),
            "sessions": str(len(record.sessions)),
            "unmet": str(len(sessions.unmet(record))),
            "event_id": record.event,
            "paper_number": str(record.sequence or ""),
            "by_themselves": str(alone) if (alone := by_themselves(record)[0]) else "",
            "keyed_twice": ""
            if (check := record.paper_check) is None
            else f"{check.differed}/{check.compared}",
            **_online_cells(record),
        }


def _online_cells(record: Record) -> dict[str, str]:
    online = record.online
    if online is None:
        return {}
    return {"web_form": online.form, "partner": online.partner, "response_id": online.response}


def also_written(record: Record) -> str:
    """``title: words``, a line each. Nothing where a redacted text stands for a story."""
    if record.online is None or any(one.kind is NarrativeKind.REDACTED for one in record.narratives):
        return ""
    return "\n".join(f"{one.title}: {one.text}" for one in record.online.kept if one.text)


def links_text(links: Sequence[Linked]) -> str:
    """``relation:record id``, joined by ``; ``; of a follow-up it is said which of the two came first."""
    return "; ".join(f"{relation_code(one)}:{one.other}" for one in links)


def turns_text(record: Record) -> str:
    """``person: HELLO GA``, a line each. Nothing where a redacted text stands for a story."""
    if any(one.kind is NarrativeKind.REDACTED for one in record.narratives):
        return ""
    lines = []
    for one in log.shown(record.turns):
        said = log.current_words(record.turns, one) or one.prompt
        marks = [mark for mark, is_set in (("GA", one.go_ahead), ("SK", one.ends)) if is_set]
        lines.append(f"{log.said_by(record.turns, one)}: {' '.join((said, *marks))}".strip())
    return "\n".join(lines)


def without_identifying(record: Record) -> Record:
    """Without the words of a relay call, in which names and numbers are dictated, without what stands on a
    form besides, and without the ids of emails, by which a mailbox tells who wrote."""
    turns = tuple(one.model_copy(update={"words": ""}) for one in record.turns)
    online = record.online
    if online is not None:
        kept = tuple(one.model_copy(update={"text": ""}) for one in online.kept)
        online = online.model_copy(update={"kept": kept})
    return record.model_copy(update={"turns": turns, "message": None, "online": online})


def replies_text(record: Record) -> str:
    """``2026-11-04 acknowledgement pl``, joined by ``; ``."""
    told = [
        (one.at.civil.isoformat() if one.at is not None else "", one.template, one.language)
        for one in record.replies
    ]
    return "; ".join(" ".join(part for part in one if part) for one in told)


def relation_code(link: Linked) -> str:
    """A relation as programs read it, seen from the record that is taken out."""
    if link.relation != Relation.FOLLOW_UP:
        return link.relation
    return "follow_up_of" if link.first else "followed_up_by"


def _may_leave(column: Column, part: str, question_set: QuestionSet) -> bool:
    """What is marked personal or sensitive stays here, and so do the free words of a danger card.

    Equality answers are asked for as a whole.
    """
    if part == "equality":
        return True
    if part == _DANGER and column.question_id:
        return question_set.question(column.question_id).kind is not Kind.TEXT
    return not (column.personal or column.sensitive)


def _item_cells(record: Record, item: Item | None, number: int) -> dict[str, str]:
    cells = _story_cells(story_of(record, item))
    if item is None:
        return cells
    services = item.services
    return cells | {
        "item": str(number),
        "kind": item.kind,
        "question_set": f"{item.question_set.id} {item.question_set.label}".strip(),
        "services": "; ".join(", ".join(part for part in (one.name, one.place) if part) for one in services),
        "service_ids": "; ".join(one.id for one in services if one.id),
        "service_gaps": _gaps(services),
        "topics": "; ".join(f"{one.code}:{one.sentiment}".rstrip(":") for one in item.topics),
    }


def _story_cells(story: Story) -> dict[str, str]:
    return {
        "story": story.text,
        "story_language": story.language,
        "story_kind": story.kind,
        "story_direction": story.direction,
        "english": story.english,
        "english_kind": story.english_kind,
        "english_how": story.english_how,
        "english_checked": story.english_checked,
    }


def _gaps(services: Sequence[ServiceMention]) -> str:
    """One for each service but the first, so that each stays beside its own; empty where none is known."""
    gaps = [one.gap_is or one.gap for one in services[1:]]
    return "; ".join(gaps) if any(gaps) else ""
