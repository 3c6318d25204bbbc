"""Records, answers and references as they are stored and read aloud."""

import json

from hypothesis import given
from hypothesis import strategies as st

from intake_app.documents import Document
from intake_app.records import (
    Answer,
    AnswerState,
    Danger,
    Item,
    Record,
    SetRef,
    Sheet,
    parse_reference,
    reference_of,
    spaced_reference,
)
from intake_app.times import Instant

AT = Instant(1_795_000_000_123)
FRAME = Sheet(question_set=SetRef(id="frame", version="v"), answers={"channel": Answer(value="phone")})


def record(**changes: object) -> Record:
    fields: dict[str, object] = {
        "id": "019a1b2c-0000-7000-8000-0123456789ab",
        "device": "d",
        "started": AT,
        "received": AT,
        "frame": FRAME,
    }
    return Record(**(fields | changes))


def test_record_survives_its_body() -> None:
    item = Item(
        id="i",
        question_set=SetRef(id="feedback", version="v"),
        answers={"services": Answer(value=[{"id": "", "name": "Żółta Clinic"}])},
    )
    first = record(items=(item,), danger=Danger(question_set=SetRef(id="danger", version="v"), marked=AT))
    assert Record.parse(first.to_json()) == first
    assert first.items[0].services[0].name == "Żółta Clinic"


def test_instant_in_a_body_carries_the_civil_date() -> None:
    assert json.loads(record().to_json())["received"] == {
        "utc": AT.isoformat(),
        "civil": AT.civil.isoformat(),
    }


def test_unknown_fields_of_a_newer_program_are_passed_on() -> None:
    body = json.loads(record().to_json())
    body["mood"] = {"x": 1}
    body["frame"]["answers"]["channel"]["confidence"] = 0.5
    again = json.loads(Record.parse(json.dumps(body)).to_json())
    assert again["mood"] == {"x": 1}
    assert again["frame"]["answers"]["channel"]["confidence"] == 0.5


def test_declined_answer_has_no_value() -> None:
    sheet = Sheet(question_set=FRAME.question_set, answers={"channel": Answer(state=AnswerState.DECLINED)})
    assert sheet.value("channel") is None


def test_open_danger_is_told_until_somebody_closes_it() -> None:
    card = Danger(question_set=SetRef(id="danger", version="v"), marked=AT)
    assert record(danger=card).in_danger
    assert not record(danger=card.model_copy(update={"closed": AT})).in_danger


@given(st.uuids())
def test_reference_is_nine_digits_with_a_check_digit(identifier: object) -> None:
    reference = reference_of(str(identifier))
    assert len(reference) == 9
    assert parse_reference(spaced_reference(reference)) == reference


@given(st.uuids(), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_a_reference_is_noticed(identifier: object, place: int, shift: int) -> None:
    reference = reference_of(str(identifier))
    wrong = str((int(reference[place]) + shift) % 10)
    assert parse_reference(reference[:place] + wrong + reference[place + 1 :]) is None


def test_hash_is_of_the_body_as_sent() -> None:
    one = Document(organisation="o", kind="record", id="i", mutation="m", body='{"b": 1, "a": 2}')
    other = Document(organisation="o", kind="record", id="i", mutation="m", body='{"a": 2, "b": 1}')
    assert one.sha256 != other.sha256
