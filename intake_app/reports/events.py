"""Events as rows of their own, beside the records that were told there."""

import json
from collections.abc import Mapping

from intake_app.events import FACTS, Event
from intake_app.i18n import N_, _
from intake_app.reports.table import Heading
from intake_app.store.store import Store

_OWN = (
    ("name", N_("Event")),
    ("day", N_("Day")),
    ("type", N_("Kind of event")),
    ("place", N_("Place")),
    ("partners", N_("Partners")),
    ("target_group", N_("Who it was for")),
    ("interpreters", N_("Interpreters present")),
    ("notes", N_("Notes")),
    ("people", N_("People spoken to")),
    ("leaflets", N_("Leaflets given")),
    ("records", N_("Records")),
    ("written_by", N_("Written by")),
    ("differs", N_("Written differently by somebody else")),
    ("event_id", N_("Event id")),
)


def headings() -> tuple[Heading, ...]:
    return tuple(Heading(key, _(text)) for key, text in _OWN)


def rows(store: Store) -> list[tuple[str, ...]]:
    """Every event that is on this computer, the latest day first, in the order of ``headings``."""
    return [tuple(_cells(store, event)[key] for key, _text in _OWN) for event in store.events.all()]


def json_lines(store: Store) -> list[bytes]:
    """A line for each event, as a program reads it."""
    return [
        json.dumps({"kind": "event", "id": one.id, **_values(store, one)}, ensure_ascii=False).encode()
        + b"\n"
        for one in store.events.all()
    ]


def _cells(store: Store, event: Event) -> Mapping[str, str]:
    values = {key: str(value) for key, value in _values(store, event).items()}
    differs = "; ".join(f"{one.fact}: {one.text}" for one in event.differs)
    return values | {"differs": differs, "event_id": event.id}


def _values(store: Store, event: Event) -> dict[str, object]:
    return {name: event.facts.get(name, "") for name in FACTS} | {
        "people": event.people,
        "leaflets": event.leaflets,
        "records": len(store.events.records(event.id)),
        "written_by": store.staff.name_of(event.by) or event.by,
        "differs": [{"fact": one.fact, "text": one.text, "by": one.by} for one in event.differs],
    }
