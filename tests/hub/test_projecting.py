"""The hub derives the same lists as a device, behind the pushes, and can make them anew."""

from functools import partial

import pytest
from sqlalchemy import Table, bindparam, insert, select, update

from intake_app.hub import projecting
from intake_app.links import RecordLink, Relation
from intake_app.projection import write as projection
from intake_app.projection.bulk import put_rows
from intake_app.projection.derive import derive
from intake_app.projection.tables import ITEM, LINK, RECORD, SERVICE, TOPIC, UNLINK
from intake_app.records import Answer, Item, Narrative, Record, SetRef, Sheet
from tests.hub.hub_fixtures import RunningHub

TABLES = (RECORD, ITEM, SERVICE, TOPIC)
LINKS = (LINK, UNLINK)
_PUT = insert(RECORD)
_CHANGE = (
    update(RECORD)
    .where(RECORD.c.organisation == bindparam("of"), RECORD.c.id == bindparam("one"))
    .values(channel="post", last_words=bindparam("said"))
)


def record(hub: RunningHub, said: str) -> Record:
    at = hub.settings.clock()
    story = Narrative(id=hub.ids(), text=said)
    item = Item(
        id=hub.ids(),
        question_set=SetRef(id="feedback", version="0"),
        narratives=(story.id,),
        answers={
            "services": Answer(value=[{"name": "Ward 7", "place": "Town"}, {"name": "A & E", "id": "RX1"}]),
            "topics": Answer(value=[{"code": "waiting", "sentiment": "negative"}]),
        },
    )
    return Record(
        id=hub.ids(),
        device="d",
        started=at,
        received=at,
        finished=at,
        frame=Sheet(question_set=SetRef(id="frame", version="0")),
        items=(item,),
        narratives=(story,),
    )


def follow(hub: RunningHub, slice_: int = 2) -> int:
    """How many slices there were."""
    slices = 0
    while hub.database.write(partial(projecting.catch_up, organisation=hub.organisation, slice_=slice_)):
        slices += 1
    return slices


def projected(hub: RunningHub, tables: tuple[Table, ...] = TABLES) -> dict[str, list[dict[str, object]]]:
    def read(connection) -> dict[str, list[dict[str, object]]]:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(
                    select(table).where(table.c.organisation == hub.organisation).order_by(*table.primary_key)
                ).mappings()
            ]
            for table in tables
        }

    return hub.database.read(read)


def stories(hub: RunningHub) -> set[str]:
    return {str(row["first_words"]) for row in projected(hub)["projected_record"]}


def test_the_hub_lists_what_a_device_would_list(hub: RunningHub) -> None:
    records = [record(hub, f"Story {number}. Łóżko, شكرا") for number in range(5)]
    documents = [hub.document(one.to_json(), id=one.id) for one in records]
    hub.device().push(documents)
    assert projected(hub)["projected_record"] == []
    assert follow(hub) == 3
    found = projected(hub)
    for one, document in zip(records, documents, strict=True):
        derived = derive(hub.organisation, document.mutation, one)
        assert derived.record in found["projected_record"]
        for name, rows in (
            ("projected_item", derived.items),
            ("projected_service", derived.services),
            ("projected_topic", derived.topics),
        ):
            assert all(row in found[name] for row in rows)
    assert [len(found[table.name]) for table in TABLES] == [5, 5, 10, 5]


def test_it_follows_edits_conflicts_deletions_and_erasures(hub: RunningHub) -> None:
    device = hub.device()
    records = [record(hub, f"First {number}") for number in range(4)]
    edited, quarrelled, deleted, erased = records
    documents = {one.id: hub.document(one.to_json(), id=one.id) for one in records}
    device.push(list(documents.values()))
    follow(hub)

    def again(one: Record, said: str, base: int, **changes: object):
        story = one.narratives[0].model_copy(update={"text": said})
        body = one.model_copy(update={"narratives": (story,)}).to_json()
        return hub.edit(documents[one.id], body, base=base, **changes)

    device.push(
        [
            again(edited, "Second", 1),
            again(quarrelled, "Theirs", 2),
            again(quarrelled, "Ours", 2),
            again(deleted, "Gone", 3, deleted=True),
            hub.document(f'{{"erases": ["{erased.id}"]}}', kind="erasure"),
        ]
    )
    follow(hub)
    assert stories(hub) == {"Second", "Ours"}
    device.push([again(erased, "Late, from a computer that was away", 4)])
    follow(hub)
    assert stories(hub) == {"Second", "Ours"}


def test_what_this_program_cannot_read_is_kept_but_not_listed(hub: RunningHub) -> None:
    device = hub.device()
    mine, other = record(hub, "Readable"), record(hub, "Speaks of another record")
    device.push([hub.document("no JSON"), hub.document("{}"), hub.document(other.to_json())])
    device.push([hub.document(mine.to_json(), id=mine.id)])
    follow(hub)
    assert stories(hub) == {"Readable"}
    assert len(device.pull(0, "").documents) == 4


def test_made_anew_it_is_the_same_and_a_neighbour_keeps_its_own(hub: RunningHub) -> None:
    device = hub.device()
    for number in range(3):
        one = record(hub, f"Story {number}")
        device.push([hub.document(one.to_json(), id=one.id)])
    follow(hub)
    before = projected(hub)
    neighbour = hub.new_organisation("Another")
    other = record(hub, "Theirs")
    theirs = hub.document(other.to_json(), id=other.id, organisation=neighbour)
    hub.device(organisation=neighbour).push([theirs])
    projecting.bring_up_to_date(hub.database)
    hub.database.write(partial(projecting.begin_anew, organisation=hub.organisation))
    assert stories(hub) == set()
    follow(hub)
    assert projected(hub) == before
    hub.database.write(lambda connection: projection.remove_all(connection, hub.organisation))
    kept = select(RECORD.c.id).where(RECORD.c.organisation == neighbour)
    assert hub.database.read(lambda connection: list(connection.execute(kept).scalars())) == [other.id]


def by_place(hub: RunningHub) -> list[dict[str, object]]:
    return sorted(projected(hub)["projected_record"], key=lambda row: row["order_key"])


@pytest.mark.parametrize("many", [3, 617])
def test_many_rows_at_once_arrive_and_change_as_one_by_one(hub: RunningHub, many: int) -> None:
    """``put_rows`` takes the driver's own way, another one in each database and for each number of rows."""
    one = record(hub, "Żółć, شكرا, 謝謝; a 'quote', 100 % sure, :colon and %(percent)s")
    rows = [
        derive(hub.organisation, f"m{number}", one).record | {"id": f"r{number}", "order_key": number}
        for number in range(many)
    ]
    hub.database.write(lambda connection: put_rows(connection, _PUT, rows))
    assert by_place(hub) == rows
    changes = [{"of": hub.organisation, "one": f"r{number}", "said": f"100 % {number}"} for number in (0, 2)]
    hub.database.write(lambda connection: put_rows(connection, _CHANGE, changes))
    hub.database.write(lambda connection: put_rows(connection, _CHANGE, []))
    changed = [(row["channel"], row["last_words"]) for row in by_place(hub)]
    kept = [(row["channel"], row["last_words"]) for row in rows]
    assert changed == [("post", "100 % 0"), kept[1], ("post", "100 % 2"), *kept[3:]]


def test_links_stand_with_both_records_until_taken_back_or_erased(hub: RunningHub) -> None:
    device, at = hub.device(), hub.settings.clock()
    first, second = record(hub, "Told once"), record(hub, "Told twice")
    pair = (first.id, second.id)
    link = RecordLink(id=hub.ids(), records=pair, relation=Relation.SAME_STORY, at=at)
    other = RecordLink(id=hub.ids(), records=pair, relation=Relation.FOLLOW_UP, at=at)
    undone = RecordLink(id=hub.ids(), records=pair, relation=Relation.FOLLOW_UP, at=at, undoes=other.id)
    device.push([hub.document(one.to_json(), id=one.id) for one in (first, second)])
    device.push([hub.document(one.to_json(), id=one.id, kind="link") for one in (link, other, undone)])
    follow(hub)
    found = projected(hub, LINKS)
    assert {(row["record"], row["link"]) for row in found["projected_link"]} == {
        (one, told.id) for one in pair for told in (link, other)
    }
    assert [(row["link"], row["undoing"]) for row in found["projected_unlink"]] == [(other.id, undone.id)]
    hub.database.write(partial(projecting.begin_anew, organisation=hub.organisation))
    follow(hub)
    assert projected(hub, LINKS) == found
    device.push([hub.document(f'{{"erases": ["{second.id}"]}}', kind="erasure")])
    follow(hub)
    assert projected(hub, LINKS)["projected_link"] == []
