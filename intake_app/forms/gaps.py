"""How long after: the time between two services as people say it, kept in words and read where it can be."""

import re
from datetime import date

from intake_app.forms.dates import parse_when

_COUNTS = {
    word: number
    for number, words in enumerate(
        (
            ("a", "an", "one", "the next", "next"), ("two", "a couple of", "couple of"), ("three",),
            ("four",), ("five",), ("six",), ("seven",), ("eight",), ("nine",), ("ten",), ("eleven",),
            ("twelve",),
        ),
        start=1,
    )
    for word in words
}  # fmt: skip
_UNITS = {"minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y"}
_SAME_DAY = frozenset({"same day", "the same day", "that day", "at once", "straight away", "immediately"})
_NUMBER = "|".join(sorted(_COUNTS, key=len, reverse=True))
_GAP = re.compile(
    rf"(?:about |around |after |some )*(\d{{1,3}}|{_NUMBER}) ({'|'.join(_UNITS)})s?"
    "(?: later| after| afterwards)?",
    re.ASCII,
)


def parse_gap(words: str, today: date) -> str:
    """An ISO 8601 duration for "3 weeks later", a date for "March 2026"; empty for words that tell neither.

    Nothing is raised, and the words are to be kept whatever comes of them.
    """
    plain = " ".join(words.casefold().replace(",", " ").split()).rstrip(".")
    if plain in _SAME_DAY:
        return "P0D"
    found = _GAP.fullmatch(plain)
    if found is not None:
        count = int(found[1]) if found[1].isdigit() else _COUNTS[found[1]]
        return _UNITS[found[2]].format(count)
    when = parse_when(words, today)
    # Words such as "ongoing" are no time between two things.
    return when.iso if when is not None and when.iso and ".." not in when.iso else ""
