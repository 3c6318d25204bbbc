"""A time of the day as staff type it."""

import re

_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? *(am|pm)?", re.IGNORECASE)
MINUTES_OF_DAY = 24 * 60


def read_time(text: str) -> int | None:
    """Minutes since midnight of ``14:30``, ``1430``, ``9``, ``2.30 pm``; None for what is no time."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    minutes = hour * 60 + minute
    return minutes if minute < 60 and minutes <= MINUTES_OF_DAY else None


def time_words(minutes: int) -> str:
    """``9:00`` · ``20:30``."""
    return f"{minutes // 60}:{minutes % 60:02d}"
