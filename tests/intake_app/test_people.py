"""Which person and equality answers a record tells of, so that they can be erased with it."""

import json

import pytest

from intake_app.people import details_in


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ('{"id": "r", "person": "p", "equality": "e"}', ("p", "e")),
        ('{"id": "r", "person": "", "equality": null}', ()),
        ('{"based_on": "", "record": {"id": "r", "person": "p"}}', ("p",)),
        ('{"person": 7}', ()),
        ("[]", ()),
        ("no JSON, from a newer program", ()),
        ("", ()),
        (json.dumps({"record": ["person"]}), ()),
    ],
)
def test_what_a_body_tells_of_is_found_and_nothing_else_is_guessed(
    body: str, details: tuple[str, ...]
) -> None:
    assert details_in(body) == details
