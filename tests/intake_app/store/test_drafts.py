"""Drafts: found by a number that the person confirmed, for as long as they are there."""

import pytest
from sqlalchemy import text

from intake_app.drafting import Draft
from intake_app.people import PersonDetails
from intake_app.records import SetRef
from intake_app.store import migrations
from intake_app.store.migrations import m0002
from intake_app.store.people import Matching
from intake_app.store.store import Store
from intake_app.times import IdMaker

NUMBER = "07700 900123"


@pytest.fixture
def rang_off(store: Store, take_down, ids: IdMaker) -> Draft:
    """A draft whose caller agreed that the number is kept, then rang off."""
    details = PersonDetails(id=ids(), question_set=SetRef(id="person", version="0"), number=NUMBER)
    draft = take_down("I was just saying").model_copy(update={"person": details})
    gone = draft.record.model_copy(update={"rang_off": True})
    return store.drafts.keep(draft.model_copy(update={"record": gone}))


def test_a_draft_that_rang_off_is_found_by_its_confirmed_number(store: Store, rang_off: Draft) -> None:
    assert store.people.matches("+44 7700 900123") == 1
    assert store.people.matching(NUMBER, "same caller") == Matching((), (rang_off.id,))
    assert [entry.act for entry in store.audit.all()] == ["looked_up_number"]


def test_a_draft_without_a_kept_number_is_not_found(store: Store, take_down) -> None:
    store.drafts.keep(take_down(f"My number is {NUMBER}"))
    assert store.people.matches(NUMBER) == 0


def test_a_number_taken_out_again_is_not_found_by(store: Store, rang_off: Draft) -> None:
    store.drafts.keep(rang_off.model_copy(update={"person": None}))
    assert store.people.matches(NUMBER) == 0


def test_finished_it_is_found_once_as_a_record(store: Store, rang_off: Draft) -> None:
    record = store.records.save(rang_off)
    store.drafts.keep(store.records.draft_for_edit(record.id).model_copy(update={"person": rang_off.person}))
    assert store.people.matching(NUMBER, "same caller") == Matching((record.id,), ())


@pytest.mark.parametrize("deed", ["discard", "erase"])
def test_thrown_away_or_erased_it_leaves_no_tag(store: Store, rang_off: Draft, deed: str) -> None:
    if deed == "discard":
        store.drafts.discard(rang_off.id)
    else:
        store.erase(rang_off.id, "asked")
    assert store.people.matches(NUMBER) == 0
    with store._database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM draft_tag")).scalar_one() == 0


def test_drafts_kept_by_an_earlier_version_are_found_after_the_upgrade(store: Store, rang_off: Draft) -> None:
    with store._database.write() as connection:
        connection.exec_driver_sql("DROP TABLE draft_tag")
        connection.exec_driver_sql(f"PRAGMA user_version = {migrations.STEPS.index(m0002.run)}")
    assert migrations.upgrade(store._database) is not None
    assert store.people.matching(NUMBER, "same caller") == Matching((), (rang_off.id,))


def test_what_one_member_of_staff_began_is_counted(store: Store, take_down) -> None:
    for words, by in (("One", "sam"), ("Two", "sam"), ("Three", "zoe")):
        draft = take_down(words)
        store.drafts.keep(
            draft.model_copy(update={"record": draft.record.model_copy(update={"written_by": by})})
        )
    assert [store.drafts.begun_by(one) for one in ("sam", "zoe", "amina")] == [2, 1, 0]
