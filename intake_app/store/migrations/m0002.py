"""Drafts are matched by a confirmed number too: their tags, also of the drafts that are there already."""

from sqlalchemy import Connection, insert, select

from intake_app.people import PersonDetails
from intake_app.store import seal
from intake_app.store.home import read_home
from intake_app.store.tables import DRAFT, DRAFT_TAG, METADATA


def run(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[DRAFT_TAG])
    rows = connection.execute(select(DRAFT.c.id, DRAFT.c.sealed).where(DRAFT.c.sealed != "")).all()
    if not rows:
        return
    home = read_home(connection, "")
    tags = []
    for row in rows:
        details = PersonDetails.parse(seal.unseal_text(row.sealed, home.local_key, row.id))
        tags += [{"tag": tag, "draft": row.id} for tag in seal.tags_of(details, home.organisation_key)]
    if tags:
        connection.execute(insert(DRAFT_TAG).prefix_with("OR IGNORE"), tags)
