"""Compares what files say with what the directory knows, and gathers what is to be written."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection

from intake_app.services.found import Found
from intake_app.services.model import Changed, Difference, ImportReport, RefusedRow, Scheme, Status
from intake_app.services.places import Places, stem_of, stem_of_place
from intake_app.services.writing import AT, SELECT, ChangeRow, Known, Slices, Transactions, Update
from intake_app.times import Clock

# A weekly file with far fewer services than we know is an extract: then nobody is closed for not being in it.
_LEAST_SHARE_OF_KNOWN = 0.8

_OWN_SCHEMES = (Scheme.COUNCIL, Scheme.ICB, Scheme.NHS)
_NAME, _TYPE, _STATUS, _ADDRESS, _POSTCODE, _PHONE, _PROVIDER, _FORMER, _USES, _CLOSED = (
    AT[one]
    for one in (
        "name", "type", "status", "address", "postcode", "phone", "provider", "former_names", "uses",
        "closed",
    )
)  # fmt: skip
# What a file may say anew; an empty cell never overwrites: some layouts lack the column.
_TAKEN_OVER = tuple(
    (column, AT[column])
    for column in (
        "address", "town", "website", "provider", "provider_code", "local_authority", "region", "aliases",
        "ods", "successors", "predecessors", "linked", "opened",
    )
)  # fmt: skip
_BY_SCHEME = f"{SELECT} WHERE id >= ? AND id < ?"
_HISTORY = (
    "SELECT service, kind, before, after, at_ms, day FROM service_change WHERE service >= ? AND service < ?"
    " ORDER BY number"
)
_NICKNAMES = "SELECT service, name FROM service_nickname ORDER BY document"
_COUNTED = {
    Changed.RENAMED: "renamed", Changed.CLOSED: "closed", Changed.REOPENED: "reopened",
    Changed.MOVED: "moved", Changed.PHONE: "phone",
}  # fmt: skip


class Writer:
    """Takes the rows of one file after another (``bring``, then ``end_of_file``), and writes it all at last.

    Nothing is written before ``write_slices``: whatever is wrong with a file is known by then.
    """

    def __init__(self, store: Transactions, clock: Clock) -> None:
        self._store = store
        self._at_ms = clock().utc_ms
        self._known: dict[Scheme, dict[str, Known]] = {}
        with store.read() as connection:
            self._places = Places(
                place for (place,) in connection.exec_driver_sql("SELECT place FROM service")
            )
            self._nicknames: dict[str, list[str]] = {}
            for service, name in connection.exec_driver_sql(_NICKNAMES):
                self._nicknames.setdefault(service, []).append(name)
        self._added: dict[str, Known] = {}
        # As it stood before, by id; what it becomes is in ``_known``.
        self._replaced: dict[str, Known] = {}
        self._changes: dict[str, list[ChangeRow]] = {}
        self._undated: list[tuple[str, str, str, str, str]] = []
        self._counts: Counter[str] = Counter()
        self._differences: list[Difference] = []

    def bring(self, found: Found) -> None:
        """Adds a service, or writes down what changed about it."""
        of_scheme = self._known.get(found[0])
        if of_scheme is None:
            of_scheme = self._known_of(found[0])
        known = of_scheme.get(found[1])
        if known is None:
            of_scheme[found[1]] = self._add(found)
        else:
            self._compare(of_scheme, known, found)

    def knows(self, found: Found) -> bool:
        """Whether a service was here already, or was brought just now."""
        return found.code in self._known_of(found.scheme)

    def bring_history(self, service: str, former_names: str, changes: tuple[ChangeRow, ...]) -> None:
        """What another computer knows of a service that is new here."""
        row = self._added.get(service)
        if row is not None:
            scheme, _, code = service.partition(":")
            fresh = list(row)
            fresh[_FORMER] = former_names
            self._added[service] = self._known[Scheme(scheme)][code] = tuple(fresh)
            self._changes.setdefault(service, []).extend(changes)

    def close_unlisted(self, listed: set[str]) -> None:
        """Closes the open services of CQC that a file of all of them leaves out; history keeps them."""
        known = self._known_of(Scheme.CQC)
        is_open = {code: row for code, row in known.items() if row[_STATUS] == Status.OPEN}
        gone = [code for code in is_open if code not in listed]
        if len(is_open) - len(gone) < _LEAST_SHARE_OF_KNOWN * len(is_open):
            return
        for code in gone:
            row = is_open[code]
            closed = list(row)
            closed[_STATUS] = str(Status.CLOSED)
            self._changed(row, Changed.CLOSED, str(Status.OPEN), "not listed")
            self._replace(known, code, row, closed)

    def end_of_file(self, dated: str) -> None:
        """``dated`` is the ISO date of the edition whose rows were brought; empty where nobody knows it."""
        for service, kind, before, after, day in self._undated:
            change = (service, kind, before, after, self._at_ms, day or dated)
            self._changes.setdefault(service, []).append(change)
        self._undated.clear()

    def report(self, rows: int, refused: tuple[RefusedRow, ...]) -> ImportReport:
        count = self._counts
        return ImportReport(
            added=len(self._added),
            renamed=count["renamed"],
            closed=count["closed"],
            reopened=count["reopened"],
            moved=count["moved"],
            phone_changed=count["phone"],
            unchanged=count["unchanged"],
            rows=rows,
            refused=refused,
            changes=tuple(self._differences),
        )

    def touched(self) -> Iterator[tuple[Known, tuple[ChangeRow, ...]]]:
        """Every service added or changed, as it is now, with what was written down about it just now."""
        for service in (*self._added, *self._replaced):
            scheme, _, code = service.partition(":")
            yield self._known[Scheme(scheme)][code], tuple(self._changes.get(service, ()))

    def everything(self) -> Iterator[tuple[Known, tuple[ChangeRow, ...]]]:
        """Every service of the schemes that were brought, as it is now, with its whole history."""
        for scheme, known in self._known.items():
            with self._store.read() as connection:
                earlier: dict[str, list[ChangeRow]] = {}
                for service, *change in connection.exec_driver_sql(_HISTORY, (f"{scheme}:", f"{scheme};")):
                    kind, before, after, at_ms, day = change
                    earlier.setdefault(service, []).append((service, kind, before, after, at_ms, day))
            for row in known.values():
                yield row, (*earlier.get(row[1], ()), *self._changes.get(row[1], ()))

    def write_slices(self, last: Callable[[Connection], None] = lambda _connection: None) -> Iterator[int]:
        """Writes what has gathered, yielding after each transaction how many services wait still."""
        changes = self._changes
        inserts = [(row, tuple(changes.get(service, ()))) for service, row in self._added.items()]
        updates = []
        for service, before in self._replaced.items():
            scheme, _, code = service.partition(":")
            fresh = self._placed(self._known[Scheme(scheme)][code])
            updates.append(Update(before, fresh, tuple(changes.get(service, ()))))
        self.waiting = len(inserts) + len(updates)
        yield from Slices(self._store, inserts, updates, self._placed).write(last)

    waiting = 0
    """Services to be written, known once ``write_slices`` has begun."""

    def _known_of(self, scheme: Scheme) -> dict[str, Known]:
        if scheme not in self._known:
            with self._store.read() as connection:
                # By the index on id: ";" is the character behind ":".
                rows = connection.exec_driver_sql(_BY_SCHEME, (f"{scheme}:", f"{scheme};")).fetchall()
            at = len(scheme) + 1
            self._known[scheme] = {row[1][at:]: tuple(row) for row in rows}
        return self._known[scheme]

    def _add(self, found: Found) -> Known:
        (
            scheme, code, name, kind, status, address, town, postcode, phone, website, provider,
            provider_code, local_authority, region, aliases, ods, successors, predecessors, linked,
            opened, closed,
        ) = found  # fmt: skip
        place = self._places.take(name, kind, status, 0)
        service = f"{scheme}:{code}"
        row = self._added[service] = (
            place, service, name, kind, status.value, address, town, postcode, phone, website, provider,
            provider_code, local_authority, region,
            code if scheme is Scheme.CQC else "",
            code if scheme is Scheme.ODS else ods,
            code if scheme in _OWN_SCHEMES else "",
            aliases, "", successors, predecessors, 0, "\n".join(self._nicknames.get(service, ())), linked,
            opened, closed,
        )  # fmt: skip
        return row

    def _compare(self, of_scheme: dict[str, Known], known: Known, found: Found) -> None:
        fresh = list(known)
        if known[_NAME] != found.name and known[_NAME].casefold() != found.name.casefold():
            former = [name for name in known[_FORMER].split("\n") if name and name != found.name]
            fresh[_NAME] = found.name
            fresh[_FORMER] = "\n".join(dict.fromkeys([known[_NAME], *former]))
            self._changed(known, Changed.RENAMED, known[_NAME], found.name)
        if known[_STATUS] != found.status:
            if known[_STATUS] == Status.OPEN:
                self._changed(known, Changed.CLOSED, known[_STATUS], found.status.value, found.closed)
            elif found.status is Status.OPEN:
                self._changed(known, Changed.REOPENED, known[_STATUS], found.status.value)
            fresh[_STATUS] = found.status.value
        if found.status is Status.OPEN:
            fresh[_CLOSED] = ""
        elif found.closed:
            fresh[_CLOSED] = found.closed
        if found.postcode and known[_POSTCODE] != found.postcode:
            before = f"{known[_ADDRESS]}, {known[_POSTCODE]}"
            self._changed(known, Changed.MOVED, before, f"{found.address}, {found.postcode}")
            fresh[_POSTCODE] = found.postcode
        if found.phone and known[_PHONE] != found.phone:
            self._changed(known, Changed.PHONE, known[_PHONE], found.phone)
            fresh[_PHONE] = found.phone
        if found.type != "other":
            fresh[_TYPE] = found.type
        for column, at in _TAKEN_OVER:
            if value := getattr(found, column):
                fresh[at] = value
        if found.provider and known[_PROVIDER] and found.provider != known[_PROVIDER]:
            self._changed(known, Changed.PROVIDER, known[_PROVIDER], found.provider)
        if tuple(fresh) == known:
            self._counts["unchanged"] += 1
        else:
            self._replace(of_scheme, found.code, known, fresh)

    def _changed(self, known: Known, kind: Changed, before: str, after: str, day: str = "") -> None:
        self._undated.append((known[1], kind.value, before, after, day))
        if kind in _COUNTED:
            self._counts[_COUNTED[kind]] += 1
            self._differences.append(Difference(known[1], known[_NAME], kind.value, before, after))

    def _replace(self, of_scheme: dict[str, Known], code: str, known: Known, fresh: list[Any]) -> None:
        row = of_scheme[code] = tuple(fresh)
        if known[1] in self._added:
            self._added[known[1]] = of_scheme[code] = self._placed(row)
        else:
            self._replaced.setdefault(known[1], known)

    def _placed(self, row: Known) -> Known:
        """The row with a rowid that fits its name, kind, status and use; its own where that one does."""
        name, kind, status, uses = row[_NAME], row[_TYPE], Status(row[_STATUS]), row[_USES]
        if stem_of(name, kind, status, uses) == stem_of_place(row[0]):
            return row
        return (self._places.take(name, kind, status, uses), *row[1:])
