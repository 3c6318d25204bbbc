"""The directory of services on this computer: found while typing, kept up to date from published files."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection

from intake_app.long_work import Cancelled, Progress, never, unwatched
from intake_app.services.history import Remark, remark
from intake_app.services.hits import HIT, hits, successors
from intake_app.services.model import Change, Changed, ImportReport, Service, ServiceHit, Status
from intake_app.services.places import Places
from intake_app.services.words import MOST_BEGUN, match_expression, query_terms
from intake_app.services.writing import Transactions, reindex
from intake_app.times import Clock, Instant

if TYPE_CHECKING:
    from intake_app.services.importing import Share

MOST_HITS = 20
SHORTEST_MIDDLE = 3
"""Letters from which the middle of a word is looked for, when no word begins so."""

_SEARCH = f"{HIT} FROM service_search f JOIN service s ON s.place = f.rowid WHERE service_search MATCH ?" + (
    " ORDER BY f.rowid LIMIT ?"
)
_MIDDLE = f"{HIT} FROM (SELECT place FROM service WHERE name LIKE ? ESCAPE '!' LIMIT ?) f" + (
    " JOIN service s ON s.place = f.place ORDER BY s.place"
)
_TEXTS = (
    "id", "name", "type", "address", "town", "postcode", "phone", "website", "provider", "provider_code",
    "local_authority", "region", "opened", "closed",
)  # fmt: skip
_WORDS = "SELECT word FROM service_word WHERE word >= ? AND word < ? LIMIT ?"
_LAST_LETTER = "\U0010ffff"
_GET = (
    f"SELECT {', '.join(_TEXTS)}, cqc, ods, own, status, aliases, former_names, successors, predecessors,"
    " linked, nicknames FROM service WHERE id = ?"
)
_CHANGES = "SELECT kind, before, after, at_ms, day FROM service_change WHERE service = ? ORDER BY number DESC"
_NAMES = "SELECT id, name FROM service WHERE id IN (SELECT value FROM json_each(?)) ORDER BY place"
_LIKE_SPECIAL = str.maketrans({"%": "!%", "_": "!_", "!": "!!"})


class Related(NamedTuple):
    """Ids and names; only of services that are known here."""

    successors: tuple[tuple[str, str], ...]
    predecessors: tuple[tuple[str, str], ...]
    linked: tuple[tuple[str, str], ...]


class Directory:
    """``store`` gives reading and writing transactions; every method may be called from any thread."""

    def __init__(self, store: Transactions, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def search(self, text: str, limit: int = MOST_HITS) -> tuple[ServiceHit, ...]:
        """The services that have all the words typed, best first; empty for no words.

        A word typed finds every word that begins so, in name, former name, alias, address, postcode,
        provider, council or code. Where nothing begins so, names that hold the text anywhere are found.
        """
        terms = query_terms(text)
        if not terms:
            return ()
        with self._store.read() as connection:
            # The driver's own cursor: describing the result for every key would cost more than the search.
            cursor = connection.connection.cursor()

            def words_from(beginning: str) -> list[str]:
                cursor.execute(_WORDS, (beginning, beginning + _LAST_LETTER, MOST_BEGUN + 1))
                return [word for (word,) in cursor.fetchall()]

            cursor.execute(_SEARCH, (match_expression(terms, words_from), limit))
            rows = cursor.fetchall()
            if not rows and len(text.strip()) >= SHORTEST_MIDDLE:
                cursor.execute(_MIDDLE, (f"%{text.strip().translate(_LIKE_SPECIAL)}%", limit))
                rows = cursor.fetchall()
            found = hits(cursor, rows, terms, complete=len(rows) < limit)
            cursor.close()
        return found

    def get(self, service_id: str) -> Service | None:
        """Everything known of a service, with its history, newest first; None for an id nobody imported."""
        with self._store.read() as connection:
            row = connection.exec_driver_sql(_GET, (service_id,)).fetchone()
            if row is None:
                return None
            changes = connection.exec_driver_sql(_CHANGES, (service_id,)).fetchall()
        known = dict(zip(_TEXTS, row, strict=False))
        cqc, ods, own, status, *lists = row[len(_TEXTS) :]
        aliases, former_names, successors, predecessors, linked, nicknames = map(_lines, lists)
        codes = (("cqc", cqc), ("ods", ods), (service_id.partition(":")[0], own))
        return Service(
            **known,
            codes={scheme: code for scheme, code in codes if code},
            status=Status(status),
            aliases=aliases,
            former_names=former_names,
            successors=successors,
            predecessors=predecessors,
            linked=linked,
            nicknames=nicknames,
            changes=tuple(
                Change(Changed(kind), before, after, Instant(at), day)
                for kind, before, after, at, day in changes
            ),
        )

    def related(self, service: Service) -> Related:
        """Names of what came before and after a service, and of its second registrations, where known."""
        with self._store.read() as connection:

            def named(ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
                rows = connection.exec_driver_sql(_NAMES, (json.dumps(ids),)).fetchall() if ids else ()
                return tuple((row[0], row[1]) for row in rows)

            cursor = connection.connection.cursor()
            later = successors(cursor, "\n".join(service.successors)) if service.successors else ()
            cursor.close()
            return Related(
                tuple((hit.id, hit.name) for hit in later) or named(service.successors),
                named(service.predecessors),
                named(service.linked),
            )

    def remarks(self, mentions: Sequence[tuple[str, str]], when: str = "") -> dict[str, Remark]:
        """What there is to say of services that a record names, by id: (id, name in the record).

        ``when`` is the answer that tells the date. Services that nobody imported, and those of which there
        is nothing to say, are left out.
        """
        found: dict[str, Remark] = {}
        for service_id, recorded in mentions:
            service = self.get(service_id) if service_id else None
            if service is not None:
                followed_by = ""
                if service.status is Status.CLOSED and service.successors:
                    followed_by = ", ".join(name for _, name in self.related(service).successors)
                said = remark(service, recorded, when, followed_by)
                if said != Remark():
                    found[service_id] = said
        return found

    def count(self) -> int:
        """Services known, closed ones, councils and boards included."""
        with self._store.read() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM service").scalar_one())

    def note_use(self, service_id: str) -> None:
        """Remembers that a record cites it, which brings it to the front; an unknown id changes nothing."""
        with self._store.write() as connection:
            _note_use(connection, service_id)

    def import_files(
        self,
        paths: Sequence[Path],
        progress: Progress = unwatched,
        cancelled: Cancelled = never,
        older_too: bool = False,
        share: "Share | None" = None,
    ) -> ImportReport:
        """Brings published files in; see ``services.importing``. Raises ServicesRefused or Cancelled."""
        # Not with the window: what reads published files is a tenth of all that would be imported then.
        from intake_app.services.importing import import_files

        return import_files(self._store, self._clock, paths, progress, cancelled, older_too, share)

    def add_subjects(self, code_lists: Path) -> ImportReport:
        """Brings councils and integrated care boards in from the shipped lists, so that feedback can be about
        them; does nothing where they are known already."""
        from intake_app.services import subjects

        return subjects.add(self._store, self._clock, code_lists)


def _note_use(connection: Connection, service_id: str) -> None:
    row = connection.exec_driver_sql(
        "SELECT place, name, type, status, uses FROM service WHERE id = ?", (service_id,)
    ).fetchone()
    if row is None:
        return
    place, name, kind, status, uses = row
    fresh = place
    if status == Status.OPEN:
        taken = connection.exec_driver_sql("SELECT place FROM service WHERE uses > 0")
        fresh = Places(one for (one,) in taken).take(name, kind, Status.OPEN, uses + 1)
    connection.exec_driver_sql(
        "UPDATE service SET uses = uses + 1, place = ? WHERE place = ?", (fresh, place)
    )
    if fresh != place:
        reindex(connection, place, fresh)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
