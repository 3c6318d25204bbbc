"""The endpoints for the bytes of attached files. No SQL."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from intake_app.attachments import CHUNK_BYTES
from intake_app.hub import transactions
from intake_app.hub.database import Database
from intake_app.hub.routes import Token, body_reader
from intake_app.hub.settings import HubSettings
from intake_app.sync.attachments_protocol import (
    CHUNK_HEADER,
    CHUNK_PATH,
    CHUNK_TYPE,
    FILE_PATH,
    chunk_hash,
    file_text,
)


def make_attachment_router(database: Database, settings: HubSettings) -> APIRouter:
    """``intake_app.sync.attachments_protocol`` describes what they carry."""
    router = APIRouter()
    piece = Depends(body_reader(CHUNK_BYTES))

    @router.get(FILE_PATH, summary="What the hub has of one file of a document")
    def look(token: Token, document: str, sha256: str) -> Response:
        return _json(file_text(transactions.file(database, token, document, sha256, settings)))

    @router.put(CHUNK_PATH, summary="Send one piece of a file; repeating it is harmless")
    def put(
        body: Annotated[bytes, piece],
        token: Token,
        document: str,
        sha256: str,
        number: int,
        claimed: Annotated[str, Header(alias=CHUNK_HEADER)] = "",
    ) -> Response:
        transactions.put_chunk(database, token, (document, sha256, number), body, claimed, settings)
        return _json("{}")

    @router.post(FILE_PATH, summary="All pieces of a file were sent: is it whole?")
    def finish(token: Token, document: str, sha256: str) -> Response:
        return _json(file_text(transactions.finish_file(database, token, document, sha256, settings)))

    @router.get(CHUNK_PATH, summary="One piece of a whole file of a document that this device receives")
    def get(token: Token, document: str, sha256: str, number: int) -> Response:
        content = transactions.chunk(database, token, (document, sha256, number), settings)
        return Response(content, headers={CHUNK_HEADER: chunk_hash(content)}, media_type=CHUNK_TYPE)

    return router


def _json(text: str) -> Response:
    return Response(text, media_type="application/json")
