"""Which documents and drafts have which files: kept in the transaction of the document or draft itself."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, exists, insert, select, text, update

from intake_app.documents import Attachment
from intake_app.projection.bulk import put_rows
from intake_app.store.tables import ATTACHMENT, ATTACHMENT_USE

_USE = insert(ATTACHMENT_USE).prefix_with("OR IGNORE")
_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)
_OF_OWNERS = select(ATTACHMENT_USE.c.sha256).where(ATTACHMENT_USE.c.owner.in_(_IDS))
_LET_GO = delete(ATTACHMENT_USE).where(ATTACHMENT_USE.c.owner.in_(_IDS))
_IS_DRAFT = ATTACHMENT_USE.c.draft == 1
_USED = exists().where(ATTACHMENT_USE.c.sha256 == ATTACHMENT.c.sha256)
_UNNEEDED = update(ATTACHMENT).where(ATTACHMENT.c.sha256.in_(_IDS), ~_USED).values(kept_ms=0)
_AGAIN = update(ATTACHMENT_USE).where(ATTACHMENT_USE.c.owner.in_(_IDS), ~_IS_DRAFT).values(sent=False)

_UNSENT = text(
    "SELECT owner, count(*) AS files FROM attachment_use WHERE draft = 0 AND sent = 0 GROUP BY owner"
)


def of_draft(connection: Connection, draft_id: str, hashes: Iterable[str]) -> None:
    """The draft has these files, and keeps the bytes of any that it had: a removal may be undone."""
    put_rows(connection, _USE, [_row(draft_id, one, draft=True) for one in hashes])


def of_document(connection: Connection, document_id: str, files: Sequence[Attachment]) -> None:
    """A version that was made here has these files: what the hub was not sent yet waits."""
    put_rows(connection, _USE, [_row(document_id, one.sha256) for one in files])


def of_received(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows of versions that the hub handed out: their bytes are its business, or the sender's."""
    put_rows(
        connection,
        _USE,
        [
            _row(row["document"], one["sha256"], sent=True)
            for row in rows
            if row["attachments"] != "[]"
            for one in json.loads(row["attachments"])
        ],
    )


def let_draft_go(connection: Connection, draft_id: str) -> None:
    """The draft was finished or thrown away: files that nothing else has are needed no more."""
    of_it = connection.execute(_OF_OWNERS.where(_IS_DRAFT), {"ids": [draft_id]}).scalars().all()
    if of_it:
        connection.execute(_LET_GO.where(_IS_DRAFT), {"ids": [draft_id]})
        connection.execute(_UNNEEDED, {"ids": of_it})


def let_go(connection: Connection, owners: Sequence[str]) -> None:
    """These documents, and drafts of them, are no longer here."""
    of_them = connection.execute(_OF_OWNERS, {"ids": list(owners)}).scalars().all()
    if of_them:
        connection.execute(_LET_GO, {"ids": list(owners)})
        connection.execute(_UNNEEDED, {"ids": list(set(of_them))})


def send_again(connection: Connection, owners: Sequence[str]) -> None:
    """Another hub gets these documents, and their files."""
    if owners:
        connection.execute(_AGAIN, {"ids": list(owners)})


def unsent_by_owner(connection: Connection) -> dict[str, int]:
    """How many files of each record still have to go to the hub."""
    return {row.owner: int(row.files) for row in connection.execute(_UNSENT)}


def _row(owner: str, sha256: str, draft: bool = False, sent: bool = False) -> dict[str, Any]:
    return {"owner": owner, "sha256": sha256, "draft": draft, "sent": sent, "wanted": False}
