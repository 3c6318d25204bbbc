"""Many versions are found by their keys, whatever the database, and never another organisation's."""

from intake_app.hub import lookups
from intake_app.hub.scopes import DeviceKind
from tests.hub.hub_fixtures import RunningHub

MANY = 1_200
"""More than one statement may have marks for on an old SQLite, and more than a batch."""


def test_exactly_the_asked_versions_of_the_organisation_are_found(hub: RunningHub) -> None:
    device = hub.device()
    mine = [hub.document() for _ in range(5)]
    device.push(mine)
    neighbour = hub.new_organisation("Another")
    theirs = hub.document(organisation=neighbour)
    hub.device(DeviceKind.OFFICE, neighbour).push([theirs])
    asked = [mine[1].mutation, mine[3].mutation, theirs.mutation, *(hub.ids() for _ in range(MANY))]
    found = hub.database.read(lambda connection: lookups.by_mutation(connection, hub.organisation, asked))
    assert {(row.mutation, row.document, row.sha256) for row in found} == {
        (one.mutation, one.id, one.sha256) for one in (mine[1], mine[3])
    }
    assert not hub.database.read(lambda connection: lookups.by_mutation(connection, hub.organisation, ()))


def test_every_head_of_a_document_is_found_and_nothing_that_was_replaced(hub: RunningHub) -> None:
    device = hub.device(area="North", team="Calls")
    document, other = hub.document(), hub.document(kind="person")
    device.push([document, other])
    hub.device().push([hub.edit(document, "2", base=1), hub.edit(document, "3", base=1)])
    found = hub.database.read(
        lambda connection: lookups.heads(connection, hub.organisation, "record", [document.id, other.id])
    )
    assert sorted((row.document, row.revision, row.area, row.team) for row in found) == [
        (document.id, 3, "North", "Calls"),
        (document.id, 4, "North", "Calls"),
    ]
