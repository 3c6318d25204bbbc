"""Writes rows of the directory with their words, a short transaction at a time."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import Connection

from intake_app.services.words import index_words

LONGEST_TRANSACTION_MS = 50
"""A record being saved at the same moment waits no longer than this."""

_AIM_MS = 30
_FEWEST_ROWS = 100
_MOST_ROWS = 2_000
_FIRST_ROWS = 400

COLUMNS = (
    "place", "id", "name", "type", "status", "address", "town", "postcode", "phone", "website", "provider",
    "provider_code", "local_authority", "region", "cqc", "ods", "own", "aliases", "former_names",
    "successors", "predecessors", "uses", "nicknames", "linked", "opened", "closed",
)  # fmt: skip
AT = {column: at for at, column in enumerate(COLUMNS)}
SELECT = f"SELECT {', '.join(COLUMNS)} FROM service"
_INSERT = f"INSERT INTO service ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_UPDATE = f"UPDATE service SET {', '.join(f'{column} = ?' for column in COLUMNS)} WHERE place = ?"
_INDEX = "INSERT INTO service_search (rowid, words) VALUES (?, ?)"
_UNINDEX = "DELETE FROM service_search WHERE rowid = ?"
_CHANGE = "INSERT INTO service_change (service, kind, before, after, at_ms, day) VALUES (?, ?, ?, ?, ?, ?)"
_WORD = "INSERT OR IGNORE INTO service_word (word) VALUES (?)"
# What others may have changed while a file was read: a use noted, a nickname given.
_MEANWHILE = "SELECT id, place, uses, nicknames FROM service WHERE id IN (SELECT value FROM json_each(?))"
_AT_POSTCODE, _AT_CQC, _AT_ODS, _AT_OWN = (AT[one] for one in ("postcode", "cqc", "ods", "own"))
# The town is in the address too, and a search by county or region would find thousands.
_TEXTS = itemgetter(
    *(
        AT[one]
        for one in (
            "name", "former_names", "aliases", "nicknames", "address", "town", "provider", "local_authority",
        )
    )
)  # fmt: skip
_DERIVED = itemgetter(AT["place"], AT["uses"], AT["nicknames"])

Known = tuple[Any, ...]
"""A row of ``service`` in the order of ``COLUMNS``."""
ChangeRow = tuple[str, str, str, str, int, str]


class Transactions(Protocol):
    """What the directory needs of the store: reading that blocks nobody, and short durable writes.

    ``write_slice`` is one of many that may be repeated without harm: it is whole or not there, and on the
    disk for certain when the next ``write`` is.
    """

    def read(self) -> AbstractContextManager[Connection]: ...

    def write(self) -> AbstractContextManager[Connection]: ...

    def write_slice(self) -> AbstractContextManager[Connection]: ...


@dataclass(frozen=True, slots=True)
class Update:
    """``fresh`` shall stand where ``known`` stood; ``place`` may give it another rowid."""

    known: Known
    fresh: Known
    changes: tuple[ChangeRow, ...]


class Slices:
    """What waits to be written: ``inserts`` and ``updates`` are taken from the end, in ascending order."""

    def __init__(
        self,
        store: Transactions,
        inserts: list[tuple[Known, tuple[ChangeRow, ...]]],
        updates: list[Update],
        place_again: Callable[[Known], Known],
    ) -> None:
        self._store = store
        self._place_again = place_again
        # The index gathers rows in memory as long as their ids ascend; one that does not makes it write.
        self._inserts = sorted(inserts, key=lambda one: one[0][0], reverse=True)
        self._updates = sorted(updates, key=lambda one: one.fresh[0], reverse=True)
        with store.read() as connection:
            cursor = connection.connection.cursor()
            self._words_known = {word for (word,) in cursor.execute("SELECT word FROM service_word")}
            cursor.close()

    @property
    def waiting(self) -> int:
        """Services to be written."""
        return len(self._inserts) + len(self._updates)

    def write(self, last: Callable[[Connection], None]) -> Iterator[int]:
        """Yields after each transaction how many services wait still; ``last`` ends the last one.

        Whoever stops going on in between leaves what was written, whole.
        """
        size = _FIRST_ROWS
        while self.waiting:
            # The time it computes, not the time it waits for disk or processor: smaller slices mend neither.
            took_ms = self._write_part(size)
            size = int(min(max(size * _AIM_MS / max(took_ms, 0.1), _FEWEST_ROWS), 2 * size, _MOST_ROWS))
            yield self.waiting
        with self._store.write() as connection:
            last(connection)

    def _write_part(self, size: int) -> float:
        """Everything worked out beforehand, so that the transaction holds the store for writing only."""
        updates = _taken(self._updates, size // 3)
        inserts = [] if updates else _taken(self._inserts, size)
        rows = [row for row, _ in inserts]
        words = [(row[0], _words(row)) for row in rows]
        changes = [change for _, of_one in inserts for change in of_one]
        began = time.thread_time()
        if updates:
            with self._store.write_slice() as connection:
                self._update(connection, updates)
        else:
            fresh = self._fresh_words(words)
            index = [(place, " ".join(of_one)) for place, of_one in words]
            began = time.thread_time()
            with self._store.write_slice() as connection:
                many = connection.connection.cursor().executemany
                many(_INSERT, rows)
                many(_INDEX, index)
                many(_WORD, fresh)
                many(_CHANGE, changes)
        return (time.thread_time() - began) * 1000

    def _update(self, connection: Connection, updates: Sequence[Update]) -> None:
        ids = json.dumps([one.known[1] for one in updates])
        found = connection.exec_driver_sql(_MEANWHILE, (ids,))
        meanwhile = {row[0]: tuple(row[1:]) for row in found}
        places, rows = [], []
        for one in updates:
            fresh, now = one.fresh, meanwhile[one.known[1]]
            if now != _DERIVED(one.known):
                changed = list(fresh)
                changed[AT["uses"]], changed[AT["nicknames"]] = now[1:]
                changed[AT["place"]] = now[0]
                fresh = self._place_again(tuple(changed))
            places.append(now[0])
            rows.append(fresh)
        words = [(row[0], _words(row)) for row in rows]
        cursor = connection.connection.cursor()
        cursor.executemany(_UNINDEX, [(place,) for place in places])
        cursor.executemany(_UPDATE, [(*row, place) for row, place in zip(rows, places, strict=True)])
        cursor.executemany(_INDEX, sorted((place, " ".join(of_one)) for place, of_one in words))
        cursor.executemany(_WORD, self._fresh_words(words))
        cursor.executemany(_CHANGE, [change for one in updates for change in one.changes])

    def _fresh_words(self, words: Sequence[tuple[int, set[str]]]) -> list[tuple[str]]:
        fresh = set().union(*(of_one for _, of_one in words)) - self._words_known
        self._words_known |= fresh
        return [(word,) for word in sorted(fresh) if word.isalpha()]


def _taken(rows: list[Any], most: int) -> list[Any]:
    """The last rows, taken off the list, in ascending order."""
    at = max(len(rows) - most, 0)
    taken = rows[at:][::-1]
    del rows[at:]
    return taken


def _words(row: Known) -> set[str]:
    codes = f"{row[_AT_CQC]} {row[_AT_ODS]} {row[_AT_OWN].replace('_', ' ')}"
    return index_words(" ".join(_TEXTS(row)), row[_AT_POSTCODE], codes)


def reindex(connection: Connection, old_place: int, new_place: int) -> None:
    """After a service took another rowid, or another name that only this organisation gives it."""
    connection.exec_driver_sql(_UNINDEX, (old_place,))
    row = connection.exec_driver_sql(f"{SELECT} WHERE place = ?", (new_place,)).one()
    words = _words(tuple(row))
    connection.exec_driver_sql(_INDEX, (new_place, " ".join(words)))
    cursor = connection.connection.cursor()
    cursor.executemany(_WORD, [(word,) for word in sorted(words) if word.isalpha()])
