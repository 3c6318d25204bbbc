"""A turn as it is read, by eye or by ear: who, when, what, and the marks."""

from intake_app.forms.library import Library
from intake_app.relay_turns import Turn
from intake_app.text import without_isolates
from intake_app.times import Instant
from ui.relay.turn_words import turn_words

NOW = Instant.parse("2026-03-02T10:14:00Z")
LIBRARY = Library.shipped()


def read(*turns: Turn) -> list[str]:
    return [without_isolates(turn_words(one, turns, LIBRARY)) for one in turns]


def test_each_speaker_and_mark_is_a_word() -> None:
    assert read(
        Turn(id="1", at=NOW, by="relay_assistant", words="THIS IS RELAY UK"),
        Turn(id="2", at=NOW, words="HELLO", go_ahead=True),
        Turn(id="3", at=NOW, by="staff", hold=True, go_ahead=True),
        Turn(id="4", at=NOW, by="staff", ends=True),
    ) == [
        "10:14 Relay assistant: THIS IS RELAY UK",
        "10:14 They: HELLO GA",
        "10:14 You: please hold GA",
        "10:14 You: goodbye SK",
    ]


def test_a_question_is_named_and_one_of_a_newer_program_by_its_id() -> None:
    known, unknown = read(
        Turn(id="1", by="staff", prompt="feedback.services", go_ahead=True),
        Turn(id="2", by="staff", prompt="newer.something", go_ahead=True),
    )
    assert known == "You: read out “Services” GA"
    assert unknown == "You: read out “something” GA"


def test_a_corrected_turn_tells_both() -> None:
    first, _correction = read(
        Turn(id="1", words="LATR", go_ahead=True), Turn(id="2", words="LATE", corrects="1")
    )
    assert first == "They: LATE GA. Corrected; it was first heard as “LATR”"
