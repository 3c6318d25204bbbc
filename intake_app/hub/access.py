"""Who may do what: organisations, one-time enrolment codes, devices, their tokens and what they receive."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from intake_app.documents import Audience, Kind
from intake_app.hub.errors import (
    CodeRefused,
    DeviceUnknown,
    OrganisationUnknown,
    Revoked,
    TokenUnknown,
)
from intake_app.hub.tables import HubTable
from intake_app.sync.protocol import EnrolAnswer, EnrolRequest
from intake_app.times import Instant

ORGANISATIONS = HubTable.metadata.tables["organisation"]
COUNTERS = HubTable.metadata.tables["change_counter"]
VERSIONS = HubTable.metadata.tables["version"]
DEVICES = HubTable.metadata.tables["device"]
CODES = HubTable.metadata.tables["enrolment_code"]

CODE_DAYS = 7
_DAY_MS = 86_400_000
_PREFIX_DIGITS = 4
_SECRET_DIGITS = 12
_RULES = 2
"""Raise it when ``visible`` changes: every device then asks again what it receives."""
_SHARED_KINDS = (
    *(Kind.QUESTION_SET, Kind.WORDING, Kind.CODE_LIST, Kind.ERASURE),
    *(Kind.DIRECTORY, Kind.DIRECTORY_PART, Kind.NICKNAME),
)
_PERSONAL_KINDS = (Kind.PERSON, Kind.EQUALITY)


class DeviceKind(StrEnum):
    """OUTREACH receives its own documents without persons and equality answers; OFFICE the organisation's,
    without what others keep to themselves; MANAGER all."""

    OUTREACH = "outreach"
    OFFICE = "office"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Caller:
    """The device that a request comes from, already let in."""

    organisation: str
    device: str
    kind: str

    @property
    def scope(self) -> str:
        """Changes exactly when what this device receives changes."""
        whose = self.device if self.kind != DeviceKind.MANAGER else ""
        text = f"{_RULES}\n{self.organisation}\n{self.kind}\n{whose}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def visible(caller: Caller) -> ColumnElement[bool]:
    """Which versions this device receives; anything but a known kind of device receives the least."""
    table = VERSIONS.c
    if caller.kind == DeviceKind.MANAGER:
        return table.erased.is_(False)
    mine = table.owner == caller.device
    if caller.kind == DeviceKind.OFFICE:
        shown = or_(mine, table.audience.in_((Audience.TEAM, Audience.OFFICE, Audience.ORGANISATION)))
    else:
        shown = or_(and_(mine, table.kind.not_in(_PERSONAL_KINDS)), table.kind.in_(_SHARED_KINDS))
    return and_(table.erased.is_(False), shown)


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


def find_organisation(connection: Connection, named: str) -> str:
    """Its id, from the id or the exact name (letter case ignored). Raises OrganisationUnknown."""
    rows = connection.execute(select(ORGANISATIONS.c.organisation, ORGANISATIONS.c.name)).all()
    found = [row for row in rows if row.organisation == named]
    found = found or [row for row in rows if row.name.casefold() == named.strip().casefold()]
    if len(found) != 1:
        raise OrganisationUnknown(organisation=named)
    return str(found[0].organisation)


def make_code(connection: Connection, organisation: str, kind: DeviceKind, now: Instant) -> str:
    """A one-time code of 16 digits in groups of four, to be read aloud; good for seven days."""
    secret = "".join(secrets.choice("0123456789") for _ in range(_SECRET_DIGITS))
    connection.execute(
        CODES.insert().values(
            organisation=organisation,
            code_hash=_code_hash(organisation, secret),
            device_kind=kind,
            made_ms=now.utc_ms,
            expires_ms=now.utc_ms + CODE_DAYS * _DAY_MS,
            used_by="",
        )
    )
    digits = _prefix(organisation) + secret
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def enrol(connection: Connection, request: EnrolRequest, now: Instant) -> EnrolAnswer:
    """Uses the code up and gives the device a new token. The same device may repeat it with the same code:
    its answer may have been lost. Raises CodeRefused."""
    digits = "".join(character for character in request.code if character in "0123456789")
    prefix, secret = digits[:_PREFIX_DIGITS], digits[_PREFIX_DIGITS:]
    if len(secret) != _SECRET_DIGITS:
        raise CodeRefused(reason="unknown")
    for organisation in connection.execute(select(ORGANISATIONS)).mappings().all():
        if _prefix(organisation["organisation"]) != prefix:
            continue
        condition = and_(
            CODES.c.organisation == organisation["organisation"],
            CODES.c.code_hash == _code_hash(organisation["organisation"], secret),
        )
        code = connection.execute(select(CODES).where(condition)).mappings().one_or_none()
        if code is None:
            continue
        _check_code(code, request.device, now)
        connection.execute(update(CODES).where(condition).values(used_ms=now.utc_ms, used_by=request.device))
        token = _admit(connection, organisation["organisation"], code["device_kind"], request, now)
        return EnrolAnswer(
            organisation=organisation["organisation"],
            organisation_name=organisation["name"],
            area=organisation["area"],
            organisation_key=organisation["key"],
            device=request.device,
            device_kind=code["device_kind"],
            token=token,
        )
    raise CodeRefused(reason="unknown")


def caller_of(connection: Connection, token: str) -> Caller:
    """The device whose token this is. Raises TokenUnknown, Revoked."""
    organisation, dot, _ = token.partition(".")
    if not dot:
        raise TokenUnknown
    row = connection.execute(
        select(DEVICES.c.device, DEVICES.c.kind, DEVICES.c.revoked_ms).where(
            DEVICES.c.organisation == organisation, DEVICES.c.token_hash == _token_hash(token)
        )
    ).one_or_none()
    if row is None:
        raise TokenUnknown
    if row.revoked_ms is not None:
        raise Revoked
    return Caller(organisation, row.device, row.kind)


def revoke(connection: Connection, device: str, now: Instant) -> None:
    """Shuts a device out, in whichever organisation it is; it stays listed. Raises DeviceUnknown."""
    _change_device(connection, device, revoked_ms=now.utc_ms)


def set_kind(connection: Connection, device: str, kind: DeviceKind) -> None:
    """Changes what a device receives; it learns so at its next round. Raises DeviceUnknown."""
    _change_device(connection, device, kind=kind)


def listed_devices(connection: Connection) -> list[dict[str, Any]]:
    """Every device of every organisation, for whoever runs the hub."""
    columns = DEVICES.c
    rows = connection.execute(
        select(columns.organisation, columns.device, columns.kind, columns.name, columns.revoked_ms).order_by(
            columns.organisation, columns.enrolled_ms
        )
    )
    return [
        {
            "organisation": row.organisation,
            "device": row.device,
            "kind": row.kind,
            "name": row.name,
            "revoked": row.revoked_ms is not None,
        }
        for row in rows
    ]


def _change_device(connection: Connection, device: str, **values: object) -> None:
    # One statement for each organisation: a sharded database runs none without it.
    for organisation in connection.execute(select(ORGANISATIONS.c.organisation)).scalars().all():
        changed = connection.execute(
            update(DEVICES)
            .where(DEVICES.c.organisation == organisation, DEVICES.c.device == device)
            .values(**values)
        )
        if changed.rowcount:
            return
    raise DeviceUnknown(device=device)


def _check_code(code: Mapping[Any, Any], device: str, now: Instant) -> None:
    if code["used_ms"] is not None and code["used_by"] != device:
        raise CodeRefused(reason="used")
    if now.utc_ms > code["expires_ms"]:
        raise CodeRefused(reason="expired")


def _admit(connection: Connection, organisation: str, kind: str, request: EnrolRequest, now: Instant) -> str:
    token = f"{organisation}.{secrets.token_urlsafe(32)}"
    values = {
        "kind": kind,
        "name": request.name,
        "token_hash": _token_hash(token),
        "enrolled_ms": now.utc_ms,
        "revoked_ms": None,
    }
    here = and_(DEVICES.c.organisation == organisation, DEVICES.c.device == request.device)
    if not connection.execute(update(DEVICES).where(here).values(**values)).rowcount:
        connection.execute(
            DEVICES.insert().values(organisation=organisation, device=request.device, **values)
        )
    return token


def _prefix(organisation: str) -> str:
    """Four digits that say which organisation a code is for; not unique, only a way to look at few."""
    return f"{int(hashlib.sha256(organisation.encode()).hexdigest(), 16) % 10**_PREFIX_DIGITS:04d}"


def _code_hash(organisation: str, secret: str) -> str:
    # Twelve digits are few enough to be tried against a stolen database: scrypt makes each try dear.
    return hashlib.scrypt(secret.encode(), salt=organisation.encode(), n=2**12, r=8, p=1, dklen=32).hex()


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
