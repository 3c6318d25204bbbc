"""Finished records: durable at once, found again, every version kept."""

import pytest

from intake_app.drafting import Draft, with_narrative
from intake_app.errors import DraftMissing, RecordMissing
from intake_app.people import EqualityAnswers, PersonDetails
from intake_app.records import Answer, AnswerState, Danger, Identity, RecordState, SetRef
from intake_app.store.people import Matching
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker


def test_a_finished_record_reads_back_as_it_was_and_is_no_draft_any_more(store: Store, take_down) -> None:
    draft = store.drafts.keep(take_down("She waited nine hours."))
    record = store.records.save(draft)
    assert store.records.get(record.id) == record
    assert record.finished is not None
    assert store.drafts.all() == ()
    with pytest.raises(DraftMissing):
        store.drafts.load(draft.id)


def test_an_edit_makes_a_version_and_keeps_the_first(store: Store, take_down, ids: IdMaker) -> None:
    record = store.records.save(take_down("First words"))
    draft = store.records.draft_for_edit(record.id)
    store.records.save(with_narrative(draft, "Second words", ids))
    first, second = store.records.history(record.id)
    assert store.records.version(first.mutation).narratives[0].text == "First words"
    assert store.records.version(second.mutation).narratives[0].text == "Second words"
    assert store.records.get(record.id).edited is not None
    assert [row.id for row in store.records.find(RecordQuery("second")).rows] == [record.id]
    assert store.records.find(RecordQuery("first")).rows == ()


def test_editing_again_takes_up_the_words_already_typed(store: Store, take_down, ids: IdMaker) -> None:
    record = store.records.save(take_down("First"))
    store.drafts.keep(with_narrative(store.records.draft_for_edit(record.id), "Half a correction", ids))
    assert store.records.draft_for_edit(record.id).record.narratives[0].text == "Half a correction"


def test_withdrawing_keeps_the_record_its_history_and_a_begun_edit(
    store: Store, take_down, ids: IdMaker
) -> None:
    record = store.records.save(take_down("Take it back"))
    store.drafts.keep(with_narrative(store.records.draft_for_edit(record.id), "begun", ids))
    store.records.withdraw(record.id, "asked to", "sam")
    assert store.records.get(record.id).state is RecordState.WITHDRAWN
    assert len(store.records.history(record.id)) == 2
    assert [row.state for row in store.records.find(RecordQuery(state="withdrawn")).rows] == ["withdrawn"]
    assert [entry.act for entry in store.audit.all(record.id)] == ["withdrew"]
    assert store.drafts.load(record.id).record.narratives[0].text == "begun"


def test_what_nobody_saved_is_missing(store: Store) -> None:
    with pytest.raises(RecordMissing):
        store.records.get("01900000-0000-7000-8000-000000000000")
    with pytest.raises(RecordMissing):
        store.records.history("nothing")


def test_unstorable_characters_are_mended_and_the_words_kept(store: Store, take_down) -> None:
    record = store.records.save(take_down("before\x00after \ud800 end\r\n"))
    assert store.records.get(record.id).narratives[0].text == "before\ufffdafter \ufffd end\n"
    draft = store.drafts.keep(take_down("lone \udfff"))
    assert store.drafts.load(draft.id).record.narratives[0].text == "lone \ufffd"


def test_finishing_the_same_draft_twice_makes_one_record(store: Store, take_down) -> None:
    draft = take_down("Once")
    store.records.save(draft)
    store.records.save(draft)
    page = store.records.find(RecordQuery())
    assert len(page.rows) == 1


def test_the_person_is_sealed_and_opened_only_with_an_entry(store: Store, take_down, ids: IdMaker) -> None:
    details = PersonDetails(
        id=ids(),
        question_set=SetRef(id="person", version="0"),
        answers={"person_name": Answer(value="Bo Vine")},
        number="07700 900123",
    )
    draft = take_down("Story")
    draft = draft.model_copy(update={"person": details})
    store.drafts.keep(draft)
    assert store.drafts.load(draft.id).person == details
    named = draft.record.model_copy(update={"identity": Identity.NAMED})
    record = store.records.save(draft.model_copy(update={"record": named}))
    assert record.person == details.id
    assert store.people.matches("+44 7700 900123") == 1
    assert store.people.matching("07700900123", "same caller") == Matching((record.id,), ())
    assert store.people.open_person(record.person, "call back", "sam") == details
    assert {entry.act for entry in store.audit.all()} == {"opened_person", "looked_up_number"}
    assert store.records.find(RecordQuery("Vine")).rows == ()


def test_what_an_edit_says_nothing_of_is_still_known_of_the_person(store, take_down, ids) -> None:
    """Details stay sealed while a record is edited, so the sheets begin blank."""
    asked = SetRef(id="person", version="0")
    name, phone = Answer(value="Mary Sample"), Answer(value="020 7946 0018")
    person = PersonDetails(id=ids(), question_set=asked, answers={"person_name": name}, number="01632 960001")
    equality = EqualityAnswers(id=ids(), question_set=asked, answers={"age_band": Answer(value="50_64")})
    first = store.records.save(take_down("Story").model_copy(update={"person": person, "equality": equality}))
    later = store.records.draft_for_edit(first.id)
    added = PersonDetails(id=person.id, question_set=asked, answers={"phone": phone})
    religion = {"religion": Answer(value="none")}
    also = EqualityAnswers(id=equality.id, question_set=asked, answers=religion)
    store.records.save(later.model_copy(update={"person": added, "equality": also}))
    known = store.people.open_person(person.id, "check")
    assert (known.answers, known.number) == ({"person_name": name, "phone": phone}, "01632 960001")
    assert set(store.people.open_equality(equality.id, "check").answers) == {"age_band", "religion"}
    declined = Answer(state=AnswerState.DECLINED)
    again = store.records.draft_for_edit(first.id)
    taken_back = PersonDetails(id=person.id, question_set=asked, answers={"person_name": declined})
    store.records.save(again.model_copy(update={"person": taken_back}))
    assert store.people.open_person(person.id, "check").answers["person_name"] == declined


def test_anonymous_records_are_never_matched(store: Store, take_down, ids: IdMaker) -> None:
    details = PersonDetails(id=ids(), question_set=SetRef(id="person", version="0"), number="07700 900123")
    draft = take_down("Story").model_copy(update={"person": details})
    anonymous = draft.record.model_copy(update={"identity": Identity.ANONYMOUS})
    store.records.save(draft.model_copy(update={"record": anonymous}))
    assert store.people.matches("07700 900123") == 0


def test_equality_answers_lie_apart(store: Store, take_down, ids: IdMaker) -> None:
    answers = EqualityAnswers(
        id=ids(), question_set=SetRef(id="equality", version="0"), answers={"age": Answer(value="75_79")}
    )
    record = store.records.save(take_down("Story").model_copy(update={"equality": answers}))
    assert record.equality == answers.id
    assert "75_79" not in record.to_json()
    assert store.people.open_equality(answers.id, "report") == answers


def test_open_danger_is_on_top_whatever_is_asked_for(store: Store, take_down, clock) -> None:
    for number in range(3):
        store.records.save(take_down(f"ordinary {number}"))
    card = Danger(question_set=SetRef(id="danger", version="0"), marked=clock())
    draft = take_down("not safe", channel="email")
    in_danger = draft.model_copy(update={"record": draft.record.model_copy(update={"danger": card})})
    kept = store.drafts.keep(in_danger)
    page = store.records.find(RecordQuery("ordinary", channel="phone"))
    assert [row.id for row in page.danger] == [kept.id]
    record = store.records.save(kept)
    assert [row.id for row in store.records.find(RecordQuery("ordinary")).danger] == [record.id]
    assert record.id not in [row.id for row in store.records.find(RecordQuery()).rows]
    closed = card.model_copy(update={"closed": clock(), "closed_by": "sam"})
    edit = store.records.draft_for_edit(record.id)
    store.records.save(
        Draft(record=edit.record.model_copy(update={"danger": closed}), based_on=edit.based_on)
    )
    assert store.records.find(RecordQuery()).danger == ()
    assert len(store.records.find(RecordQuery()).rows) == 4
