"""From a record document's body to the rows that lists, search and reports read."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from intake_app import call_backs, outcomes, sessions
from intake_app.call_backs import What
from intake_app.folding import query_words
from intake_app.narratives import waiting_for_translation
from intake_app.records import Record, ServiceMention
from intake_app.times import Instant

FIRST_WORDS = 120
"""Characters shown of a story's beginning and end."""
WAITS_FOR_TRANSLATION = "ttranslation"
"""The token of a record with a story that has no checked translation into English."""
UNMET = "tunmet"
"""The token of a record in which somebody asked for an interpreter or other support and went without."""
NEEDS = "tneeds"
"""The token of a record with communication needs that whoever opens it must know."""
OWED = {What.CALL: "tback", What.ANSWER: "tanswer"}
"""The tokens of a record in which something was promised that may still be owed."""

_LAST_MOMENT_MS = 2**46 - 1
_NOT_PLAIN = re.compile("[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows of one record. ``words`` is what search indexes (not folded), ``tokens`` its other column."""

    id: str
    record: dict[str, Any]
    items: tuple[dict[str, Any], ...]
    services: tuple[dict[str, Any], ...]
    topics: tuple[dict[str, Any], ...]
    words: str
    tokens: str


def derive(organisation: str, mutation: str, record: Record) -> Derived:
    """A piece of a conversation that was no feedback has no rows: what is counted by is not there."""
    key = {"organisation": organisation, "record": record.id}
    items: list[dict[str, Any]] = []
    services: list[dict[str, Any]] = []
    topics: list[dict[str, Any]] = []
    names: dict[str, None] = {}
    mentions = [item.services for item in record.items]
    civil = record.received.civil.isoformat()
    for place, item in enumerate(record.items):
        for service in mentions[place]:
            names[service.name] = None
        if not outcomes.counts(record, item):
            continue
        items.append(
            key
            | {
                "place": place,
                "item": item.id,
                "kind": item.kind,
                "question_set": item.question_set.id,
                "version": item.question_set.version,
            }
        )
        for number, service in enumerate(mentions[place]):
            mention = {"item": place, "place": number, "service": service.id, "name": service.name}
            services.append(key | mention | {"town": service.place, "provider": service.provider})
        for number, topic in enumerate(item.topics):
            felt = {"item": place, "place": number, "code": topic.code, "sentiment": topic.sentiment}
            topics.append(key | felt)
    row = {
        "organisation": organisation,
        "id": record.id,
        "order_key": first_order_key(record.id, record.started),
        "mutation": mutation,
        "reference": record.reference,
        "received_ms": record.received.utc_ms,
        "received_on": civil,
        "finished_ms": record.finished.utc_ms if record.finished else None,
        "channel": record.channel,
        "state": record.state.value,
        "danger": record.in_danger,
        "items": len(items),
        "services": "\n".join(names),
        "first_words": first_words(record),
        "last_words": last_words(record),
        "identity": record.identity.value,
        "person": record.person,
        "written_by": record.written_by,
        "device": record.device,
    }
    return Derived(
        id=record.id,
        record=row,
        items=tuple(items),
        services=tuple(services),
        topics=tuple(topics),
        words=words_of(record, mentions),
        tokens=tokens_of(record, mentions, civil),
    )


def first_order_key(record_id: str, started: Instant) -> int:
    """Where a record stands among others by time of taking down; a clash is settled when it is written."""
    # Bounded, so that a nonsensical date from elsewhere still fits 63 bits.
    moment = min(max(started.utc_ms, 0), _LAST_MOMENT_MS)
    return moment << 16 | zlib.crc32(record_id.encode()) & 0xFFFF


def words_of(record: Record, mentions: Sequence[Sequence[ServiceMention]]) -> str:
    """What is searched: narratives, turns, answers in words, services, notes. Never a person's details."""
    parts = [narrative.text for narrative in record.narratives]
    parts += [turn.words for turn in record.turns if turn.words]
    for item, services in zip(record.items, mentions, strict=True):
        for answer in item.answers.values():
            # A label means a choice: its code is no word of anybody.
            if isinstance(answer.value, str) and not answer.label:
                parts.append(answer.value)
        parts += [f"{one.name} {one.place} {one.provider}" for one in services]
    parts += sessions.words(record)
    if record.online is not None:
        parts += [record.online.form, record.online.partner, record.online.response]
        parts += [one.text for one in record.online.kept]
    return "\n".join(parts)


def tokens_of(record: Record, mentions: Sequence[Sequence[ServiceMention]], civil: str) -> str:
    """Channel, state, month of receipt, item kinds, services and what waits, as words of their own."""
    tokens = {
        "c" + plain(record.channel): None,
        "s" + plain(record.state): None,
        month_token(civil): None,
    }
    if record.event:
        tokens[event_token(record.event)] = None
    if waiting_for_translation(record):
        tokens[WAITS_FOR_TRANSLATION] = None
    if sessions.unmet(record):
        tokens[UNMET] = None
    if sessions.needs(record):
        tokens[NEEDS] = None
    tokens.update({OWED[wish.what]: None for wish in call_backs.wishes(record)})
    for item, services in zip(record.items, mentions, strict=True):
        kind = item.kind if outcomes.counts(record, item) else outcomes.NO_FEEDBACK
        tokens["k" + plain(kind)] = None
        for service in services:
            if service.id:
                tokens["i" + plain(service.id)] = None
            tokens.update(dict.fromkeys(_name_tokens(service.name)))
    return " ".join(tokens)


@lru_cache(maxsize=2_000)
def _name_tokens(name: str) -> tuple[str, ...]:
    """Kept: an office hears of the same services all day."""
    return tuple("v" + part for word in query_words(name) for part in word.split())


def event_token(event_id: str) -> str:
    """Of the records of one event."""
    return "e" + plain(event_id)


def month_token(day: str) -> str:
    """Of a civil date as ISO text."""
    return f"m{day[:4]}{day[5:7]}"


@lru_cache(maxsize=500)
def plain(code: str) -> str:
    """A code without what would split it into several tokens."""
    return _NOT_PLAIN.sub("", code.lower())


def first_words(record: Record) -> str:
    """Of the first narrative that has any, on one line; empty without."""
    for narrative in record.narratives:
        text = " ".join(narrative.text[: FIRST_WORDS * 4].split())
        if text:
            return text if len(text) <= FIRST_WORDS else text[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"
    return ""


def last_words(record: Record) -> str:
    """The end of the same narrative."""
    for narrative in record.narratives:
        text = " ".join(narrative.text[-FIRST_WORDS * 4 :].split())
        if text:
            return text if len(text) <= FIRST_WORDS else "… " + text[-FIRST_WORDS:].split(" ", 1)[-1]
    return ""
