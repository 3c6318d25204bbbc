"""What waits for a translation, and what may leave where somebody made a redacted text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app import narratives
from intake_app.records import Narrative, NarrativeKind, Record, RecordState, SetRef, Sheet
from intake_app.times import Instant

MORNING = Instant.parse("2026-11-20T10:14:00.000Z")
URDU = Narrative(id="urdu", text="مجھے تین گھنٹے انتظار کرنا پڑا۔", language="ur")
INTERPRETED = Narrative(
    id="said",
    text="I had to wait.",
    kind=NarrativeKind.INTERPRETED,
    derived_from="urdu",
    speaker="interpreter",
)
ENGLISH = Narrative(
    id="english",
    text="I had to wait three hours.",
    kind=NarrativeKind.TRANSLATION,
    derived_from="urdu",
    checked=MORNING,
    checked_by="Amina",
    of_text=narratives.digest(URDU.text),
)
TRANSLATION = NarrativeKind.TRANSLATION


def record(*told: Narrative, state: RecordState = RecordState.FINISHED) -> Record:
    frame = Sheet(question_set=SetRef(id="frame", version="0"))
    return Record(
        id="01a1f872-de40-7ca0-82d2-8752f6bae434", device="d", started=MORNING, received=MORNING, frame=frame,
        narratives=told, state=state,
    )  # fmt: skip


def waiting(*told: Narrative) -> list[str]:
    return [one.id for one in narratives.waiting_for_translation(record(*told))]


def test_a_story_in_another_language_waits_until_a_translation_is_checked() -> None:
    assert waiting(URDU) == ["urdu"]
    assert waiting(URDU, ENGLISH.model_copy(update={"checked": None, "checked_by": ""})) == ["urdu"]
    assert waiting(URDU, ENGLISH) == []


@pytest.mark.parametrize("language", ["en", "en-GB", "EN-us", "en-GB-x-easyread"])
def test_english_waits_for_nothing(language: str) -> None:
    assert waiting(URDU.model_copy(update={"language": language})) == []


def test_a_language_that_nobody_said_waits() -> None:
    assert waiting(URDU.model_copy(update={"language": narratives.UNKNOWN})) == ["urdu"]


def test_what_the_interpreter_said_is_no_translation() -> None:
    assert waiting(URDU, INTERPRETED) == ["urdu"]


def test_a_translation_into_a_third_language_is_not_enough_unless_that_has_one() -> None:
    polish = ENGLISH.model_copy(update={"id": "polish", "language": "pl", "text": "Czekałam."})
    assert waiting(URDU, polish) == ["urdu"]
    of_polish = ENGLISH.model_copy(update={"derived_from": "polish", "of_text": ""})
    assert waiting(URDU, polish, of_polish) == []


def test_it_waits_again_when_the_original_was_changed() -> None:
    assert waiting(URDU.model_copy(update={"text": URDU.text + " مزید"}), ENGLISH) == ["urdu"]


def test_neither_empty_nor_withdrawn_waits_and_a_ring_ends() -> None:
    assert waiting(URDU.model_copy(update={"text": "  "})) == []
    assert narratives.waiting_for_translation(record(URDU, state=RecordState.WITHDRAWN)) == ()
    one = ENGLISH.model_copy(update={"id": "one", "language": "pl", "of_text": "", "derived_from": "two"})
    two = one.model_copy(update={"id": "two", "derived_from": "one"})
    ring = URDU.model_copy(update={"derived_from": "one"})
    assert waiting(ring, one, two) == ["urdu"]
    assert {each.id for each in narratives.in_order((ring, one, two))} == {"urdu", "one", "two"}


def test_what_derives_stands_below_its_original() -> None:
    other = Narrative(id="other", text="More.")
    told = (INTERPRETED, other, ENGLISH, URDU)
    assert [one.id for one in narratives.in_order(told)] == ["other", "urdu", "said", "english"]


def test_of_a_story_with_a_redacted_text_nothing_else_leaves() -> None:
    redacted = Narrative(
        id="redacted", text="مجھے انتظار", kind=NarrativeKind.REDACTED, derived_from="urdu", language="ur"
    )
    of_redacted = ENGLISH.model_copy(update={"id": "shared", "derived_from": "redacted", "text": "I waited"})
    other = Narrative(id="other", text="More.")
    whole = record(URDU, INTERPRETED, ENGLISH, redacted, of_redacted, other)
    assert [one.id for one in narratives.shareable(whole)] == ["redacted", "shared", "other"]
    assert [one.id for one in narratives.shareable(whole, ["urdu"])] == ["redacted", "shared"]
    newer = redacted.model_copy(update={"id": "newer"})
    assert [one.id for one in narratives.shareable(record(URDU, redacted, newer))] == ["newer"]
    again = redacted.model_copy(update={"id": "again", "derived_from": "redacted"})
    assert [one.id for one in narratives.shareable(record(URDU, redacted, again))] == ["again"]


def test_without_a_redacted_text_everything_told_of_the_cited_story_may_leave() -> None:
    whole = record(INTERPRETED, URDU, ENGLISH)
    assert [one.id for one in narratives.shareable(whole, ["said"])] == ["said", "urdu", "english"]


def test_an_interpreter_hears_a_sentence_at_a_time() -> None:
    told = "She waited six hours. Nobody came!\nWas it full? " + "word " * 25
    assert narratives.spoken_pieces(told) == (
        "She waited six hours.", "Nobody came!", "Was it full?", "word " * 19 + "word", "word " * 4 + "word",
    )  # fmt: skip
    assert narratives.spoken_pieces("One two, three four, five", 4) == ("One two, three four,", "five")


@given(st.text(), st.integers(min_value=1, max_value=30))
def test_no_word_is_lost_to_the_pauses(text: str, most: int) -> None:
    pieces = narratives.spoken_pieces(text, most)
    assert [word for one in pieces for word in one.split()] == text.split()
    assert all(len(one.split()) <= most for one in pieces)
