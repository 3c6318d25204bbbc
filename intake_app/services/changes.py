"""Writes what a file says otherwise than the directory knows, a short transaction at a time."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import Connection

from intake_app.services.found import Found
from intake_app.services.model import Changed, ImportReport, RefusedRow, Scheme, Status
from intake_app.services.places import Places, stem_of, stem_of_place
from intake_app.services.words import index_words
from intake_app.times import Clock

LONGEST_TRANSACTION_MS = 50
"""A record being saved at the same moment waits no longer than this."""

_AIM_MS = 30
_FEWEST_ROWS = 100
_MOST_ROWS = 2_000
_FIRST_ROWS = 400
# A weekly file with far fewer services than we know is an extract: then nobody is closed for not being in it.
_LEAST_SHARE_OF_KNOWN = 0.8

_OWN_SCHEMES = (Scheme.COUNCIL, Scheme.ICB)
_COLUMNS = (
    "place", "id", "name", "type", "status", "address", "town", "postcode", "phone", "website", "provider",
    "provider_code", "local_authority", "region", "cqc", "ods", "own", "aliases", "former_names",
    "successors", "predecessors", "uses",
)  # fmt: skip
_AT = {column: at for at, column in enumerate(_COLUMNS)}
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM service WHERE id LIKE ?"
_INSERT = f"INSERT INTO service ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_UPDATE = f"UPDATE service SET {', '.join(f'{column} = ?' for column in _COLUMNS)} WHERE place = ?"
_INDEX = "INSERT INTO service_search (rowid, words) VALUES (?, ?)"
_UNINDEX = "DELETE FROM service_search WHERE rowid = ?"
_CHANGE = "INSERT INTO service_change (service, kind, before, after, at_ms) VALUES (?, ?, ?, ?, ?)"
_WORD = "INSERT INTO service_word (word) VALUES (?)"
_MERGE = "INSERT INTO service_search (service_search, rank) VALUES ('merge', ?)"
_MERGE_PAGES = 60
_AT_POSTCODE, _AT_CQC, _AT_ODS, _AT_OWN = (_AT[one] for one in ("postcode", "cqc", "ods", "own"))
# The town is in the address too, and a search by county or region would find thousands.
_TEXTS = itemgetter(
    *(
        _AT[one]
        for one in ("name", "former_names", "aliases", "address", "town", "provider", "local_authority")
    )
)
# What a file may say anew; an empty cell never overwrites: some layouts lack the column.
_TAKEN_OVER = (
    "address", "town", "website", "provider", "provider_code", "local_authority", "region", "aliases", "ods",
    "successors", "predecessors",
)  # fmt: skip

Known = tuple[Any, ...]


class Transactions(Protocol):
    """What the directory needs of the store: reading that blocks nobody, and short durable writes."""

    def read(self) -> AbstractContextManager[Connection]: ...

    def write(self) -> AbstractContextManager[Connection]: ...


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of one transaction, for each table."""

    inserts: list[Known]
    updates: list[Known]
    unindex: list[tuple[int]]
    index: list[tuple[int, str]]
    words: list[tuple[str]]
    changes: list[tuple[str, str, str, str, int]]

    def write(self, connection: Connection) -> None:
        _many(connection, _UNINDEX, self.unindex)
        _many(connection, _UPDATE, self.updates)
        _many(connection, _INSERT, self.inserts)
        _many(connection, _INDEX, self.index)
        _many(connection, _WORD, self.words)
        _many(connection, _CHANGE, self.changes)


class Writer:
    """Takes rows one by one (``bring``) and then writes the differences (``write_slices``)."""

    def __init__(self, store: Transactions, clock: Clock) -> None:
        self._store = store
        self._at_ms = clock().utc_ms
        self._known: dict[Scheme, dict[str, Known]] = {}
        with store.read() as connection:
            self._places = Places(
                place for (place,) in connection.exec_driver_sql("SELECT place FROM service")
            )
            rows = connection.exec_driver_sql("SELECT word FROM service_word")
            self._words_known = {word for (word,) in rows}
        self._inserts: list[Known] = []
        self._updates: list[Known] = []
        self._changes: dict[str, list[tuple[str, str, str, str, int]]] = {}
        self._counts: Counter[str] = Counter()

    def bring(self, found: Found) -> None:
        """Adds a service, or writes down what changed about it."""
        known = self._known_of(found.scheme).get(found.code)
        if known is None:
            self._add(found)
        else:
            self._compare(known, found)

    def close_unlisted(self, listed: set[str]) -> None:
        """Closes the open services of CQC that a file of all of them leaves out; history keeps them."""
        known = self._known_of(Scheme.CQC)
        is_open = {code: row for code, row in known.items() if row[_AT["status"]] == Status.OPEN}
        gone = [row for code, row in is_open.items() if code not in listed]
        if len(is_open) - len(gone) < _LEAST_SHARE_OF_KNOWN * len(is_open):
            return
        for row in gone:
            closed = list(row)
            closed[_AT["status"]] = str(Status.CLOSED)
            self._changed(row, Changed.CLOSED, str(Status.OPEN), "not listed", "closed")
            self._replace(row, closed)

    def report(self, rows: int, refused: tuple[RefusedRow, ...]) -> ImportReport:
        count = self._counts
        return ImportReport(
            added=count["added"],
            renamed=count["renamed"],
            closed=count["closed"],
            reopened=count["reopened"],
            moved=count["moved"],
            phone_changed=count["phone"],
            unchanged=count["unchanged"],
            rows=rows,
            refused=refused,
        )

    def _known_of(self, scheme: Scheme) -> dict[str, Known]:
        if scheme not in self._known:
            with self._store.read() as connection:
                rows = connection.exec_driver_sql(_SELECT, (f"{scheme}:%",))
                at = len(scheme) + 1
                self._known[scheme] = {row[1][at:]: tuple(row) for row in rows}
        return self._known[scheme]

    def _add(self, found: Found) -> None:
        place = self._places.take(found.name, found.type, found.status, 0)
        scheme, code = found.scheme, found.code
        ods = code if scheme is Scheme.ODS else found.ods
        cqc = code if scheme is Scheme.CQC else ""
        own = code if scheme in _OWN_SCHEMES else ""
        self._inserts.append(
            (
                place, f"{scheme}:{code}", found.name, found.type, str(found.status), found.address,
                found.town, found.postcode, found.phone, found.website, found.provider, found.provider_code,
                found.local_authority, found.region, cqc, ods, own, found.aliases, "", found.successors,
                found.predecessors, 0,
            )
        )  # fmt: skip
        self._counts["added"] += 1

    def _compare(self, known: Known, found: Found) -> None:
        fresh = list(known)
        if known[2].casefold() != found.name.casefold():
            former = [name for name in known[_AT["former_names"]].split("\n") if name and name != found.name]
            fresh[2] = found.name
            fresh[_AT["former_names"]] = "\n".join(dict.fromkeys([known[2], *former]))
            self._changed(known, Changed.RENAMED, known[2], found.name, "renamed")
        if known[4] != found.status:
            if known[4] == Status.OPEN:
                self._changed(known, Changed.CLOSED, known[4], str(found.status), "closed")
            elif found.status is Status.OPEN:
                self._changed(known, Changed.REOPENED, known[4], str(found.status), "reopened")
            fresh[4] = str(found.status)
        if found.postcode and known[7] != found.postcode:
            self._changed(
                known, Changed.MOVED, f"{known[5]}, {known[7]}", f"{found.address}, {found.postcode}", "moved"
            )
            fresh[7] = found.postcode
        if found.phone and known[8] != found.phone:
            self._changed(known, Changed.PHONE, known[8], found.phone, "phone")
            fresh[8] = found.phone
        if found.type != "other":
            fresh[3] = found.type
        for column in _TAKEN_OVER:
            if value := getattr(found, column):
                fresh[_AT[column]] = value
        if found.provider and known[_AT["provider"]] and found.provider != known[_AT["provider"]]:
            self._changed(known, Changed.PROVIDER, known[_AT["provider"]], found.provider, "provider")
        if tuple(fresh) == known:
            self._counts["unchanged"] += 1
        else:
            self._replace(known, fresh)

    def _changed(self, known: Known, kind: Changed, before: str, after: str, count: str) -> None:
        self._changes.setdefault(known[1], []).append((known[1], str(kind), before, after, self._at_ms))
        self._counts[count] += 1

    def _replace(self, known: Known, fresh: list[Any]) -> None:
        place: int = known[0]
        kind, status, uses = fresh[3], Status(fresh[4]), fresh[_AT["uses"]]
        if stem_of(fresh[2], kind, status, uses) != stem_of_place(place):
            fresh[0] = self._places.take(fresh[2], kind, status, uses)
        self._updates.append((*fresh, place))

    @property
    def waiting(self) -> int:
        """Services to be written."""
        return len(self._inserts) + len(self._updates)

    def write_slices(self) -> Iterator[int]:
        """Writes what has gathered, yielding after each transaction how many services wait still.

        Whoever stops going on in between leaves what was written, whole. Afterwards the next file is compared
        with what is written.
        """
        # The index gathers rows in memory as long as their ids ascend; one that does not makes it write.
        self._inserts.sort(key=itemgetter(0), reverse=True)
        self._updates.sort(key=itemgetter(0), reverse=True)
        size = _FIRST_ROWS
        while self.waiting:
            part = self._next_part(size)
            # The time it computes, not the time it waits for disk or processor: smaller slices mend neither.
            began = time.thread_time()
            with self._store.write() as connection:
                part.write(connection)
            took_ms = (time.thread_time() - began) * 1000
            size = int(min(max(size * _AIM_MS / max(took_ms, 0.1), _FEWEST_ROWS), 2 * size, _MOST_ROWS))
            yield self.waiting
        self._known.clear()

    def _next_part(self, size: int) -> "_Part":
        """Everything worked out beforehand, so that the transaction holds the store for writing only."""
        updates = _taken(self._updates, size // 3)
        inserts = _taken(self._inserts, size - 3 * len(updates))
        words = [(row[0], _words(row)) for row in sorted((*updates, *inserts), key=itemgetter(0))]
        known = self._words_known
        fresh = {word for _, of_one in words for word in of_one if word not in known and word.isalpha()}
        known |= fresh
        return _Part(
            inserts,
            updates,
            unindex=[(row[-1],) for row in updates],
            index=[(place, " ".join(of_one)) for place, of_one in words],
            words=[(word,) for word in sorted(fresh)],
            changes=[change for row in updates for change in self._changes.pop(row[1], ())],
        )

    def tidy(self) -> None:
        """Joins the index's segments a few pages at a time, so that a search reads one list, not many."""
        changed = True
        while changed:
            with self._store.write() as connection:
                before = _total_changes(connection)
                connection.exec_driver_sql(_MERGE, (_MERGE_PAGES,))
                # FTS5 documents that a merge with nothing left to do changes fewer than two rows.
                changed = _total_changes(connection) - before >= 2


def _taken(rows: list[Known], most: int) -> list[Known]:
    """The last rows, taken off the list, in ascending order."""
    at = max(len(rows) - most, 0)
    taken = rows[at:][::-1]
    del rows[at:]
    return taken


def _many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, list(rows))


def _total_changes(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def _words(row: Known) -> set[str]:
    codes = f"{row[_AT_CQC]} {row[_AT_ODS]} {row[_AT_OWN].replace('_', ' ')}"
    return index_words(" ".join(_TEXTS(row)), row[_AT_POSTCODE], codes)


def reindex(connection: Connection, old_place: int, new_place: int) -> None:
    """After a service took another rowid."""
    connection.exec_driver_sql(_UNINDEX, (old_place,))
    row = connection.exec_driver_sql(
        f"SELECT {', '.join(_COLUMNS)} FROM service WHERE place = ?", (new_place,)
    ).one()
    connection.exec_driver_sql(_INDEX, (new_place, " ".join(_words(tuple(row)))))
