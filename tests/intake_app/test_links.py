"""A link as it travels: two records, who said so and when, and whatever a newer program adds."""

import json

import pytest

from intake_app.links import RecordLink, Relation
from intake_app.times import Instant

AT = Instant.parse("2026-11-20T23:30:00.000Z")


def test_a_link_reads_back_as_it_was_written() -> None:
    link = RecordLink(id="l", records=("a", "b"), relation=Relation.FOLLOW_UP, by="sam", at=AT, undoes="k")
    assert RecordLink.parse(link.to_json()) == link
    assert json.loads(link.to_json())["relation"] == "follow_up"


def test_what_a_newer_program_says_is_kept() -> None:
    body = {
        "id": "l", "records": ["a", "b"], "relation": "same_household", "sure": 0.5,
        "at": {"utc": "2026-11-20T23:30:00.000Z", "civil": "2026-11-20"},
    }  # fmt: skip
    link = RecordLink.parse(json.dumps(body))
    assert (link.relation, link.by, link.undoes) == ("same_household", "", "")
    assert json.loads(link.to_json()) == body


@pytest.mark.parametrize("records", [[], ["a"], ["a", "b", "c"], "ab", None])
def test_a_link_is_between_two_records(records: object) -> None:
    body = {"id": "l", "records": records, "relation": "same_story", "at": {"utc": AT.isoformat()}}
    with pytest.raises(ValueError, match="records"):
        RecordLink.parse(json.dumps(body))
