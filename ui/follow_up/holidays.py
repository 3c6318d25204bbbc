"""The bank holidays of the list, and until when it knows them."""

from dataclasses import dataclass
from datetime import date

from intake_app.forms.library import Library


@dataclass(frozen=True, slots=True)
class Holidays:
    """``known_until`` is None where the list does not say."""

    days: frozenset[date] = frozenset()
    known_until: date | None = None


def holidays_of(library: Library) -> Holidays:
    """A code that is no date is nobody's holiday."""
    listed = library.code_list("bank_holidays").codes
    days = frozenset(found for one in listed if (found := _date(one.code)) is not None)
    until = [found for one in listed if (found := _date(one.valid_to)) is not None]
    return Holidays(days, max(until, default=None))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
