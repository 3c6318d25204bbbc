"""What each kind of device receives; anything but a known kind receives the least."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, or_, select

from intake_app.documents import Audience, Kind
from intake_app.hub.tables import VERSIONS
from intake_app.projection.tables import RECORD

OUTREACH_DAYS = 7
_DAY_MS = 86_400_000
_RULES = 4
"""Raise it when ``visible`` changes: every device then asks again what it receives."""
_SHARED_KINDS = (
    *(Kind.QUESTION_SET, Kind.WORDING, Kind.CODE_LIST, Kind.ERASURE),
    *(Kind.DIRECTORY, Kind.DIRECTORY_PART, Kind.NICKNAME, Kind.EVENT, Kind.EVENT_COUNT),
    Kind.CALL_HOURS,
)
_PERSONAL_KINDS = (Kind.PERSON, Kind.EQUALITY)


class DeviceKind(StrEnum):
    """OUTREACH receives its own documents of the last seven days and those not finished, without persons and
    equality answers; OFFICE its area's, without what others keep to themselves; MANAGER all."""

    OUTREACH = "outreach"
    OFFICE = "office"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Caller:
    """The device that a request comes from, already let in.

    ``area`` is empty for the whole organisation. ``came_from`` is the device that this one was a copy of,
    until revision ``came_at``. ``today`` counts days since 1970 by the hub's clock; ``turn`` is its row's.
    """

    organisation: str
    device: str
    kind: str
    area: str = ""
    team: str = ""
    came_from: str = ""
    came_at: int = 0
    today: int = 0
    turn: str = ""

    @property
    def scope(self) -> str:
        """Changes exactly when what this device receives changes: on an outreach device once a day too."""
        parts = [str(_RULES), self.organisation, self.kind]
        if self.kind != DeviceKind.MANAGER:
            parts += [self.device, self.area, self.team]
            if self.kind != DeviceKind.OFFICE:
                parts.append(str(self.today))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def visible(caller: Caller) -> ColumnElement[bool]:
    """Which versions of its organisation this device receives."""
    kept = VERSIONS.c.erased.is_(False)
    if caller.kind == DeviceKind.MANAGER:
        return kept
    return and_(kept, _of_office(caller) if caller.kind == DeviceKind.OFFICE else _of_outreach(caller))


def may_send(caller: Caller) -> ColumnElement[bool]:
    """Versions whose files this device may bring: what it receives, and what it sent however long ago."""
    sent = and_(VERSIONS.c.erased.is_(False), VERSIONS.c.device == caller.device)
    return or_(sent, visible(caller))


def _of_office(caller: Caller) -> ColumnElement[bool]:
    table = VERSIONS.c
    here = table.area == caller.area
    everywhere = table.kind.in_(_SHARED_KINDS) if caller.area else table.organisation == caller.organisation
    return or_(
        _mine(caller),
        and_(table.audience == Audience.TEAM, here, table.team == caller.team),
        and_(table.audience == Audience.OFFICE, here),
        and_(table.audience == Audience.ORGANISATION, or_(here, everywhere)),
    )


def _of_outreach(caller: Caller) -> ColumnElement[bool]:
    table = VERSIONS.c
    first_moment = (caller.today - OUTREACH_DAYS) * _DAY_MS
    unfinished = (
        select(RECORD.c.id)
        .where(
            RECORD.c.organisation == caller.organisation,
            RECORD.c.id == table.document,
            or_(RECORD.c.finished_ms.is_(None), RECORD.c.danger.is_(True)),
        )
        .exists()
    )
    return or_(
        and_(
            _mine(caller),
            table.kind.not_in(_PERSONAL_KINDS),
            or_(table.received_ms >= first_moment, and_(table.kind == Kind.RECORD, unfinished)),
        ),
        table.kind.in_(_SHARED_KINDS),
    )


def _mine(caller: Caller) -> ColumnElement[bool]:
    table = VERSIONS.c
    earlier = (
        and_(table.owner == caller.came_from, table.revision <= caller.came_at)
        if caller.came_from
        else false()
    )
    return or_(table.owner == caller.device, earlier)
