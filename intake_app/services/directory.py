"""The directory of services on this computer: found while typing, kept up to date from published files."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from intake_app.folding import fold
from intake_app.services import subjects
from intake_app.services.importing import Progress, Share, import_files
from intake_app.services.model import Change, Changed, ImportReport, Service, ServiceHit, Status
from intake_app.services.places import Places
from intake_app.services.words import MOST_BEGUN, beginnings, match_expression, meets, query_terms
from intake_app.services.writing import Transactions, reindex
from intake_app.times import Clock, Instant

MOST_HITS = 20
SHORTEST_MIDDLE = 3
"""Letters from which the middle of a word is looked for, when no word begins so."""

_HIT = (
    "SELECT s.id, s.name, s.town, s.postcode, s.provider, s.type, s.status, s.former_names, s.aliases, s.cqc,"
    " s.ods, s.address, s.local_authority FROM"
)
_SEARCH = f"{_HIT} service_search f JOIN service s ON s.place = f.rowid WHERE service_search MATCH ?" + (
    " ORDER BY f.rowid LIMIT ?"
)
_MIDDLE = f"{_HIT} (SELECT place FROM service WHERE name LIKE ? ESCAPE '!' LIMIT ?) f" + (
    " JOIN service s ON s.place = f.place ORDER BY s.place"
)
_TEXTS = (
    "id", "name", "type", "address", "town", "postcode", "phone", "website", "provider", "provider_code",
    "local_authority", "region",
)  # fmt: skip
_WORDS = "SELECT word FROM service_word WHERE word >= ? AND word < ? LIMIT ?"
_LAST_LETTER = "\U0010ffff"
_GET = (
    f"SELECT {', '.join(_TEXTS)}, cqc, ods, own, status, aliases, former_names, successors, predecessors"
    " FROM service WHERE id = ?"
)
_CHANGES = "SELECT kind, before, after, at_ms FROM service_change WHERE service = ? ORDER BY number DESC"
_STATUS = {str(status): status for status in Status}
_LIKE_SPECIAL = str.maketrans({"%": "!%", "_": "!_", "!": "!!"})


def _nothing_told(_done: int, _total: int) -> None:
    return None


def _never() -> bool:
    return False


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
            cursor.close()
        return _hits(rows, terms, complete=len(rows) < limit)

    def get(self, service_id: str) -> Service | None:
        """Everything known of a service, with its history, newest first; None for an id nobody imported."""
        with self._store.read() as connection:
            row = connection.exec_driver_sql(_GET, (service_id,)).fetchone()
            if row is None:
                return None
            changes = connection.exec_driver_sql(_CHANGES, (service_id,)).fetchall()
        known = dict(zip(_TEXTS, row, strict=False))
        cqc, ods, own, status, aliases, former_names, successors, predecessors = row[len(_TEXTS) :]
        return Service(
            **known,
            codes={
                scheme: code for scheme, code in (("cqc", cqc), ("ods", ods), (known["type"], own)) if code
            },
            status=Status(status),
            aliases=_lines(aliases),
            former_names=_lines(former_names),
            successors=_lines(successors),
            predecessors=_lines(predecessors),
            changes=tuple(
                Change(Changed(kind), before, after, Instant(at)) for kind, before, after, at in changes
            ),
        )

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
        progress: Progress = _nothing_told,
        cancelled: Callable[[], bool] = _never,
        older_too: bool = False,
        share: Share | None = None,
    ) -> ImportReport:
        """Brings published files in; see ``services.importing``. Raises ServicesRefused or Cancelled."""
        return import_files(self._store, self._clock, paths, progress, cancelled, older_too, share)

    def add_subjects(self, code_lists: Path) -> ImportReport:
        """Brings councils and integrated care boards in from the shipped lists, so that feedback can be about
        them; does nothing where they are known already."""
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


def _hits(rows: Sequence[Any], terms: tuple[str, ...], complete: bool) -> tuple[ServiceHit, ...]:
    found: list[tuple[int, ServiceHit]] = []
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        service_id, name, town, postcode, provider, kind, status, former, aliases = row[:9]
        cqc, ods, address, council = row[9:]
        scheme = service_id.partition(":")[0]
        # The regulator and the NHS both list a practice: one line is enough, the first in order.
        if seen.setdefault((name.casefold(), postcode), scheme) != scheme:
            continue
        was = also = ""
        if former or aliases:
            current = beginnings(f"{name} {address} {town} {postcode} {provider} {council}")
            missing = [term for term in terms if not meets(current, term)]
            if missing and not _in_code(missing, postcode, cqc, ods):
                was = _met(former, missing)
                also = "" if was else _met(aliases, missing)
        place = f"{town}, {postcode}" if town and postcode else town or postcode
        hit = ServiceHit(service_id, name, place, provider, kind, cqc or ods, _STATUS[status], was, also)
        found.append((_distance(name, terms) if complete else 0, hit))
    if complete:
        # Few enough to be put in order by what was typed; the sort is stable.
        found.sort(key=lambda pair: pair[0])
    return tuple(hit for _, hit in found)


def _distance(name: str, terms: tuple[str, ...]) -> int:
    """0 for a name that begins with the first word typed and has the others; more where less of it fits."""
    words = beginnings(name)
    begins = fold(name).removeprefix("the ").startswith(terms[0])
    return 2 * sum(not meets(words, term) for term in terms) + (not begins)


def _in_code(missing: list[str], *codes: str) -> bool:
    plain = [code.replace(" ", "").lower() for code in codes]
    return all(any(code.startswith(term) for code in plain) for term in missing)


def _met(names: str, missing: list[str]) -> str:
    for name in names.split("\n"):
        words = beginnings(name)
        if any(meets(words, term) for term in missing):
            return name
    return ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
