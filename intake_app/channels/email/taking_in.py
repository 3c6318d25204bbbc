"""Brings messages into the inbox: each once, in slices, and the rest in spite of a bad one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from intake_app.channels.email.files import Found
from intake_app.channels.email.kept import to_text
from intake_app.channels.email.message import Message, read
from intake_app.errors import Cancelled as StoppedByPerson
from intake_app.long_work import Cancelled, Progress, never, unwatched
from intake_app.store.inbox import Arrival, Inbox

SLICE = 20
"""Messages in one transaction: a record that is being saved hardly waits."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or a message in it, that could not be read; ``reason`` as ``Found`` has it."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many messages were new, here already, and set aside (these are among the new ones)."""

    added: int = 0
    known: int = 0
    aside: int = 0
    refused: tuple[Refused, ...] = ()


def take_in(
    inbox: Inbox, found: Iterable[Found], progress: Progress = unwatched, cancelled: Cancelled = never
) -> TakenIn:
    """What was taken in before it is stopped stays; the next time goes on. Raises Cancelled, StoreError."""
    added = known = aside = 0
    refused: list[Refused] = []
    for part in _slices(found):
        if cancelled():
            raise StoppedByPerson
        read_now = [(read(one.raw), one.raw) for one in part if one.raw is not None]
        refused += [Refused(one.path, one.reason) for one in part if one.raw is None]
        new = inbox.add([(arrival(message), raw) for message, raw in read_now])
        added += len(new)
        known += len(read_now) - len(new)
        aside += sum(1 for message, _raw in read_now if message.sha256 in new and message.aside)
        progress(added + known + len(refused), 0)
    return TakenIn(added, known, aside, tuple(refused))


def arrival(message: Message, place: str = "") -> Arrival:
    return Arrival(
        message_id=message.message_id,
        answers=message.answers,
        name=message.name,
        address=message.address,
        subject=message.subject,
        sent=message.sent,
        sha256=message.sha256,
        reading=to_text(message),
        reason=message.aside.value,
        place=place,
    )


def _slices(found: Iterable[Found]) -> Iterator[list[Found]]:
    waiting = iter(found)
    while part := list(islice(waiting, SLICE)):
        yield part
