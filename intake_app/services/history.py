"""What a service was called, where it was and whether it was open, on a day in the past."""

from calendar import monthrange
from dataclasses import dataclass, replace

from intake_app.services.model import Change, Changed, Service, Status
from intake_app.times import Instant

_FIRST, _LAST = "0000-00-00", "9999-99-99"


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` until the day before ``until`` (ISO dates, empty where not known) all this held.

    ``address`` has the postcode with it.
    """

    since: str
    until: str
    name: str
    address: str
    status: Status
    provider: str


def periods(service: Service) -> tuple[Period, ...]:
    """The whole history as far as it is known, newest first, with no gap and no overlap; at least one."""
    address = ", ".join(part for part in (service.address, service.postcode) if part)
    state = Period(service.opened, "", service.name, address, service.status, service.provider)
    found: list[Period] = []
    # Newest first: each change is taken back, and what held until then is the period before.
    for change in sorted(_changes(service), key=lambda one: one.since, reverse=True):
        before = _without(state, change.kind, change.before)
        if before == state:
            continue
        if change.since != state.until:
            found.append(replace(state, since=change.since))
        state = replace(before, until=change.since)
    return (*found, state)


def names_between(service: Service, first: str, last: str) -> tuple[str, ...]:
    """Every name it bore between two ISO days, both included, oldest first; at least one.

    A day before all that is known has the oldest name known.
    """
    held = [
        one.name
        for one in reversed(periods(service))
        if (one.since or _FIRST) <= last and first < (one.until or _LAST)
    ]
    return tuple(dict.fromkeys(held)) or (periods(service)[-1].name,)


def as_of(service: Service, day: str) -> Period:
    """What held on an ISO day; before all that is known, the oldest that is."""
    found = periods(service)
    return next((one for one in found if (one.since or _FIRST) <= day < (one.until or _LAST)), found[-1])


@dataclass(frozen=True, slots=True)
class Remark:
    """What staff should know of a service beside the name that a record has for it; empty parts are nothing.

    ``then`` are its other names when it happened, ``now`` its name today, ``closed`` the ISO date on which
    it closed ("" also where that is not known), ``followed_by`` the name of what took its place.
    """

    then: tuple[str, ...] = ()
    now: str = ""
    is_closed: bool = False
    closed: str = ""
    followed_by: str = ""


def remark(service: Service, recorded: str, when: str, followed_by: str = "") -> Remark:
    """``recorded`` is the name in the record, ``when`` the answer that tells the date (see ``span``)."""
    days = span(when)
    names = names_between(service, *days) if days else ()
    return Remark(
        then=tuple(one for one in names if one.casefold() != recorded.casefold()),
        now=service.name if service.name.casefold() != recorded.casefold() else "",
        is_closed=service.status is Status.CLOSED,
        closed=closed_on(service),
        followed_by=followed_by,
    )


def closed_on(service: Service) -> str:
    """The ISO date since which it is closed; empty for one that is not, or where nobody knows."""
    if service.status is not Status.CLOSED:
        return ""
    newest = next((one for one in service.changes if one.kind is Changed.CLOSED), None)
    return service.closed or (newest.since if newest is not None else "")


def span(when: str) -> tuple[str, str] | None:
    """The first and last day that an answer to "when" may mean; None where it tells no date.

    ``when`` is a day, a month, a year, ``start/end`` or ``start/..`` in ISO (see ``forms.dates``).
    """
    start, slash, end = when.partition("/")
    first = _edge(start, last=False)
    if not slash:
        return (first, _edge(start, last=True)) if first else None
    last = _edge(end, last=True)
    if not first and not last:
        return None
    return first or last, last or _LAST


def _edge(text: str, last: bool) -> str:
    parts = text.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != 4:
        return ""
    year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else (12 if last else 1)
    if not 1 <= month <= 12 or not year:
        return ""
    longest = monthrange(year, month)[1]
    day = int(parts[2]) if len(parts) > 2 else (longest if last else 1)
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= longest else ""


def _changes(service: Service) -> tuple[Change, ...]:
    """Those written down; a service that was closed when it was first met was open until its closing day."""
    closed_since = any(change.kind is Changed.CLOSED for change in service.changes)
    if service.status is not Status.CLOSED or not service.closed or closed_since:
        return service.changes
    closing = Change(Changed.CLOSED, Status.OPEN.value, Status.CLOSED.value, Instant(0), service.closed)
    return (*service.changes, closing)


def _without(state: Period, kind: Changed, before: str) -> Period:
    if kind is Changed.RENAMED:
        return replace(state, name=before)
    if kind is Changed.MOVED:
        return replace(state, address=before)
    if kind in (Changed.CLOSED, Changed.REOPENED):
        return replace(state, status=Status(before))
    if kind is Changed.PROVIDER:
        return replace(state, provider=before)
    return state
