"""Where words were taken from: it holds no words, and a record without it is written as before."""

from intake_app.passages import MessageRef, Passage, Reply
from intake_app.records import Answer, Narrative, Record, Sheet
from intake_app.times import Instant

NOW = Instant.parse("2026-11-20T10:00:00.000Z")


def test_a_passage_survives_a_round_and_says_only_where() -> None:
    answer = Answer(value="sorry", taken_from=(Passage(start=3, end=8), Passage(turn="t1", end=4)))
    assert Answer.parse(answer.to_json()) == answer
    assert answer.to_json() == ('{"value":"sorry","taken_from":[{"start":3,"end":8},{"turn":"t1","end":4}]}')


def test_old_bodies_open_unchanged() -> None:
    assert Answer.parse('{"value":"sorry"}').to_json() == '{"value":"sorry"}'
    assert Narrative.parse('{"id":"n","text":"x"}').taken_from == ()


def test_what_a_newer_program_says_of_a_message_is_kept() -> None:
    text = '{"id":"a@b","answers":["c@d"],"later":1}'
    assert MessageRef.parse(text).to_json() == text


def test_a_record_keeps_its_message_and_replies() -> None:
    frame = Sheet.parse('{"question_set":{"id":"frame","version":"v"}}')
    record = Record(
        id="r",
        device="d",
        started=NOW,
        received=NOW,
        frame=frame,
        message=MessageRef(id="a@b"),
        replies=(Reply(id="1", at=NOW, template="received", language="pl", way="file"),),
    )
    assert Record.parse(record.to_json()) == record
