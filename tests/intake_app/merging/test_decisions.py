"""What a person decided comes out as decided, and a version that a program joined has one name everywhere."""

import json
from typing import Any

import pytest

from intake_app import taking_down
from intake_app.forms.library import Library
from intake_app.merging.decisions import (
    Choice,
    NothingLeft,
    decided,
    decision,
    joined_record,
    mutation_of,
)
from intake_app.merging.slots import CLOSING, ITEMS, NARRATIVES, key_of, path_of
from intake_app.merging.three_way import merge
from intake_app.records import Decided, Joined, JoinedVersion
from intake_app.times import IdMaker, Instant
from tests.intake_app.merging.test_three_way import BASE, changed, with_answers

Body = dict[str, Any]
STORY = key_of((NARRATIVES, "n1"))
WHEN = key_of((ITEMS, "i1", "answers", "when"))


def stories(*texts: str) -> list[Body]:
    return [changed(narratives=[{"id": "n1", "text": text}]) for text in texts]


def texts(body: Body) -> list[str]:
    return [one["text"] for one in body["narratives"]]


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (Choice(Decided.SIDE, 0), ["Mine"]),
        (Choice(Decided.SIDE, 1), ["Theirs"]),
        (Choice(Decided.BEFORE), ["As told"]),
        (Choice(Decided.BOTH), ["Mine", "Theirs"]),
        (Choice(Decided.COMBINED, text="Mine and theirs"), ["Mine and theirs"]),
    ],
)
def test_a_story_is_settled_as_decided(choice: Choice, found: list[str]) -> None:
    merged = merge(BASE, stories("Mine", "Theirs"))
    body = decided(merged, {STORY: choice})
    assert texts(body) == found
    cited = body["items"][0]["narratives"]
    assert sorted(cited) == sorted(one["id"] for one in body["narratives"])


def test_what_is_not_decided_yet_stays_as_it_was_before() -> None:
    merged = merge(BASE, stories("Mine", "Theirs"))
    assert texts(decided(merged, {})) == ["As told"]


def test_both_of_two_lists_is_everything_once() -> None:
    merged = merge(BASE, [with_answers(when={"value": ["a", "b"]}), with_answers(when={"value": ["b", "c"]})])
    (asked,) = merged.differences
    assert asked.may_keep_both
    body = decided(merged, {WHEN: Choice(Decided.BOTH)})
    assert body["items"][0]["answers"]["when"]["value"] == ["a", "b", "c"]


def test_a_choice_cannot_be_combined_and_a_text_cannot_be_both() -> None:
    texts_ = merge(BASE, [with_answers(when={"value": "a"}), with_answers(when={"value": "b"})]).differences[
        0
    ]
    assert (texts_.may_combine, texts_.may_keep_both) == (True, False)
    labelled = [with_answers(when={"value": one, "label": one.upper()}) for one in "ab"]
    assert not merge(BASE, labelled).differences[0].may_combine


def test_an_item_taken_away_or_kept() -> None:
    two = changed(items=[*BASE["items"], {"id": "i2", "answers": {"when": {"value": "2025"}}}])
    theirs = changed(items=[*BASE["items"], {"id": "i2", "answers": {"when": {"value": "2024"}}}])
    merged = merge(two, [BASE, theirs])
    key = key_of((ITEMS, "i2"))
    assert decided(merged, {key: Choice(Decided.SIDE, 0)})["items"] == BASE["items"]
    assert decided(merged, {key: Choice(Decided.SIDE, 1)})["items"] == theirs["items"]


def test_a_record_keeps_one_item() -> None:
    two = changed(items=[{"id": "i1"}, {"id": "i2"}])
    merged = merge(two, [changed(items=[{"id": "i1"}]), changed(items=[{"id": "i2"}])])
    away = {key_of((ITEMS, "i1")): Choice(Decided.SIDE, 1), key_of((ITEMS, "i2")): Choice(Decided.SIDE, 0)}
    with pytest.raises(NothingLeft):
        decided(merged, away)


def test_closing_a_danger_card_is_one_decision() -> None:
    base = changed(danger={"marked": "1", "answers": {"who": {"value": "child"}}})
    mine = base | {"danger": base["danger"] | {"closed": "2", "closed_by": "sam"}}
    theirs = base | {"danger": base["danger"] | {"answers": {"who": {"value": "two children"}}}}
    merged = merge(base, [mine, theirs])
    closed = decided(merged, {key_of(CLOSING): Choice(Decided.SIDE, 0)})["danger"]
    assert closed == {
        "marked": "1",
        "closed": "2",
        "closed_by": "sam",
        "answers": theirs["danger"]["answers"],
    }
    opened = decided(merged, {key_of(CLOSING): Choice(Decided.SIDE, 1)})["danger"]
    assert "closed" not in opened
    assert "closed_by" not in opened


def test_the_joined_version_tells_what_came_of_it_and_reads_back() -> None:
    clock = lambda: Instant.parse("2026-03-02T10:14:00.000Z")  # noqa: E731
    draft = taking_down.new_draft(Library.shipped(), IdMaker(clock), clock(), "device", "sam")
    body = json.loads(draft.record.to_json())
    versions = (JoinedVersion(mutation="a", by="sam", at=clock()), JoinedVersion(mutation="b", by="amina"))
    merged = merge(BASE, stories("Mine", "Theirs"))
    kept = decision(merged.differences[0], Choice(Decided.SIDE, 1), ["a", "b"])
    assert path_of(kept.place) == (NARRATIVES, "n1")
    assert kept.version == "b"
    joined = Joined(versions=versions, by="sam", at=clock(), decisions=(kept,))
    record = joined_record(body, joined, Library.shipped())
    assert type(record).parse(record.to_json()).joined == joined


def test_two_computers_name_the_same_joining_alike() -> None:
    versions = [JoinedVersion(mutation="a"), JoinedVersion(mutation="b")]
    assert mutation_of(versions, "{}") == mutation_of(versions[::-1], "{}")
    assert mutation_of(versions, "{}") != mutation_of(versions, '{"id": "r"}')
    assert mutation_of(versions, "{}") != mutation_of(versions[:1], "{}")


def test_a_translation_written_from_two_is_checked_by_nobody_yet() -> None:
    checked = {"checked": {"utc": "2026-11-20T09:14:00.000Z", "civil": "2026-11-20"}, "checked_by": "Amina"}
    sides = stories("Mine", "Theirs")
    for side in sides:
        side["narratives"][0] |= checked
    merged = merge(BASE, sides)
    (told,) = decided(merged, {STORY: Choice(Decided.COMBINED, text="Of both")})["narratives"]
    assert told["text"] == "Of both"
    assert not {"checked", "checked_by"} & set(told)
    (kept,) = decided(merged, {STORY: Choice(Decided.SIDE, 1)})["narratives"]
    assert kept["checked_by"] == "Amina"
