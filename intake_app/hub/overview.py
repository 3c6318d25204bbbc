"""Counts for whoever runs the hub; no names of people and nothing they said."""

from typing import Any

from sqlalchemy import Connection, func, select

from intake_app.hub.tables import COUNTERS, DEVICES, ORGANISATIONS, PROJECTED, VERSIONS
from intake_app.times import Instant


def overview(connection: Connection, organisation: str) -> dict[str, Any]:
    """Of one organisation: documents, versions, conflicts, devices, last arrival.

    ``latest`` is the newest revision, ``projected`` up to which one the projection has followed.
    """
    named = select(ORGANISATIONS.c.name).where(ORGANISATIONS.c.organisation == organisation)
    table = VERSIONS.c
    here = table.organisation == organisation
    heads = (
        select(func.count().label("heads"))
        .where(here, table.head.is_(True), table.erased.is_(False))
        .group_by(table.kind, table.document)
        .subquery()
    )
    documents, conflicts = connection.execute(
        select(func.count(), func.count().filter(heads.c.heads > 1)).select_from(heads)
    ).one()
    versions, last = connection.execute(select(func.count(), func.max(table.received_ms)).where(here)).one()
    devices, revoked = connection.execute(
        select(func.count(), func.count(DEVICES.c.revoked_ms)).where(DEVICES.c.organisation == organisation)
    ).one()
    latest = connection.execute(
        select(COUNTERS.c.latest).where(COUNTERS.c.organisation == organisation)
    ).scalar_one()
    projected = connection.execute(
        select(PROJECTED.c.revision).where(PROJECTED.c.organisation == organisation)
    ).scalar_one()
    return {
        "organisation": organisation,
        "name": connection.execute(named).scalar_one(),
        "documents": documents,
        "versions": versions,
        "conflicts": conflicts,
        "latest": latest,
        "projected": projected,
        "devices": devices,
        "revoked": revoked,
        "last_received": Instant(last).isoformat() if last is not None else None,
    }
