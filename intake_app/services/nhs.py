"""The NHS website's lists without a header: pharmacies as a code, a name, four lines of address, and where.

Its older lists have a header and are read by its names (``cqc.py``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake_app.services.cqc import Layout
from intake_app.services.found import Found, Refused
from intake_app.services.model import Reason, Scheme
from intake_app.services.repair import Unmendable, postcode

COLUMNS = 10
_FACTS = ("ods", "name", "line_1", "line_2", "line_3", "town", "postcode", "phone")
_LATITUDE, _LONGITUDE = 8, 9
_CODE = re.compile(r"[A-Z0-9]{3,12}")
# Of a pharmacy: ODS gives out F and four more.
_PHARMACY_CODE = re.compile(r"F[A-Z0-9]{4}")
_KINDS = (("pharmac", "pharmacy"), ("dent", "dentist"), ("hosp", "hospital_other"), ("optic", "optician"))
# The United Kingdom lies between these.
_NORTH = (49.0, 61.5)
_EAST = (-9.0, 2.5)
_OPENING_ROWS = 5


@dataclass(frozen=True, slots=True)
class Headerless:
    """The layout of such a file; ``kind`` is what its name says all its services are."""

    layout: Layout
    kind: str

    @property
    def width(self) -> int:
        return self.layout.width

    def parse(self, row: list[str]) -> Found:
        """Raises Refused for a row that is broken or shifted."""
        found = self.layout.parse(row)
        if not _lies_here(row):
            raise Refused(Reason.SHIFTED, row[_LATITUDE], found.code)
        kind = self.kind or ("pharmacy" if _PHARMACY_CODE.fullmatch(found.code) else "other")
        return found._replace(type=kind)


def headerless(name: str, head: Sequence[tuple[int, list[str]]]) -> Headerless | None:
    """The layout, where the file's first rows have it; None for another file."""
    rows = [row for _, row in head[:_OPENING_ROWS]]
    if 2 * sum(map(_fits, rows)) <= len(rows):
        return None
    columns = {fact: at for at, fact in enumerate(_FACTS)}
    kind = next((kind for part, kind in _KINDS if part in name.casefold()), "")
    return Headerless(replace(_EMPTY, columns=columns), kind)


_EMPTY = Layout({}, (), COLUMNS, Scheme.ODS)


def _fits(row: list[str]) -> bool:
    if len(row) != COLUMNS or not _CODE.fullmatch(row[0]) or not row[1]:
        return False
    try:
        return bool(postcode(row[6])) and _lies_here(row)
    except Unmendable:
        return False


def _lies_here(row: list[str]) -> bool:
    """Whether the last two cells are a place in the United Kingdom; empty ones tell nothing wrong."""
    if not row[_LATITUDE] and not row[_LONGITUDE]:
        return True
    try:
        north, east = float(row[_LATITUDE]), float(row[_LONGITUDE])
    except ValueError:
        return False
    return _NORTH[0] <= north <= _NORTH[1] and _EAST[0] <= east <= _EAST[1]
