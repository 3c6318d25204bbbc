"""The check names what disagrees, never what was said; mending puts it right."""

from collections.abc import Callable

import pytest

from intake_app.drafting import Draft
from intake_app.errors import Cancelled
from intake_app.store.store import Store

TakeDown = Callable[..., Draft]


@pytest.fixture
def two(store: Store, take_down: TakeDown) -> Store:
    for words in ("She waited", "He waited"):
        store.records.save(take_down(words))
    return store


def codes(store: Store) -> set[str]:
    return {one.code for one in store.check().findings}


def test_a_whole_store_has_no_finding(two: Store) -> None:
    report = two.check()
    assert report.findings == ()
    assert (report.records, report.drafts) == (2, 0)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("UPDATE version SET body = replace(body, 'She waited', 'She ran')", "body_differs_from_hash"),
        ("DELETE FROM outbox", "unsent_version_without_outbox"),
        ("UPDATE projected_record SET first_words = 'other'", "projection_differs"),
        ("DELETE FROM record_text", "record_without_search"),
    ],
)
def test_what_disagrees_is_named_without_a_word_of_it(two: Store, damage: str, code: str) -> None:
    with two._database.write() as connection:
        connection.exec_driver_sql(damage)
    report = two.check()
    assert code in {one.code for one in report.findings}
    assert "waited" not in repr(report)


def test_search_and_projection_are_made_anew(two: Store) -> None:
    with two._database.write() as connection:
        connection.exec_driver_sql("UPDATE projected_record SET first_words = 'other'")
    assert codes(two) == {"projection_differs"}
    two.mend()
    assert codes(two) == set()


def test_a_check_that_is_stopped_says_so(two: Store) -> None:
    with pytest.raises(Cancelled):
        two.check(lambda: True)
