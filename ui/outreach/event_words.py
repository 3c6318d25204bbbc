"""Events in words."""

from intake_app import formats
from intake_app.events import Event
from intake_app.forms.library import Library
from intake_app.i18n import _, language, ngettext
from intake_app.text import fsi
from ui.record.words import reference as reference_words


def event_title(event: Event) -> str:
    """The name, or the place or the day where it has none."""
    day = event.day
    shown = formats.long_date(day) if day is not None else _("an event without a name")
    return fsi(event.name or event.facts.get("place", "")) or shown


def event_words(event: Event, records: int, today: bool) -> str:
    """One event as its row reads."""
    parts = [event_title(event)]
    if event.name and event.day is not None:
        parts.append(formats.long_date(event.day))
    if event.name and (place := event.facts.get("place")):
        parts.append(fsi(place))
    parts += [people_words(event.people), leaflet_words(event.leaflets)]
    parts.append(ngettext("{count} record", "{count} records", records).format(count=formats.number(records)))
    words = ", ".join(parts)
    if event.differs:
        words += ". " + _("Two people wrote different things: edit it to settle them")
    return _("Here today: {event}").format(event=words) if today else words


def people_words(count: int) -> str:
    words = ngettext("{count} person spoken to", "{count} people spoken to", count)
    return words.format(count=formats.number(count))


def leaflet_words(count: int) -> str:
    return ngettext("{count} leaflet", "{count} leaflets", count).format(count=formats.number(count))


def type_words(library: Library, code: str) -> str:
    return library.code_label("event_types", code, language()) if code else ""


def fact_words(fact: str) -> str:
    """What a fact of an event is called."""
    titles = {
        "name": _("Name of the event"),
        "day": _("Day"),
        "type": _("Kind of event"),
        "place": _("Place"),
        "partners": _("Partners"),
        "target_group": _("Who it is for"),
        "interpreters": _("Interpreters present"),
        "notes": _("Notes"),
    }
    return titles.get(fact, fact)


def seated_words(name: str, parked: str, waiting: int) -> str:
    """Who writes now, which record was parked for it, and how many of their own wait."""
    told = [_("{name} writes now.").format(name=fsi(name) or _("No name given"))]
    if parked:
        before = _("The record before is parked and saved, {reference}.")
        told.append(before.format(reference=reference_words(parked)))
    if waiting:
        own = ngettext(
            "{count} record of theirs waits: Shift+F9.", "{count} records of theirs wait: Shift+F9.", waiting
        )
        told.append(own.format(count=formats.number(waiting)))
    return " ".join(told)
