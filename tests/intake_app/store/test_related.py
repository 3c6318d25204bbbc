"""What is offered as belonging together, and why; and what never is."""

import pytest

from intake_app.links import Relation
from intake_app.people import PersonDetails
from intake_app.records import Identity, Record, RecordState, SetRef
from intake_app.store.related import NEAR
from intake_app.store.store import Store
from intake_app.times import IdMaker

CALL = "My husband lay on a trolley in the corridor for nine hours and nobody brought his insulin."
EMAIL = "Nine hours on a trolley in that corridor, without insulin. My husband is diabetic."
ELSEWHERE = "The dentist was patient with my frightened son and explained the filling."
WARD = {"service": "Exampleton General", "service_id": "cqc:1-1"}


@pytest.fixture
def some(store: Store, take_down) -> None:
    """Enough other records, so that a common word is not rare."""
    for number in range(12):
        store.records.save(take_down(f"Number {number}: my husband rang the surgery about his appointment."))


@pytest.fixture
def with_number(store: Store, take_down, ids: IdMaker):
    def save(words: str, number: str = "07700 900123", identity: Identity = Identity.CONFIDENTIAL) -> Record:
        details = PersonDetails(id=ids(), question_set=SetRef(id="person", version="0"), number=number)
        draft = take_down(words).model_copy(update={"person": details})
        known = draft.record.model_copy(update={"identity": identity})
        return store.records.save(draft.model_copy(update={"record": known}))

    return save


@pytest.mark.usefixtures("some")
def test_one_story_told_twice_is_offered_with_the_reason(store: Store, take_down, clock) -> None:
    call = store.records.save(take_down(CALL, **WARD))
    store.records.save(take_down(ELSEWHERE, **WARD))
    clock.forward(days=2)
    email = store.records.save(take_down(EMAIL, channel="email", **WARD))
    (offer,) = store.related.of(email.id).stories
    assert (offer.record.id, offer.same_service, offer.days, offer.same_person) == (call.id, True, 2, False)
    assert offer.words == ("corridor", "hours", "insulin", "nine", "trolley")
    assert [one.record.id for one in store.related.of(call.id).stories] == [email.id]
    assert store.related.of(email.id).linked == ()


@pytest.mark.usefixtures("some")
def test_another_service_needs_more_words(store: Store, take_down) -> None:
    call = store.records.save(take_down(CALL, **WARD))
    whole = store.records.save(take_down(CALL, service="Their own name for it"))
    store.records.save(take_down("A trolley in the corridor of another place, rusty and squeaking, broken."))
    assert [one.record.id for one in store.related.of(call.id).stories] == [whole.id]
    assert not store.related.of(call.id).stories[0].same_service


@pytest.mark.usefixtures("some")
def test_too_far_apart_or_withdrawn_is_not_offered(store: Store, take_down, clock) -> None:
    early = store.records.save(take_down(CALL, **WARD))
    clock.forward(days=NEAR.days + 1)
    late = store.records.save(take_down(EMAIL, **WARD))
    assert store.related.of(late.id).stories == ()
    again = store.records.save(take_down(EMAIL, **WARD))
    assert [one.record.id for one in store.related.of(late.id).stories] == [again.id]
    store.records.withdraw(again.id, "asked")
    assert store.records.get(again.id).state is RecordState.WITHDRAWN
    assert store.related.of(late.id).stories == ()
    assert store.records.get(early.id).id == early.id


@pytest.mark.usefixtures("some")
def test_words_that_everybody_says_offer_nothing(store: Store, take_down) -> None:
    one = store.records.save(take_down("My husband rang the surgery about his appointment.", **WARD))
    store.records.save(take_down("My husband rang the surgery about his appointment.", **WARD))
    assert store.related.of(one.id).stories == ()


def test_stories_in_any_script_are_compared(store: Store, take_down) -> None:
    for one, other in (
        ("护士在走廊里很耐心", "走廊里的护士非常耐心"),
        ("الممرضة كانت صبورة في الرواق طوال الليل", "طوال الليل كانت الممرضة صبورة في الرواق"),
        ("Pielęgniarka była cierpliwa na korytarzu", "na KORYTARZU pielegniarka byla cierpliwa"),
    ):
        first = store.records.save(take_down(one, **WARD))
        second = store.records.save(take_down(other, **WARD))
        assert [offer.record.id for offer in store.related.of(first.id).stories] == [second.id], one


def test_a_record_without_a_story_is_offered_nothing(store: Store, take_down) -> None:
    silent = store.records.save(take_down("", **WARD))
    store.records.save(take_down("", **WARD))
    assert store.related.of(silent.id).stories == ()


def test_the_same_person_is_a_count_until_somebody_says_why(store: Store, with_number) -> None:
    first = with_number("First call")
    second = with_number("Second call", "+44 7700 900123")
    with_number("Another caller", "07700 900456")
    related = store.related.of(second.id)
    assert (related.people, related.stories) == (1, ())
    assert store.audit.all() == ()
    (offer,) = store.related.people(second.id, "rang about the same thing", "sam")
    assert (offer.record.id, offer.same_person) == (first.id, True)
    (entry,) = store.audit.all()
    assert (entry.act, entry.subject, entry.by) == ("looked_up_person", second.id, "sam")
    assert "7700" not in str(entry)


def test_an_anonymous_record_is_matched_with_nobody(store: Store, with_number) -> None:
    named = with_number("Named")
    hidden = with_number("Hidden", identity=Identity.ANONYMOUS)
    assert store.related.of(named.id).people == 0
    assert store.related.of(hidden.id).people == 0
    assert store.related.people(hidden.id, "curious") == ()


@pytest.mark.usefixtures("some")
def test_what_is_linked_is_offered_no_more_and_told_with_its_record(store: Store, take_down) -> None:
    call = store.records.save(take_down(CALL, **WARD))
    email = store.records.save(take_down(EMAIL, **WARD))
    made = store.links.link(email.id, call.id, Relation.SAME_STORY, "sam")
    related = store.related.of(email.id)
    assert related.stories == ()
    (linked,) = related.linked
    assert linked.link == made
    assert linked.record is not None
    assert linked.record.reference == call.reference
    store.links.unlink(email.id, made)
    assert [one.record.id for one in store.related.of(email.id).stories] == [call.id]
