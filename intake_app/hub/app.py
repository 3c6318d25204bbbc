"""``create_app``: wires settings, database and routes together, and gives every failure one shape."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from intake_app.hub.attachment_routes import make_attachment_router
from intake_app.hub.database import Database
from intake_app.hub.errors import Busy, HubError
from intake_app.hub.routes import make_router
from intake_app.hub.settings import HubSettings
from intake_app.sync.protocol import Refused, refused_text

RETRY_AFTER_SECONDS = 2


def create_app(settings: HubSettings) -> FastAPI:
    """The hub as an ASGI application, its database brought up to date.

    Raises DatabaseUnavailable and DatabaseNewer.
    """
    database = Database(settings)
    database.migrate()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        database.close()

    app = FastAPI(
        title="Intake hub",
        version=_program_version(),
        lifespan=lifespan,
        # Pages that load scripts from elsewhere do not work on closed networks; /openapi.json stays.
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(make_router(database, settings))
    app.include_router(make_attachment_router(database, settings))
    app.add_exception_handler(HubError, _expected)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _cut_off)
    app.add_exception_handler(Exception, _bug)
    return app


def _program_version() -> str:
    try:
        return version("intake-app")
    except PackageNotFoundError:
        return "0"


def _answer(status: int, refused: Refused, headers: dict[str, str] | None = None) -> Response:
    return Response(refused_text(refused), status, headers, "application/json")


async def _expected(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HubError)
    details = {key: value for key, value in error.details.items() if isinstance(value, str | int)}
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if isinstance(error, Busy) else None
    return _answer(error.status, Refused(error.code, details), headers)


async def _unreadable(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # Only the names of the fields: the framework's own answer would repeat what was sent.
    fields = sorted({str(one["loc"][-1]) for one in error.errors()})
    return _answer(400, Refused("request_unreadable", {"field": ", ".join(fields)}))


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
    return _answer(error.status_code, Refused(code))


async def _cut_off(_request: Request, _error: Exception) -> Response:
    # Nobody is there to read it. A line that breaks is nothing to fill a log with: the device asks again.
    return _answer(400, Refused("cut_off"))


async def _bug(_request: Request, _error: Exception) -> Response:
    return _answer(500, Refused("internal_error"))
