"""One function for each endpoint: reads the message, asks records or access, writes the answer. No SQL."""

from collections import deque
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from intake_app.hub import transactions
from intake_app.hub.database import Database
from intake_app.hub.errors import CodeRefused, RequestTooLarge, RequestUnreadable, TokenUnknown
from intake_app.hub.settings import HubSettings
from intake_app.sync.fields import MessageUnreadable
from intake_app.sync.protocol import (
    ENROL_PATH,
    PULL_PATH,
    PUSH_PATH,
    SPLIT_PATH,
    TURN_HEADER,
    Turn,
    enrol_answer_text,
    enrol_request_of,
    push_answer_text,
    pushed_values,
    split_answer_text,
    split_device_of,
    turn_of,
)
from intake_app.times import Clock

_TRIES = 20
_TRIES_MS = 10 * 60_000

_bearer = HTTPBearer(auto_error=False, description="The device's token, given once at enrolment.")


class FailedTries:
    """Counts wrong enrolment codes from one address, so that codes cannot be guessed by the million."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._times: dict[str, deque[int]] = {}

    def check(self, address: str) -> None:
        """Raises CodeRefused after 20 wrong codes within 10 minutes."""
        times = self._times.get(address, deque())
        while times and times[0] < self._clock().utc_ms - _TRIES_MS:
            times.popleft()
        if not times:
            self._times.pop(address, None)
        elif len(times) >= _TRIES:
            raise CodeRefused(reason="too_many_tries")

    def add(self, address: str) -> None:
        self._times.setdefault(address, deque()).append(self._clock().utc_ms)


def _token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if credentials is None:
        raise TokenUnknown
    return credentials.credentials


def _turn(value: Annotated[str, Header(alias=TURN_HEADER)] = "") -> Turn | None:
    if not value:
        return None
    try:
        return turn_of(value)
    except MessageUnreadable as error:
        raise RequestUnreadable(field=error.field) from error


Token = Annotated[str, Depends(_token)]
DeviceTurn = Annotated[Turn | None, Depends(_turn)]


def body_reader(limit: int) -> Callable[[Request], object]:
    async def body(request: Request) -> bytes:
        """The whole body, read no further than the limit. Raises RequestTooLarge."""
        text = bytearray()
        async for chunk in request.stream():
            text += chunk
            if len(text) > limit:
                raise RequestTooLarge(limit=limit)
        return bytes(text)

    return body


def make_router(database: Database, settings: HubSettings) -> APIRouter:
    """The endpoints of version 1; ``intake_app.sync.protocol`` describes what they carry."""
    router = APIRouter()
    tries = FailedTries(settings.clock)
    whole_body = Depends(body_reader(settings.request_bytes))

    @router.get("/healthz", summary="Whether the hub and its database answer")
    def healthz() -> dict[str, str]:
        return {"status": "ok", "schema": database.revision()}

    @router.post(ENROL_PATH, summary="Join an organisation with a one-time code")
    def enrol(request: Request, body: Annotated[bytes, whole_body]) -> Response:
        address = request.client.host if request.client else ""
        tries.check(address)
        try:
            asked = enrol_request_of(body)
            answer = transactions.enrol(database, asked, settings)
        except MessageUnreadable as error:
            raise RequestUnreadable(field=error.field) from error
        except CodeRefused:
            tries.add(address)
            raise
        return _json(enrol_answer_text(answer))

    @router.post(PUSH_PATH, summary="Send versions of documents; each gets a receipt or a refusal")
    def push(body: Annotated[bytes, whole_body], token: Token, turn: DeviceTurn) -> Response:
        try:
            values = pushed_values(body)
        except MessageUnreadable as error:
            raise RequestUnreadable(field=error.field) from error
        if len(values) > settings.batch_documents:
            raise RequestTooLarge(limit=settings.batch_documents)
        return _json(push_answer_text(transactions.push(database, token, turn, values, settings)))

    @router.get(PULL_PATH, summary="A page of what changed after a revision, within this device's scope")
    def pull(token: Token, turn: DeviceTurn, since: int = 0, scope: str = "") -> Response:
        if since < 0:
            raise RequestUnreadable(field="since")
        return _json(transactions.pull(database, token, turn, since, scope, settings))

    @router.post(SPLIT_PATH, summary="An identity of its own for a copy of a device")
    def split(body: Annotated[bytes, whole_body], token: Token) -> Response:
        try:
            device = split_device_of(body)
        except MessageUnreadable as error:
            raise RequestUnreadable(field=error.field) from error
        answer = transactions.split(database, token, device, settings)
        return _json(split_answer_text(answer))

    return router


def _json(text: str) -> Response:
    return Response(text, media_type="application/json")
