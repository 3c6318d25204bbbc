"""Paper forms keyed one after another: the header that all have in common, and the numbers on them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from intake_app import drafting
from intake_app.channels.outreach.belonging import with_channel
from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.narratives import ENGLISH
from intake_app.records import Source
from intake_app.times import LONDON, Instant

SAMPLE_STEP = 10
"""Every tenth form is keyed a second time."""
LARGEST_NUMBER = 999_999


@dataclass(frozen=True, slots=True)
class Header:
    """What a batch of forms has in common. ``language`` is that of the form, empty for English."""

    event: str
    channel: str
    received: date
    language: str = ""


def on_paper(draft: Draft, header: Header, number: int, library: Library, now: Instant) -> Draft:
    """A new draft as that of the paper form of this number; the story is in the language of the form."""
    draft = drafting.with_record(
        draft,
        event=header.event,
        sequence=number,
        asked_in="" if header.language == ENGLISH else header.language,
        received=received_at(header.received, now),
    )
    story = drafting.story(draft)
    if story is not None and header.language:
        draft = drafting.with_language(draft, story.id, header.language)
    return with_channel(draft, header.channel, library, Source.PAPER)


def received_at(day: date, now: Instant) -> Instant:
    """A moment of that day in England: now, or noon of another day."""
    return now if day == now.civil else Instant.of(datetime.combine(day, time(12), LONDON))


def next_number(after: int, taken: Iterable[int]) -> int:
    """The first one after it that is on no form yet."""
    known = set(taken)
    number = after + 1
    while number in known:
        number += 1
    return number


def missing(numbers: Iterable[int]) -> tuple[int, ...]:
    """Those between the first and the last that no form has; at most a thousand are told."""
    known = sorted(set(numbers))
    found: list[int] = []
    for before, after in pairwise(known):
        found += range(before + 1, min(after, before + 1002 - len(found)))
        if len(found) > 1000:
            break
    return tuple(found[:1000])


def doubled(numbers: Iterable[int]) -> tuple[int, ...]:
    """Those that stand on more than one form."""
    return tuple(sorted(number for number, count in Counter(numbers).items() if count > 1))


def spans(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Numbers that follow one another, as first and last: 4, 5, 6, 9 are 4–6 and 9–9."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def in_sample(number: int) -> bool:
    """Whether the form of this number is keyed a second time by somebody else."""
    return number > 0 and number % SAMPLE_STEP == 0
