"""New versions are stored as they are, and where that fails the error does not tell what was in them."""

import traceback
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from intake_app.hub import new_rows
from intake_app.hub.tables import VERSIONS
from tests.hub.hub_fixtures import RunningHub

ODD = "a\ttab, a\nline, a \\backslash\\n, \\. and \\N, “quotes”, \x01, اردو"


def row(hub: RunningHub, revision: int, body: str) -> dict[str, Any]:
    document = hub.document()
    texts = dict.fromkeys(
        ("parents", "audience", "device", "owner", "area", "team", "sha256", "envelope"), ""
    )
    return texts | {
        "organisation": hub.organisation,
        "revision": revision,
        "kind": "record",
        "document": document.id,
        "mutation": document.mutation,
        "deleted": False,
        "head": True,
        "erased": False,
        "received_ms": 1,
        "size": len(body),
        "body": body,
    }


def test_rows_arrive_as_they_were_given(hub: RunningHub) -> None:
    given = [row(hub, 1_001, ODD), row(hub, 1_002, "")]
    hub.database.write(lambda connection: new_rows.put(connection, VERSIONS, given))
    kept = hub.database.read(
        lambda connection: (
            connection.execute(
                select(VERSIONS).where(VERSIONS.c.revision.in_((1_001, 1_002))).order_by(VERSIONS.c.revision)
            )
            .mappings()
            .all()
        )
    )
    assert [dict(one) for one in kept] == given


def test_no_rows_are_no_statement(hub: RunningHub) -> None:
    hub.database.write(lambda connection: new_rows.put(connection, VERSIONS, ()))


def test_what_fails_says_its_kind_and_not_the_story(hub: RunningHub) -> None:
    twice = [row(hub, 2_001, "first"), row(hub, 2_001, "She waited six hours")]
    with pytest.raises(IntegrityError) as raised:
        hub.database.write(lambda connection: new_rows.put(connection, VERSIONS, twice))
    assert "six hours" not in "".join(traceback.format_exception(raised.value))
    assert not hub.database.read(
        lambda connection: connection.execute(
            select(VERSIONS.c.revision).where(VERSIONS.c.revision == 2_001)
        ).all()
    )
