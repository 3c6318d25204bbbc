"""Counts for whoever runs the hub; no names of people and nothing they said."""

from typing import Any

from sqlalchemy import Connection, func, select

from intake_app.hub.access import COUNTERS, DEVICES, ORGANISATIONS, VERSIONS
from intake_app.times import Instant


def overview(connection: Connection) -> list[dict[str, Any]]:
    """One entry for each organisation, by name: documents, versions, conflicts, devices, last arrival."""
    organisations = connection.execute(select(ORGANISATIONS).order_by(ORGANISATIONS.c.name)).mappings().all()
    return [_of(connection, row["organisation"], row["name"]) for row in organisations]


def _of(connection: Connection, organisation: str, name: str) -> dict[str, Any]:
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
    return {
        "organisation": organisation,
        "name": name,
        "documents": documents,
        "versions": versions,
        "conflicts": conflicts,
        "latest": latest,
        "devices": devices,
        "revoked": revoked,
        "last_received": Instant(last).isoformat() if last is not None else None,
    }
