"""Who shall hear from us again, why and by when; what was done about it since; and when not to ring.

What is owed stands in the record itself, in what was answered. What was done about it is kept deed by deed,
each a document that is never changed: two people who ring from two computers are never in conflict.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from intake_app.bodies import Body, StoredInstant
from intake_app.records import ENQUIRY, Record, RecordState, Session
from intake_app.times import LONDON, Instant

DAYS_LOOKED_AHEAD = 60
_SATURDAY = 5
_HOURS_BETWEEN_TRIES = 3
_WITHIN_A_DAY, _WITHIN_A_COMPLAINT, _WITHIN_AN_ANSWER = 1, 3, 5
_BACK_IN_DAYS = {"today": 0, "tomorrow": 1, "week": 7, "appointment": 7, "writing": 7}
"""Of ``unmet_back``; with its other answers nobody waits for us."""


class What(StrEnum):
    """Somebody is to be rung, or an answer is to be made in a certain way."""

    CALL = "call"
    ANSWER = "answer"


class Why(StrEnum):
    PROMISED = "promised"
    ENQUIRY = "enquiry"
    UNMET = "unmet"
    RELAY = "relay"
    RANG_OFF = "rang_off"
    FORMAT = "format"
    ABOUT_US = "about_us"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing owed. ``key`` names it within its record for ever.

    ``day`` is what was agreed; without one it is due ``within`` so many working days after receipt.
    ``words`` are what was agreed besides, such as ``Thursday at 10``.
    """

    key: str
    what: What
    why: Why
    day: date | None = None
    within: int = 0
    words: str = ""

    def due(self, received: date, holidays: Collection[date] = ()) -> date:
        return self.day or working_day_after(received, self.within, holidays)


class Deed(StrEnum):
    NO_ANSWER = "no_answer"
    PUT_OFF = "put_off"
    DONE = "done"
    NOT_DONE = "not_done"


class CallBackDeed(Body):
    """What somebody did about a record's call or answer; ``wishes`` are the keys of what it was about.

    ``again`` is when to try next. ``of`` is the mutation of the version that was looked at, empty of a
    draft. ``deed`` is a Deed, or that of a newer program.
    """

    id: str
    record: str
    what: str
    deed: str
    wishes: tuple[str, ...] = ()
    again: StoredInstant | None = None
    of: str = ""
    by: str = ""
    at: StoredInstant


class CallHours(Body):
    """When people may be rung, in England: minutes of the day, and weekdays with Monday 0.

    Whoever changes them writes another one; the latest holds.
    """

    id: str = ""
    opens: int = 9 * 60
    closes: int = 20 * 60
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    on_holidays: bool = False
    by: str = ""
    at: StoredInstant = Instant(0)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is still owed to the person of one record, in one row; ``record`` is as it is now.

    ``due`` is the earliest day. ``tries`` counts calls without an answer, ``last_try`` is the last of them.
    ``again`` is when somebody wanted to try next. ``version`` is empty of a draft.
    """

    record: Record
    what: What
    wishes: tuple[Wish, ...]
    due: date
    tries: int = 0
    last_try: Instant | None = None
    again: Instant | None = None
    version: str = ""

    @property
    def key(self) -> str:
        return f"{self.what}:{self.record.id}"

    def is_overdue(self, now: Instant) -> bool:
        """Its day has gone by, unless somebody put it off until later."""
        if self.again is not None:
            return self.again <= now
        return self.due < now.civil

    def order(self, now: Instant) -> tuple[bool, bool, int, str]:
        """Danger first, then what is overdue, then by when it is due."""
        start = datetime.combine(self.due, time(), LONDON)
        moment = self.again if self.again is not None else Instant.of(start)
        return (not self.record.in_danger, not self.is_overdue(now), moment.utc_ms, self.record.id)


def wishes(record: Record, reachable: bool = False) -> tuple[Wish, ...]:
    """In the order of the conversation; none of a withdrawn record.

    ``reachable``: the person let us keep the number, which only a draft that is open tells.
    """
    if record.state is RecordState.WITHDRAWN:
        return ()
    return tuple(_wishes(record, reachable))


def _wishes(record: Record, reachable: bool) -> Iterator[Wish]:
    received = record.received.civil
    outcome = record.frame.value("outcome")
    if outcome == "call_back":
        yield Wish("promised", What.CALL, Why.PROMISED, within=_WITHIN_A_DAY)
    if outcome == "about_us":
        yield Wish("about_us", What.ANSWER, Why.ABOUT_US, within=_WITHIN_A_COMPLAINT)
    if record.rang_off and (reachable or record.frame.value("may_contact") == "yes"):
        yield Wish("rang_off", What.CALL, Why.RANG_OFF, day=received)
    for item in record.items:
        waits = item.value("answered") == "later" or item.value("follow_up") == "yes"
        if item.kind == ENQUIRY and waits:
            day = _day(item.value("answer_due"), received)
            # Another day is another promise, also after the first one was kept.
            key = f"item:{item.id}:{day or ''}"
            yield Wish(key, What.CALL, Why.ENQUIRY, day, _WITHIN_A_DAY)
    for session in record.sessions:
        yield from _of_session(session, received)


def _of_session(session: Session, received: date) -> Iterator[Wish]:
    back = _text(session.value("unmet_back"))
    if back in _BACK_IN_DAYS:
        what = What.ANSWER if back == "writing" else What.CALL
        day = _later(received, _BACK_IN_DAYS[back])
        yield Wish(f"unmet:{session.id}", what, Why.UNMET, day, words=_text(session.value("unmet_when")))
    if session.value("call_back_by_relay") == "yes":
        words = _text(session.value("hours"))
        yield Wish(f"relay:{session.id}", What.CALL, Why.RELAY, within=_WITHIN_A_DAY, words=words)
    if session.value("respond_in"):
        yield Wish(f"format:{session.id}", What.ANSWER, Why.FORMAT, within=_WITHIN_AN_ANSWER)


def owed(
    record: Record,
    deeds: Sequence[CallBackDeed],
    holidays: Collection[date] = (),
    version: str = "",
    reachable: bool = False,
) -> tuple[Owed, ...]:
    """What is open of a record after these deeds, which are its own, in any order."""
    return tuple(
        found
        for what in What
        if (found := _owed(record, what, deeds, holidays, version, reachable)) is not None
    )


def _owed(
    record: Record,
    what: What,
    deeds: Sequence[CallBackDeed],
    holidays: Collection[date],
    version: str,
    reachable: bool,
) -> Owed | None:
    own = sorted((one for one in deeds if one.what == what), key=lambda one: (one.at.utc_ms, one.id))
    done, since = _settled(own)
    left = tuple(one for one in wishes(record, reachable) if one.what is what and one.key not in done)
    if not left:
        return None
    tries = [one for one in own[since:] if one.deed == Deed.NO_ANSWER]
    planned = [one for one in own[since:] if one.again is not None]
    return Owed(
        record=record,
        what=what,
        wishes=left,
        due=min(one.due(record.received.civil, holidays) for one in left),
        tries=len(tries),
        last_try=tries[-1].at if tries else None,
        again=planned[-1].again if planned else None,
        version=version,
    )


def _settled(deeds: Sequence[CallBackDeed]) -> tuple[set[str], int]:
    """The wishes that are done after these deeds, and which deed was the first since then."""
    done: set[str] = set()
    first = before = 0
    for at, one in enumerate(deeds):
        if one.deed == Deed.DONE:
            done.update(one.wishes)
            before, first = first, at + 1
        elif one.deed == Deed.NOT_DONE:
            done.difference_update(one.wishes)
            first = before
    return done, first


def current_hours(found: Iterable[CallHours]) -> CallHours:
    """The latest; without any, nine to eight from Monday to Saturday, and not on bank holidays."""
    return max(found, key=lambda one: (one.at.utc_ms, one.id), default=CallHours())


def may_ring(hours: CallHours, moment: Instant, holidays: Collection[date] = ()) -> bool:
    local = moment.london
    minute = local.hour * 60 + local.minute
    return _may_ring_on(hours, local.date(), holidays) and hours.opens <= minute < hours.closes


def next_time(hours: CallHours, moment: Instant, holidays: Collection[date] = ()) -> Instant | None:
    """The moment itself where people may be rung, else when that begins again; None where it never does."""
    if may_ring(hours, moment, holidays):
        return moment
    opens = time(hours.opens // 60, hours.opens % 60)
    for ahead in range(DAYS_LOOKED_AHEAD):
        day = moment.civil + timedelta(days=ahead)
        begins = Instant.of(datetime.combine(day, opens, LONDON))
        if begins > moment and may_ring(hours, begins, holidays):
            return begins
    return None


def after_no_answer(hours: CallHours, now: Instant, holidays: Collection[date] = ()) -> Instant:
    """When to try again: some hours later, where people may be rung then."""
    later = Instant(now.utc_ms + _HOURS_BETWEEN_TRIES * 3_600_000)
    return next_time(hours, later, holidays) or later


def working_day_after(day: date, days: int, holidays: Collection[date] = ()) -> date:
    """So many working days later; with 0 the day itself."""
    while days > 0 and day < date.max:
        day = _later(day, 1)
        if day.weekday() < _SATURDAY and day not in holidays:
            days -= 1
    return day


def _may_ring_on(hours: CallHours, day: date, holidays: Collection[date]) -> bool:
    return day.weekday() in hours.days and (hours.on_holidays or day not in holidays)


def _later(day: date, days: int) -> date:
    """So many days later, as far as there are dates: a record's own may be nonsense."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _day(value: object, received: date) -> date | None:
    """Of a date that was given to the day; None for a month or a year, and for a day that was over."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day is not None and day >= received else None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
