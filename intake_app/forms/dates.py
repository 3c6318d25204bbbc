"""Dates as people say them: the words are kept, and read to the precision that the words have."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST_WORDS = 1_000


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    ONGOING = "ongoing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class When:
    """``iso`` is a day, month or year, ``start/end``, ``start/..`` while it goes on, empty where unknown."""

    iso: str
    precision: Precision
    words: str


_ISO_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon"),
            ("tuesday", "tue", "tues"),
            ("wednesday", "wed"),
            ("thursday", "thu", "thur", "thurs"),
            ("friday", "fri"),
            ("saturday", "sat"),
            ("sunday", "sun"),
        )
    )
    for name in names
}
_COUNTS = {
    word: number
    for number, words in enumerate(
        (
            ("a", "an", "one"), ("two", "a couple of", "couple of"), ("three",), ("four",), ("five",),
            ("six",), ("seven",), ("eight",), ("nine",), ("ten",), ("eleven",), ("twelve",),
        ),
        start=1,
    )
    for word in words
}  # fmt: skip
_ONGOING = frozenset(
    {"ongoing", "still happening", "still going on", "it is still happening", "its still happening", "now",
     "happening now", "right now"}
)  # fmt: skip
_UNKNOWN = frozenset(
    {"unknown", "dont know", "do not know", "not known", "not sure", "cannot remember", "cant remember"}
)  # fmt: skip
_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_W = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_N = "|".join(sorted(_COUNTS, key=len, reverse=True))
_NUMERIC = re.compile(r"(\d{1,2})[ /.-](\d{1,2})[ /.-](\d{4}|\d{2})", re.ASCII)
_MONTH_YEAR_NUMERIC = re.compile(r"(\d{1,2})[ /.-](\d{4})", re.ASCII)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_M})\.?(?: (\d{{4}}|\d{{2}}))?", re.ASCII)
_MONTH_DAY = re.compile(rf"({_M})\.? (\d{{1,2}})(?:st|nd|rd|th)?(?: (\d{{4}}))?", re.ASCII)
_MONTH_YEAR = re.compile(rf"(last )?({_M})\.?(?: (\d{{4}}|\d{{2}}))?", re.ASCII)
_WEEKDAY = re.compile(rf"(?:last |on )?({_W})", re.ASCII)
_AGO = re.compile(rf"(?:about |around )?(\d{{1,3}}|{_N}) (day|week|month|year)s? ago", re.ASCII)
_SINCE = re.compile(r"(?:since|ever since|from) (.+?)(?: (?:until|till|to) (?:now|today))?", re.ASCII)
_UNTIL_NOW = re.compile(r"(.+?) (?:until|till|to) (?:now|today)", re.ASCII)
_BETWEEN = re.compile(
    r"(?:between|from)? ?(.+?) ?(?:\bto\b|\band\b|\buntil\b|\btill\b|–|—| - ) ?(.+)", re.ASCII
)
_SHORT_RANGE = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)? ?- ?(\d{{1,2}})(?:st|nd|rd|th)? ({_M})(?: (\d{{4}}))?", re.ASCII
)


def parse_when(text: str, today: date) -> When | None:
    """Reads a date as typed, day before month; a date without a year is the latest one not after ``today``.

    None where the words are no date known here: keep the words. Nothing is raised.
    """
    words = text.strip()[:LONGEST_WORDS]
    plain = _plain(words)
    if not plain:
        return None
    if plain in _UNKNOWN:
        return When("", Precision.UNKNOWN, words)
    if plain in _ONGOING:
        return When("../..", Precision.ONGOING, words)
    iso = _single(plain, today) or _ongoing(plain, today) or _range(plain, today)
    if iso is None and is_when(words):
        iso = words
    return When(iso, precision(iso), words) if iso else None


def is_when(value: object) -> bool:
    """Whether a stored value is one of the ISO forms that ``When.iso`` takes (the empty one left out)."""
    if not isinstance(value, str) or not value:
        return False
    start, slash, end = value.partition("/")
    if not slash:
        return _bounds(start) is not None
    if end == "..":
        return start == ".." or _bounds(start) is not None
    first, last = _bounds(start), _bounds(end)
    return first is not None and last is not None and first[0] <= last[1]


def precision(iso: str) -> Precision:
    """Of a stored value; unknown for what is no date."""
    if not is_when(iso):
        return Precision.UNKNOWN
    if iso.endswith("/.."):
        return Precision.ONGOING
    if "/" in iso:
        return Precision.RANGE
    return {4: Precision.YEAR, 7: Precision.MONTH}.get(len(iso), Precision.DAY)


def bounds(iso: str) -> tuple[date | None, date | None]:
    """The earliest and latest day a stored value can mean; None for an open or unknown end."""
    if not is_when(iso):
        return None, None
    start, slash, end = iso.partition("/")
    first = _bounds(start)
    last = _bounds(end) if slash else first
    return first[0] if first else None, last[1] if last else None


def _bounds(part: str) -> tuple[date, date] | None:
    match = _ISO_PART.fullmatch(part)
    if match is None:
        return None
    year, month, day = (int(group) if group else 0 for group in match.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


def _plain(text: str) -> str:
    lowered = text.lower().replace("’", "").replace("'", "").replace(",", " ")
    return " ".join(lowered.split()).rstrip(".")


def _single(plain: str, today: date) -> str | None:
    plain = re.sub(rf"^(?:on )?(?:{_W}) (?=\d)", "", plain)
    for read in (_relative, _numeric, _named):
        if iso := read(plain, today):
            return iso
    return plain if "/" not in plain and is_when(plain) else None


def _numeric(plain: str, today: date) -> str | None:
    if match := _NUMERIC.fullmatch(plain):
        day, month, year = match.groups()
        return _iso(_year(year, today), int(month), int(day))
    if match := _MONTH_YEAR_NUMERIC.fullmatch(plain):
        return _iso(int(match.group(2)), int(match.group(1)))
    return None


def _named(plain: str, today: date) -> str | None:
    if match := _DAY_MONTH.fullmatch(plain):
        day, month, year = match.groups()
        return _latest(int(day), _MONTHS[month], year, today)
    if match := _MONTH_DAY.fullmatch(plain):
        month, day, year = match.groups()
        return _latest(int(day), _MONTHS[month], year, today)
    if match := _MONTH_YEAR.fullmatch(plain):
        number = _MONTHS[match.group(2)]
        if match.group(3):
            return _iso(_year(match.group(3), today), number)
        before = number > today.month or (bool(match.group(1)) and number == today.month)
        return _iso(today.year - before, number)
    return None


def _latest(day: int, month: int, year: str | None, today: date) -> str | None:
    if year:
        return _iso(_year(year, today), month, day)
    # 29 February has a year at most eight years back.
    for back in range(9):
        iso = _iso(today.year - back, month, day)
        if iso and iso <= today.isoformat():
            return iso
    return None


def _relative(plain: str, today: date) -> str | None:
    monday = today - timedelta(days=today.weekday())
    if plain in ("today", "this morning", "this afternoon", "tonight"):
        return today.isoformat()
    if plain in ("yesterday", "last night"):
        return _back(today, 1)
    if plain in ("day before yesterday", "the day before yesterday"):
        return _back(today, 2)
    if plain == "this week":
        return _span(monday, today)
    if plain == "last week":
        return _span(monday - timedelta(days=7), monday - timedelta(days=1)) if today.year > 1 else None
    if plain in ("this month", "this year"):
        return today.isoformat()[: 7 if plain.endswith("month") else 4]
    if plain in ("last month", "last year"):
        return _units_back(1, plain.split()[1], today)
    if match := _WEEKDAY.fullmatch(plain):
        days = (today.weekday() - _WEEKDAYS[match.group(1)]) % 7
        return _back(today, days or 7)
    if match := _AGO.fullmatch(plain):
        count = _COUNTS.get(match.group(1)) or int(match.group(1))
        return _units_back(count, match.group(2), today)
    return None


def _units_back(count: int, unit: str, today: date) -> str | None:
    if unit == "day":
        return _back(today, count)
    if unit == "week":
        if today.toordinal() <= 7 * count + 7:
            return None
        monday = today - timedelta(days=today.weekday() + 7 * count)
        return _span(monday, monday + timedelta(days=6))
    if unit == "month":
        months = today.year * 12 + today.month - 1 - count
        return _iso(months // 12, months % 12 + 1)
    return _iso(today.year - count)


def _ongoing(plain: str, today: date) -> str | None:
    for pattern in (_SINCE, _UNTIL_NOW):
        match = pattern.fullmatch(plain)
        if match and (start := _single(match.group(1), today)) and "/" not in start:
            # "From March to May" is a range, not something that goes on.
            return f"{start}/.."
    return None


def _range(plain: str, today: date) -> str | None:
    if match := _SHORT_RANGE.fullmatch(plain):
        first, last, month, year = match.groups()
        plain = f"{first} to {last} {month}" + (f" {year}" if year else "")
    match = _BETWEEN.fullmatch(plain)
    if match is None:
        return None
    end = _single(match.group(2), today)
    if end is None or "/" in end:
        return None
    start = _single(_filled(match.group(1), end), today) or _single(match.group(1), today)
    if start is None or "/" in start:
        return None
    iso = f"{start}/{end}"
    return iso if is_when(iso) else None


def _filled(text: str, end: str) -> str:
    """``9`` of "9 to 12 March 2026" and ``March`` of "March to May 2026", with what the end says."""
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", text, re.ASCII) and len(end) == 10:
        return f"{end[:8]}{int(re.sub('[a-z]', '', text)):02d}"
    if text in _MONTHS and len(end) >= 7:
        return f"{end[:4]}-{_MONTHS[text]:02d}"
    match = _DAY_MONTH.fullmatch(text)
    if match and not match.group(3) and len(end) >= 4:
        return f"{text} {end[:4]}"
    return text


def _year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    century = today.year // 100 * 100
    year = century + int(text)
    return year if year <= today.year + 1 else year - 100


def _back(today: date, days: int) -> str | None:
    return (today - timedelta(days=days)).isoformat() if today.toordinal() > days else None


def _span(first: date, last: date) -> str:
    return f"{first.isoformat()}/{last.isoformat()}"


def _iso(year: int, month: int = 0, day: int = 0) -> str | None:
    text = f"{year:04d}" + (f"-{month:02d}" if month or day else "") + (f"-{day:02d}" if day else "")
    return text if _bounds(text) else None
