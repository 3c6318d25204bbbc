"""Keeps what the organisation says of its wordings, as documents that every device of it receives."""

from sqlalchemy import select

from intake_app.approvals import Approval
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


class WordingStore:
    def __init__(self, database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids

    def approvals(self) -> tuple[Approval, ...]:
        """The latest of each language; a body of a newer program that cannot be read is passed over."""
        with self._database.read() as connection:
            bodies = connection.execute(_KEPT).scalars().all()
        latest: dict[str, Approval] = {}
        for body in bodies:
            try:
                found = Approval.parse(body)
            except ValueError:
                continue
            before = latest.get(found.language)
            if before is None or _order(before) <= _order(found):
                latest[found.language] = found
        return tuple(latest.values())

    def approve(self, approval: Approval, by: str = "") -> Approval:
        """Kept from now on, here and on every device. Each act is a document: two at once are no conflict."""
        now = self._clock()
        kept = approval.model_copy(
            update={"reviewed_by": clean_text(approval.reviewed_by).strip(), "at": now, "by": by}
        )
        document = Document(
            organisation=self._home.organisation.id,
            kind=Kind.WORDING,
            id=self._ids(),
            mutation=self._ids(),
            body=kept.to_json(),
        )
        with self._database.write() as connection:
            versions.add(connection, document, None, now, by, self._home.device)
        return kept


def _order(approval: Approval) -> tuple[int, str]:
    return (approval.at.utc_ms if approval.at is not None else 0, approval.to_json())
