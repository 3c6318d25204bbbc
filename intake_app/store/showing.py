"""Adds a version that is no person's Finish, and shows a record's in lists, search and reports."""

from sqlalchemy import Connection, bindparam, insert, update

from intake_app.documents import Document, Kind
from intake_app.people import SealedPerson
from intake_app.projection import write as projection
from intake_app.store import arrivals, search_index, versions
from intake_app.store.branches import Branch
from intake_app.store.home import Home
from intake_app.store.people import put_tags
from intake_app.store.tables import DOCUMENT, SECOND_COPY, VERSION
from intake_app.times import Instant

_COPY = insert(SECOND_COPY)
_REPLACED = (
    update(VERSION)
    .where(VERSION.c.document == bindparam("of"), VERSION.c.revision == bindparam("number"))
    .values(head=False)
)
_SETTLED = (
    update(DOCUMENT)
    .where(DOCUMENT.c.kind == bindparam("of_kind"), DOCUMENT.c.id == bindparam("of"))
    .values(conflict=False)
)


def add(connection: Connection, home: Home, document: Document, at: Instant, by: str, device: str) -> None:
    """In the caller's transaction. It waits for the hub like every other version."""
    tip = versions.shown(connection, document.id, document.kind)
    versions.add(connection, document, tip, at, by, device)
    if document.kind == Kind.RECORD:
        copy = {"mutation": document.mutation, "document": document.id, "saved_ms": at.utc_ms}
        connection.execute(_COPY, copy | {"sha256": document.sha256, "body": document.body})
        _show(connection, home, document.id, document)
    elif document.kind == Kind.PERSON and not document.deleted:
        put_tags(connection, [SealedPerson.parse(document.body)])


def show_again(connection: Connection, home: Home, record_id: str, version: Branch) -> None:
    """Another version of a record, in place of the one that is shown."""
    versions.show(connection, record_id, Kind.RECORD, version.mutation)
    _show(connection, home, record_id, version)


def _show(connection: Connection, home: Home, record_id: str, version: Document | Branch) -> None:
    """Makes this version of a record the one in lists and search; one taken away is in neither."""
    derived = None if version.deleted else arrivals.derived_of(version.body, version.mutation, home)
    search_index.take_out(connection, [record_id])
    if derived is None or derived.id != record_id:
        projection.remove(connection, home.projected_as, [record_id])
        return
    keys = projection.put(connection, home.projected_as, [derived])
    search_index.feed(connection, [search_index.row_of(derived)], keys)


def settle(connection: Connection, document: Document) -> None:
    """The versions that this one joins are ends no more: from here on nothing of it is in dispute."""
    connection.execute(_REPLACED, [{"of": document.id, "number": one} for one in document.parents])
    connection.execute(_SETTLED, {"of_kind": document.kind, "of": document.id})
