"""An event is where staff go to hear people, such as a stall or a talk; its records say which one it was.

What is written down of an event is kept act by act, and counted computer by computer: two people who write
of one event away from one another are never in conflict, and both see what the other wrote.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pydantic import Field

from intake_app.bodies import Body, StoredInstant
from intake_app.times import Instant

FACTS = ("name", "day", "type", "place", "partners", "target_group", "interpreters", "notes")
"""What is written down of an event. ``day`` is an ISO date, ``type`` a code of ``event_types.csv``."""
DROP_IN, OUTREACH = "drop_in", "outreach"


class EventAct(Body):
    """Somebody wrote these facts of an event; ``was`` is what stood there when they did.

    The act that makes an event has the event's own id.
    """

    id: str
    event: str
    facts: dict[str, str] = Field(default_factory=dict)
    was: dict[str, str] = Field(default_factory=dict)
    by: str = ""
    at: StoredInstant


class EventCount(Body):
    """What one computer counted at an event: only this computer writes it."""

    id: str
    event: str
    device: str
    people: int = 0
    leaflets: int = 0
    by: str = ""
    at: StoredInstant


@dataclass(frozen=True, slots=True)
class Differs:
    """A fact that somebody else wrote differently at the same time; told until either is written anew."""

    fact: str
    text: str
    by: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Event:
    """An event as all its acts make it. ``people`` were spoken to, ``leaflets`` given, on all computers.

    ``own_people`` and ``own_leaflets`` are what this computer counted of it.
    """

    id: str
    facts: dict[str, str]
    by: str
    made: Instant
    people: int = 0
    leaflets: int = 0
    own_people: int = 0
    own_leaflets: int = 0
    differs: tuple[Differs, ...] = field(default=())

    @property
    def name(self) -> str:
        return self.facts.get("name", "")

    @property
    def day(self) -> date | None:
        """None where none was written, or by a newer program in another way."""
        try:
            return date.fromisoformat(self.facts.get("day", ""))
        except ValueError:
            return None

    @property
    def channel(self) -> str:
        """How what is told there came in, a code of ``channels.csv``."""
        return DROP_IN if self.facts.get("type") == DROP_IN else OUTREACH


def events_of(acts: Iterable[EventAct], counts: Iterable[EventCount], device: str) -> tuple[Event, ...]:
    """Every event, the latest day first; an act whose event's making is not here yet makes it too."""
    by_event: dict[str, list[EventAct]] = {}
    for act in sorted(acts, key=lambda one: (one.at.utc_ms, one.id)):
        by_event.setdefault(act.event, []).append(act)
    counted: dict[str, list[EventCount]] = {}
    for count in counts:
        counted.setdefault(count.event, []).append(count)
    events = [_event(event, done, counted.get(event, []), device) for event, done in by_event.items()]
    return tuple(sorted(events, key=lambda one: (one.facts.get("day", ""), one.made.utc_ms), reverse=True))


def _event(event: str, acts: list[EventAct], counts: list[EventCount], device: str) -> Event:
    facts: dict[str, str] = {}
    writers: dict[str, EventAct] = {}
    differs: dict[str, Differs] = {}
    for act in acts:
        for fact, text in act.facts.items():
            before = facts.get(fact, "")
            differs.pop(fact, None)
            if fact in writers and before not in (act.was.get(fact, ""), text):
                # Neither had seen the other's: the later one stands, and the earlier one is told.
                earlier = writers[fact]
                differs[fact] = Differs(fact, before, earlier.by, earlier.at)
            facts[fact] = text
            writers[fact] = act
    own = [one for one in counts if one.device == device]
    return Event(
        id=event,
        facts=facts,
        by=acts[0].by,
        made=acts[0].at,
        people=sum(one.people for one in counts),
        leaflets=sum(one.leaflets for one in counts),
        own_people=sum(one.people for one in own),
        own_leaflets=sum(one.leaflets for one in own),
        differs=tuple(differs.values()),
    )
