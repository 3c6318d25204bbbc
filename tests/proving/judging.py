"""What must hold once everything is quiet: hub and devices against the model, each rule by itself."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from intake_app.documents import Audience, Kind
from intake_app.hub.scopes import DeviceKind
from intake_app.hub.tables import DEVICES, VERSIONS
from tests.proving.computers import TOKEN, Computer
from tests.proving.world import Broken, World

_PERSONAL = (Kind.PERSON, Kind.EQUALITY)
_SHARED = (Kind.QUESTION_SET, Kind.WORDING, Kind.CODE_LIST, Kind.ERASURE)
_NOT_PURGED = ("erased", "audit")
"""Tables that name what was erased by its id, and nothing else of it."""


@dataclass(frozen=True)
class Held:
    """Everything the hub holds of one organisation."""

    versions: dict[str, Any]
    kinds: dict[str, str]

    @property
    def heads(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.versions.values():
            if row.head:
                found[row.document].add(row.mutation)
        return found


def judge(world: World) -> None:
    """Raises Broken with the first rule that does not hold."""
    for organisation in world.organisations.values():
        held = _held(world, organisation)
        _hub_lost_nothing(world, organisation, held)
        _hub_keeps_every_side(world, organisation, held)
        erased = world.model.erased(held.versions.keys() & world.model.saved.keys())
        _hub_erased(held, erased)
        gone = {token for document in erased for token in world.model.tokens[document]}
        for computer in world.computers:
            if computer.organisation == organisation:
                _judge_computer(computer, held, erased)
                _erased_words_are_gone(computer, gone)
    _organisations_are_apart(world)


def _held(world: World, organisation: str) -> Held:
    versions, devices = VERSIONS, DEVICES

    def read(connection: Any) -> Held:
        rows = connection.execute(versions.select().where(versions.c.organisation == organisation)).all()
        asked = devices.select().where(devices.c.organisation == organisation)
        kinds = {row.device: row.kind for row in connection.execute(asked).all()}
        held = {row.mutation: row for row in rows}
        if len(held) != len(rows):
            raise Broken("the hub holds a version twice")
        return Held(held, kinds)

    return world.hub.database.read(read)


def _hub_lost_nothing(world: World, organisation: str, held: Held) -> None:
    for one in world.model.saved.values():
        if one.organisation != organisation:
            continue
        row = held.versions.get(one.mutation)
        if row is None:
            if one.mutation not in world.model.lost and not _erased_before_sending(world, one.document):
                raise Broken("the hub lacks a version that was saved", f"{one.kind} {one.mutation}")
        elif (row.kind, row.document, row.sha256) != (one.kind, one.document, one.sha256):
            raise Broken("the hub holds other content than was saved", f"{one.kind} {one.mutation}")
    if strange := held.versions.keys() - world.model.saved.keys():
        raise Broken("the hub holds a version that nobody saved", min(strange))


def _erased_before_sending(world: World, document: str) -> bool:
    """An erasure takes away what waits to be sent as well, though it may be lost itself with its disk."""
    return document in world.model.erased(set(world.model.saved))


def _hub_keeps_every_side(world: World, organisation: str, held: Held) -> None:
    erased = {row.document for row in held.versions.values() if row.erased}
    expected = world.model.heads(held.versions.keys() & world.model.saved.keys())
    for document, heads in held.heads.items():
        if document not in erased and heads != expected[document]:
            raise Broken("the hub's heads are not the versions that nobody wrote on from", document)


def _hub_erased(held: Held, erased: set[str]) -> None:
    for row in held.versions.values():
        blank = (row.body, row.envelope) == ("", "{}")
        if (row.document in erased) != blank or blank != row.erased:
            raise Broken("the hub erased too little or too much", f"{row.kind} {row.document}")


def _judge_computer(computer: Computer, held: Held, erased: set[str]) -> None:
    store = computer.store
    report = store.check()
    if report.findings:
        raise Broken("a store does not check clean", f"{computer.name}: {report.findings}")
    if store.sync.counts().waiting or store.sync.quarantined():
        raise Broken("something still waits, or was refused", computer.name)
    rows = {row.mutation: row for row in computer.rows("SELECT * FROM version")}
    visible = {row.mutation for row in held.versions.values() if _receives(computer, held, row)}
    if missing := visible - rows.keys():
        raise Broken("a device lacks what the hub has for it", f"{computer.name}: {min(missing)}")
    for mutation, row in rows.items():
        there = held.versions.get(mutation)
        if there is None or (row.revision, row.sha256) != (there.revision, there.sha256):
            raise Broken("a receipt names other content than the hub holds", f"{computer.name}: {mutation}")
        if row.document in erased:
            raise Broken("an erased document is still on a device", f"{computer.name}: {row.document}")
        mine = row.device in {*computer.devices, ""} or row.document in computer.by_right
        if mutation not in visible and not mine:
            raise Broken("a device keeps what it should not receive", f"{computer.name}: {row.kind}")
    _judge_heads(computer, held, {held.versions[mutation].document for mutation in visible}, rows)


def _judge_heads(computer: Computer, held: Held, documents: set[str], rows: dict[str, Any]) -> None:
    heads: dict[str, set[str]] = defaultdict(set)
    for row in rows.values():
        if row.head:
            heads[row.document].add(row.mutation)
    shown = {row.id: row for row in computer.rows("SELECT id, mutation, conflict FROM document")}
    for document in documents:
        if heads[document] != held.heads[document]:
            raise Broken("a device and the hub disagree on the heads", f"{computer.name}: {document}")
        if bool(shown[document].conflict) != (len(heads[document]) > 1):
            raise Broken("a conflict is not marked, or none is", f"{computer.name}: {document}")
        if shown[document].mutation not in heads[document]:
            raise Broken("a device shows a version that was replaced", f"{computer.name}: {document}")


def _receives(computer: Computer, held: Held, row: Any) -> bool:
    """What each kind of device receives, told once more and differently than the hub tells it."""
    kind = held.kinds[computer.store.device]
    own = row.owner == computer.store.device
    if row.erased:
        return False
    if kind == DeviceKind.MANAGER:
        return True
    if kind == DeviceKind.OFFICE:
        return own or row.audience != Audience.OWN
    return (own and row.kind not in _PERSONAL) or row.kind in _SHARED


def _erased_words_are_gone(computer: Computer, gone: set[str]) -> None:
    for table, found in _words_of(computer):
        if found & gone:
            raise Broken("an erased word is still in the store", f"{computer.name}: {table}")


def _words_of(computer: Computer) -> Iterator[tuple[str, set[str]]]:
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    for (name,) in computer.rows(tables):
        if not name.startswith(("record_search", "sqlite_", "service")):
            yield name, set(TOKEN.findall(repr(computer.rows(f'SELECT * FROM "{name}"'))))
    terms = computer.rows("SELECT words FROM record_text")
    yield "record_text", set(TOKEN.findall(repr(terms)))


def _organisations_are_apart(world: World) -> None:
    for computer in world.computers:
        for row in computer.rows("SELECT DISTINCT organisation FROM version"):
            if row.organisation != computer.organisation:
                raise Broken("a document of another organisation is on a device", computer.name)
    seen: dict[str, str] = {}
    for organisation in world.organisations.values():
        for row in _held(world, organisation).versions.values():
            if seen.setdefault(row.document, organisation) != organisation:
                raise Broken("one document is in two organisations", row.document)
