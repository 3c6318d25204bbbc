"""Keeps the organisation's own wordings, and what it says of them, as documents for all its devices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, select

from intake_app.approvals import Approval, WordedSheet
from intake_app.documents import Document, Kind
from intake_app.store import versions
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import DOCUMENT, VERSION
from intake_app.text import clean_text
from intake_app.times import Clock, IdMaker

_KEPT = (
    select(VERSION.c.body)
    .join(DOCUMENT, DOCUMENT.c.mutation == VERSION.c.mutation)
    .where(DOCUMENT.c.kind == Kind.WORDING, VERSION.c.deleted == 0)
)

Kept = TypeVar("Kept", Approval, WordedSheet)


@dataclass(frozen=True, slots=True)
class KeptWordings:
    """The latest of each: approvals by language, sheets by language and part."""

    approvals: tuple[Approval, ...] = ()
    sheets: tuple[WordedSheet, ...] = ()


class WordingStore:
    def __init__(self, database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids

    def all(self) -> KeptWordings:
        """A body of a newer program that cannot be read is passed over."""
        with self._database.read() as connection:
            bodies = connection.execute(_KEPT).scalars().all()
        sheets = list(_readable(bodies, WordedSheet))
        # A sheet has a language too: what reads as one is no approval.
        approvals = [one for one in _readable(bodies, Approval) if "sheet" not in (one.model_extra or {})]
        latest = {(one.language,): one for one in sorted(approvals, key=_order)}
        newest = {(one.language, one.part): one for one in sorted(sheets, key=_order)}
        return KeptWordings(tuple(latest.values()), tuple(newest.values()))

    def approve(self, approval: Approval, by: str = "") -> Approval:
        """Kept from now on, here and on every device. Each act is a document: two at once are no conflict."""
        name = clean_text(approval.reviewed_by).strip()
        kept = approval.model_copy(update={"reviewed_by": name, "at": self._clock(), "by": by})
        with self._database.write() as connection:
            self._add(connection, kept, by)
        return kept

    def take_in(self, sheets: Iterable[WordedSheet], by: str = "") -> None:
        """The organisation's own words, in place of those that were shipped; all of them or none."""
        now = self._clock()
        with self._database.write() as connection:
            for sheet in sheets:
                update = {"sheet": clean_text(sheet.sheet), "at": now, "by": by}
                self._add(connection, sheet.model_copy(update=update), by)

    def _add(self, connection: Connection, body: Approval | WordedSheet, by: str) -> None:
        document = Document(
            organisation=self._home.organisation.id,
            kind=Kind.WORDING,
            id=self._ids(),
            mutation=self._ids(),
            body=body.to_json(),
        )
        versions.add(connection, document, None, self._clock(), by, self._home.device)


def _readable(bodies: Iterable[str], shape: type[Kept]) -> Iterator[Kept]:
    for body in bodies:
        try:
            yield shape.parse(body)
        except ValueError:
            continue


def _order(kept: Approval | WordedSheet) -> tuple[int, str]:
    return (kept.at.utc_ms if kept.at is not None else 0, kept.to_json())
