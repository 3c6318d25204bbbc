"""Puts pulled versions into the store in bulk: versions, heads, what is shown, projection and search."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, String, bindparam, func, insert, select, text, update

from intake_app.documents import Document, Kind, Pulled
from intake_app.links import RecordLink
from intake_app.people import SealedPerson
from intake_app.projection import links as link_rows
from intake_app.projection import write as projection
from intake_app.projection.bulk import put_rows
from intake_app.projection.derive import Derived, derive
from intake_app.records import Record
from intake_app.store import attachment_uses, erasures, links, nicknames, outbox, search_index, versions
from intake_app.store.home import Home
from intake_app.store.people import put_tags
from intake_app.store.tables import DOCUMENT, ERASED, OUTBOX, VERSION

SLICE = 500
"""Versions in one transaction: about 100 ms, so that a record being saved hardly waits."""


def _among(name: str) -> Select[Any]:
    """For IN: the texts of a JSON list, so that the statement's text is the same for any number of them."""
    return select(func.json_each(bindparam(name, type_=String)).table_valued("value").c.value)


_INSERT = insert(VERSION)
_KNOWN = select(VERSION.c.mutation, VERSION.c.sha256).where(VERSION.c.mutation.in_(_among("mutations")))
_AGAIN = (
    update(VERSION)
    .where(VERSION.c.mutation == bindparam("of"))
    .values(revision=bindparam("number"), head=bindparam("is_head"), received_ms=bindparam("at"))
)
_REPLACED = (
    update(VERSION)
    .where(VERSION.c.document == bindparam("of"), VERSION.c.revision == bindparam("number"))
    .values(head=False)
)
_HEADS = text(
    """
    SELECT json_group_array(json_array(kind, document, mutation) ORDER BY revision) FROM version
    WHERE document IN (SELECT value FROM json_each(:ids)) AND head
    """
)
"""All in one row: the driver gives Python's lock back for each, and another page is prepared meanwhile."""
_UNSENT = select(OUTBOX.c.document).where(OUTBOX.c.document.in_(_among("ids")))
_SHOWN = select(DOCUMENT).where(DOCUMENT.c.kind == bindparam("of_kind"), DOCUMENT.c.id.in_(_among("ids")))
_ERASED = select(ERASED.c.document).where(ERASED.c.document.in_(_among("ids")))
_PUT = insert(DOCUMENT).prefix_with("OR REPLACE")
_BODY = select(VERSION.c.body, VERSION.c.deleted).where(VERSION.c.mutation == bindparam("wanted"))

Key = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One pulled version, with what can be worked out of it before a transaction begins."""

    pulled: Pulled
    derived: Derived | None
    text: dict[str, object]
    person: SealedPerson | None
    link: RecordLink | None


def prepare(pulled: Pulled, home: Home) -> Prepared:
    document = pulled.document
    derived, person = _read(document, home)
    text = {} if derived is None else search_index.row_of(derived)
    return Prepared(pulled, derived, text, person, links.link_of(document))


def slices(page: Sequence[Prepared]) -> Iterator[tuple[Sequence[Prepared], bool]]:
    """What goes into one transaction, and whether it is the last: at least one, for an empty page."""
    for start in range(0, max(len(page), 1), SLICE):
        yield page[start : start + SLICE], start + SLICE >= len(page)


def take_in(connection: Connection, home: Home, arrived: Sequence[Prepared], seen: int) -> None:
    """One slice, in the caller's transaction; taking the same slice in twice changes nothing."""
    arrived = _not_erased(connection, arrived)
    if not arrived:
        return
    _keep(connection, arrived)
    shown, earlier = _show(connection, arrived, seen)
    by_mutation = {one.pulled.document.mutation: one for one in arrived}
    derived: list[Derived] = []
    texts: list[dict[str, object]] = []
    persons: list[SealedPerson] = []
    gone: list[str] = []
    linked: list[RecordLink] = []
    gone_links: list[str] = []
    for (kind, document_id), mutation in shown.items():
        one = by_mutation.get(mutation)
        if kind == Kind.RECORD:
            found = one.derived if one is not None else _derived(connection, home, mutation)
            if found is None:
                gone.append(document_id)
            else:
                derived.append(found)
                texts.append(one.text if one is not None else search_index.row_of(found))
        elif kind == Kind.PERSON and one is not None and one.person is not None:
            persons.append(one.person)
        elif kind == Kind.LINK:
            linked += [one.link] if one is not None and one.link is not None else []
            gone_links += [document_id] if one is not None and one.link is None else []
    listed = [document_id for kind, document_id in earlier if kind == Kind.RECORD]
    search_index.take_out(connection, listed)
    projection.remove(connection, home.projected_as, gone)
    keys = projection.put(connection, home.projected_as, derived, fresh=not listed)
    search_index.feed(connection, texts, keys)
    put_tags(connection, persons)
    link_rows.remove(connection, home.projected_as, gone_links)
    link_rows.put(connection, home.projected_as, linked)
    nicknames.take_in(connection, (document for kind, document in shown if kind == Kind.NICKNAME))
    for one in arrived:
        if one.pulled.document.kind == Kind.ERASURE:
            named = erasures.with_their_people(connection, erasures.named_in(one.pulled.document.body))
            erasures.purge(connection, home, named, one.pulled.document.id)


def _not_erased(connection: Connection, arrived: Sequence[Prepared]) -> list[Prepared]:
    ids = _list(one.pulled.document.id for one in arrived)
    erased = set(connection.execute(_ERASED, {"ids": ids}).scalars())
    return [one for one in arrived if one.pulled.document.id not in erased]


def _keep(connection: Connection, arrived: Sequence[Prepared]) -> None:
    """The versions as rows, and which earlier ones they replace."""
    mutations = _list(one.pulled.document.mutation for one in arrived)
    known = {row.mutation: row.sha256 for row in connection.execute(_KNOWN, {"mutations": mutations})}
    fresh: dict[str, dict[str, Any]] = {}
    again: list[dict[str, Any]] = []
    settled: list[str] = []
    replaced: list[dict[str, Any]] = []
    for one in arrived:
        pulled, document = one.pulled, one.pulled.document
        replaced += [{"of": document.id, "number": parent} for parent in pulled.parents]
        if document.mutation not in known:
            fresh[document.mutation] = _row(pulled)
        elif known[document.mutation] == document.sha256:
            at = {"number": pulled.revision, "is_head": pulled.head, "at": pulled.received.utc_ms}
            again.append(at | {"of": document.mutation})
            settled.append(document.mutation)
    put_rows(connection, _INSERT, list(fresh.values()))
    attachment_uses.of_received(connection, fresh.values())
    if again:
        put_rows(connection, _AGAIN, again)
        outbox.strike(connection, settled)
    if replaced:
        put_rows(connection, _REPLACED, replaced)


def _show(connection: Connection, arrived: Sequence[Prepared], seen: int) -> tuple[dict[Key, str], list[Key]]:
    """Settles which version of each document is shown.

    Returns those that are another one than before, and of these the documents that were here before.
    """
    keys = list(dict.fromkeys((one.pulled.document.kind, one.pulled.document.id) for one in arrived))
    ids = _list(document_id for _, document_id in keys)
    heads: dict[Key, list[str]] = defaultdict(list)
    for kind, document_id, mutation in json.loads(connection.execute(_HEADS, {"ids": ids}).scalar_one()):
        heads[kind, document_id].append(mutation)
    unsent = set(connection.execute(_UNSENT, {"ids": ids}).scalars())
    before = {
        (row.kind, row.id): row
        for kind in dict.fromkeys(kind for kind, _ in keys)
        for row in connection.execute(_SHOWN, {"of_kind": kind, "ids": ids})
    }
    latest = {(one.pulled.document.kind, one.pulled.document.id): one.pulled for one in arrived}
    rows: list[dict[str, Any]] = []
    changed: dict[Key, str] = {}
    for key in keys:
        old, of_hub = before.get(key), heads[key] or [latest[key].document.mutation]
        # What was written here and not sent stays in sight; so does the head that was in sight before.
        stays = old is not None and (key[1] in unsent or old.mutation in of_hub)
        shown = str(old.mutation) if old is not None and stays else of_hub[-1]
        if old is None or shown != old.mutation:
            changed[key] = shown
        number = max(seen, old.seen if old is not None else 0)
        rows.append(
            {"kind": key[0], "id": key[1], "mutation": shown, "conflict": len(of_hub) > 1, "seen": number}
        )
    put_rows(connection, _PUT, rows)
    return changed, [key for key in changed if key in before]


def _list(texts: Iterable[str]) -> str:
    return json.dumps(list(texts))


def _row(pulled: Pulled) -> dict[str, Any]:
    return versions.row_values(pulled.document, pulled.received.utc_ms, "", pulled.device) | {
        "revision": pulled.revision,
        "head": pulled.head,
        "received_ms": pulled.received.utc_ms,
    }


def _derived(connection: Connection, home: Home, mutation: str) -> Derived | None:
    row = connection.execute(_BODY, {"wanted": mutation}).one()
    return None if row.deleted else derived_of(row.body, mutation, home)


def derived_of(body: str, mutation: str, home: Home) -> Derived | None:
    """None for a body that this program cannot read: it is kept and passed on, but not listed."""
    try:
        return derive(home.projected_as, mutation, Record.parse(body))
    except ValueError:
        return None


def _read(document: Document, home: Home) -> tuple[Derived | None, SealedPerson | None]:
    if document.kind == Kind.RECORD and not document.deleted:
        derived = derived_of(document.body, document.mutation, home)
        # A body that speaks of another record than its envelope must not take that one's place.
        return (derived if derived is not None and derived.id == document.id else None), None
    if document.kind == Kind.PERSON and not document.deleted:
        try:
            return None, SealedPerson.parse(document.body)
        except ValueError:
            return None, None
    return None, None
