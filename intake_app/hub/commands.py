"""The sub-commands of ``intake-hub``."""

import argparse
import json
import logging
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

import platformdirs
import uvicorn

from intake_app.hub import access, following, projecting
from intake_app.hub.app import create_app
from intake_app.hub.database import Database
from intake_app.hub.errors import (
    DatabaseNewer,
    DatabaseUnavailable,
    DeviceUnknown,
    HubError,
    OrganisationUnknown,
)
from intake_app.hub.overview import overview
from intake_app.hub.scopes import DeviceKind
from intake_app.hub.settings import DATABASE_VARIABLE, HubSettings
from intake_app.i18n import _
from intake_app.times import IdMaker

_Act = Callable[[argparse.Namespace, HubSettings], None]
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def run(argv: list[str]) -> int:
    """Exit code 0, or 1 with a sentence on standard error; 2 for a wrong command line."""
    arguments = _parser().parse_args(argv)
    act: _Act = arguments.act
    try:
        settings = HubSettings(getattr(arguments, "database", None) or _default_database())
        act(arguments, settings)
    except HubError as error:
        _say(_sentence(error), stream=sys.stderr)
        return 1
    except OSError as error:
        _say(_("Cannot listen there: {reason}").format(reason=error.strerror or error), stream=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--database",
        metavar="URL",
        default=argparse.SUPPRESS,
        help="sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME",
    )
    parser = argparse.ArgumentParser(prog="intake-hub", parents=[common], description=_("The hub of Intake."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, act: Callable[[argparse.Namespace, HubSettings], None], says: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[common], help=says, description=says)
        command.set_defaults(act=act)
        return command

    serve = add("serve", _serve, _("answers devices until stopped"))
    serve.add_argument("--listen", metavar="HOST:PORT", default="127.0.0.1:8470")
    serve.add_argument("--certificate", type=Path, metavar="FILE", help=_("TLS certificate chain (PEM)"))
    serve.add_argument("--key", type=Path, metavar="FILE", help=_("its private key (PEM)"))
    # Begun by ``serve``, which holds the other end of its standard input.
    add("follow", _follow, _("derives what reports read, until its standard input is closed"))
    create = add("create-organisation", _create_organisation, _("adds an organisation and prints its id"))
    create.add_argument("name", metavar="NAME")
    create.add_argument("--area", default="")
    enrol = add("enrol", _enrol, _("prints a one-time code for one device, good for seven days"))
    enrol.add_argument("organisation", metavar="ORGANISATION", help=_("its id or its name"))
    kinds = [str(kind) for kind in DeviceKind]
    enrol.add_argument("--kind", choices=kinds, default=str(DeviceKind.OFFICE))
    enrol.add_argument(
        "--area", default="", help=_("the office it belongs to; empty: the whole organisation")
    )
    enrol.add_argument("--team", default="", help=_("a team of that office"))
    revoke = add("revoke", _revoke, _("shuts a device out, and copies of it; prints their ids"))
    revoke.add_argument("device", metavar="DEVICE")
    kind = add("set-kind", _set_kind, _("changes what a device receives"))
    kind.add_argument("device", metavar="DEVICE")
    kind.add_argument("kind", choices=kinds)
    kind.add_argument("--area", help=_("the office it belongs to; empty: the whole organisation"))
    kind.add_argument("--team", help=_("a team of that office"))
    rebuild = add("rebuild", _rebuild, _("derives what reports read anew from the documents"))
    rebuild.add_argument(
        "organisation", metavar="ORGANISATION", nargs="?", help=_("its id or its name; all without")
    )
    status = add("status", _status, _("counts for each organisation"))
    status.add_argument("--json", action="store_true")
    return parser


def _default_database() -> str:
    named = os.environ.get(DATABASE_VARIABLE)
    if named:
        return named
    folder = platformdirs.user_data_path("intake-hub", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'hub.sqlite'}"


def _opened(settings: HubSettings) -> Database:
    database = Database(settings)
    database.migrate()
    return database


def _create_organisation(arguments: argparse.Namespace, settings: HubSettings) -> None:
    database = _opened(settings)
    organisation = IdMaker(settings.clock)()
    database.write(
        lambda connection: access.create_organisation(
            connection, organisation, arguments.name, arguments.area, settings.clock()
        )
    )
    database.close()
    _say(organisation)


def _enrol(arguments: argparse.Namespace, settings: HubSettings) -> None:
    database = _opened(settings)
    organisation = database.read(
        lambda connection: access.find_organisation(connection, arguments.organisation)
    )
    code = database.write(
        lambda connection: access.make_code(
            connection,
            organisation,
            DeviceKind(arguments.kind),
            settings.clock(),
            arguments.area,
            arguments.team,
        )
    )
    database.close()
    _say(code)


def _revoke(arguments: argparse.Namespace, settings: HubSettings) -> None:
    database = _opened(settings)
    organisation = _organisation_with(database, arguments.device)
    revoked = database.write(
        lambda connection: access.revoke(connection, organisation, arguments.device, settings.clock())
    )
    database.close()
    for device in revoked:
        _say(device)


def _set_kind(arguments: argparse.Namespace, settings: HubSettings) -> None:
    database = _opened(settings)
    organisation = _organisation_with(database, arguments.device)
    place = {
        name: value for name in ("kind", "area", "team") if (value := getattr(arguments, name)) is not None
    }
    database.write(lambda connection: access.set_place(connection, organisation, arguments.device, **place))
    database.close()


def _organisation_with(database: Database, device: str) -> str:
    """Raises DeviceUnknown."""
    for organisation in database.read(access.organisations):
        if database.read(partial(access.has_device, organisation=organisation, device=device)):
            return organisation
    raise DeviceUnknown(device=device)


def _rebuild(arguments: argparse.Namespace, settings: HubSettings) -> None:
    database = _opened(settings)
    if arguments.organisation is None:
        chosen = database.read(access.organisations)
    else:
        named = arguments.organisation
        chosen = (database.read(lambda connection: access.find_organisation(connection, named)),)
    for organisation in chosen:
        database.write(partial(projecting.begin_anew, organisation=organisation))
    projecting.bring_up_to_date(database)
    database.close()


def _status(arguments: argparse.Namespace, settings: HubSettings) -> None:
    database = _opened(settings)
    ids = database.read(access.organisations)
    organisations = [database.read(partial(overview, organisation=one)) for one in ids]
    organisations.sort(key=lambda one: str(one["name"]))
    devices = [
        device for one in ids for device in database.read(partial(access.listed_devices, organisation=one))
    ]
    database.close()
    if arguments.json:
        _say(json.dumps({"organisations": organisations, "devices": devices}, ensure_ascii=False))
        return
    for one in organisations:
        _say(
            _(
                "{name}: documents {documents}, versions {versions}, conflicts {conflicts}, "
                "devices {devices}, revoked {revoked}, last received {last_received}"
            ).format(**one)
        )


def _serve(arguments: argparse.Namespace, settings: HubSettings) -> None:
    host, _colon, port = arguments.listen.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not port.isascii() or not port.isdigit():
        raise OSError(0, _("--listen takes HOST:PORT"))
    app = create_app(settings)
    listening = socket.create_server(
        (host, int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET
    )
    # asyncio does so only for sockets that it made itself. Without, every answer on an open connection waits
    # 40 ms for the device's acknowledgement of its first part.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    scheme = "https" if arguments.certificate else "http"
    if scheme == "http" and host not in _LOOPBACK:
        _say(
            _("Without a certificate, devices on other computers refuse this hub unless a proxy adds TLS."),
            stream=sys.stderr,
        )
    shown = f"[{host}]" if ":" in host else host
    _say(f"{scheme}://{shown}:{listening.getsockname()[1]}")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    configuration = uvicorn.Config(
        app,
        # An access log would keep addresses and times of staff for nothing.
        access_log=False,
        log_config=None,
        ssl_certfile=arguments.certificate,
        ssl_keyfile=arguments.key,
        loop="uvloop" if find_spec("uvloop") else "asyncio",
    )
    # Stopped from the keyboard: uvicorn has closed everything and repeats the interrupt.
    with listening, following.FollowingProcess(settings), suppress(KeyboardInterrupt):
        uvicorn.Server(configuration).run(sockets=[listening])


def _follow(_arguments: argparse.Namespace, settings: HubSettings) -> None:
    following.follow_beside(settings, sys.stdin)


def _say(line: str, stream: TextIO | None = None) -> None:
    (stream or sys.stdout).write(line + "\n")
    (stream or sys.stdout).flush()


def _sentence(error: HubError) -> str:
    if isinstance(error, OrganisationUnknown):
        words = _("There is no single organisation called {organisation}.")
    elif isinstance(error, DeviceUnknown):
        words = _("There is no device {device}.")
    elif isinstance(error, DatabaseNewer):
        words = _("A newer hub wrote this database (schema {found}); update the hub first.")
    elif isinstance(error, DatabaseUnavailable):
        words = _("The database cannot be opened ({reason}).")
    else:
        words = _("The database is too busy; try again.")
    return words.format(**error.details)
