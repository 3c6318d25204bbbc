"""Who gets in: organisations, one-time enrolment codes, devices and their tokens."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, select, update

from intake_app.hub.errors import (
    CodeRefused,
    DeviceUnknown,
    OrganisationUnknown,
    Revoked,
    TokenUnknown,
)
from intake_app.hub.scopes import Caller, DeviceKind
from intake_app.hub.tables import CODES, COUNTERS, DEVICES, ORGANISATIONS, PROJECTED
from intake_app.sync.protocol import EnrolAnswer, EnrolRequest, SplitAnswer
from intake_app.times import Instant

CODE_DAYS = 7
_DAY_MS = 86_400_000
_PREFIX_DIGITS = 4
_SECRET_DIGITS = 12


def create_organisation(
    connection: Connection, organisation: str, name: str, area: str, now: Instant
) -> None:
    """With its counter row and a fresh organisation key."""
    connection.execute(
        ORGANISATIONS.insert().values(
            organisation=organisation, name=name, area=area, key=secrets.token_hex(32), made_ms=now.utc_ms
        )
    )
    connection.execute(COUNTERS.insert().values(organisation=organisation, latest=0))
    connection.execute(PROJECTED.insert().values(organisation=organisation, revision=0))


def find_organisation(connection: Connection, named: str) -> str:
    """Its id, from the id or the exact name (letter case ignored). Raises OrganisationUnknown."""
    rows = connection.execute(select(ORGANISATIONS.c.organisation, ORGANISATIONS.c.name)).all()
    found = [row for row in rows if row.organisation == named]
    found = found or [row for row in rows if row.name.casefold() == named.strip().casefold()]
    if len(found) != 1:
        raise OrganisationUnknown(organisation=named)
    return str(found[0].organisation)


def make_code(
    connection: Connection, organisation: str, kind: DeviceKind, now: Instant, area: str = "", team: str = ""
) -> str:
    """A one-time code of 16 digits in groups of four, to be read aloud; good for seven days."""
    secret = "".join(secrets.choice("0123456789") for _ in range(_SECRET_DIGITS))
    connection.execute(
        CODES.insert().values(
            organisation=organisation,
            code_hash=_code_hash(organisation, secret),
            device_kind=kind,
            area=area,
            team=team,
            made_ms=now.utc_ms,
            expires_ms=now.utc_ms + CODE_DAYS * _DAY_MS,
            used_by="",
        )
    )
    digits = _prefix(organisation) + secret
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def organisations_of(connection: Connection, code: str) -> tuple[str, ...]:
    """Those that a typed code may be for: nearly always one, to be asked in a transaction of its own each."""
    prefix, _secret = _parts(code)
    ids = connection.execute(select(ORGANISATIONS.c.organisation)).scalars()
    return tuple(one for one in ids if _prefix(one) == prefix)


def enrol(connection: Connection, organisation: str, request: EnrolRequest, now: Instant) -> EnrolAnswer:
    """Uses the code up and gives the device a new token. The same device may repeat it with the same code:
    its answer may have been lost. Raises CodeRefused, with reason ``unknown`` where it is another's code."""
    _named, secret = _parts(request.code)
    if len(secret) != _SECRET_DIGITS:
        raise CodeRefused(reason="unknown")
    condition = and_(
        CODES.c.organisation == organisation, CODES.c.code_hash == _code_hash(organisation, secret)
    )
    code = connection.execute(select(CODES).where(condition)).mappings().one_or_none()
    if code is None:
        raise CodeRefused(reason="unknown")
    _check_code(code, request.device, now)
    connection.execute(update(CODES).where(condition).values(used_ms=now.utc_ms, used_by=request.device))
    place = {"kind": code["device_kind"], "area": code["area"], "team": code["team"]}
    token = _admit(connection, organisation, request.device, place | {"name": request.name}, now)
    named = (
        connection.execute(select(ORGANISATIONS).where(ORGANISATIONS.c.organisation == organisation))
        .mappings()
        .one()
    )
    return EnrolAnswer(
        organisation=organisation,
        organisation_name=named["name"],
        area=named["area"],
        organisation_key=named["key"],
        device=request.device,
        device_kind=code["device_kind"],
        token=token,
    )


def split(connection: Connection, caller: Caller, device: str, now: Instant) -> SplitAnswer:
    """A copy of a device gets an id of its own, of the same kind and place; repeating it is harmless.

    Raises DeviceUnknown where ``device`` is another one already.
    """
    here = DEVICES.c.organisation == caller.organisation
    there = connection.execute(
        select(DEVICES.c.came_from).where(here, DEVICES.c.device == device)
    ).one_or_none()
    if device == caller.device or (there is not None and there.came_from != caller.device):
        raise DeviceUnknown(device=device)
    latest = select(COUNTERS.c.latest).where(COUNTERS.c.organisation == caller.organisation)
    name = select(DEVICES.c.name).where(here, DEVICES.c.device == caller.device)
    values = {
        "kind": caller.kind,
        "area": caller.area,
        "team": caller.team,
        "name": connection.execute(name).scalar_one(),
        "came_from": caller.device,
        "came_at": connection.execute(latest).scalar_one(),
    }
    return SplitAnswer(device, _admit(connection, caller.organisation, device, values, now))


def caller_of(connection: Connection, token: str, now: Instant) -> Caller:
    """The device whose token this is. Raises TokenUnknown, Revoked."""
    organisation, dot, _ = token.partition(".")
    if not dot:
        raise TokenUnknown
    row = connection.execute(
        select(DEVICES).where(
            DEVICES.c.organisation == organisation, DEVICES.c.token_hash == _token_hash(token)
        )
    ).one_or_none()
    if row is None:
        raise TokenUnknown
    if row.revoked_ms is not None:
        raise Revoked
    return Caller(
        organisation=organisation,
        device=row.device,
        kind=row.kind,
        area=row.area,
        team=row.team,
        came_from=row.came_from,
        came_at=row.came_at,
        today=now.utc_ms // _DAY_MS,
        turn=row.turn,
    )


def revoke(connection: Connection, organisation: str, device: str, now: Instant) -> tuple[str, ...]:
    """Shuts a device out, and those that began as copies of it: one of them may be the stolen one.

    Returns all their ids; they stay listed. Raises DeviceUnknown.
    """
    _change_device(connection, organisation, device, revoked_ms=now.utc_ms)
    out = [device]
    for one in out:
        copies = select(DEVICES.c.device).where(
            DEVICES.c.organisation == organisation, DEVICES.c.came_from == one, DEVICES.c.revoked_ms.is_(None)
        )
        for copy in connection.execute(copies).scalars().all():
            _change_device(connection, organisation, copy, revoked_ms=now.utc_ms)
            out.append(copy)
    return tuple(out)


def set_place(connection: Connection, organisation: str, device: str, **place: str) -> None:
    """Changes what a device receives (``kind``, ``area``, ``team``); it learns so at its next round.

    Raises DeviceUnknown.
    """
    _change_device(connection, organisation, device, **place)


def organisations(connection: Connection) -> tuple[str, ...]:
    """All ids, oldest first."""
    rows = connection.execute(select(ORGANISATIONS.c.organisation).order_by(ORGANISATIONS.c.organisation))
    return tuple(rows.scalars())


def has_device(connection: Connection, organisation: str, device: str) -> bool:
    found = select(DEVICES.c.device).where(DEVICES.c.organisation == organisation, DEVICES.c.device == device)
    return connection.execute(found).first() is not None


def listed_devices(connection: Connection, organisation: str) -> list[dict[str, Any]]:
    """Every device of an organisation, oldest first, for whoever runs the hub."""
    rows = connection.execute(
        select(DEVICES).where(DEVICES.c.organisation == organisation).order_by(DEVICES.c.enrolled_ms)
    )
    names = ("organisation", "device", "kind", "area", "team", "name", "came_from")
    return [
        {name: row[name] for name in names} | {"revoked": row["revoked_ms"] is not None}
        for row in rows.mappings()
    ]


def _change_device(connection: Connection, organisation: str, device: str, **values: object) -> None:
    changed = connection.execute(
        update(DEVICES)
        .where(DEVICES.c.organisation == organisation, DEVICES.c.device == device)
        .values(**values)
    )
    if not changed.rowcount:
        raise DeviceUnknown(device=device)


def _check_code(code: Mapping[Any, Any], device: str, now: Instant) -> None:
    if code["used_ms"] is not None and code["used_by"] != device:
        raise CodeRefused(reason="used")
    if now.utc_ms > code["expires_ms"]:
        raise CodeRefused(reason="expired")


def _admit(
    connection: Connection, organisation: str, device: str, given: Mapping[str, object], now: Instant
) -> str:
    token = f"{organisation}.{secrets.token_urlsafe(32)}"
    values = {
        "came_from": "",
        "came_at": 0,
        **given,
        "turn": "",
        "token_hash": _token_hash(token),
        "enrolled_ms": now.utc_ms,
        "revoked_ms": None,
    }
    here = and_(DEVICES.c.organisation == organisation, DEVICES.c.device == device)
    if not connection.execute(update(DEVICES).where(here).values(**values)).rowcount:
        connection.execute(DEVICES.insert().values(organisation=organisation, device=device, **values))
    return token


def _parts(code: str) -> tuple[str, str]:
    digits = "".join(character for character in code if character in "0123456789")
    return digits[:_PREFIX_DIGITS], digits[_PREFIX_DIGITS:]


def _prefix(organisation: str) -> str:
    """Four digits that say which organisation a code is for; not unique, only a way to look at few."""
    return f"{int(hashlib.sha256(organisation.encode()).hexdigest(), 16) % 10**_PREFIX_DIGITS:04d}"


def _code_hash(organisation: str, secret: str) -> str:
    # Twelve digits are few enough to be tried against a stolen database: scrypt makes each try dear.
    return hashlib.scrypt(secret.encode(), salt=organisation.encode(), n=2**12, r=8, p=1, dklen=32).hex()


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
