"""A new record belongs to the event where this computer is."""

from intake_app import drafting
from intake_app.drafting import FRAME, Draft
from intake_app.events import Event
from intake_app.forms.library import Library
from intake_app.records import Answer, Source

CHANNEL = "channel"


def at_event(draft: Draft, event: Event | None, library: Library) -> Draft:
    """The draft as one that was told at ``event``; at none, as one that came by phone."""
    channel = event.channel if event is not None else "phone"
    return with_channel(
        drafting.with_record(draft, event=event.id if event is not None else ""), channel, library
    )


def with_channel(draft: Draft, code: str, library: Library, source: Source = Source.ASKED) -> Draft:
    """The draft that came in this way, a code of ``channels.csv``."""
    channels = library.code_list("channels")
    answer = Answer(value=code, label=channels.label(code), code_list=channels.version, source=source)
    return drafting.with_answer(draft, FRAME, CHANNEL, answer)
