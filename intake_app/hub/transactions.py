"""What each request does to the database: whole transactions of one organisation each."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from intake_app.hub import access, attachments, records, turns
from intake_app.hub.database import Database
from intake_app.hub.errors import CodeRefused
from intake_app.hub.settings import HubSettings
from intake_app.sync.attachments_protocol import FileAnswer
from intake_app.sync.protocol import EnrolAnswer, EnrolRequest, PushAnswer, SplitAnswer, Turn


def enrol(database: Database, request: EnrolRequest, settings: HubSettings) -> EnrolAnswer:
    """Asks each organisation that the code may be of. Raises CodeRefused."""
    refused = CodeRefused(reason="unknown")
    for organisation in database.read(lambda connection: access.organisations_of(connection, request.code)):
        try:
            admit = partial(access.enrol, organisation=organisation, request=request, now=settings.clock())
            return database.write(admit)
        except CodeRefused as error:
            refused = error
            if error.details["reason"] != "unknown":
                break
    raise refused


def push(
    database: Database, token: str, turn: Turn | None, values: Sequence[Any], settings: HubSettings
) -> PushAnswer:
    """Raises TokenUnknown, Revoked, DeviceTwice."""

    def work(connection: Connection) -> PushAnswer:
        caller = access.caller_of(connection, token, settings.clock())
        turns.take(connection, caller, turn)
        return records.push(connection, caller, values, settings)

    return database.write(work)


def pull(
    database: Database, token: str, turn: Turn | None, since: int, scope: str, settings: HubSettings
) -> str:
    """The text of the answer. Raises TokenUnknown, Revoked, DeviceTwice."""

    def look(connection: Connection) -> str | None:
        caller = access.caller_of(connection, token, settings.clock())
        if turns.must_write(caller, turn):
            return None
        return records.pull(connection, caller, since, scope, settings)

    def take(connection: Connection) -> None:
        turns.take(connection, access.caller_of(connection, token, settings.clock()), turn)

    # Nearly always there is nothing to write, and a reader waits for nobody.
    while (text := database.read(look)) is None:
        database.write(take)
    return text


def split(database: Database, token: str, device: str, settings: HubSettings) -> SplitAnswer:
    """Raises TokenUnknown, Revoked, DeviceUnknown."""

    def work(connection: Connection) -> SplitAnswer:
        now = settings.clock()
        return access.split(connection, access.caller_of(connection, token, now), device, now)

    return database.write(work)


Piece = tuple[str, str, int]
"""Document, hash and number."""


def file(database: Database, token: str, document: str, sha256: str, settings: HubSettings) -> FileAnswer:
    """Raises TokenUnknown, Revoked, AttachmentUnknown; so do those below."""

    def work(connection: Connection) -> FileAnswer:
        caller = access.caller_of(connection, token, settings.clock())
        return attachments.look(connection, caller, document, sha256)

    return database.read(work)


def put_chunk(
    database: Database, token: str, piece: Piece, content: bytes, claimed: str, settings: HubSettings
) -> None:
    """Raises RequestUnreadable for a piece that is not what it should be."""

    def work(connection: Connection) -> None:
        caller = access.caller_of(connection, token, settings.clock())
        attachments.put(connection, caller, *piece, content, claimed)

    database.write(work)


def finish_file(
    database: Database, token: str, document: str, sha256: str, settings: HubSettings
) -> FileAnswer:
    def work(connection: Connection) -> FileAnswer:
        caller = access.caller_of(connection, token, settings.clock())
        return attachments.finish(connection, caller, document, sha256)

    return database.write(work)


def chunk(database: Database, token: str, piece: Piece, settings: HubSettings) -> bytes:
    def work(connection: Connection) -> bytes:
        caller = access.caller_of(connection, token, settings.clock())
        return attachments.get(connection, caller, *piece)

    return database.read(work)
