"""Which edition of a directory a file is, and whether an older one is about to undo a newer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from intake_app.errors import ServicesRefused
from intake_app.services.model import Reason

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_NAMED = "|".join((*_MONTHS, "sept", *_MONTH))
_GAP = r"[\s_./-]*"
_DAY_MONTH_YEAR = re.compile(rf"(?<!\d)(?:(\d{{1,2}})(?:st|nd|rd|th)?{_GAP})?({_NAMED}){_GAP}(\d{{4}})(?!\d)")
_YEAR_MONTH_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[-_./](\d{1,2})[-_./](20\d\d)(?!\d)")

_HELD = "SELECT edition, dated FROM service_edition WHERE source = ? ORDER BY number DESC LIMIT 1"
_ALL = "SELECT source, edition, dated FROM service_edition ORDER BY number"
_NOTE = (
    "INSERT INTO service_edition (source, edition, dated, before, at_ms, shared) VALUES (?, ?, ?, ?, ?, ?)"
)
_SHARE = "UPDATE service_edition SET shared = 1 WHERE source = ? AND edition = ?"
_KNOWN = "SELECT shared FROM service_edition WHERE source = ? AND edition = ? ORDER BY number DESC LIMIT 1"
_SINCE = "SELECT at_ms FROM service_edition WHERE source = ? ORDER BY number DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of one published list: ``source`` names the list, ``id`` is the hash of its text.

    ``dated`` is an ISO date: the publisher's own, or the newest that the rows tell of as having happened;
    empty where nothing tells it.
    """

    source: str
    id: str
    dated: str = ""

    def is_older_than(self, held: "Edition | None") -> bool:
        """Only where both are dated; the same day is another copy, not an older one."""
        return held is not None and bool(self.dated and held.dated) and self.dated < held.dated


def day_in(text: str) -> str:
    """The date that a file's name or its first lines tell, in ISO; a month alone is its first day."""
    plain = text.casefold()
    for found in _DAY_MONTH_YEAR.finditer(plain):
        if day := _iso(found[3], _MONTH[found[2][:3]], found[1] or 1):
            return day
    for found in _YEAR_MONTH_DAY.finditer(plain):
        if day := _iso(*found.groups()):
            return day
    for found in _NUMBERS.finditer(plain):
        if day := _iso(found[3], found[2], found[1]):
            return day
    return ""


def first_day_in(texts: Iterable[str]) -> str:
    """Of several texts, the first that tells a date."""
    return next(filter(None, map(day_in, texts)), "")


def series_in(name: str) -> str:
    """What a file's name says of the list it is an issue of: its words without dates and numbers."""
    plain = _YEAR_MONTH_DAY.sub(" ", _NUMBERS.sub(" ", _DAY_MONTH_YEAR.sub(" ", name.casefold())))
    return "_".join(re.findall("[a-z]+", plain.partition(".")[0]))


def _iso(year: Any, month: Any, day: Any) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


class Held:
    """The editions held: those of the store, and those that the import under way has read."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.exec_driver_sql(_ALL)
        self._held = {source: Edition(source, edition, dated) for source, edition, dated in rows}

    def get(self, source: str) -> Edition | None:
        return self._held.get(source)

    def take(self, edition: Edition, path: str, older_too: bool) -> None:
        """Raises ServicesRefused for an edition older than the one held, unless it is wanted."""
        held = self._held.get(edition.source)
        if edition.is_older_than(held) and not older_too:
            assert held is not None
            raise ServicesRefused(path=path, reason=str(Reason.OLDER), dated=edition.dated, held=held.dated)
        self._held[edition.source] = edition


def held_in(connection: Connection, source: str) -> Edition | None:
    row = connection.exec_driver_sql(_HELD, (source,)).fetchone()
    return None if row is None else Edition(source, row[0], row[1])


def note(connection: Connection, edition: Edition, at_ms: int, shared: bool = False) -> None:
    """From now on it is the one held. The same edition once more changes nothing."""
    before = held_in(connection, edition.source)
    if before is None or before.id != edition.id:
        values = (edition.source, edition.id, edition.dated, before.id if before else "", at_ms, shared)
        connection.exec_driver_sql(_NOTE, values)


def note_shared(connection: Connection, edition: Edition) -> None:
    connection.exec_driver_sql(_SHARE, (edition.source, edition.id))


def was_shared(connection: Connection, edition: Edition) -> bool:
    """Whether the organisation's other computers can have this edition already."""
    row = connection.exec_driver_sql(_KNOWN, (edition.source, edition.id)).fetchone()
    return row is not None and bool(row[0])


def was_held(connection: Connection, edition: Edition) -> bool:
    """Whether this very edition was ever brought in here."""
    return connection.exec_driver_sql(_KNOWN, (edition.source, edition.id)).fetchone() is not None


def held_since(connection: Connection, source: str) -> int:
    """When the edition held was brought in, in milliseconds; 0 where none is."""
    row = connection.exec_driver_sql(_SINCE, (source,)).fetchone()
    return 0 if row is None else int(row[0])
