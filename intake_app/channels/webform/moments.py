"""When a response came, as its file writes it; whether 3/9/2026 is in March or in September is asked."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from intake_app.forms.dates import Precision, parse_when
from intake_app.times import LONDON, Instant


class Order(StrEnum):
    """What the dates of a file say of themselves. ``EITHER``: every one could be read both ways."""

    NONE = "none"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    EITHER = "either"
    MIXED = "mixed"


_NOON = time(12, tzinfo=UTC)
"""Of a day without an hour: its civil date in England is that day, in summer and in winter."""
_SERIAL_DAYS = (20_000, 80_000)
"""Days since 1900, as a spreadsheet keeps them: from 1954 to 2119."""
_SERIAL_BEGINS = datetime(1899, 12, 30)  # noqa: DTZ001
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_TIME = re.compile(
    r"[T ,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?([ap]\.?m\.?)? ?(z|utc|gmt|bst|[+-]\d{2}:?\d{2})?$",
    re.ASCII | re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
_JOINED = re.compile(r"(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+", re.ASCII)
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?[, ]+", re.IGNORECASE)


def order_of(texts: Iterable[str]) -> Order:
    """Which comes first, as far as the dates tell."""
    day = month = numbers = False
    for text in texts:
        found = _NUMBERS.fullmatch(_split(text)[0])
        if found is None:
            continue
        first, second = int(found.group(1)), int(found.group(2))
        numbers = True
        day |= first > 12 >= second
        month |= second > 12 >= first
    if day and month:
        return Order.MIXED
    if day or month:
        return Order.DAY_FIRST if day else Order.MONTH_FIRST
    return Order.EITHER if numbers else Order.NONE


def moment_of(text: str, day_first: bool, today: date) -> Instant | None:
    """None for what is no day, or an hour that there is none of. Without a zone it is English time."""
    if (serial := _serial(text)) is not None:
        return Instant.of(serial.replace(tzinfo=LONDON))
    day_text, clock = _split(text)
    iso = day_of(day_text, day_first, today)
    if iso is None:
        return None
    day = date.fromisoformat(iso)
    if not clock:
        return Instant.of(datetime.combine(day, _NOON))
    return _at(day, clock)


def day_of(text: str, day_first: bool, today: date) -> str | None:
    """A single day as ISO text; None for a month, a range or other words."""
    if _serial(text) is not None:
        return _serial_day(text)
    plain = _WEEKDAY.sub("", text.strip())
    if found := _ISO.fullmatch(plain):
        return _iso(*(int(part) for part in found.groups()))
    if (found := _NUMBERS.fullmatch(plain)) and not day_first:
        plain = f"{found.group(2)}/{found.group(1)}/{found.group(3)}"
    # A spreadsheet's 09-Mar-2026; and nothing that leaves the year to be guessed, such as "Monday".
    plain = _JOINED.sub(" ", plain)
    if len(_NUMBER.findall(plain)) < 2:
        return None
    when = parse_when(plain, today)
    return when.iso if when is not None and when.precision is Precision.DAY else None


def _serial(text: str) -> datetime | None:
    if not _SERIAL.fullmatch(text):
        return None
    days = float(text)
    return _SERIAL_BEGINS + timedelta(days=days) if _SERIAL_DAYS[0] < days < _SERIAL_DAYS[1] else None


def _serial_day(text: str) -> str | None:
    serial = _serial(text)
    return None if serial is None else serial.date().isoformat()


def _split(text: str) -> tuple[str, str]:
    """The day, and the hour behind it."""
    text = _WEEKDAY.sub("", " ".join(text.split()))
    found = _TIME.search(text)
    if found is None or found.start() == 0:
        return text, ""
    return text[: found.start()].strip(" ,T"), text[found.start() :].strip(" ,T")


def _at(day: date, clock: str) -> Instant | None:
    found = _TIME.search(clock)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.group(1, 2, 3))
    half, zone = (found.group(4) or "").lower(), (found.group(5) or "").lower()
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    moment = datetime.combine(day, time(hours, minutes, seconds))
    if zone in ("", "bst"):
        return _instant(moment.replace(tzinfo=LONDON))
    away = timedelta()
    if zone[0] in "+-":
        away = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (-1 if zone[0] == "-" else 1)
    try:
        return _instant(moment.replace(tzinfo=UTC) - away)
    except OverflowError:
        return None


def _instant(moment: datetime) -> Instant | None:
    try:
        return Instant.of(moment)
    except (OverflowError, ValueError):
        return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
