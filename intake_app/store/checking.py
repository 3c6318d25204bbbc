"""``check-store``: is the file whole, and do documents, projection, search and outbox agree."""

import contextlib
import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, bindparam, select, update

from intake_app.documents import Kind
from intake_app.errors import Cancelled, StoreDamaged
from intake_app.long_work import never
from intake_app.projection import write as projection
from intake_app.projection.derive import Derived
from intake_app.projection.tables import RECORD
from intake_app.store import arrivals, attachment_checking, links, search_index
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.summaries import CheckReport, Finding
from intake_app.store.tables import DOCUMENT, SECOND_COPY, TEXT, VERSION

_STEP = 500
_MOST_IDS = 20

_BODIES = (
    select(VERSION.c.seq, VERSION.c.mutation, VERSION.c.document, VERSION.c.sha256, VERSION.c.body)
    .where(VERSION.c.seq > bindparam("above"))
    .order_by(VERSION.c.seq)
    .limit(_STEP)
)
_MEND = update(VERSION).where(VERSION.c.mutation == bindparam("of")).values(body=bindparam("whole"))
_SHOWN = (
    select(DOCUMENT.c.id, DOCUMENT.c.mutation, VERSION.c.body, VERSION.c.deleted)
    .join(VERSION, VERSION.c.mutation == DOCUMENT.c.mutation)
    .where(DOCUMENT.c.kind == Kind.RECORD, DOCUMENT.c.id > bindparam("above"))
    .order_by(DOCUMENT.c.id)
    .limit(_STEP)
)
_DISAGREEMENTS = {
    "outbox_without_version": """
        SELECT o.mutation FROM outbox o
        LEFT JOIN version v ON v.seq = o.seq AND v.mutation = o.mutation WHERE v.seq IS NULL""",
    "unsent_version_without_outbox": """
        SELECT v.mutation FROM version v
        LEFT JOIN outbox o ON o.seq = v.seq WHERE v.revision = 0 AND o.seq IS NULL
        AND v.receipt_status <> 'replaced'""",
    "document_without_version": """
        SELECT d.id FROM document d
        LEFT JOIN version v ON v.mutation = d.mutation WHERE v.seq IS NULL""",
    "version_without_document": """
        SELECT v.document FROM version v
        LEFT JOIN document d ON d.kind = v.kind AND d.id = v.document WHERE d.id IS NULL""",
    "search_without_record": """
        SELECT t.id FROM record_text t
        LEFT JOIN projected_record p ON p.id = t.id AND p.order_key = t.key WHERE p.id IS NULL""",
    "record_without_search": """
        SELECT p.id FROM projected_record p
        LEFT JOIN record_text t ON p.id = t.id WHERE t.id IS NULL""",
}
"""What may not be found, each with the ids that disagree."""

_FTS_CHECK = "INSERT INTO record_search (record_search, rank) VALUES ('integrity-check', 1)"
_LOOK_FOR_STOP_S = 0.1


class Checker:
    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home

    def check(self, cancelled: Callable[[], bool] = never) -> CheckReport:
        """Changes nothing. Findings name tables and ids, never content. Raises Cancelled."""
        findings = [*self._file(cancelled)]
        if findings:
            # Reading on in a file whose pages are broken tells nothing more.
            return CheckReport(tuple(findings))
        findings += self._search(cancelled)
        documents = 0
        for one in self._bodies():
            if cancelled():
                raise Cancelled
            documents += 1
            if hashlib.sha256(one.body.encode()).hexdigest() != one.sha256:
                findings.append(
                    Finding("body_differs_from_hash", {"id": one.document, "mutation": one.mutation})
                )
        findings += self._agreement()
        findings += self._projection(cancelled)
        findings += self._links()
        findings += attachment_checking.check(self._database, cancelled)
        with self._database.read() as connection:
            records = _count(connection, "SELECT count(*) FROM projected_record")
            drafts = _count(connection, "SELECT count(*) FROM draft")
            files = _count(connection, "SELECT count(*) FROM attachment WHERE whole")
        return CheckReport(tuple(findings), documents, records, drafts, files)

    def mend(self) -> CheckReport:
        """Puts broken bodies back from second copies, makes projection and search anew, and checks again.

        What cannot be mended is left as it is and found again.
        """
        for one in list(self._bodies()):
            if hashlib.sha256(one.body.encode()).hexdigest() != one.sha256:
                self._from_second_copy(one.mutation, one.sha256)
        self.rebuild()
        return self.check()

    def rebuild(self) -> None:
        """Projection and search once more from the documents, in short transactions."""
        with self._database.read() as connection:
            known = set(connection.execute(select(RECORD.c.id)).scalars())
            known |= set(connection.execute(select(TEXT.c.id)).scalars())
        seen: set[str] = set()
        for rows in self._shown():
            derived = [one for one in (self._derive(row) for row in rows) if one is not None]
            texts = [search_index.row_of(one) for one in derived]
            ids = [one.id for one in derived]
            seen.update(ids)
            with self._database.write() as connection:
                search_index.take_out(connection, ids)
                keys = projection.put(connection, self._home.projected_as, derived)
                search_index.feed(connection, texts, keys)
        gone = sorted(known - seen)
        for start in range(0, len(gone), _STEP):
            with self._database.write() as connection:
                search_index.take_out(connection, gone[start : start + _STEP])
                projection.remove(connection, self._home.projected_as, gone[start : start + _STEP])
        with self._database.write() as connection:
            links.rebuild(connection, self._home.projected_as)
            connection.exec_driver_sql("INSERT INTO record_search (record_search) VALUES ('rebuild')")

    def _file(self, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        for code, pragma, whole in (
            ("page_authentication", "cipher_integrity_check", set()),
            ("structure", "integrity_check", {"ok"}),
        ):
            try:
                lines = set(self._asked(f"PRAGMA {pragma}", cancelled)) - whole
            except StoreDamaged:
                lines = {code}
            if lines:
                yield Finding(code, {"count": len(lines)})

    def _search(self, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        try:
            self._asked(_FTS_CHECK, cancelled)
        except StoreDamaged:
            yield Finding("search_index", {})

    def _asked(self, sql: str, cancelled: Callable[[], bool]) -> list[str]:
        """The first column of what SQLite answers, which takes minutes for a large store.

        On a connection and a thread of its own, so that a person can stop it: raises Cancelled at once,
        though SQLCipher goes on reading in the background. Raises StoreDamaged.
        """
        connection = self._database.raw()
        answer: Future[list[str]] = Future()

        def ask() -> None:
            try:
                with self._database.faults():
                    answer.set_result([str(row[0]) for row in connection.execute(sql)])
            except BaseException as error:  # noqa: BLE001  # handed to whoever waits
                answer.set_exception(error)
            finally:
                connection.close()

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        while not wait([answer], _LOOK_FOR_STOP_S).done:
            if cancelled():
                with contextlib.suppress(sqlcipher3.ProgrammingError):
                    # Closed already where it ended in this very moment.
                    connection.interrupt()
                raise Cancelled
        # Not before its connection is closed: who closes the store next may move or remove the file.
        asking.join()
        return answer.result()

    def _agreement(self) -> Iterator[Finding]:
        for code, sql in _DISAGREEMENTS.items():
            with self._database.read() as connection:
                ids = [str(row[0]) for row in connection.exec_driver_sql(sql)]
            if ids:
                yield Finding(code, {"count": len(ids), "ids": tuple(ids[:_MOST_IDS])})

    def _projection(self, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        differing: list[str] = []
        listed: set[str] = set()
        for rows in self._shown():
            if cancelled():
                raise Cancelled
            with self._database.read() as connection:
                ids = [row.id for row in rows]
                found = connection.execute(select(RECORD).where(RECORD.c.id.in_(ids))).mappings()
                projected = {row["id"]: dict(row) for row in found}
            for row in rows:
                derived = self._derive(row)
                there = projected.get(row.id)
                if derived is not None:
                    listed.add(row.id)
                wanted = None if derived is None else derived.record
                if not _same(wanted, there):
                    differing.append(row.id)
        with self._database.read() as connection:
            extra = set(connection.execute(select(RECORD.c.id)).scalars()) - listed
        differing += sorted(extra - set(differing))
        if differing:
            yield Finding(
                "projection_differs", {"count": len(differing), "ids": tuple(differing[:_MOST_IDS])}
            )

    def _links(self) -> Iterator[Finding]:
        with self._database.read() as connection:
            differing = links.differing(connection, self._home.projected_as)
        if differing:
            yield Finding("links_differ", {"count": len(differing), "ids": tuple(differing[:_MOST_IDS])})

    def _bodies(self) -> Iterator[Any]:
        above = 0
        while True:
            with self._database.read() as connection:
                rows = connection.execute(_BODIES, {"above": above}).all()
            yield from rows
            if len(rows) < _STEP:
                return
            above = rows[-1].seq

    def _shown(self) -> Iterator[list[Any]]:
        above = ""
        while True:
            with self._database.read() as connection:
                rows = list(connection.execute(_SHOWN, {"above": above}).all())
            if rows:
                yield rows
            if len(rows) < _STEP:
                return
            above = rows[-1].id

    def _derive(self, row: Any) -> Derived | None:
        if row.deleted:
            return None
        derived = arrivals.derived_of(row.body, row.mutation, self._home)
        return derived if derived is not None and derived.id == row.id else None

    def _from_second_copy(self, mutation: str, sha256: str) -> None:
        with self._database.write() as connection:
            statement = select(SECOND_COPY.c.body).where(SECOND_COPY.c.mutation == mutation)
            body = connection.execute(statement).scalar_one_or_none()
            if body is not None and hashlib.sha256(body.encode()).hexdigest() == sha256:
                connection.execute(_MEND, {"of": mutation, "whole": body})


def _same(wanted: dict[str, Any] | None, there: dict[str, Any] | None) -> bool:
    if wanted is None or there is None:
        return wanted is there
    # A clash of order keys is settled when a row is written, so that the key may differ from the derived one.
    return wanted | {"order_key": 0} == there | {"order_key": 0}


def _count(connection: Connection, sql: str) -> int:
    return int(connection.exec_driver_sql(sql).scalar_one())
