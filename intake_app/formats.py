"""Dates, times, numbers and lists as the current language writes them; what is stored stays ISO 8601.

Babel is imported at the first call and never before the first paint. Digits are Latin in every language.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from intake_app import i18n
from intake_app.i18n import _, ngettext
from intake_app.times import LONDON, Instant

if TYPE_CHECKING:
    from babel.core import Locale

# Tags that Babel does not know, or knows as something else.
_LOCALES = {"en": "en_GB", "en-XA": "en_GB", "ar-XB": "ar", "pnb": "pa_Arab", "prs": "fa_AF", "pt": "pt_PT"}


def prepare() -> None:
    """Loads Babel and the current language's data, on the worker thread, so that no first use waits."""
    moment = Instant(0)
    long_moment(moment)
    listing(["1", "2"])
    number(1)


def long_date(day: date) -> str:
    """``9 March 2026``."""
    return _date(day, "long")


def long_date_in(day: date, tag: str) -> str:
    """``9 March 2026`` in another language than that of the screens, for what the person is given."""
    from babel.dates import format_date

    return str(format_date(day, "long", locale=_locale_of(tag)))


def full_date(day: date) -> str:
    """``Monday 9 March 2026``: with the weekday, which people remember."""
    return _date(day, "full").replace(",", "") if i18n.language() == "en" else _date(day, "full")


def weekday(day: date) -> str:
    """``Monday``."""
    from babel.dates import format_date

    return str(format_date(day, "EEEE", locale=_locale()))


def short_date(day: date) -> str:
    """``9 Mar 2026``."""
    return _date(day, "medium")


def typed_date(day: date) -> str:
    """``9 3 2026``: as people type it, so that a box which holds it is read again in every language."""
    return f"{day.day} {day.month} {day.year}"


def month(day: date) -> str:
    """``March 2026``."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", day, locale=_locale()))


def clock_time(moment: Instant) -> str:
    """``14:02`` in England, in 24 hours."""
    from babel.dates import format_time

    return str(format_time(moment.utc, "HH:mm", tzinfo=LONDON, locale=_locale()))


def long_moment(moment: Instant) -> str:
    """``9 March 2026, 14:02``."""
    return _joined(long_date(moment.civil), clock_time(moment))


def short_moment(moment: Instant) -> str:
    """``9 Mar 2026, 14:02``."""
    return _joined(short_date(moment.civil), clock_time(moment))


def weekday_moment(moment: Instant) -> str:
    """``Tue 14:02``, for what happened within a week."""
    from babel.dates import format_date

    day = str(format_date(moment.civil, "EEE", locale=_locale()))
    return f"{day} {clock_time(moment)}"


def number(value: float) -> str:
    """``12,345``."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=_locale()))


def percent(share: float) -> str:
    """``42%`` from 0.42."""
    from babel.numbers import format_percent

    return str(format_percent(share, locale=_locale()))


def listing(parts: Iterable[str]) -> str:
    """``a, b and c``; empty for nothing."""
    from babel.lists import format_list

    given = [part for part in parts if part]
    return str(format_list(given, locale=_locale())) if given else ""


def language_name(tag: str, screens: str = "") -> str:
    """``Urdu``, ``Panjabi (Gurmukhi)`` of a BCP 47 tag; empty where Babel has no name for it.

    In the language ``screens``, or in that of the screens now.
    """
    locale = _locale_of(screens) if screens else _locale()
    language, _dash, script = tag.partition("-")
    whole, plain = locale.languages.get(tag.replace("-", "_")), locale.languages.get(language)
    if whole or not script or not plain:
        return str(whole or "")
    within = locale.scripts.get(script) or locale.territories.get(script)
    return f"{plain} ({within})" if within else ""


def duration(seconds: float) -> str:
    """``7 minutes 42 seconds``, to be spoken; below a minute only seconds."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    words = []
    if minutes:
        words.append(ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes))
    if rest or not minutes:
        words.append(ngettext("{count} second", "{count} seconds", rest).format(count=rest))
    return " ".join(words)


def size(count: int) -> str:
    """``1.4 MB`` from bytes, in powers of 1,000."""
    if count < 1_000:
        return ngettext("{count} byte", "{count} bytes", count).format(count=count)
    if count < 1_000_000:
        return _("{number} kB").format(number=number(round(count / 1_000)))
    return _("{number} MB").format(number=number(round(count / 1_000_000, 1)))


def _joined(day: str, time: str) -> str:
    return str(_locale().datetime_formats["medium"]).format(time, day)


def _date(day: date, style: Literal["full", "long", "medium"]) -> str:
    from babel.dates import format_date

    return str(format_date(day, style, locale=_locale()))


def _locale() -> Locale:
    return _locale_of(i18n.language())


@lru_cache(maxsize=8)
def _locale_of(tag: str) -> Locale:
    from babel.core import Locale, UnknownLocaleError

    plain = tag.partition("-x-")[0]
    while plain:
        try:
            return Locale.parse(_LOCALES.get(plain, plain.replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            plain = plain.rpartition("-")[0]
    return Locale.parse("en_GB")
