"""Rowids that are the best order: the first twenty matches by rowid are the twenty worth showing.

A full-text match in rowid order costs a hundredth of one by rank, so the order is put into the rowid: what
this organisation has used, most used first; then open services by kind and name; then the others.
"""

from collections.abc import Iterable

from intake_app.folding import fold
from intake_app.services.kinds import LAST_RANK, RANKS
from intake_app.services.model import Status

_NAME_BYTES = 5
_COUNT_BITS = 16
_BAND_SHIFT = 8 * _NAME_BYTES + _COUNT_BITS
_MOST_USES = (1 << 40) - 1
_USED_BAND = 0
_NOT_OPEN_BAND = 1 + LAST_RANK + 1
_CLOSED_BAND = _NOT_OPEN_BAND + 1


class Places:
    """Hands out rowids that nobody has. ``taken`` are those in use."""

    def __init__(self, taken: Iterable[int]) -> None:
        self._next: dict[int, int] = {}
        for place in taken:
            stem, count = place >> _COUNT_BITS, place & ((1 << _COUNT_BITS) - 1)
            if count >= self._next.get(stem, 0):
                self._next[stem] = count + 1

    def take(self, name: str, kind: str, status: Status, uses: int) -> int:
        """A rowid for a service; when 65,536 names of a kind begin alike, the next letters are used."""
        stem = stem_of(name, kind, status, uses)
        while (count := self._next.get(stem, 0)) >> _COUNT_BITS:
            stem += 1
        self._next[stem] = count + 1
        return stem << _COUNT_BITS | count


def stem_of(name: str, kind: str, status: Status, uses: int) -> int:
    """The part of a rowid that decides the order; equal for services between which it does not matter."""
    if status is Status.OPEN:
        if uses:
            return _USED_BAND << (_BAND_SHIFT - _COUNT_BITS) | (_MOST_USES - min(uses, _MOST_USES))
        band = 1 + RANKS.get(kind, LAST_RANK)
    else:
        band = _CLOSED_BAND if status is Status.CLOSED else _NOT_OPEN_BAND
    letters = fold(name).removeprefix("the ").encode()[:_NAME_BYTES].ljust(_NAME_BYTES, b"\0")
    return band << (_BAND_SHIFT - _COUNT_BITS) | int.from_bytes(letters, "big")


def stem_of_place(place: int) -> int:
    return place >> _COUNT_BITS
